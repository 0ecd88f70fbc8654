"""Bilan des bourses as tables, for the page and for spreadsheets, and as a small chart."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orgchart import french
from orgchart.dossier import Column, Group, Part, Piece, Table

from ..queries.balance import Line, Year

DRAWN = 12
"""Bourses that the chart shows, the newest."""
LABEL, SPAN, BAR, GAP, TOP = 300, 560, 18, 14, 8
SHORT = 42


class Bar(NamedTuple):
    """One bourse of the chart, in its units. `to_assign_x`: where the second part begins."""

    label: str
    words: str
    y: int
    text_y: int
    to_decide: float
    to_assign: float
    to_assign_x: float
    end: float


class Chart(NamedTuple):
    bars: tuple[Bar, ...]
    width: int
    height: int
    left: int


COUNTS = ("Éligibles", "Candidatures", "Retirées", "Retenues", "Femmes", "Hommes", "Non renseigné")


def balance_tables(found: Sequence[Line], years: Sequence[Year]) -> Piece:
    return Piece(
        "balance", "Bilan des bourses", (Part("balance", "Bilan des bourses", (_by_year(years), _by_bourse(found))),)
    )


def _by_year(years: Iterable[Year]) -> Table:
    rows = tuple(
        (
            str(each.year),
            str(each.postings),
            *_counts(each),
            str(each.unfilled),
            _days(each.to_decide),
            _days(each.to_assign),
        )
        for each in years
    )
    columns = (
        Column("Année"),
        Column("Bourses", number=True),
        *(Column(label, number=True) for label in COUNTS),
        Column("Infructueuses", number=True),
        Column("Ouverture à décision (jours)", number=True),
        Column("Décision à affectation (jours)", number=True),
    )
    return Table("Par année d’ouverture, délais moyens", columns, (Group("", rows),))


def _by_bourse(found: Iterable[Line]) -> Table:
    rows = tuple(
        (
            line.posting.title,
            str(line.year),
            line.posting.get_status_display(),
            *_counts(line.figures),
            _days(line.to_decide),
            _days(line.to_assign),
        )
        for line in found
    )
    columns = (
        Column("Bourse"),
        Column("Année"),
        Column("État"),
        *(Column(label, number=True) for label in COUNTS),
        Column("Ouverture à décision (jours)", number=True),
        Column("Décision à affectation (jours)", number=True),
    )
    return Table("Par bourse", columns, (Group("", rows),))


def _counts(each: object) -> tuple[str, ...]:
    names = ("eligible", "applications", "withdrawn", "retained", "women", "men", "unstated")
    return tuple(str(getattr(each, name)) for name in names)


def _days(days: float | None) -> str:
    """Empty while it is not known; a mean to one decimal."""
    return "" if days is None else french.decimal(round(days, 1) if days % 1 else int(days), 1)


def delays_chart(found: Sequence[Line]) -> Chart | None:
    """Days from opening to decision, then to the date of effect; None where no bourse is decided."""
    drawn = [line for line in found if line.to_decide is not None][:DRAWN]
    if not drawn:
        return None
    longest = max((line.to_decide or 0) + max(line.to_assign or 0, 0) for line in drawn) or 1
    bars = []
    for rank, line in enumerate(drawn):
        y = TOP + rank * (BAR + GAP)
        decide = SPAN * (line.to_decide or 0) / longest
        assign = SPAN * max(line.to_assign or 0, 0) / longest
        bars.append(
            Bar(
                label=_short(line.posting.title),
                words=_words(line),
                y=y,
                text_y=y + BAR - 5,
                to_decide=round(decide, 1),
                to_assign=round(assign, 1),
                to_assign_x=round(LABEL + decide, 1),
                end=round(LABEL + decide + assign + 8, 1),
            )
        )
    return Chart(tuple(bars), LABEL + SPAN + 160, TOP + len(drawn) * (BAR + GAP), LABEL)


def _words(line: Line) -> str:
    """« 21 + 6 jours »."""
    if line.to_assign is None:
        return french.count(line.to_decide or 0, "jour")
    return f"{line.to_decide} + {french.count(line.to_assign, 'jour')}"


def _short(title: str) -> str:
    return title if len(title) <= SHORT else f"{title[: SHORT - 1].rstrip()}…"
