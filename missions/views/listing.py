"""The same chart as nested rows, for the list and the table beside the drawing."""

from collections.abc import Iterator
from typing import NamedTuple

from orgchart import french
from orgchart.records import Unit
from orgchart.rows import Row, rows
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import UnitId

from ..queries.shown import Part
from .addresses import ChartAddress, posts_url


class ListedRow(NamedTuple):
    """Posts of one unit that print alike."""

    number: int
    label: str
    grade: str
    management: str
    occupation: str
    leads: bool
    pending: bool
    url: str

    @property
    def counted(self) -> str:
        """« 2 conseillères techniques », « Directrice »."""
        return self.label if self.number == 1 else f"{self.number}{french.NBSP}{self.label}"


class ListedUnit(NamedTuple):
    """`toggle` folds or unfolds the units below; empty when there are none. `level` counts from 1."""

    uid: UnitId
    label: str
    kind: str
    level: int
    facts: tuple[str, ...]
    rows: tuple[ListedRow, ...]
    units: tuple["ListedUnit", ...]
    url: str
    toggle: str
    folded: bool
    below: int
    partial: bool
    number: int | None


def listed(part: Part, address: ChartAddress) -> tuple[ListedUnit, ...]:
    tops = [part.structure.unit_by_id[part.root]] if part.root is not None else part.structure.roots
    return tuple(_listed(part, address, unit, 1) for unit in tops)


def flat(units: tuple[ListedUnit, ...]) -> Iterator[ListedUnit]:
    """Each unit before its own, for a table."""
    for unit in units:
        yield unit
        yield from flat(unit.units)


def post_rows(part: Part, unit: UnitId) -> tuple[ListedRow, ...]:
    return tuple(_row(part, unit, row) for row in rows(part.structure, unit))


def total_words(total: Total | None) -> str:
    return "effectif total non renseigné" if total is None else french.count(total.posts, "poste")


def etp_words(total: Total) -> str:
    """« 3,5 ETP, 2 postes non renseignés »; « durées non renseignées » when none is known."""
    if not total.posts:
        return f"0{french.NBSP}ETP"
    if total.unknown_etp == total.posts:
        return "durée des postes non renseignée"
    known = f"{french.decimal(total.etp)}{french.NBSP}ETP"
    if not total.unknown_etp:
        return known
    unknown = total.unknown_etp
    return f"{known}, {french.count(unknown, 'poste non renseigné', 'postes non renseignés')}"


def etp_cell(total: Total) -> str:
    """The same in a column headed « ETP »: « 3,5 + 2 non renseignés »."""
    if total.posts and total.unknown_etp == total.posts:
        return french.UNKNOWN
    known = french.decimal(total.etp)
    if not total.unknown_etp:
        return known
    unknown = total.unknown_etp
    return f"{known} + {unknown}{french.NBSP}{french.plural(unknown, 'non renseigné', 'non renseignés')}"


def pending_words(structure: Structure, unit: UnitId | None = None) -> tuple[str, ...]:
    """What is not determined yet, said once under the chart."""
    found = []
    for pending in structure.pendings:
        into = structure.post_by_id[pending.into]
        if unit is None or into.unit == unit:
            titles = dict.fromkeys(structure.title_of(structure.post_by_id[each]) for each in pending.candidates)
            found.append(
                f"{french.upper_first(structure.title_of(into))}{french.NBSP}: issu de la transformation d’un des "
                f"{french.count(len(pending.candidates), 'poste')} {french.de(french.join(titles))}, "
                "qui reste à déterminer."
            )
    return tuple(found)


def _listed(part: Part, address: ChartAddress, unit: Unit, level: int) -> ListedUnit:
    structure = part.structure
    folded = unit.id in part.folded
    below = part.units_below(unit.id)
    kind = structure.nomenclature.kind_by_code.get(unit.kind)
    total = part.total_of(unit.id)
    facts = [total_words(total) if total is not None else "connue en partie"]
    facts.extend(structure.nomenclature.site_label(site) for site in unit.sites)
    lead = structure.post_by_id.get(unit.lead) if unit.lead else None
    if lead and lead.unit != unit.id:
        facts.append(f"pilotage{french.NBSP}: {structure.title_of(lead)}")
    children = () if folded else structure.children_of.get(unit.id, ())
    return ListedUnit(
        uid=unit.id,
        label=french.upper_first(unit.label),
        kind=kind.label if kind else "",
        level=level,
        facts=tuple(facts),
        rows=post_rows(part, unit.id),
        units=tuple(_listed(part, address, child, level + 1) for child in children),
        url=address.about(unit.id).page(),
        toggle=address.toggled(unit.id, not folded).page() if below else "",
        folded=folded,
        below=below,
        partial=unit.partial,
        number=None if total is None else total.posts,
    )


def _row(part: Part, unit: UnitId, row: Row) -> ListedRow:
    vacant = sum(post in part.vacant for post in row.posts)
    occupation = ""
    if vacant:
        occupation = french.plural(row.number, "vacant") if vacant >= row.number else f"dont {vacant} vacants"
    return ListedRow(
        number=row.number,
        label=french.upper_first(row.label) if row.number == 1 else row.label,
        grade=row.grade or "",
        management=row.level.label if row.level else "",
        occupation=occupation or ("gelé" if row.frozen else ""),
        leads=row.leads,
        pending=row.pending,
        url=posts_url(unit, row.posts),
    )
