"""On any day the ordinary holders of a post, and the posts of an agent, share 100 % at most. Interims do not count.

The posts of an agent weigh by their hours: somebody may hold two posts à temps non complet (5/20 and 17,5/35).
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from orgchart import french

from ..models import Agent, Assignment, AssignmentKind, Post

FULL = Decimal(100)


class PostOverfilled(Exception):
    """More than the whole post would be held on `day`."""

    def __init__(self, post: Post, day: datetime.date, percent: Decimal) -> None:
        self.day, self.percent = day, percent
        super().__init__(f"Le poste « {post} » serait occupé à {said(percent)} % le {french.date(day)}.")


class AgentOverfilled(Exception):
    """More than the whole of the agent's work would be assigned on `day`."""

    def __init__(self, agent: Agent, day: datetime.date, percent: Decimal) -> None:
        self.day, self.percent = day, percent
        super().__init__(f"{agent} serait affecté à {said(percent)} % au total le {french.date(day)}.")


def lock_holders(*, posts: Iterable[str], agents: Iterable[int]) -> tuple[dict[str, Post], dict[int, Agent]]:
    """The rows, held until the end of the transaction: posts first, each in the order of its keys, so that two writers
    never wait for each other."""
    post_rows = Post.objects.select_for_update(of=("self",)).filter(uid__in=set(posts)).order_by("pk")
    found = {post.uid: post for post in post_rows}
    agent_rows = Agent.objects.select_for_update(of=("self",)).filter(pk__in=set(agents)).order_by("pk")
    return found, {agent.pk: agent for agent in agent_rows}


def check_capacity(wanted: Sequence[Assignment], *, leaving_out: Iterable[int] = ()) -> None:
    """Would these fit beside those in the database, `leaving_out` the keys of some? The caller holds the rows.

    Raises PostOverfilled, AgentOverfilled.
    """
    new = [each for each in wanted if each.kind != AssignmentKind.INTERIM]
    if not new:
        return
    posts = {each.post_id for each in new}
    agents = {each.agent_id for each in new}
    others = list(Assignment.objects.ordinary().exclude(pk__in=list(leaving_out)).filter(post__uid__in=posts))
    seen = {each.pk for each in others}
    others += Assignment.objects.ordinary().exclude(pk__in=[*leaving_out, *seen]).filter(agent__in=agents)
    check_shares(new, beside=others)


def check_shares(wanted: Sequence[Assignment], *, beside: Iterable[Assignment]) -> None:
    """Would these fit beside those, all that the same posts and agents have? Raises PostOverfilled, AgentOverfilled."""
    new = [each for each in wanted if each.kind != AssignmentKind.INTERIM]
    by_post: dict[str, list[Assignment]] = {}
    by_agent: dict[int, list[Assignment]] = {}
    for each in (*(other for other in beside if other.kind != AssignmentKind.INTERIM), *new):
        by_post.setdefault(each.post_id, []).append(each)
        by_agent.setdefault(each.agent_id, []).append(each)
    for each in new:
        if excess := first_excess(each, by_post[each.post_id]):
            raise PostOverfilled(each.post, *excess)
        if excess := agent_excess(each, by_agent[each.agent_id]):
            raise AgentOverfilled(each.agent, *excess)


def agent_excess(each: Assignment, beside: Sequence[Assignment]) -> tuple[datetime.date, Decimal] | None:
    """The same as `first_excess` for the posts of one agent: their hours are asked for only when the shares alone
    exceed, which takes one query. A post of unknown hours weighs as a whole one."""
    if first_excess(each, beside) is None:
        return None
    rows = Post.objects.filter(uid__in={other.post_id for other in beside})
    hours = {
        uid: worked / reference
        for uid, worked, reference in rows.values_list("uid", "worked_hours", "reference_hours")
        if worked is not None and reference is not None
    }
    return first_excess(each, beside, weights=hours)


def first_excess(
    each: Assignment, beside: Sequence[Assignment], *, weights: Mapping[str, Decimal] | None = None
) -> tuple[datetime.date, Decimal] | None:
    """The first day of `each` on which those beside it (itself among them) exceed 100 %, and their sum. `weights`: post
    → what its share counts for."""
    heavy = weights or {}
    days = {each.begins_on} | {other.begins_on for other in beside if covers(each, other.begins_on)}
    for day in sorted(days):
        percent = sum((other.share * heavy.get(other.post_id, 1) for other in beside if covers(other, day)), Decimal())
        if percent > FULL:
            return day, percent
    return None


def covers(assignment: Assignment, day: datetime.date) -> bool:
    return assignment.begins_on <= day and (assignment.ends_on is None or day <= assignment.ends_on)


def said(percent: Decimal) -> str:
    return f"{percent.normalize():f}".replace(".", ",")
