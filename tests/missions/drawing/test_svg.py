"""One fragment for the screen and for paper: what it says, what it links to, how it is painted."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from missions.drawing.font import FontMeasure
from missions.drawing.paint import PAINT
from missions.drawing.svg import Links, screen_svg, standalone_svg
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.layout import Drawing, layout
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import KindCode, PostId, UnitId
from tests.orgchart import real_case

LINKS = Links(
    unit=lambda unit: f"/unites/{unit}/",
    posts=lambda unit, posts: f"/postes/{posts[0]}/?a=1&b=2",
    toggle=lambda unit, fold: f"/?{'plie' if fold else 'deplie'}={unit}",
    swap="#chart",
)


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    """Everything that can be drawn: states, a unit known in part, planned and folded units, a vacant post."""
    before = real_case.before()
    after = fold(before, real_case.CHANGES)
    return layout(
        after,
        FontMeasure(),
        difference=compare(before, after),
        planned={real_case.DIRECTION},
        vacant={real_case.SECTOR_LEAD},
    )


@pytest.fixture(scope="module")
def folded() -> Drawing:
    after = fold(real_case.before(), real_case.CHANGES)
    return layout(after, FontMeasure(), root=real_case.POLE, folded={real_case.MISSION})


def on_screen(drawing: Drawing) -> BeautifulSoup:
    return BeautifulSoup(screen_svg(drawing, title="Mission", description="17 postes", links=LINKS), "html.parser")


def test_it_is_named_and_described(drawing):
    svg = on_screen(drawing).svg
    named = {tag["id"]: tag.text for tag in svg.find_all(["title", "desc"])}
    assert named[svg["aria-labelledby"]] == "Mission"
    assert named[svg["aria-describedby"]] == "17 postes"


def test_on_screen_nothing_is_painted_nor_inline(drawing):
    svg = on_screen(drawing)
    assert not svg.find_all(attrs={"style": True})
    assert not svg.find_all("style")
    assert not svg.find_all(attrs={"stroke": True})
    assert not svg.find_all(attrs={"fill": True})


def test_alone_every_shape_and_text_has_its_colour(drawing):
    svg = BeautifulSoup(standalone_svg(drawing, title="Mission", description=""), "html.parser")
    assert svg.svg["role"] == "img"
    assert not svg.find_all("a")
    for element in svg.find_all(["rect", "text", "path"]):
        assert element.get("fill") or element.get("stroke"), element


def test_the_style_sheet_paints_every_class_as_paper_does(drawing, folded):
    sheet = (settings.BASE_DIR / "static" / "css" / "chart.css").read_text()
    used = {
        name
        for each in (drawing, folded)
        for element in on_screen(each).find_all(class_=True)
        for name in element["class"]
    }
    painted = {name for name in used if name not in ("chart", "chart-unit")}
    assert painted
    for name in painted | PAINT.keys():
        assert re.search(rf"\.{re.escape(name)}\b", sheet), name


def test_boxes_and_rows_are_links_with_a_whole_name(drawing):
    names = {link["aria-label"]: link["href"] for link in on_screen(drawing).select("a.chart-link")}
    assert names["Cellule de direction, 4\u00a0postes, créée"] == "/unites/cellule-de-direction/"
    assert "Responsable de secteur, A 2.2, transformé (à déterminer par la bourse) vacant" in names
    assert names["DDPE, connue en partie · −1\u00a0poste"] == "/unites/ddpe/"


def test_a_folded_unit_unfolds_and_an_open_one_folds(folded):
    toggle = on_screen(folded).select_one("a.chart-toggle")
    assert toggle["href"] == "/?deplie=mission-proch-orientation"
    assert toggle["hx-get"] == toggle["href"]
    assert toggle["hx-target"] == "#chart"
    assert toggle["aria-label"] == "Déplier «\u00a0Mission Proch’Orientation\u00a0»\u00a0: 3 unités"
    after = fold(real_case.before(), real_case.CHANGES)
    opened = on_screen(layout(after, FontMeasure(), root=real_case.POLE)).select_one("a.chart-toggle")
    assert opened["href"] == "/?plie=mission-proch-orientation"


def test_without_a_fold_the_units_below_are_only_counted(folded):
    alone = BeautifulSoup(standalone_svg(folded, title="Pôle", description=""), "html.parser")
    assert "3\u00a0unités" in alone.text
    links = Links(unit=LINKS.unit, posts=LINKS.posts)
    quiet = BeautifulSoup(screen_svg(folded, title="Pôle", description="", links=links), "html.parser")
    assert not quiet.select("a.chart-toggle")


def test_a_toggle_without_a_place_to_swap_is_a_plain_link(folded):
    links = LINKS._replace(swap="")
    svg = BeautifulSoup(screen_svg(folded, title="Pôle", description="", links=links), "html.parser")
    assert "hx-get" not in svg.select_one("a.chart-toggle").attrs


def test_words_of_people_are_escaped():
    hostile = Unit(id=UnitId("u"), kind=KindCode("k"), label='<script>"&')
    drawing = layout(Structure.of([hostile]), FontMeasure())
    text = screen_svg(drawing, title="<b>", description="&", links=LINKS)
    assert "<script>" not in text
    assert "<b>" not in text
    assert BeautifulSoup(text, "html.parser").select_one("a.chart-link")["aria-label"].startswith('<script>"&')


def test_posts_of_the_head_unit_stay_on_white():
    drawing = layout(real_case.before(), FontMeasure(), root=real_case.MISSION)
    svg = BeautifulSoup(standalone_svg(drawing, title="", description=""), "html.parser")
    (band,) = svg.select(".chart-band")
    frame = svg.select_one(".chart-box--open")
    assert band["fill"] == "#0b5c6b"
    assert frame["fill"] == "#ffffff"
    row = next(text for text in svg.find_all("text") if text.text == "Directrice")
    assert row["fill"] == "#1b2430"


def test_a_mark_on_the_head_unit_is_legible():
    before = Structure.of([Unit(id=UnitId("u"), kind=KindCode("k"), label="Ancien")])
    after = Structure.of([Unit(id=UnitId("u"), kind=KindCode("k"), label="Nouveau")])
    drawing = layout(after, FontMeasure(), difference=compare(before, after))
    svg = BeautifulSoup(standalone_svg(drawing, title="", description=""), "html.parser")
    assert svg.select_one(".chart-sign")["stroke"] == "#ffffff"


def test_a_post_without_a_cotation_has_no_chip():
    structure = Structure.of(
        [Unit(id=UnitId("u"), kind=KindCode("k"), label="Unité")],
        [Post(id=PostId("p"), unit=UnitId("u"), label="agent")],
    )
    svg = on_screen(layout(structure, FontMeasure()))
    assert "Agent" in [link["aria-label"] for link in svg.select("a.chart-link")]
    assert not svg.select(".chart-chip")
