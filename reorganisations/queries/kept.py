"""What each process keeps of the drafts it has just shown: its changes read, and what they make of the chart. The next
page, and the next edit, start from there. Values only: what was kept is given when it is what would be made again."""

from collections.abc import Sequence
from typing import Self

import msgspec

from orgchart.changes import AnyChange, Change
from orgchart.side import Side
from orgchart.structure import Structure

from .recent import Recent


class Kept:
    def __init__(self, read: dict[str, AnyChange] | None = None, side: Side | None = None) -> None:
        self._read = read or {}
        self._side = side

    def changes(self, payloads: Sequence[str]) -> tuple[AnyChange, ...]:
        """The changes of these texts; one that was read before is not read again."""
        known = self._read
        self._read = {text: known.get(text) or msgspec.json.decode(text, type=AnyChange) for text in payloads}
        return tuple(self._read[text] for text in payloads)

    def side(self, before: Structure, in_fold_order: Sequence[Change], *, earlier: Side | None) -> Side:
        """The last folding, for the same chart and the same order, else another."""
        side = self._side
        if side is None or side.base is not before or side.changes != in_fold_order:
            side = self._side = Side(before, in_fold_order, earlier=earlier)
        return side

    def edited(self) -> Self:
        """For another list, folded on its own."""
        return type(self)(self._read)


# By the uid of the draft.
KEPT: Recent[str, Kept] = Recent(16)
