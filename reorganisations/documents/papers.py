"""The papers of a session, as HTML for PDF and as office documents: parts under a heading, then signatures."""

import datetime
import io
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from docx import Document

from missions.pdf import STYLESHEET
from orgchart import french
from orgchart.dossier import Heading, Part, Table

from ..models import AgendaItem, Session
from .office import Writer


class Signature(NamedTuple):
    """A place to sign, with who and when as far as they are known."""

    role: str
    name: str
    on: str


class Paper(NamedTuple):
    """`name`: of the file, without its suffix."""

    heading: Heading
    parts: tuple[Part, ...]
    name: str
    signatures: tuple[Signature, ...] = ()

    @property
    def weight(self) -> int:
        """How long it is to write: the rows of its tables and its other blocks."""
        tables = [block for part in self.parts for block in part.blocks if isinstance(block, Table)]
        rows = sum(len(group.rows) for table in tables for group in table.groups)
        return rows + sum(len(part.blocks) for part in self.parts)


def hour(at: datetime.time | None) -> str:
    """« 9 h 30 », « 14 h »; empty when it is not known."""
    if at is None:
        return ""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if at.minute else f"{at.hour}\u00a0h"


def agenda_number(item: AgendaItem) -> str:
    return "–" if item.number is None else str(item.number)


def session_heading(session: Session, *, kind: str, mark: str, employer: str) -> Heading:
    """`mark`: what the paper still is. `employer`: its name, empty when nobody has set it."""
    day = french.date(session.held_on)
    return Heading(
        committee=session.committee.label,
        session=day,
        units=(employer,) if employer else (),
        kind=kind,
        title=f"Séance du {day}",
        mark=mark,
        fictitious=session.fictitious,
    )


def paper_context(paper: Paper) -> dict[str, Any]:
    """What the body is rendered with, on the page and in the PDF."""
    return {"heading": paper.heading, "parts": paper.parts, "signatures": paper.signatures, "pictures": {}}


def paper_html(paper: Paper) -> str:
    """The whole document that the PDF is made of."""
    context = paper_context(paper) | {"fictitious": paper.heading.fictitious, "stylesheet": STYLESHEET}
    return render_to_string("pdf/paper.html", context)


def paper_docx(paper: Paper) -> bytes:
    document = Document()
    writer = Writer(document, paper.heading)
    writer.page()
    writer.title()
    for part in paper.parts:
        writer.part(part, part.title)
    if paper.signatures:
        writer.heading("Signatures", 1)
        for signature in paper.signatures:
            name = signature.name or french.UNKNOWN
            document.add_paragraph(f"{signature.role}\u00a0: {name}").paragraph_format.keep_with_next = True
            document.add_paragraph(f"Signé le\u00a0: {signature.on}")
            document.add_paragraph()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
