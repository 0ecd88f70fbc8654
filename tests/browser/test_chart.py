"""The chart driven by hand: zoom, pan, fold, keyboard, no JavaScript, a phone, the dark theme; axe on every page."""

import datetime

import pytest

from missions.actions import add_milestone, add_missing_reference, open_chart
from missions.models import Unit
from tests.browser.conftest import PHONE
from tests.factories import apply_changes
from tests.orgchart import real_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSION = f"/unites/{real_case.MISSION}/"


@pytest.fixture
def chart(transactional_db):
    add_missing_reference(words=real_case.NOMENCLATURE, by=None)
    open_chart(structure=real_case.before(), effective_on=datetime.date(2021, 6, 1), by=None)
    mission = Unit.objects.get(uid=real_case.MISSION)
    add_milestone(label="Création de la mission", year=2020, month=3, unit=mission, posts_announced=9, by=None)
    apply_changes(*real_case.CHANGES, on=datetime.date(2022, 1, 1), title="Adaptation de la mission", fictitious=True)


def width(page):
    return page.locator("svg.chart").bounding_box()["width"]


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_every_page_is_accessible(options, signed_in_page, axe, hr, chart):
    page = signed_in_page(hr, **options)
    for path in (
        "/",
        MISSION,
        f"{MISSION}?vue=liste",
        f"{MISSION}?vue=tableau",
        f"{MISSION}?au=2021-10-04",
        "/?au=2020-05-01",
        f"{MISSION}fiche/",
        f"{MISSION}historique/",
        f"{MISSION}corriger/",
        "/historique/",
        "/historique/2/",
        "/historique/comparer/",
    ):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_zoom_by_button_keyboard_and_back_to_the_whole(signed_in_page, hr, chart):
    page = signed_in_page(hr)
    page.goto(MISSION)
    start = width(page)
    page.get_by_role("button", name="Agrandir").click()
    assert width(page) == pytest.approx(start * 1.25, rel=0.01)
    assert page.locator(".chart-tools__scale").inner_text() == "125 %"
    page.get_by_role("region", name="Dessin de l’organigramme").focus()
    page.keyboard.press("-")
    assert width(page) == pytest.approx(start, rel=0.01)
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert width(page) == pytest.approx(start, rel=0.01)
    page.mouse.move(700, 500)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"document.querySelector('svg.chart').getBoundingClientRect().width > {start * 1.1}")


def test_dragging_pans_and_follows_no_link(signed_in_page, hr, chart):
    page = signed_in_page(hr)
    page.goto(MISSION)
    for _ in range(4):
        page.get_by_role("button", name="Agrandir").click()
    view = page.locator(".chart-view")
    before = view.evaluate("view => [view.scrollLeft, view.scrollTop]")
    box = page.locator(".chart-box").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, max(box["y"], view.bounding_box()["y"]) + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 30, steps=4)
    page.mouse.up()
    after = view.evaluate("view => [view.scrollLeft, view.scrollTop]")
    assert after[0] == pytest.approx(before[0] + 80, abs=2)
    assert page.url.endswith(MISSION)


def test_folding_swaps_the_drawing_keeps_focus_and_the_address(signed_in_page, hr, chart):
    page = signed_in_page(hr)
    page.goto("/")
    page.locator(f"#fold-{real_case.MISSION}").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/?plie={real_case.MISSION}")
    assert page.locator(".chart-unit").count() == 3
    assert page.evaluate("document.activeElement.id") == f"fold-{real_case.MISSION}"
    assert page.locator(".chart-tools").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/?deplie={real_case.MISSION}")
    assert page.locator(".chart-unit").count() == 6
    page.go_back()
    page.wait_for_url(f"**/?plie={real_case.MISSION}")


def test_a_unit_and_a_date_are_reached_by_hand(signed_in_page, hr, chart):
    page = signed_in_page(hr)
    page.goto("/")
    page.get_by_role("link", name="Mission Proch’Orientation, 17").click()
    page.wait_for_url(f"**{MISSION}")
    page.get_by_text("choisir une autre date").locator("..").click()
    page.get_by_label("Voir l’organigramme au").fill("2021-10-04")
    page.get_by_role("button", name="Voir", exact=True).click()
    page.wait_for_url("**au=2021-10-04")
    assert page.locator(".facts li").first.inner_text() == "16\u00a0postes"


def test_all_works_without_javascript(signed_in_page, hr, chart):
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto("/")
    assert page.locator(".chart-tools").is_hidden()
    page.locator(f"#fold-{real_case.MISSION}").click()
    page.wait_for_url(f"**/?plie={real_case.MISSION}")
    page.get_by_role("link", name="Liste").click()
    page.wait_for_url("**vue=liste*")
    assert page.locator("#chart .outline").is_visible()
    page.get_by_role("link", name="Déplier « Mission Proch’Orientation »").click()
    assert page.get_by_role("link", name="Directrice").is_visible()


def test_on_a_phone_the_drawing_stays_readable_and_scrolls(signed_in_page, hr, chart):
    page = signed_in_page(hr, viewport=PHONE, has_touch=True)
    page.goto(MISSION)
    assert page.locator(".chart-tools__scale").inner_text() == "75 %"
    assert page.locator(".chart-view").evaluate("view => view.scrollWidth > view.clientWidth")


def test_text_stays_inside_its_box_on_screen(signed_in_page, hr, chart):
    """The widths computed on the server are those of the face that the browser draws."""
    page = signed_in_page(hr)
    page.goto("/historique/comparer/")
    page.evaluate("document.fonts.ready")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.chart-unit')].flatMap(unit => {
            const box = unit.querySelector('.chart-box').getBoundingClientRect();
            return [...unit.querySelectorAll('text')]
                .filter(text => text.getBoundingClientRect().right > box.right + 0.5)
                .map(text => text.textContent);
        })"""
    )
    assert outside == []
