"""The dossier of a committee as files: one PDF with its table of contents, an archive, and each piece alone."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from missions.archives import Archive, Member
from missions.pdf import STYLESHEET
from orgchart import french
from orgchart.changes import AnyChange
from orgchart.diff import Difference
from orgchart.dossier import Bullets, Column, CommitteeDossier, Deadline, Group, Part, Piece, Table, committee_dossier
from orgchart.dossier.blocks import Sheet
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.structure import Structure
from orgchart.values import UnitId

from ..deadlines import Kind, Known, Rules, deadlines
from ..models import SealedText
from ..queries import rules_on
from ..sealing import Facts, Text
from .pages import pictures_on_paper
from .source import facts_of, narrative_of, printable
from .spreadsheet import tables_file

FORESEEN = (Kind.CONVOCATION, Kind.DOCUMENTS, Kind.MINUTES, Kind.FOLLOW_UP)
"""The deadlines that the date of the session fixes by itself."""


class CommitteeFile(NamedTuple):
    """What the files are written from. `sealed`: the text they are of; None is the draft as it stands."""

    code: str
    root: UnitId
    dossier: CommitteeDossier
    sealed: SealedText | None

    @property
    def difference(self) -> Difference:
        return self.dossier.counted.difference

    @property
    def before(self) -> Structure:
        return self.difference.before

    @property
    def after(self) -> Structure:
        return self.difference.after

    @property
    def weight(self) -> int:
        """How long it is to write: rows of tables, sheets and what is drawn."""
        return sum(weight_of(piece, self) for piece in self.dossier.printed)

    def name(self, suffix: str, piece: Piece | None = None) -> str:
        """« dossier-essai-2021-texte-1.pdf », « dossier-essai-2021-projet-calendar.pdf »."""
        which = f"texte-{self.sealed.number}" if self.sealed else "projet"
        return f"dossier-{self.code}-{which}{f'-{slug(piece)}' if piece else ''}.{suffix}"

    @property
    def seal(self) -> str:
        """« Texte soumis n° 1, empreinte SHA-256 … », nothing for a draft."""
        if self.sealed is None:
            return ""
        return f"{self.sealed}, empreinte SHA-256 {self.sealed.sha256}"


SLUGS = {
    "changes": "ce-qui-change",
    "report": "rapport",
    "charts": "organigrammes",
    "posts": "tableau-des-postes",
    "lists": "listes-des-postes",
    "sheets": "fiches-de-poste",
    "calendar": "calendrier",
    "unknown": "non-renseigne",
}


def slug(piece: Piece) -> str:
    return SLUGS[piece.key]


def committee_file(text: Text, *, sealed: SealedText | None = None, deadlined: bool = True) -> CommitteeFile:
    """One query, for the rules of the session's date; without `deadlined`, none and no deadline."""
    changes: tuple[AnyChange, ...] = text.changes
    folded = fold_leniently(text.before, in_fold_order(changes, text.facts.effective_on))
    dossier = committee_dossier(
        text.before,
        changes,
        folded,
        facts_of(text, sealed),
        narrative_of(text),
        foreseen(text.facts) if deadlined else (),
    )
    clean = dossier._replace(heading=printable(dossier.heading), pieces=printable(dossier.pieces))
    return CommitteeFile(text.facts.code, text.facts.unit, clean, sealed)


def foreseen(facts: Facts) -> tuple[Deadline, ...]:
    """What the rules of the session's date ask, whether it was done or not; nothing when neither is known."""
    rules = rules_on(facts.session_on) if facts.session_on else None
    if rules is None or facts.session_on is None:
        return ()
    plain = Rules(**{field: getattr(rules, field) for field in Rules._fields})
    found = deadlines(Known(held_on=facts.session_on), plain, facts.session_on)
    return tuple(
        Deadline(label=f"{each.label}, au plus tard", on=each.last, source=each.source)
        for each in found
        if each.kind in FORESEEN
    )


def weight_of(piece: Piece, file: CommitteeFile) -> int:
    blocks = [block for part in piece.parts for block in part.blocks]
    rows = sum(len(group.rows) for table in piece.tables for group in table.groups)
    sheets = sum(8 for block in blocks if isinstance(block, Sheet))
    drawn = 0
    if piece.key == "charts":
        for structure in (file.before, file.after):
            drawn += structure.headcounts.get(file.root, 0)
    return rows + sheets + drawn + sum(len(block.items) for block in blocks if isinstance(block, Bullets)) // 4


# The PDFs


def dossier_html(file: CommitteeFile) -> str:
    """The whole, with its table of contents."""
    return _html(file, tuple(enumerate(file.dossier.printed, 1)), alone=False)


def piece_html(file: CommitteeFile, piece: Piece) -> str:
    return _html(file, ((file.dossier.number(piece.key), piece),), alone=True)


def _html(file: CommitteeFile, pieces: tuple[tuple[int, Piece], ...], *, alone: bool) -> str:
    heading = file.dossier.heading
    drawn = any(piece.key == "charts" for _, piece in pieces)
    context: dict[str, Any] = {
        "stylesheet": STYLESHEET,
        "heading": heading,
        "fictitious": heading.fictitious,
        "pieces": pieces,
        "alone": alone,
        "turned": alone and pieces[0][1].parts[0].landscape,
        "absent": tuple(piece for piece in file.dossier.pieces if not piece.concerned),
        "seal": file.seal,
        "pictures": pictures_on_paper(file) if drawn else {},
    }
    return render_to_string("pdf/dossier.html", context)


# The archive


def dossier_archive(file: CommitteeFile) -> Archive:
    """The table of contents, then each piece as a PDF, and its tables as a spreadsheet."""
    return Archive(tuple(_members(file)))


def _members(file: CommitteeFile) -> Iterator[Member]:
    yield Member("00-sommaire.pdf", partial(_contents_html, file))
    for number, piece in enumerate(file.dossier.printed, 1):
        yield Member(f"{number:02}-{slug(piece)}.pdf", partial(piece_html, file, piece))
        if piece.key in WITH_TABLES:
            yield Member(f"{number:02}-{slug(piece)}.xlsx", partial(tables_file, piece, "xlsx"))


WITH_TABLES = ("changes", "posts", "lists", "calendar")
"""The pieces that a spreadsheet takes."""


def _contents_html(file: CommitteeFile) -> str:
    rows = [
        (str(number), piece.title, ", ".join(_files(number, piece)))
        for number, piece in enumerate(file.dossier.printed, 1)
    ]
    rows += [
        ("–", piece.title, "sans objet pour cette réorganisation")
        for piece in file.dossier.pieces
        if not piece.concerned
    ]
    columns = (Column("Pièce", True, 9), Column("Intitulé"), Column("Fichier", width=38))
    table = Table(f"{french.count(len(file.dossier.printed), 'pièce')}", columns, (Group("", tuple(rows)),))
    contents = Piece("contents", "Sommaire", (Part("contents", "Pièces du dossier", (table,)),))
    return _html(file, ((0, contents),), alone=True)


def _files(number: int, piece: Piece) -> Iterator[str]:
    yield f"{number:02}-{slug(piece)}.pdf"
    if piece.key in WITH_TABLES:
        yield f"{number:02}-{slug(piece)}.xlsx"
