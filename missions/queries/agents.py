"""The people, as the human resources look them up."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from ..models import Agent, Assignment
from .search import folded, printed

CHOICES = 20


class AgentChoice(NamedTuple):
    """Enough to tell two people of the same name apart: `post` is the newest post held, or empty."""

    uid: str
    name: str
    post: str


class AgentRow(NamedTuple):
    """An agent without what they hold."""

    pk: int
    uid: str
    first: str
    last: str
    email: str | None
    fictitious: bool


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


def agents_listed(text: str) -> list[AgentRow]:
    """All of them, or those whose name has this text, by name: one query."""
    wanted = folded(text)
    rows = Agent.objects.order_by("last_name", "first_name", "uid").values_list(
        "pk", "uid", "first_name", "last_name", "user__email", "fictitious"
    )
    found = (AgentRow(*row) for row in rows)
    # Both orders of a name are looked at, one after the other so that the text is not found across them.
    return [row for row in found if not wanted or wanted in folded(f"{row.first} {row.last}\n{row.last} {row.first}")]


def agent_lines(rows: Iterable[AgentRow], day: datetime.date) -> list[AgentLine]:
    """What the page says of these: one query for what they hold."""
    listed = list(rows)
    held: dict[int, list[tuple[str, str]]] = {}
    found = Assignment.objects.in_force_on(day).filter(agent__in=[row.pk for row in listed])
    for each in found.select_related("post__title").order_by("begins_on", "pk"):
        held.setdefault(each.agent_id, []).append((each.post_id, printed(each.post)))
    return [
        AgentLine(
            row.uid, f"{row.last} {row.first}".strip(), row.email or "", row.fictitious, tuple(held.get(row.pk, ()))
        )
        for row in listed
    ]


def career_of(agent: Agent) -> tuple[Career, ...]:
    """Newest first. One query."""
    rows = Assignment.objects.filter(agent=agent).select_related("post__title", "post__unit")
    return tuple(Career(row, printed(row.post), row.post.unit.label) for row in rows.order_by("-begins_on", "-pk"))


def _posts_of(agents: list[int]) -> dict[int, str]:
    rows = Assignment.objects.filter(agent__in=agents).select_related("post__title", "post__unit")
    return {row.agent_id: f"{printed(row.post)}, {row.post.unit.label}" for row in rows.order_by("begins_on", "pk")}
