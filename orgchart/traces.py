"""Which change of a draft wrote what: record by record, field by field."""

from collections.abc import Iterable
from typing import NamedTuple

from .changes import Change
from .fold import make
from .journal import Footprint
from .records import Pending, Post, Unit
from .structure import Structure
from .values import ChangeId, PostId, UnitId
from .working_copy import WorkingCopy

type Standing = Unit | Post

IGNORED = frozenset({"id", "position", "aliases", "origins", "deduced"})
"""Fields that two sides may both change without meaning different things."""


class Write(NamedTuple):
    """One record as a change left it: `after` is None when the change took it away; `fields` names what it changed
    (all, when it added or took it away)."""

    key: str
    before: Standing | None
    after: Standing | None
    fields: tuple[str, ...]


class Trace(NamedTuple):
    """A draft folded step by step: change → what it wrote; those that could not be made; the pendings it opened; what
    each looked at and wrote, even those that could not be made."""

    writes: dict[ChangeId, tuple[Write, ...]]
    refused: dict[ChangeId, str]
    opened: dict[ChangeId, tuple[Pending, ...]]
    footprints: dict[ChangeId, Footprint]

    def copy(self) -> "Trace":
        return Trace(*(dict(each) for each in self))  # type: ignore[arg-type]  # each is one of the four


def empty() -> Trace:
    return Trace({}, {}, {}, {})


def trace(before: Structure, changes: Iterable[Change]) -> Trace:
    found = empty()
    carry_on(found, WorkingCopy(before), changes)
    return found


def carry_on(found: Trace, chart: WorkingCopy, changes: Iterable[Change]) -> None:
    """These changes are made on the chart, and noted after what was `found`."""
    for change in changes:
        reason = make(chart, change)
        found.footprints[change.id] = chart.footprint()
        if reason:
            found.refused[change.id] = reason
            continue
        was = chart.replaced()
        writes = [
            *(_write(unit, old, chart.unit(unit) if chart.has_unit(unit) else None) for unit, old in was.units.items()),
            *(_write(post, old, chart.post(post) if chart.has_post(post) else None) for post, old in was.posts.items()),
        ]
        found.writes[change.id] = tuple(write for write in writes if write.fields)
        opened = [chart.pending(each) for each in was.pendings if chart.has_pending(each)]
        found.opened[change.id] = tuple(opened)


def _write(key: UnitId | PostId, before: Standing | None, after: Standing | None) -> Write:
    if before is None or after is None:
        known = before or after
        fields = () if known is None else known.__struct_fields__
        return Write(key, before, after, fields)
    return Write(key, before, after, differing(before, after))


def differing(one: Standing, other: Standing) -> tuple[str, ...]:
    """The fields by which two states of a record mean different things."""
    return tuple(
        field
        for field in one.__struct_fields__
        if field not in IGNORED and getattr(one, field) != getattr(other, field)
    )
