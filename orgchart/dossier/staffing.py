"""The posts before and after by unit, category and cotation: headcount beside ETP, known sum beside what is unknown.

Figures and unknowns have columns of their own, so that a spreadsheet counts them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .. import french
from ..gaps import GapRow
from ..naming import grade_text
from ..records import Unit
from ..structure import Structure
from ..total import Total
from ..values import PostId, UnitId
from .blocks import Column, Group, Table
from .listed import categories, counted_rows
from .provenance import Origin, provenance
from .tables import Figures, figures

COUNTED = (
    Column("Postes avant", True, 9),
    Column("Postes après", True, 9),
    Column("Écart", True, 9),
    Column("ETP avant", True, 12),
    Column("ETP après", True, 12),
    Column("Durée inconnue avant", True, 12),
    Column("Durée inconnue après", True, 12),
)
LISTED = (
    Column("Nombre", True, 9),
    Column("Intitulé du poste"),
    Column("Cotation", width=12),
    Column("Catégorie", width=12),
    Column("ETP", True, 10),
    Column("Durée inconnue", True, 12),
)


class Staffing(NamedTuple):
    """The tables of one perimeter. `known`: where the posts that changes made come from."""

    counted: Figures
    known: Mapping[PostId, Origin]

    def totals(self) -> tuple[Table, ...]:
        """By unit with those below it, then by category, then by cotation."""
        found = self.counted.difference.totals(self.counted.root)
        return (
            _totals("Par unité, avec celles qui en dépendent", "Unité", self._units(), found.headcount),
            _totals("Par catégorie", "Catégorie", found.categories, found.headcount),
            _totals("Par cotation", "Cotation", map(_graded, found.grades), found.headcount),
        )

    def _units(self) -> Iterator[GapRow]:
        """As they stand after, then those that are gone."""
        before, after, root = self.counted.before, self.counted.after, self.counted.root
        found: dict[UnitId, str] = {}
        for structure, mark in ((after, ""), (before, " (supprimée)")):
            for unit in structure.subtree(root) if root in structure.unit_by_id else ():
                found.setdefault(unit.id, f"{_label(unit)}{mark}")
        for unit_id, label in found.items():
            yield self.counted.difference.totals(unit_id).headcount._replace(label=label)

    def posts(self, side: str) -> Table:
        """Unit by unit, the posts of one side."""
        structure = self.counted.after if side == "after" else self.counted.before
        stands = self.counted.root in structure.unit_by_id
        groups = []
        for unit in structure.subtree(self.counted.root) if stands else ():
            rows = tuple(self._rows(structure, unit.id, side))
            if rows:
                groups.append(Group(_label(unit), rows))
        total = structure.total(self.counted.root) if stands else Total()
        words = "après" if side == "after" else "avant"
        return Table(f"Postes {words} la réorganisation", LISTED, tuple(groups), _whole(total))

    def _rows(self, structure: Structure, unit: UnitId, side: str) -> Iterator[tuple[str, ...]]:
        for row, found in counted_rows(structure, unit):
            level = f" ({row.level.label})" if row.level else ""
            origin = provenance(row, self.known) if side == "after" else ""
            yield (
                str(row.number),
                f"{row.label}{level}{f', {origin}' if origin else ''}",
                grade_text(row.grade) if row.grade else french.UNKNOWN_FEMININE,
                categories(structure, row),
                known_etp(found),
                unknown_etp(found),
            )


def known_etp(total: Total) -> str:
    """« 3,5 »: of the posts whose hours are known; « non renseigné » where none is."""
    return french.UNKNOWN if total.unknown_etp and not total.etp else french.decimal(total.etp)


def unknown_etp(total: Total) -> str:
    """How many posts have unknown hours."""
    return french.grouped(total.unknown_etp)


def _whole(total: Total | None) -> tuple[str, ...]:
    if total is None:
        return (french.UNKNOWN, "Ensemble", "", "", french.UNKNOWN, french.UNKNOWN)
    return (french.grouped(total.posts), "Ensemble", "", "", known_etp(total), unknown_etp(total))


def _graded(row: GapRow) -> GapRow:
    return row._replace(label=grade_text(row.label))


def _label(unit: Unit) -> str:
    """« Service X (nom provisoire) »."""
    return f"{french.typographic(unit.label)}{' (nom provisoire)' if unit.provisional else ''}"


def _totals(caption: str, label: str, lines: Iterable[GapRow], whole: GapRow) -> Table:
    rows = tuple((row.label, *_cells(row)) for row in lines)
    columns = (Column(label), *COUNTED)
    return Table(f"{caption}, en postes et en ETP", columns, (Group("", rows),), ("Ensemble", *_cells(whole)))


def _cells(row: GapRow) -> tuple[str, ...]:
    sides = (row.before, row.after)
    etp = (french.UNKNOWN if side is None else known_etp(side) for side in sides)
    unknown = (french.UNKNOWN if side is None else unknown_etp(side) for side in sides)
    return (*figures(row), *etp, *unknown)
