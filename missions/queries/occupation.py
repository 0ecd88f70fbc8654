"""Who holds what, as far as the reader may know."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db.models import FilteredRelation, Q

from orgchart.values import PostId

from ..models import Assignment, AssignmentKind, Post
from ..permissions import VisibleHolders


class Occupation(StrEnum):
    HELD = "held"
    VACANT = "vacant"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"held": "occupé", "vacant": "vacant", "unknown": "occupation non renseignée"}[self.value]


class Holder(NamedTuple):
    """One assignment. `name` is None when the reader may not know it: the post is held, by whom is not said."""

    assignment: Assignment
    name: str | None
    agent_uid: str | None
    fictitious: bool


class Occupancy(NamedTuple):
    """Who is on a post, and how. `share` of the post and the agent's own `working_time` in percent."""

    agent: str
    name: str
    kind: AssignmentKind
    share: Decimal
    working_time: Decimal

    @property
    def stands_in(self) -> bool:
        return self.kind is AssignmentKind.INTERIM


def occupancies_on(day: datetime.date, posts: Iterable[PostId]) -> dict[PostId, tuple[Occupancy, ...]]:
    """Post → who is on it that day, interims included; nobody where the vacancy is stated. A post that is absent has an
    unknown occupation. One query."""
    in_force = Q(assignments__begins_on__lte=day) & (
        Q(assignments__ends_on__isnull=True) | Q(assignments__ends_on__gte=day)
    )
    rows = (
        Post.objects.filter(uid__in=list(posts))
        .annotate(live=FilteredRelation("assignments", condition=in_force))
        .order_by("live__begins_on", "live__pk")
        .values_list(
            "uid",
            "stated_vacant_since",
            "live__agent__uid",
            "live__agent__first_name",
            "live__agent__last_name",
            "live__kind",
            "live__share",
            "live__working_time",
        )
    )
    found: dict[PostId, tuple[Occupancy, ...]] = {}
    for uid, since, agent, first, last, kind, share, time in rows:
        if agent is not None:
            one = Occupancy(agent, f"{first} {last}".strip(), AssignmentKind(kind), share, time)
            found[PostId(uid)] = (*found.get(PostId(uid), ()), one)
        elif since is not None and since <= day:
            found[PostId(uid)] = ()
    return found


def holders_of(post: Post, visible: VisibleHolders) -> tuple[Holder, ...]:
    """All assignments of a post, newest first. One query."""
    rows = Assignment.objects.filter(post=post).select_related("agent").order_by("-begins_on", "-pk")
    return tuple(_holder(row, post.unit_id, visible) for row in rows)


def holders_by_post(
    day: datetime.date, visible: VisibleHolders, units: Iterable[str] | None = None
) -> dict[str, tuple[Holder, ...]]:
    """Post → who is on it that day, interims included. One query, `units` being those of the page."""
    rows = Assignment.objects.in_force_on(day).select_related("agent").order_by("begins_on", "pk")
    if units is not None:
        rows = rows.filter(post__unit__uid__in=list(units))
    found: dict[str, tuple[Holder, ...]] = {}
    for row in rows.select_related("post"):
        uid = row.post.uid
        found[uid] = (*found.get(uid, ()), _holder(row, row.post.unit_id, visible))
    return found


def occupations(day: datetime.date, units: Iterable[str] | None = None) -> dict[str, Occupation]:
    """Post in force → its occupation that day. Two queries."""
    posts = Post.objects.in_force()
    rows = Assignment.objects.in_force_on(day)
    if units is not None:
        wanted = list(units)
        posts, rows = posts.filter(unit__uid__in=wanted), rows.filter(post__unit__uid__in=wanted)
    held = set(rows.values_list("post__uid", flat=True))
    return {
        uid: occupation_of(held=uid in held, stated_vacant_since=since, day=day)
        for uid, since in posts.order_by().values_list("uid", "stated_vacant_since")
    }


def occupation_of(*, held: bool, stated_vacant_since: datetime.date | None, day: datetime.date) -> Occupation:
    """No assignment recorded means « non renseigné », never vacant."""
    if held:
        return Occupation.HELD
    stated = stated_vacant_since is not None and stated_vacant_since <= day
    return Occupation.VACANT if stated else Occupation.UNKNOWN


def _holder(row: Assignment, unit: str, visible: VisibleHolders) -> Holder:
    seen = visible.sees(unit=unit, agent=row.agent_id)
    return Holder(
        assignment=row,
        name=str(row.agent) if seen else None,
        agent_uid=row.agent.uid if seen else None,
        fictitious=row.agent.fictitious,
    )
