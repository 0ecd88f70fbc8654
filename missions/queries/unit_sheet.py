"""Everything the page of a unit says: what it is, who leads it, where it comes from, what hangs from it."""

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from django.db.models import Count, Q

from orgchart.counting import total_in
from orgchart.diff import Delta, State, UnitDelta, compare
from orgchart.records import Post as PostRecord
from orgchart.records import Unit as UnitRecord
from orgchart.structure import Structure
from orgchart.total import Total, total_of
from orgchart.values import Hours, PostId, UnitId

from ..models import Post, Unit, Version, VersionKind
from ..records import UNIT_COLUMNS, unit_from_row
from ..seals import sealed_skeleton
from .chart import nomenclature
from .sheet import CorrectionLine, corrections_about
from .shown import Part, part_in_force, part_of


class Named(NamedTuple):
    """A unit as a link. `gone_on`: it is closed since that day; `version`: what closed it then."""

    uid: UnitId
    label: str
    gone_on: datetime.date | None
    version: Version | None = None


class UnitSheet(NamedTuple):
    """`part`: the unit, those directly below and those above; of a closed unit, itself alone.

    `lead_unit`: where the post that leads it is, when that is elsewhere. `linked_to`, `linked_from`: functional links,
    both ways. `grades`, `categories`: totals of the unit and all below it, None where the fact is not known.
    """

    unit: UnitRecord
    part: Part
    gone_on: datetime.date | None
    lead_unit: Named | None
    predecessors: tuple[Named, ...]
    successors: tuple[Named, ...]
    linked_to: tuple[Named, ...]
    linked_from: tuple[Named, ...]
    grades: Mapping[str | None, Total]
    categories: Mapping[str | None, Total]
    corrections: tuple[CorrectionLine, ...]


class UnitMoment(NamedTuple):
    """A version in which the unit is not what it was in the one before."""

    version: Version
    delta: UnitDelta
    gone_posts: int
    come_posts: int


def unit_sheet(uid: str, day: datetime.date) -> UnitSheet | None:
    """None: there never was such a unit. A constant number of queries; posts of the units below are only counted."""
    part = part_in_force(uid, day, depth=1)
    gone_on = None
    if part is None:
        row = Unit.objects.gone().filter(uid=uid).values_list("gone_on", *UNIT_COLUMNS).first()
        if row is None:
            return None
        gone_on = row[0]
        part = part_of(Structure.of([unit_from_row(row[1:])], nomenclature=nomenclature()), uid)
        assert part is not None  # noqa: S101  # its only unit is the one asked for
    record = part.structure.unit_by_id[UnitId(uid)]
    lead = part.structure.post_by_id.get(record.lead) if record.lead else None
    elsewhere = lead.unit if lead and lead.unit != record.id else None
    related = _related(record, elsewhere)
    grades, categories = _tallies(part) if gone_on is None else ({}, {})
    predecessors = [named for named, _, _ in related if named.uid in record.origins]
    successors = [named for named, origins, _ in related if uid in origins]
    days = {named.gone_on for named in predecessors} | {gone_on if successors else None}
    closing = versions_of({day for day in days if day is not None})
    return UnitSheet(
        unit=record,
        part=part,
        gone_on=gone_on,
        lead_unit=next((named for named, _, _ in related if named.uid == elsewhere), None),
        predecessors=tuple(
            named._replace(version=closing.get(named.gone_on)) if named.gone_on else named for named in predecessors
        ),
        successors=tuple(named._replace(version=closing.get(gone_on)) if gone_on else named for named in successors),
        linked_to=tuple(named for named, _, _ in related if named.uid in record.links),
        linked_from=tuple(named for named, _, links in related if uid in links and named.gone_on is None),
        grades=grades,
        categories=categories,
        corrections=corrections_about(uid),
    )


def versions_of(days: Collection[datetime.date]) -> dict[datetime.date, Version]:
    """Day → the version that a decision brought into force on it, the last of that day; no query for no day."""
    if not days:
        return {}
    found = Version.objects.without_snapshot().filter(effective_on__in=days, kind=VersionKind.REORGANISATION)
    return {version.effective_on: version for version in found.order_by("number")}


def unit_moments(uid: str) -> tuple[UnitMoment, ...]:
    """The versions that changed the unit or its own posts, newest first. Reads every version, in one query."""
    found = []
    unit = UnitId(uid)
    before, was = Structure(), frozenset[PostId]()
    for version in Version.objects.order_by("number").select_related("sealed_by"):
        skeleton = sealed_skeleton(version)
        after = Structure.of(each for each in skeleton.units if each.id == unit)
        now = frozenset(post.id for post in skeleton.posts if post.unit == unit)
        delta = compare(before, after).units.get(unit)
        if (delta and delta.state is not State.UNCHANGED) or was != now:
            unchanged = Delta(unit, before.unit_by_id.get(unit), after.unit_by_id.get(unit), (), (State.UNCHANGED,))
            found.append(UnitMoment(version, delta or unchanged, len(was - now), len(now - was)))
        before, was = after, now
    return tuple(reversed(found))


def _related(record: UnitRecord, elsewhere: UnitId | None) -> list[tuple[Named, list[str], list[str]]]:
    """The units this one comes from, depends on or is led from, and those that name others: one query."""
    named = [*record.origins, *record.links, *([elsewhere] if elsewhere else [])]
    rows = Unit.objects.filter(Q(uid__in=named) | ~Q(origins=[]) | ~Q(links=[]))
    return [
        (Named(uid, label, gone_on), origins, links)
        for uid, label, gone_on, origins, links in rows.order_by("tree_id", "lft", "uid").values_list(
            "uid", "label", "gone_on", "origins", "links"
        )
    ]


def _tallies(part: Part) -> tuple[dict[str | None, Total], dict[str | None, Total]]:
    """By cotation and by category, as `Structure.tally` counts them; the database counts the posts, in one query."""
    rows = (
        Post.objects.in_force()
        .order_by()
        .filter(unit__uid__in=list(part.inside))
        .values_list("grade_id", "category", "worked_hours", "reference_hours")
        .annotate(number=Count("pk"))
    )
    counted: list[tuple[PostRecord, Total]] = []
    for grade, category, worked, reference, number in rows:
        hours = None if worked is None else Hours(worked=worked, reference=reference)
        alike = PostRecord(id=PostId(""), unit=UnitId(""), grade=grade, category=category or None, hours=hours)
        counted.append((alike, total_of(hours).times(number)))
    inside = set(part.inside)
    for post in part.structure.posts:
        if post.shares:
            own = total_of(post.hours) if post.unit in inside else Total()
            counted.append((post, total_in(post, inside) - own))
    return (
        _tally(counted, part.structure, inside, lambda post: post.grade),
        _tally(counted, part.structure, inside, part.structure.category_of),
    )


def _tally(
    counted: list[tuple[PostRecord, Total]],
    structure: Structure,
    inside: set[UnitId],
    key: Callable[[PostRecord], str | None],
) -> dict[str | None, Total]:
    """Candidates that differ by this key are counted under None, but for those that are to be transformed."""
    totals: dict[str | None, Total] = {}

    def add(where: str | None, total: Total) -> None:
        totals[where] = totals.get(where, Total()) + total

    for post, total in counted:
        add(key(post), total)
    for candidates, number in structure.pending_groups.items():
        posts = [structure.post_by_id[each] for each in candidates]
        one = total_in(posts[0], inside)
        if len({key(post) for post in posts}) == 1:
            add(key(posts[0]), one.times(-number))
        else:
            for post in posts:
                add(key(post), one.times(-1))
            add(None, one.times(len(posts) - number))
    return {where: total for where, total in totals.items() if total != Total()}
