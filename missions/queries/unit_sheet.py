"""Everything the page of a unit says: what it is, who leads it, where it comes from, what hangs from it."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from orgchart.diff import State, UnitDelta, compare
from orgchart.structure import Structure
from orgchart.structure import Unit as UnitRecord
from orgchart.values import PostId, UnitId

from ..models import Assignment, Post, Unit, Version
from ..records import UNIT_COLUMNS, unit_from_row
from .chart import nomenclature, partial_structure
from .dates import version_structure
from .sheet import CorrectionLine, corrections_about


class Named(NamedTuple):
    """A unit as a link. `gone_on`: it is closed since that day."""

    uid: UnitId
    label: str
    gone_on: datetime.date | None


class UnitSheet(NamedTuple):
    """`structure` holds the unit, all below it and the units above; only the unit itself once it is closed.

    `linked_to`, `linked_from`: functional links, both ways. `vacant`, `held`: posts of the unit and below.
    """

    unit: UnitRecord
    structure: Structure
    gone_on: datetime.date | None
    predecessors: tuple[Named, ...]
    successors: tuple[Named, ...]
    linked_to: tuple[Named, ...]
    linked_from: tuple[Named, ...]
    vacant: frozenset[PostId]
    held: frozenset[PostId]
    corrections: tuple[CorrectionLine, ...]


class UnitMoment(NamedTuple):
    """A version in which the unit is not what it was in the one before."""

    version: Version
    delta: UnitDelta
    gone_posts: int
    come_posts: int


def unit_sheet(uid: str, day: datetime.date) -> UnitSheet | None:
    """None: there never was such a unit. A constant number of queries."""
    structure = partial_structure(uid)
    gone_on = None
    if structure is None:
        row = Unit.objects.gone().filter(uid=uid).values_list("gone_on", *UNIT_COLUMNS).first()
        if row is None:
            return None
        gone_on = row[0]
        structure = Structure.of([unit_from_row(row[1:])], nomenclature=nomenclature())
    record = structure.unit_by_id[UnitId(uid)]
    held, vacant = _occupied([each.id for each in structure.subtree(record.id)], day)
    related = _related(record)
    return UnitSheet(
        unit=record,
        structure=structure,
        gone_on=gone_on,
        predecessors=tuple(named for named, _, _ in related if named.uid in record.origins),
        successors=tuple(named for named, origins, _ in related if uid in origins),
        linked_to=tuple(named for named, _, _ in related if named.uid in record.links),
        linked_from=tuple(named for named, _, links in related if uid in links and named.gone_on is None),
        vacant=vacant,
        held=held,
        corrections=corrections_about(uid),
    )


def unit_moments(uid: str) -> tuple[UnitMoment, ...]:
    """The versions that changed the unit or its own posts, newest first. Reads every version, two queries each."""
    found = []
    before = Structure()
    for version in Version.objects.order_by("number").select_related("sealed_by"):
        after = version_structure(version, with_corrections=False)
        delta = compare(before, after).units.get(UnitId(uid))
        was = {post.id for post in before.posts_of.get(UnitId(uid), ())}
        now = {post.id for post in after.posts_of.get(UnitId(uid), ())}
        if (delta and delta.state is not State.UNCHANGED) or was != now:
            unit = UnitId(uid)
            unchanged = UnitDelta(unit, before.unit_by_id.get(unit), after.unit_by_id.get(unit), (), (State.UNCHANGED,))
            found.append(UnitMoment(version, delta or unchanged, len(was - now), len(now - was)))
        before = after
    return tuple(reversed(found))


def _related(record: UnitRecord) -> list[tuple[Named, list[str], list[str]]]:
    """The units this one comes from or depends on, and those that name others: one query."""
    rows = Unit.objects.filter(Q(uid__in=[*record.origins, *record.links]) | ~Q(origins=[]) | ~Q(links=[]))
    return [
        (Named(uid, label, gone_on), origins, links)
        for uid, label, gone_on, origins, links in rows.order_by("tree_id", "lft", "uid").values_list(
            "uid", "label", "gone_on", "origins", "links"
        )
    ]


def _occupied(units: Iterable[str], day: datetime.date) -> tuple[frozenset[PostId], frozenset[PostId]]:
    """The posts of these units that are held, and those stated vacant: one query."""
    held, vacant = set(), set()
    rows = (
        Post.objects.in_force()
        .filter(unit__uid__in=list(units))
        .order_by()
        .annotate(is_held=Exists(Assignment.objects.in_force_on(day).filter(post=OuterRef("uid"))))
        .values_list("uid", "is_held", "stated_vacant_since")
    )
    for uid, is_held, since in rows:
        if is_held:
            held.add(PostId(uid))
        elif since is not None and since <= day:
            vacant.add(PostId(uid))
    return frozenset(held), frozenset(vacant)
