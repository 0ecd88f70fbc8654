"""The drawing of a draft: which side, which unit, what is unfolded, as a panel, as a page, as a file."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from orgchart.changes import AttachPosts, CreateUnit, MoveUnit, NewUnit, SuppressPost
from orgchart.values import ChangeId, KindCode, PostId, UnitId
from reorganisations.drawing import Asked
from reorganisations.models import Reorganisation

from .test_follow_up import address

CELL = CreateUnit(
    id=ChangeId("cellule-neuve"),
    new=NewUnit(id=UnitId("neuve"), kind=KindCode("cellule"), label="Cellule Suivi"),
    parent=UnitId("service-2"),
)
MOVE = MoveUnit(id=ChangeId("deplacer"), unit=UnitId("cellule"), to=UnitId("service-2"))
ATTACH = AttachPosts(id=ChangeId("rattacher"), posts=(PostId("port-1"),), to=UnitId("service-2"))
GONE = SuppressPost(id=ChangeId("supprimer"), post=PostId("port-2"), motive="Le port ferme.")

Page = Callable[..., BeautifulSoup]


@pytest.fixture
def page(client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation) -> Page:
    client = client_as(hr)

    def read(query: str = "", **headers: str) -> BeautifulSoup:
        response = client.get(address("drawing") + query, headers=headers)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def words(soup: BeautifulSoup | Tag | None, css: str) -> list[str]:
    return [" ".join(each.text.split()) for each in soup.select(css)] if soup else []


def drawn(soup: BeautifulSoup) -> list[str]:
    return [str(unit["data-unit"]) for unit in soup.select(".chart-unit")]


def test_the_page_draws_the_difference_with_its_legend(page: Page, add: Callable[..., None]) -> None:
    add(CELL, MOVE, ATTACH, GONE)
    found = page()
    assert {"direction", "service-1", "service-2", "cellule", "neuve", "cellule (ancienne place)"} == {*drawn(found)}
    assert words(found, ".chart-legend li") == [
        "créé",
        "rattaché à une autre unité",
        "supprimé",
        "d’où vient ce qui a bougé",
    ]
    told = words(found, ".chart-unit a[aria-label]") and [link["aria-label"] for link in found.select(".chart-link")]
    assert any("rattaché depuis Service des ports" in str(label) for label in told)
    assert any("supprimé" in str(label) for label in told)


@pytest.mark.parametrize(("view", "there"), [("avant", False), ("apres", True), ("difference", True)])
def test_one_of_three_sides(page: Page, add: Callable[..., None], view: str, there: bool) -> None:
    add(CELL)
    found = page(f"?vue={view}")
    assert ("neuve" in drawn(found)) is there
    assert bool(found.select(".chart-legend")) is (view == "difference")


def test_one_unit_at_a_time_and_up_again(page: Page, add: Callable[..., None]) -> None:
    add(CELL)
    found = page("?unite=service-2")
    assert drawn(found) == ["service-2", "neuve"]
    assert words(found, ".drawing-path li") == ["Tout", "Service des phares"]
    whole = found.select_one(".drawing-path a")
    assert whole
    assert whole["href"] == address("drawing")
    assert "direction" in drawn(page("?unite=inconnue"))


def test_a_closed_unit_can_be_drawn_alone(page: Page, add: Callable[..., None]) -> None:
    add(MOVE)
    assert drawn(page("?unite=cellule&traits=non")) == ["cellule"]


def test_a_search_finds_units_whatever_their_accents(page: Page) -> None:
    found = page("?cherche=PHARES")
    assert words(found, ".drawing-found a") == ["Service des phares"]
    assert "unite=service-2" in str(found.select(".drawing-found a")[0]["href"])
    assert "Aucune unité ne porte" in words(page("?cherche=zzz"), ".card p.soft")[0]


def test_what_does_not_change_is_folded_until_it_is_asked_for(page: Page, add: Callable[..., None]) -> None:
    add(ATTACH)
    folded = page()
    assert "cellule" not in drawn(folded)
    toggle = folded.select_one("a.chart-toggle#fold-service-1")
    assert toggle
    assert "cellule" in drawn(page("?deplie=service-1"))
    assert "cellule" in drawn(page("?tout=1"))
    assert "cellule" not in drawn(page("?tout=1&plie=service-1"))
    assert "Replier" in words(page("?tout=1"), ".drawing-options a")
    assert "Tout déplier" in words(folded, ".drawing-options a")


def test_lines_to_former_places_are_shown_or_not(page: Page, add: Callable[..., None]) -> None:
    add(ATTACH)
    assert page().select(".chart-line--former")
    hidden = page("?traits=non")
    assert not hidden.select(".chart-view .chart-line--former")
    assert "Montrer d’où vient ce qui bouge" in words(hidden, ".drawing-options a")
    assert "Masquer les traits d’origine" in words(page("?traits=oui"), ".drawing-options a")


def test_htmx_gets_the_panel_alone_for_the_page_or_for_the_workspace(page: Page, add: Callable[..., None]) -> None:
    add(CELL)
    large = page(**{"HX-Request": "true"})
    assert large.select_one("html") is None
    link = large.select_one(".drawing-path a, .segmented a")
    assert link
    assert str(link["href"]).startswith(address("drawing"))
    inside = page("?dans=atelier", **{"HX-Request": "true"})
    link = inside.select_one(".segmented a")
    assert link
    assert str(link["href"]).startswith(address("workspace"))
    assert str(link["hx-get"]).endswith("dans=atelier")
    assert "hx-push-url" not in inside.select_one("a.chart-link").attrs  # type: ignore[union-attr]
    assert "Voir en grand" in words(inside, ".drawing-options a")


def test_the_file_stands_alone_with_its_legend(
    client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation, add: Callable[..., None]
) -> None:
    add(CELL, ATTACH)
    response = client_as(hr).get(address("drawing_svg"))
    assert response["Content-Type"] == "image/svg+xml"
    assert "attachment" in response["Content-Disposition"]
    text = response.content.decode()
    assert text.startswith("<?xml")
    assert "d’où vient ce qui a bougé" in text
    assert 'stroke="#1c6b3c"' in text


def test_a_side_where_the_unit_does_not_stand_has_no_picture_and_no_file(
    client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation, page: Page
) -> None:
    Reorganisation.objects.filter(pk=reorganisation.pk).update(unit_uid="nulle-part")
    assert "n’existe pas de ce côté" in page("?vue=avant").text
    assert client_as(hr).get(address("drawing_svg") + "?vue=avant").status_code == 404


def test_the_page_takes_a_constant_number_of_queries(
    page: Page, add: Callable[..., None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add(CELL)
    with django_assert_num_queries(9):
        page()
    add(MOVE, ATTACH)
    with django_assert_num_queries(9):
        page()


def test_what_is_asked_is_written_back() -> None:
    query = {"vue": "apres", "unite": "u", "plie": "a,b", "deplie": "c", "tout": "1", "traits": "oui"}
    assert Asked.read(query).query() == "vue=apres&unite=u&plie=a,b&deplie=c&tout=1&traits=oui"
    asked = Asked.read({"plie": "a", "deplie": "b"})
    assert asked.toggled(UnitId("b"), True).query() == "plie=a,b"
    assert asked.toggled(UnitId("a"), False).query() == "deplie=a,b"
