"""Totals before and after, and the gap between them: headcount and ETP, by cotation, category, site and level."""

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from .french import UNKNOWN, UNKNOWN_FEMININE
from .structure import Post, Structure, Total
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


class Totals(NamedTuple):
    """`partial`: known in part before or after, no total is given, only gaps."""

    headcount: GapRow
    grades: tuple[GapRow, ...]
    categories: tuple[GapRow, ...]
    sites: tuple[GapRow, ...]
    levels: tuple[GapRow, ...]
    partial: bool

    @property
    def changed_grades(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.grades if row.gap != Total())


def gaps(before: Structure, after: Structure, unit: UnitId | None = None) -> Totals:
    """Both sides of a unit and all below it (nothing on the side where it does not stand), or of the whole chart."""
    partial = any(known_in_part(structure, unit) for structure in (before, after))

    def lines[K: Hashable](
        key: Callable[[Structure, Post], K],
        label: Callable[[K], str],
        order: Callable[[K], object],
        unknown: str = UNKNOWN,
    ) -> tuple[GapRow, ...]:
        was, now = (
            structure.tally(lambda post: key(structure, post), unit) if stands(structure, unit) else {}  # noqa: B023
            for structure in (before, after)
        )
        known = sorted((each for each in {*was, *now} if each is not None), key=order)  # type: ignore[arg-type]
        found = [_row(str(each), label(each), was.get(each), now.get(each), partial) for each in known]
        if None in was or None in now:
            found.append(_row(None, unknown, was.get(None), now.get(None), partial))
        return tuple(found)

    words = after.nomenclature
    return Totals(
        headcount=_row("posts", "Ensemble", _whole(before, unit), _whole(after, unit), partial),
        grades=lines(
            lambda _, post: post.grade, str, lambda code: (words.grade_rank(code), str(code)), UNKNOWN_FEMININE
        ),
        categories=lines(lambda structure, post: structure.category_of(post), str, str, UNKNOWN_FEMININE),
        sites=lines(lambda _, post: post.site, lambda code: words.site_label(code) if code else "", str),
        levels=lines(lambda _, post: post.level, lambda level: level.label if level else "", str),
        partial=partial,
    )


def stands(structure: Structure, unit: UnitId | None) -> bool:
    return unit is None or unit in structure.unit_by_id


def known_in_part(structure: Structure, unit: UnitId | None) -> bool:
    """Whether no total may be given for the unit (for the whole chart: whether any of its units is so)."""
    if unit is None:
        return any(each.partial for each in structure.units)
    return unit in structure.known_in_part


def _whole(structure: Structure, unit: UnitId | None) -> Total | None:
    if unit is None:
        return _sum(structure.subtree_totals[root.id] for root in structure.roots)
    return structure.subtree_totals.get(unit)


def _sum(totals: Iterable[Total]) -> Total:
    return sum(totals, Total())


def _row(key: str | None, label: str, before: Total | None, after: Total | None, partial: bool) -> GapRow:
    was, now = before or Total(), after or Total()
    return GapRow(key, label, None if partial else was, None if partial else now, now - was)
