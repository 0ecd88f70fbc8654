"""The people, as the human resources look them up."""

import datetime
from typing import NamedTuple

from ..models import Agent, Assignment
from .search import folded, printed

CHOICES = 20


class AgentChoice(NamedTuple):
    """Enough to tell two people of the same name apart: `post` is the newest post held, or empty."""

    uid: str
    name: str
    post: str


class AgentLine(NamedTuple):
    """`posts`: those held on the day, with their unit."""

    uid: str
    name: str
    account: str
    fictitious: bool
    posts: tuple[tuple[str, str], ...]


class Career(NamedTuple):
    """One assignment of an agent; `post` is printed, `unit` that of the post as it is now."""

    assignment: Assignment
    post: str
    unit: str


def agents_called(text: str) -> tuple[AgentChoice, ...]:
    """Those whose name is this one; else those whose name has it somewhere, in any order of its words. Two queries."""
    wanted = folded(text)
    if not wanted:
        return ()
    rows = list(Agent.objects.values_list("pk", "uid", "first_name", "last_name"))
    exact = [row for row in rows if wanted in (folded(f"{row[2]} {row[3]}"), folded(f"{row[3]} {row[2]}"))]
    words = wanted.split()
    near = exact or [row for row in rows if all(word in folded(f"{row[2]} {row[3]}") for word in words)]
    held = _posts_of([row[0] for row in near[:CHOICES]])
    return tuple(
        AgentChoice(uid, f"{first} {last}".strip(), held.get(pk, "")) for pk, uid, first, last in near[:CHOICES]
    )


def agents_listed(text: str, day: datetime.date) -> list[AgentLine]:
    """All of them, or those whose name has this text, by name. Two queries."""
    wanted = folded(text)
    held: dict[int, list[tuple[str, str]]] = {}
    for row in Assignment.objects.in_force_on(day).select_related("post__title").order_by("begins_on", "pk"):
        held.setdefault(row.agent_id, []).append((row.post_id, printed(row.post)))
    return [
        AgentLine(
            agent.uid,
            f"{agent.last_name} {agent.first_name}".strip(),
            agent.user.email if agent.user else "",
            agent.fictitious,
            tuple(held.get(agent.pk, ())),
        )
        for agent in Agent.objects.select_related("user").order_by("last_name", "first_name", "uid")
        if wanted in folded(str(agent)) or wanted in folded(f"{agent.last_name} {agent.first_name}")
    ]


def career_of(agent: Agent) -> tuple[Career, ...]:
    """Newest first. One query."""
    rows = Assignment.objects.filter(agent=agent).select_related("post__title", "post__unit")
    return tuple(Career(row, printed(row.post), row.post.unit.label) for row in rows.order_by("-begins_on", "-pk"))


def _posts_of(agents: list[int]) -> dict[int, str]:
    rows = Assignment.objects.filter(agent__in=agents).select_related("post__title", "post__unit")
    return {row.agent_id: f"{printed(row.post)}, {row.post.unit.label}" for row in rows.order_by("begins_on", "pk")}
