"""The decision acts as files: a PDF to be signed, and a Word document in which the blanks are filled."""

import io
from collections.abc import Iterator
from typing import NamedTuple

from django.template.loader import render_to_string
from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph as Written
from msgspec.structs import replace

from missions.pdf import STYLESHEET
from orgchart.dossier.acts import BLANK, Act, ActFacts, deliberation_annex
from orgchart.dossier.order import organisation_order

from ..models import Decision
from ..sealing import Text
from .committee_file import CommitteeFile
from .office import Writer
from .pages import plain_picture_on_paper
from .source import facts_of, printable

KINDS = {
    "annexe-deliberation": Decision.Kind.DELIBERATION,
    "arrete-organisation": Decision.Kind.ORDER,
}
"""Name of the act in addresses and files → the kind of decision it is written for."""

TITLES = {
    "annexe-deliberation": "Annexe à la délibération (emplois créés et supprimés)",
    "arrete-organisation": "Arrêté portant organisation des services",
}


class ActFile(NamedTuple):
    """One act of one text. `file`: whose charts the picture is drawn of."""

    act: Act
    acted: ActFacts
    file: CommitteeFile

    def name(self, suffix: str) -> str:
        return f"{self.act.key}-{self.file.code}.{suffix}"


def act_file(
    kind: str, text: Text, file: CommitteeFile, acted: ActFacts, *, decided: bool, fictitious: bool = False
) -> ActFile:
    """`kind`: one of KINDS. `decided`: the text is the one voted; otherwise the act is marked as a project.
    `fictitious`: something of what was recorded on it is made up.
    """
    facts = facts_of(text, file.sealed)
    heading = file.dossier.heading._replace(mark="" if decided else "Projet d’acte")
    heading = heading._replace(fictitious=heading.fictitious or fictitious)
    counted = file.dossier.counted
    if kind == "annexe-deliberation":
        act = deliberation_annex(counted, facts, acted, heading)
    else:
        act = organisation_order(counted, text.changes, facts, acted, heading)
    return ActFile(printable(act), acted, file)


def with_effective_date(text: Text, on: object) -> Text:
    """The date that the decision gives to what has none of its own in the text."""
    facts = replace(text.facts, effective_on=text.facts.effective_on or on)
    return replace(text, facts=facts)


def act_html(file: ActFile) -> str:
    """The whole document that the PDF is made of."""
    drawn = file.act.key == "arrete-organisation"
    context = {
        "stylesheet": STYLESHEET,
        "act": file.act,
        "employer": file.acted.employer,
        "heading": file.act.heading,
        "fictitious": file.act.heading.fictitious,
        "turned": file.act.parts[0].landscape,
        "pictures": plain_picture_on_paper(file.file) if drawn else {},
    }
    return render_to_string("pdf/act.html", context)


def act_docx(file: ActFile) -> bytes:
    document = Document()
    act = file.act
    writer = Writer(document, act.heading, file.file)
    writer.page()
    document.add_paragraph(act.title, style="Title")
    if act.heading.fictitious:
        document.add_paragraph("Données fictives\u00a0: ce document est une démonstration, il n’engage personne.")
    if act.heading.mark:
        document.add_paragraph(act.heading.mark)
    for visa in act.visas:
        writer.paragraph(visa)
    for part in act.parts:
        if part is act.parts[-1]:
            # Signed before its annex, as in the PDF; an annex to a deliberation has nothing to sign.
            for line in act.signature:
                document.add_paragraph(line).paragraph_format.keep_with_next = line is not act.signature[-1]
        writer.part(part, part.title)
    for written in _written(document):
        _mark_blanks(written)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _written(document: Opened) -> Iterator[Written]:
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _mark_blanks(written: Written) -> None:
    """What is left to be filled is highlighted; the rest of the paragraph looks as it did."""
    if not BLANK.search(written.text):
        return
    text, font = written.text, written.runs[0].font
    size, bold = font.size, font.bold
    written.clear()  # type: ignore[no-untyped-call]
    for part in filter(None, BLANK.split(text)):
        run = written.add_run(part)
        run.font.size, run.font.bold = size, bold
        if BLANK.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
