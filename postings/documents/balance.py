"""Bilan des bourses as tables, for the page and for spreadsheets, and as a small chart."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from orgchart import french
from orgchart.dossier import Column, Group, Part, Piece, Table

from ..queries.balance import Line, Year

DRAWN = 12
"""Bourses that the chart shows, the newest."""


class Bar(NamedTuple):
    """One bourse of the chart: its two parts in percent of the longest, and the same in words.

    `year`: of its opening, for one post may be opened more than once.
    """

    label: str
    year: int
    words: str
    to_decide: float
    to_assign: float


COUNTS = ("Éligibles", "Candidatures", "Retirées", "Retenues", "Femmes", "Hommes", "Sexe non renseigné")


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


def _days(days: Fraction | int | None) -> str:
    """Empty while it is not known; a mean to one decimal at most."""
    return "" if days is None else french.decimal(days, 1)


def delays_chart(found: Sequence[Line]) -> tuple[Bar, ...]:
    """Days from opening to decision, then to the date of effect, of the newest bourses that are decided."""
    drawn = [line for line in found if line.to_decide is not None][:DRAWN]
    longest = max((_span(line) for line in drawn), default=0) or 1
    return tuple(
        Bar(
            label=line.posting.title,
            year=line.year,
            words=_words(line),
            to_decide=round(100 * (line.to_decide or 0) / longest, 1),
            to_assign=round(100 * max(line.to_assign or 0, 0) / longest, 1),
        )
        for line in drawn
    )


def _span(line: Line) -> int:
    return (line.to_decide or 0) + max(line.to_assign or 0, 0)


def _words(line: Line) -> str:
    """« 21 + 6 jours »."""
    if line.to_assign is None:
        return french.count(line.to_decide or 0, "jour")
    return f"{line.to_decide} + {french.count(line.to_assign, 'jour')}"
