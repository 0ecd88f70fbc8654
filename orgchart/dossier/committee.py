"""The whole dossier of a committee, piece by piece: what the one PDF, the archive and each file alone are made of."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .. import french
from ..changes import Change
from ..fold import Folded
from ..structure import Structure
from .blocks import Block, Bullets, Heading, Paragraph, Part, Picture, Table
from .calendar import calendar
from .facts import Deadline, Facts, Narrative
from .listing import Lists
from .provenance import origins
from .report import adjustments_of, checks_of, figures_of, heading_of, unknown_part, written_parts
from .sheets import post_sheets
from .staffing import Staffing
from .tables import Figures

DRAFT_MARK = "Projet – document de travail"


class Piece(NamedTuple):
    """One document of the dossier. Without parts, the reorganisation is not concerned by it."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def concerned(self) -> bool:
        return bool(self.parts)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a spreadsheet takes of it."""
        return tuple(block for part in self.parts for block in part.blocks if isinstance(block, Table))


class CommitteeDossier(NamedTuple):
    """`pieces` in the order of the dossier, those that do not concern the reorganisation among them."""

    heading: Heading
    pieces: tuple[Piece, ...]
    counted: Figures

    @property
    def printed(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.concerned)

    def number(self, key: str) -> int:
        """Its place among those that are printed, from 1. Raises StopIteration for a piece that is not."""
        return next(number for number, piece in enumerate(self.printed, 1) if piece.key == key)


def committee_dossier(
    before: Structure,
    changes: Sequence[Change],
    folded: Folded,
    facts: Facts,
    narrative: Narrative,
    deadlines: Iterable[Deadline] = (),
) -> CommitteeDossier:
    """`changes` in the order of the draft; `folded` is what they give, in the order of the fold."""
    counted = figures_of(before, changes, folded, facts)
    known = origins(counted.changes, counted.names)
    unknowns = unknown_part(counted, facts, narrative.sections)
    staffing = Staffing(counted, known)
    lists = Lists(counted, known).tables()
    sheets = post_sheets(counted, known)
    checks = checks_of(before, changes, folded, facts, counted.difference)
    listed = adjustments_of(before, changes, folded, narrative)
    heading = heading_of(facts, folded.structure if facts.unit in folded.structure.unit_by_id else before)
    pieces = (
        Piece(
            "changes",
            "Ce qui change",
            (
                Part("changes-summary", "En bref", (counted.summary(), counted.concerned(), *_silent(unknowns))),
                Part("changes-by-unit", "Unité par unité", (counted.by_unit(), checks)),
            ),
        ),
        Piece("report", heading.kind, tuple(_numbered(written_parts(facts, narrative, listed)))),
        Piece(
            "charts",
            "Organigrammes avant et après",
            (
                Part("chart-before", "Organigramme avant", (Picture("before", "Avant la réorganisation"),), True),
                Part("chart-after", "Organigramme après", (Picture("after", "Après la réorganisation"),), True),
            ),
        ),
        Piece(
            "posts",
            "Tableau des postes avant et après",
            (
                Part("posts-totals", "Totaux", staffing.totals(), landscape=True),
                Part("posts-before", "Postes avant", (staffing.posts("before"),)),
                Part("posts-after", "Postes après", (staffing.posts("after"),)),
            ),
        ),
        Piece(
            "lists",
            "Postes créés, transformés, transférés et supprimés",
            (Part("lists", "Listes des postes", lists, landscape=True),) if lists else (),
        ),
        Piece(
            "sheets",
            "Fiches des postes créés ou transformés",
            (Part("sheets", "Fiches de poste", sheets),) if sheets else (),
        ),
        Piece(
            "calendar",
            "Calendrier",
            (Part("calendar", "Étapes et délais", (calendar(changes, facts, deadlines),)),),
        ),
        Piece("unknown", unknowns.title, (unknowns._replace(title="Silences et déductions"),)),
    )
    return CommitteeDossier(heading if facts.sealed else heading._replace(mark=DRAFT_MARK), pieces, counted)


def _numbered(parts: Iterable[Part]) -> Iterable[Part]:
    return (part._replace(title=f"{number}. {part.title}") for number, part in enumerate(parts, 1))


def _silent(unknowns: Part) -> tuple[Block, ...]:
    """What no source says, on one line; the last piece lists it."""
    silences = next(block.items for block in unknowns.blocks if isinstance(block, Bullets))
    said = "\u00a0; ".join(french.lower_first(silence) for silence in silences)
    return (Paragraph(french.typographic(f"N’est pas renseigné (dernière pièce)\u00a0: {said}.")),) if silences else ()
