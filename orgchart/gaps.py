"""Totals before and after, and the gap between them: headcount and ETP, by cotation, category, site and level."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .french import UNKNOWN, UNKNOWN_FEMININE
from .records import Post
from .structure import Structure
from .total import Total
from .values import UnitId


class GapRow(NamedTuple):
    """One line: `key` is None for posts of which the fact is unknown.

    `before` and `after` are None where the unit is known in part: only the gap may be printed.
    """

    key: str | None
    label: str
    before: Total | None
    after: Total | None
    gap: Total


@dataclass(frozen=True)
class Totals:
    """Both sides of a unit and all below it (nothing on the side where it does not stand), or of the whole
    chart, without the posts of other employers. Each list goes through all the posts when it is first asked for.

    `partial`: known in part before or after, no total is given, only gaps.
    """

    before: Structure
    after: Structure
    unit: UnitId | None = None

    @cached_property
    def partial(self) -> bool:
        return any(known_in_part(structure, self.unit) for structure in (self.before, self.after))

    @cached_property
    def headcount(self) -> GapRow:
        before, after = (_whole(structure, self.unit) for structure in (self.before, self.after))
        return _row("posts", "Ensemble", before, after, self.partial)

    @cached_property
    def grades(self) -> tuple[GapRow, ...]:
        rank = self.after.nomenclature.grade_rank
        was, now = (each.grades(self.unit) if stands(each, self.unit) else {} for each in (self.before, self.after))
        return self._listed(was, now, str, lambda code: (rank(code), str(code)), UNKNOWN_FEMININE)

    @cached_property
    def categories(self) -> tuple[GapRow, ...]:
        return self._lines(lambda structure, post: structure.category_of(post), str, str, UNKNOWN_FEMININE)

    @cached_property
    def sites(self) -> tuple[GapRow, ...]:
        label = self.after.nomenclature.site_label
        return self._lines(
            lambda structure, post: structure.site_of(post), lambda code: label(code) if code else "", str
        )

    @cached_property
    def levels(self) -> tuple[GapRow, ...]:
        return self._lines(lambda _, post: post.level, lambda level: level.label if level else "", str)

    @property
    def changed_grades(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.grades if row.gap != Total())

    def _lines[K: Hashable](
        self,
        key: Callable[[Structure, Post], K],
        label: Callable[[K], str],
        order: Callable[[K], object],
        unknown: str = UNKNOWN,
    ) -> tuple[GapRow, ...]:
        was, now = (self._tally(structure, key) for structure in (self.before, self.after))
        return self._listed(was, now, label, order, unknown)

    def _listed[K: Hashable](
        self,
        was: Mapping[K | None, Total],
        now: Mapping[K | None, Total],
        label: Callable[[K], str],
        order: Callable[[K], object],
        unknown: str,
    ) -> tuple[GapRow, ...]:
        known = sorted((each for each in {*was, *now} if each is not None), key=order)  # type: ignore[arg-type]
        found = [_row(str(each), label(each), was.get(each), now.get(each), self.partial) for each in known]
        if None in was or None in now:
            found.append(_row(None, unknown, was.get(None), now.get(None), self.partial))
        return tuple(found)

    def _tally[K: Hashable](self, structure: Structure, key: Callable[[Structure, Post], K]) -> dict[K | None, Total]:
        return structure.tally(lambda post: key(structure, post), self.unit) if stands(structure, self.unit) else {}


def stands(structure: Structure, unit: UnitId | None) -> bool:
    return unit is None or unit in structure.unit_by_id


def known_in_part(structure: Structure, unit: UnitId | None) -> bool:
    """Whether no total may be given for the unit (for the whole chart: whether any unit of the employer is so)."""
    if unit is None:
        return any(each.partial for each in structure.units if each.id not in structure.external)
    return unit in structure.known_in_part


def _whole(structure: Structure, unit: UnitId | None) -> Total | None:
    if unit is None:
        return structure.whole
    return structure.subtree_totals.get(unit)


def _row(key: str | None, label: str, before: Total | None, after: Total | None, partial: bool) -> GapRow:
    was, now = before or Total(), after or Total()
    return GapRow(key, label, None if partial else was, None if partial else now, now - was)
