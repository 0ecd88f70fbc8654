"""The chart as files: its pages, the text of the PDF, and nothing fetched from outside."""

import datetime
import io
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from missions.drawing.documents import LARGEST, Page, chart_file, chart_html, fitted, pages
from missions.drawing.font import FontMeasure
from missions.pdf import STATIC, ForbiddenAddress, StaticFetcher, render_pdf
from orgchart.fold import fold
from orgchart.layout import Drawing, layout
from orgchart.records import Unit
from orgchart.structure import Structure
from orgchart.values import KindCode, UnitId
from tests.orgchart import real_case
from tests.pdf_proof import pdf_faults


def units(*parents: tuple[str, str | None]) -> Structure:
    return Structure.of(
        Unit(id=UnitId(name), kind=KindCode("k"), label=name, parent=UnitId(parent) if parent else None)
        for name, parent in parents
    )


def titles(structure: Structure, root: str | None) -> list[str]:
    found = pages(structure, root=UnitId(root) if root else None, title="Synthèse", facts="")
    return [page.title for page in found]


def pdf(**options: object) -> bytes:
    after = fold(real_case.before(), real_case.CHANGES)
    asked = {
        "root": real_case.MISSION,
        "title": "Mission Proch’Orientation",
        "facts": ["17 postes", "3 unités"],
        "day": datetime.date(2022, 1, 1),
        "source": "Version 2",
    }
    return render_pdf(chart_html(after, **asked | options))  # type: ignore[arg-type]


def test_a_chart_that_fits_is_one_page():
    assert titles(fold(real_case.before(), real_case.CHANGES), real_case.MISSION) == ["Synthèse"]


def test_a_larger_one_is_a_summary_then_a_page_per_unit_that_has_units():
    large = units(
        ("r", None), *((f"d{n}", "r") for n in range(5)), *((f"s{n}", f"d{n % 5}") for n in range(40)), ("x", "s0")
    )
    assert titles(large, "r") == ["Synthèse", "D0", "S0", "D1", "D2", "D3", "D4"]
    assert titles(large, None)[0] == "Synthèse"


def test_a_page_per_unit_says_when_its_total_is_not_known():
    large = units(("r", None), ("d", "r"), *((f"s{n}", "d") for n in range(40)))
    partial = Structure.of(
        [
            unit if unit.id != "d" else Unit(id=unit.id, kind=unit.kind, label="d", parent=unit.parent, partial=True)
            for unit in large.units
        ]
    )
    assert pages(partial, root=UnitId("r"), title="", facts="")[1].facts == "effectif total non renseigné"


def natural(width: float, height: float) -> Page:
    return Page("", "", Drawing(width=width, height=height, boxes=(), connectors=()), "chart")


def test_a_drawing_fills_its_page_as_far_as_letters_stay_letters():
    assert fitted(natural(300, 50), 150, 100).scale == 0.5
    assert fitted(natural(50, 200), 150, 100).scale == 0.5
    assert fitted(natural(10, 10), 150, 100).scale == LARGEST
    assert 'viewBox="0 0 300 50" width="150mm" height="25mm"' in fitted(natural(300, 50), 150, 100).svg


def test_the_pdf_says_every_unit_and_post():
    reader = pypdf.PdfReader(io.BytesIO(pdf()))
    text = " ".join(reader.pages[0].extract_text().split())
    for words in (
        "Mission Proch’Orientation",
        "Organigramme au 1er janvier 2022",
        "Version 2",
        "Responsable de secteur",
    ):
        assert words in text
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_the_pdf_is_tagged_and_says_both_standards_in_one_rdf():
    assert pdf_faults(pdf()) == []
    root = pypdf.PdfReader(io.BytesIO(pdf())).trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    inside = metadata[metadata.index("<rdf:RDF") : metadata.index("</rdf:RDF>")]
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in inside
    assert "<pdfuaid:part>1</pdfuaid:part>" in inside


def test_the_same_chart_gives_the_same_bytes():
    assert pdf() == pdf()


def test_a_larger_sheet_and_fictitious_data():
    reader = pypdf.PdfReader(io.BytesIO(pdf(page_format="a3", fictitious=True)))
    assert reader.pages[0].mediabox.width == pytest.approx(1190.55, abs=0.1)
    assert "Données fictives" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/style.css",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        f"file://{STATIC}/css/../../config/settings.py",
        f"file://serveur{STATIC}/css/pdf.css",
        "data:text/css,body{}",
    ],
)
def test_nothing_is_fetched_from_outside_static(url):
    with pytest.raises(ForbiddenAddress):
        StaticFetcher().fetch(url)
    with pytest.raises(ForbiddenAddress):
        render_pdf(f'<html lang="fr"><title>t</title><link rel="stylesheet" href="{url}"><p>t</p>')


def test_our_own_files_are():
    file = Path(STATIC) / "css" / "pdf.css"
    assert StaticFetcher().fetch(file.as_uri()).read() == file.read_bytes()


def test_the_svg_file_stands_alone():
    drawing = layout(real_case.before(), FontMeasure(), root=real_case.MISSION)
    content = chart_file(drawing, title="Mission", description="16 postes").decode()
    assert content.startswith("<?xml")
    root = ElementTree.fromstring(content)  # noqa: S314  # our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
