"""What a reorganisation takes from a holder, each thing said in words: departures from the principle of security
(nobody forced to another residence, pay kept, part of the duties kept). Known only where both sides are known."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from .fates import Duties, Employer, Fate
from .french import decimal
from .records import Post
from .structure import Structure
from .values import Hours

REDUCED = Fraction(1, 10)
"""From this part of the hours on, a reduction is told."""


class DepartureKind(StrEnum):
    """Écart au principe de sécurité."""

    RESIDENCE = "residence"
    GRADE = "cotation"
    DUTIES = "missions"
    HOURS = "duree"
    EMPLOYER = "employeur"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    DepartureKind.RESIDENCE: "résidence imposée",
    DepartureKind.GRADE: "cotation abaissée",
    DepartureKind.DUTIES: "aucune mission conservée",
    DepartureKind.HOURS: "durée réduite",
    DepartureKind.EMPLOYER: "changement d’employeur",
}


class Departure(NamedTuple):
    """`words`: the whole of it, « la cotation baisse de A 3 à B 1, la rémunération est à garantir »."""

    kind: DepartureKind
    words: str


def departures(before: Structure, after: Structure, fate: Fate) -> tuple[Departure, ...]:
    """None for a holder left without a post: there is nothing to compare with."""
    return tuple(_departures(before, after, fate)) if fate.post_after is not None else ()


def _departures(before: Structure, after: Structure, fate: Fate) -> Iterator[Departure]:
    if fate.employer is not Employer.SAME:
        way = "rejoint l’employeur" if fate.employer is Employer.JOINS else "rejoint un autre employeur"
        yield Departure(DepartureKind.EMPLOYER, f"la personne {way}, son accord est à recueillir")
    if fate.site_changed and fate.site_before and fate.site_after:
        was, now = before.nomenclature.site_label(fate.site_before), after.nomenclature.site_label(fate.site_after)
        words = f"la personne change de résidence administrative ({was} → {now})"
        yield Departure(DepartureKind.RESIDENCE, words)
    if fate.grade_before is not None and fate.grade_after is not None:
        rank = after.nomenclature.grade_rank
        if rank(fate.grade_after) > rank(fate.grade_before):
            words = f"la cotation baisse de {fate.grade_before} à {fate.grade_after}, la rémunération est à garantir"
            yield Departure(DepartureKind.GRADE, words)
    if fate.duties is Duties.NONE:
        yield Departure(DepartureKind.DUTIES, "aucune des missions exercées n’est conservée")
    if (lost := _lost(fate.hours_before, fate.hours_after)) >= REDUCED:
        yield Departure(DepartureKind.HOURS, f"la durée du poste baisse de {decimal(lost * 100, 1)}\u00a0%")


def _lost(was: Hours | None, now: Hours | None) -> Fraction:
    """The part of the hours that is lost; nothing when one of the two is not known."""
    return (was.etp - now.etp) / was.etp if was and now else Fraction()


class DutiesChange(NamedTuple):
    """The duties of a post before and after, each where it belongs. Both empty: nobody described them."""

    kept: tuple[str, ...]
    lost: tuple[str, ...]
    new: tuple[str, ...]


def duties_change(old: Post, new: Post) -> DutiesChange:
    return DutiesChange(
        kept=tuple(duty for duty in old.duties if duty in new.duties),
        lost=tuple(duty for duty in old.duties if duty not in new.duties),
        new=tuple(duty for duty in new.duties if duty not in old.duties),
    )
