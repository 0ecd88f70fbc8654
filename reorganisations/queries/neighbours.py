"""The other open drafts beside one: their changes, and what they make of the same chart.

A draft of another revision is another value: what it changes is read once in each process, and folded once over each
chart that drafts are written on.
"""

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from orgchart.changes import Change, read_change
from orgchart.fold import in_fold_order
from orgchart.side import Side
from orgchart.structure import Structure

from ..models import ChangeRecord, Reorganisation, StageRecord
from ..status import Status
from .recent import Recent


class Written(NamedTuple):
    """What says which list of changes it is: each edit gives the draft another revision, at its own time."""

    uid: str
    revision: int
    saved_at: datetime.datetime
    effective_on: datetime.date | None
    applied: frozenset[str]


class Neighbour:
    """`changes`: what is left to come into force, in the order of the fold."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = tuple(changes)
        self._side: Side | None = None

    def over(self, base: Structure) -> Side:
        """Folded over this very chart: the same one is given back."""
        side = self._side
        if side is None or side.base is not base:
            side = self._side = Side(base, self.changes)
        return side


RECENT: Recent[Written, Neighbour] = Recent(64)


class Neighbours:
    def __init__(self, reorganisation: Reorganisation) -> None:
        self.reorganisation = reorganisation

    @cached_property
    def found(self) -> tuple[tuple[Reorganisation, Neighbour], ...]:
        """Those that have something to change still. One query; one more for those not read yet at this revision, and
        one when some are in force for part."""
        beside = Reorganisation.objects.beside(self.reorganisation)
        rows = list(beside.filter(change_records__isnull=False).distinct().order_by("pk"))
        applied = self._applied(rows)
        keys = {
            row.pk: Written(row.uid, row.revision, row.saved_at, row.effective_on, applied.get(row.pk, frozenset()))
            for row in rows
        }
        known = {pk: RECENT.get(key) for pk, key in keys.items()}
        missing = [row for row in rows if known[row.pk] is None]
        known |= {row.pk: RECENT.keep(keys[row.pk], each) for row, each in self._read(missing, applied)}
        return tuple((row, neighbour) for row in rows if (neighbour := known[row.pk]))

    def _read(
        self, rows: Sequence[Reorganisation], applied: dict[int, frozenset[str]]
    ) -> list[tuple[Reorganisation, Neighbour]]:
        if not rows:
            return []
        lists: dict[int, list[Change]] = {row.pk: [] for row in rows}
        records = ChangeRecord.objects.filter(reorganisation__in=lists).order_by("reorganisation", "position")
        for owner, payload in records.values_list("reorganisation_id", "payload"):
            change = read_change(payload)
            if change.id not in applied.get(owner, ()):
                lists[owner].append(change)
        return [(row, Neighbour(in_fold_order(lists[row.pk], row.effective_on))) for row in rows]

    def _applied(self, rows: Sequence[Reorganisation]) -> dict[int, frozenset[str]]:
        """The changes already in force of each draft that is so for part."""
        begun = [row.pk for row in rows if row.status == Status.PARTLY_IN_FORCE]
        if not begun:
            return {}
        found: dict[int, frozenset[str]] = {}
        stages = StageRecord.objects.filter(reorganisation__in=begun, applied_at__isnull=False)
        for owner, uids in stages.values_list("reorganisation_id", "change_uids"):
            found[owner] = found.get(owner, frozenset()) | {*uids}
        return found
