"""Who holds what, as far as the reader may know."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ..models import Assignment, Post
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
