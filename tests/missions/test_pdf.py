"""A PDF is what it claims: PDF/A-3a and PDF/UA-1, as far as can be read without a validator."""

import pytest
from weasyprint import HTML

from missions import pdf
from missions.pdf import render_pdf
from tests.pdf_proof import pdf_faults

TABLE = (
    "<table><thead><tr><th scope=col>Poste</th><th scope=col>Unité</th></tr></thead><tbody>"
    "<tr><th scope=rowgroup colspan=2>Pôle</th></tr><tr><th scope=row>Juriste</th><td>Cellule</td></tr></tbody></table>"
)


def page(body: str, *, lang: str = "fr", title: str = "Essai") -> str:
    return f'<html lang="{lang}"><head><title>{title}</title></head><body>{body}</body></html>'


def test_a_whole_document_breaks_no_rule() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>Carré</title><path d="M0 0h9"/></svg>'
    )
    body = f'<h1>Un</h1><h2 id="b">Deux</h2><p><a href="#b">Vers deux</a></p><ul><li>Un</li></ul>{TABLE}{drawing}'
    assert pdf_faults(render_pdf(page(body, title="Essai & suite"))) == []
    assert pdf_faults(render_pdf(page("<h1>Rien</h1>"))) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (page("<h1>Un</h1>", lang="en"), "without a language"),
        (page("<h1>Un</h1>", title=""), "without a title"),
        (page("<h1>Un</h1><h3>Trois</h3>"), "a heading of level 3 under level 1"),
        (
            page('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'),
            "a figure has no words",
        ),
    ],
)
def test_what_a_page_leaves_out_is_seen(html: str, fault: str) -> None:
    assert fault in pdf_faults(render_pdf(html))


def test_what_weasyprint_leaves_out_is_seen() -> None:
    """The sabotage of what this application adds to it."""
    bare = HTML(string=page(TABLE)).write_pdf(**pdf.OPTIONS)
    assert {"not PDF/UA-1", "a header heads nothing", "the tree of the identifiers is not theirs"} <= {
        *pdf_faults(bare)
    }
    untagged = pdf_faults(HTML(string=page(TABLE)).write_pdf())
    assert {"not marked as tagged", "without a tree", "not PDF/A-3", "without an output intent"} <= {*untagged}
