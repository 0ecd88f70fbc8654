"""The report as HTML: the same body on the page and in the PDF."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from missions.drawing.documents import Page, fitted, pages
from missions.pdf import STYLESHEET, render_pdf
from orgchart import french
from orgchart.dossier import Block, Paragraph, Part, Table
from orgchart.structure import Structure

from .source import Charted, Report

# Rows of one table that the page shows.
ON_SCREEN = 200
# A drawing on the page of the report, in mm; below the smallest scale its words are not read: it scrolls then.
SCREEN_WIDTH = 210.0
SMALLEST = 0.6
# The white of a landscape annex under its heading and the facts of the drawing, in mm.
PAPER = (267.0, 143.0)
PRINT_STYLE = Path(settings.BASE_DIR) / "static" / "css" / "pdf.css"

type Pictures = dict[str, list[Page]]


def report_context(report: Report, *, on_screen: bool = False) -> dict[str, Any]:
    """What the body of the report is rendered with, on the page and in the PDF. `on_screen`: long tables are cut, and
    a drawing stops at its first page; the files have them whole."""
    dossier = report.dossier
    shown = _cut if on_screen else _whole
    pictures = _drawn(report, 1 if on_screen else None)
    return {
        "dossier": dossier,
        "heading": dossier.heading,
        "parts": tuple((number, shown(part)) for number, part in enumerate(dossier.parts, 1)),
        "annexes": tuple((number, shown(part)) for number, part in enumerate(dossier.annexes, 1)),
        "pictures": _at_one_scale(pictures) if on_screen else _on_paper(pictures),
    }


def _at_one_scale(pictures: Pictures) -> Pictures:
    """Before and after compare at one scale, never above their natural size."""
    widest = max((page.drawing.width for side in pictures.values() for page in side), default=0.0)
    scale = min(1.0, SCREEN_WIDTH / widest) if widest else 1.0
    scale = max(scale, SMALLEST)
    return {side: [page._replace(scale=scale) for page in found] for side, found in pictures.items()}


def pictures_on_paper(charted: Charted) -> Pictures:
    """Both sides, each drawing as large as its page allows."""
    return _on_paper(_drawn(charted, None))


def plain_picture_on_paper(charted: Charted) -> Pictures:
    """What stands after, without a mark of what changed nor a trace of what is gone: an act says what is."""
    return _on_paper({"after": _pictures(charted, "after", None, marked=False)})


def _drawn(charted: Charted, most: int | None) -> Pictures:
    return {side: _pictures(charted, side, most) for side in ("before", "after")}


def _on_paper(pictures: Pictures) -> Pictures:
    return {side: [fitted(page, *PAPER) for page in found] for side, found in pictures.items()}


def _whole(part: Part) -> Part:
    return part


def _cut(part: Part) -> Part:
    """No more than `ON_SCREEN` rows of each table, and how many there are."""
    blocks: list[Block] = []
    for block in part.blocks:
        if not isinstance(block, Table) or (rows := sum(len(group.rows) for group in block.groups)) <= ON_SCREEN:
            blocks.append(block)
            continue
        kept, room = [], ON_SCREEN
        for group in block.groups:
            if room > 0:
                kept.append(group._replace(rows=group.rows[:room]))
                room -= len(group.rows)
        words = (
            f"Seules les {ON_SCREEN} premières lignes sont montrées ici, sur {french.count(rows, 'ligne')} : "
            "le PDF et le document Word les donnent toutes."
        )
        blocks += [block._replace(groups=tuple(kept)), Paragraph(words)]
    return part._replace(blocks=tuple(blocks))


def _pictures(report: Charted, side: str, most: int | None, *, marked: bool = True) -> list[Page]:
    """A summary page, then a page per unit where it does not fit; after, what changed is `marked`."""
    structure: Structure = report.after if side == "after" else report.before
    if report.root not in structure.unit_by_id:
        return []
    unit = structure.unit_by_id[report.root]
    total = structure.total(unit.id)
    facts = "effectif total non renseigné" if total is None else french.count(total.posts, "poste")
    moment = "après la réorganisation" if side == "after" else "avant la réorganisation"
    return pages(
        structure,
        root=unit.id,
        title=f"{unit.label}, {moment}",
        facts=facts,
        difference=report.difference if marked and side == "after" else None,
        name=f"organigramme-{side}",
        most=most,
    )


def report_pdf(report: Report) -> bytes:
    """PDF/A-3a and PDF/UA, with bookmarks. The same report gives the same bytes."""
    return render_pdf(report_html(report))


def report_html(report: Report) -> str:
    """The whole document that the PDF is made of."""
    return render_to_string("pdf/report.html", _document_context(report) | {"stylesheet": STYLESHEET, "style": ""})


def report_weight(report: Report) -> int:
    """How long the report is to write: the rows of its tables."""
    parts = (*report.dossier.parts, *report.dossier.annexes)
    tables = [block for part in parts for block in part.blocks if isinstance(block, Table)]
    return sum(len(group.rows) for table in tables for group in table.groups)


def _document_context(report: Report) -> dict[str, Any]:
    return report_context(report) | {"fictitious": report.dossier.heading.fictitious}


def report_page(report: Report) -> str:
    """The whole document as one HTML file that stands alone, with its style in it."""
    style = SafeString(_print_style())
    return render_to_string("pdf/report.html", _document_context(report) | {"stylesheet": "", "style": style})


def _print_style() -> str:
    """The entry with what it imports in its place: a file that stands alone has nothing beside it."""
    return re.sub(
        r'@import url\("([^"]+)"\);',
        lambda found: (PRINT_STYLE.parent / found[1]).read_text(encoding="utf-8"),
        PRINT_STYLE.read_text(encoding="utf-8"),
    )
