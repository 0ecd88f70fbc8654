"""Markdown of users: a few tags come out, nothing that runs, and French spaces are put right."""

import io

import pytest
from bs4 import BeautifulSoup
from docx import Document

from orgchart.french import NBSP
from reorganisations.documents.office_prose import write_prose
from reorganisations.documents.prose import prose_html


def test_text_lists_and_tables_come_out_as_tags():
    html = prose_html(
        "Un **mot**, un *autre*.\n\n- a\n- b\n\n1. x\n\n| A | B |\n|---|---|\n| c | d |\n\n> cité\n\n~~non~~"
    )
    for tag in (
        "<strong>mot</strong>",
        "<em>autre</em>",
        "<li>a</li>",
        "<ol>",
        "<th>A</th>",
        "<td>d</td>",
        "<blockquote>",
    ):
        assert tag in html
    assert "<s>non</s>" in html


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src="https://ailleurs.fr/x.png" onerror="alert(1)">',
        "[lien](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '<p style="background:url(https://ailleurs.fr)">x</p>',
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_or_fetches_comes_out(typed):
    page = BeautifulSoup(prose_html(typed), "html.parser")
    assert page.find_all(["script", "img", "style", "a"]) == []
    assert [tag for tag in page.find_all(True) if tag.attrs] == []


def test_of_a_picture_its_alternative_text_stays():
    written = prose_html("Voir ![le **plan** ![du port](y.png)](https://ailleurs.fr/x.png) du site.")
    assert written == "<p>Voir le <strong>plan</strong> du port du site.</p>\n"


def test_links_to_pages_stay():
    assert 'href="https://www.legifrance.gouv.fr"' in prose_html("[Légifrance](https://www.legifrance.gouv.fr)")


def test_headings_are_shifted_under_the_part():
    html = prose_html("# Un\n\n## Deux\n\n##### Cinq", level=4)
    assert "<h4>Un</h4>" in html
    assert "<h5>Deux</h5>" in html
    assert "<h6>Cinq</h6>" in html
    assert "<h3>Deux</h3>" in prose_html("## Deux")


def test_french_spaces_are_put_right():
    html = BeautifulSoup(prose_html("l'unité : 17 postes"), "html.parser")
    assert html.get_text() == f"l’unité{NBSP}: 17{NBSP}postes\n"


def paragraphs(markdown: str) -> list[tuple[str, str]]:
    document = Document()
    write_prose(document, markdown, level=3)
    target = io.BytesIO()
    document.save(target)
    return [(each.style.name, each.text) for each in Document(io.BytesIO(target.getvalue())).paragraphs]


def test_the_office_document_has_real_styles():
    assert paragraphs("# Titre\n\nUn **mot** et\nla suite.\n\n> cité\n\n---") == [
        ("Heading 2", "Titre"),
        ("Normal", "Un mot et la suite."),
        ("Quote", "cité"),
        ("Normal", "* * *"),
    ]


def test_nested_lists_and_second_paragraphs_of_items():
    assert paragraphs("- a\n\n  encore\n  - b\n    - c\n      - d\n- e") == [
        ("List Bullet", "a"),
        ("List Continue", "encore"),
        ("List Bullet 2", "b"),
        ("List Bullet 3", "c"),
        ("List Bullet 3", "d"),
        ("List Bullet", "e"),
    ]


def test_each_numbered_list_begins_again():
    document = Document()
    write_prose(document, "1. a\n2. b\n\ntexte\n\n1. c", level=3)
    numbers = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_emphasis_links_breaks_and_tables():
    document = Document()
    write_prose(document, "*a* ~~b~~ [c](https://d.fr)  \nfin\n\n| A | B |\n|---|---|\n| **x** | y |", level=3)
    runs = document.paragraphs[0].runs
    assert [run.text for run in runs if run.italic] == ["a"]
    assert [run.text for run in runs if run.font.strike] == ["b"]
    assert document.paragraphs[0].text == "a b c (https://d.fr)\nfin"
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["x", "y"]]
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
