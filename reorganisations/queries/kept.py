"""What each process keeps of the drafts it has just shown: the list of changes at one revision, and what it makes of
the chart. The next page, and the next edit, start from there."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from orgchart.changes import AnyChange, Change
from orgchart.side import Side
from orgchart.structure import Structure

from ..models import Reorganisation
from .recent import Recent


class Revision(NamedTuple):
    """What says which list of changes it is: each edit gives the draft another revision, at its own time."""

    uid: str
    revision: int
    saved_at: datetime.datetime

    @classmethod
    def of(cls, reorganisation: Reorganisation) -> "Revision":
        return cls(reorganisation.uid, reorganisation.revision, reorganisation.saved_at)


class Kept:
    """`changes` in the order of the list. The last folding is given again for the same chart and the same order."""

    def __init__(self, changes: Sequence[AnyChange]) -> None:
        self.changes = tuple(changes)
        self._side: Side | None = None

    def side(self, before: Structure, in_fold_order: Sequence[Change], *, earlier: Side | None) -> Side:
        side = self._side
        if side is None or side.base is not before or side.changes != in_fold_order:
            side = self._side = Side(before, in_fold_order, earlier=earlier)
        return side


KEPT: Recent[Revision, Kept] = Recent(16)
