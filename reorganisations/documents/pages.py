"""The report as HTML: the same body on the page and in the PDF."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from missions.drawing.documents import Page, pages
from missions.pdf import STYLESHEET, render_pdf
from orgchart import french
from orgchart.dossier import Table
from orgchart.structure import Structure

from .source import Report

PRINT_STYLE = Path(settings.BASE_DIR) / "static" / "css" / "pdf.css"


def report_context(report: Report) -> dict[str, Any]:
    """What the body of the report is rendered with, on the page and in the PDF."""
    dossier = report.dossier
    return {
        "dossier": dossier,
        "heading": dossier.heading,
        "parts": tuple((number, part) for number, part in enumerate(dossier.parts, 1)),
        "annexes": tuple((number, part) for number, part in enumerate(dossier.annexes, 1)),
        "pictures": {"before": _pictures(report, "before"), "after": _pictures(report, "after")},
    }


def _pictures(report: Report, side: str) -> list[Page]:
    """A summary page, then a page per unit where it does not fit; after, what changed is marked."""
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
        difference=report.difference if side == "after" else None,
        name=f"organigramme-{side}",
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
    style = SafeString(PRINT_STYLE.read_text(encoding="utf-8"))
    return render_to_string("pdf/report.html", _document_context(report) | {"stylesheet": "", "style": style})
