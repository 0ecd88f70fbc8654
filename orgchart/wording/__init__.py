"""What a change says, in French: a verb phrase for the list of adjustments, a noun phrase for the report.

« Créer » + « la cellule de direction » on one side, « Création d’une cellule de direction (4 postes) » on the other.
Never more than the data says: what is unknown is « non renseigné », or left out.
"""

from typing import NamedTuple

from .. import french
from ..changes import (
    Change,
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreateUnit,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    RenameUnit,
    SetLead,
    SplitUnit,
    UnlinkUnit,
)
from ..naming import Names
from ..structure import Structure
from .posts import (
    AS_SUPPRESSION_AND_CREATION,
    IN_AGREEMENT,
    TO_BE_DETERMINED,
    gone_in_exchange,
    made_in_exchange,
    opened_to,
    post_words,
    suppressed_posts,
)
from .units import unit_words
from .words import Words

__all__ = [
    "AS_SUPPRESSION_AND_CREATION",
    "IN_AGREEMENT",
    "TO_BE_DETERMINED",
    "ChangeWording",
    "gone_in_exchange",
    "made_in_exchange",
    "opened_to",
    "sentence",
    "suppressed_posts",
    "when",
]


class ChangeWording(NamedTuple):
    """The words of one change.

    `verb` and `rest` read together; `heading` is the noun phrase; `details` are facts beside it, without a full stop;
    `short` names it in a margin or a filter; `deduced` gives the reason of each fact that no source states.
    """

    verb: str
    rest: str
    heading: str
    details: tuple[str, ...]
    short: str
    deduced: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return f"{self.verb} {self.rest}"


def sentence(change: Change, before: Structure, after: Structure) -> ChangeWording:
    """The words of a change of a draft that leads from `before` to `after`."""
    names = Names(before, after)
    words = _words(change, names)
    return ChangeWording(
        verb=words.verb,
        rest=french.typographic(words.rest),
        heading=french.typographic(words.heading),
        details=tuple(french.typographic(detail) for detail in (*words.details, when(change)) if detail),
        short=words.short,
        deduced=tuple(french.typographic(deduction.reason) for deduction in change.deduced),
    )


def when(change: Change) -> str:
    """« à compter du 1er janvier 2022 », « à terme », or nothing: the date of the reorganisation."""
    if change.eventually:
        return "à terme"
    return f"à compter du {french.date(change.on)}" if change.on else ""


def _words(change: Change, names: Names) -> Words:
    match change:
        case (
            CreateUnit()
            | RenameUnit()
            | MoveUnit()
            | LinkUnit()
            | UnlinkUnit()
            | CloseUnit()
            | MergeUnits()
            | SplitUnit()
            | SetLead()
            | ChangeUnitKind()
            | ChangeUnitSites()
            | MovePurposes()
        ):
            return unit_words(change, names)
        case _:
            return post_words(change, names)
