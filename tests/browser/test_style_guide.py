"""The pieces of every page as a person meets them: two widths, both themes, with and without JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE, violations

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _development_pages(settings):
    settings.DEBUG = True


@pytest.fixture
def guide(signed_in_page, hr):
    """`guide(viewport=PHONE)`: the style guide, open."""

    def opened(query="", **options):
        page = signed_in_page(hr, **options)
        page.goto(reverse("style_guide") + query)
        return page

    return opened


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_component_is_accessible_and_fits(guide, axe, viewport, theme):
    page = guide(viewport=viewport, color_scheme=theme)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_finds_what_is_not_accessible(page):
    page.set_content("<html lang='fr'><title>Essai</title><main><h1>Essai</h1><img src='data:,'></main></html>")
    assert any(line.startswith("image-alt") for line in violations(page))


def test_escape_closes_a_menu_and_gives_focus_back(guide):
    page = guide()
    summary = page.locator(".account > summary")
    summary.click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_menu_unfolds_on_a_phone(guide):
    page = guide(viewport=PHONE)
    link = page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Historique")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(link).to_be_visible()


def test_the_menu_and_the_messages_are_there_without_javascript(guide):
    page = guide("?message", viewport=PHONE, java_script_enabled=False)
    expect(page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Historique")).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("Enregistré à 14 h 32")


def test_the_columns_of_a_workspace_become_tabs_on_a_phone(guide):
    page = guide(viewport=PHONE)
    expect(page.get_by_role("heading", name="Organisation proposée")).to_be_visible()
    expect(page.get_by_role("heading", name="Effectifs")).to_be_hidden()
    tab = page.get_by_role("link", name="Contrôles")
    tab.click()
    expect(tab).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("heading", name="Effectifs")).to_be_visible()
    expect(page.get_by_role("heading", name="Organisation proposée")).to_be_hidden()


def test_the_columns_of_a_workspace_follow_one_another_without_javascript(guide):
    page = guide(viewport=PHONE, java_script_enabled=False)
    for name in ("Organisation proposée", "Ajustements", "Effectifs"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_unsaved_changes_are_not_lost_in_silence(guide):
    page = guide()
    page.locator("#id_reason").fill("Ouverture d’une antenne")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Accessibilité : non évaluée").click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    expect(page.locator("#id_reason")).to_have_value("Ouverture d’une antenne")


def test_a_refused_form_says_what_to_correct_and_takes_focus(guide):
    page = guide()
    summary = page.get_by_role("alert").filter(has_text="points sont à corriger")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Intitulé").click()
    field = page.locator("#faulty_title")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby").split()
    words = " ".join(page.locator(f"#{name}").inner_text() for name in described_by)
    assert "Tel qu’il sera imprimé" in words
    assert "Ce champ est obligatoire" in words


def test_a_destructive_action_asks_and_can_be_refused(guide):
    page = guide("?avant")
    page.get_by_role("button", name="Supprimer le poste").click()
    dialog = page.get_by_role("dialog", name="Supprimer le poste « Chargé de mission » ?")
    expect(dialog).to_contain_text("La version en vigueur ne change pas.")
    dialog.get_by_role("button", name="Ne rien changer").click()
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?avant$"))
    page.get_by_role("button", name="Supprimer le poste").click()
    dialog.get_by_role("button", name="Supprimer le poste").click()
    expect(page).not_to_have_url(re.compile(r"\?avant$"))


def test_the_chosen_theme_stays_on_this_device(guide):
    page = guide(color_scheme="light")
    page.locator(".account > summary").click()
    page.get_by_role("button", name="Sombre").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 28)"


@pytest.fixture
def workshop(guide):
    """A page with one htmx button; `answer` is what the server would say."""

    def opened(body, status=200):
        page = guide()
        requests = []

        def answer(route):
            requests.append(route.request)
            route.fulfill(status=status, content_type="text/html; charset=utf-8", body=body)

        page.route("**/essai/", answer)
        page.evaluate(
            """() => {
                const place = document.createElement("div");
                place.id = "place";
                place.innerHTML = '<button id="add" hx-post="/essai/" hx-target="#place">Ajouter</button>';
                document.querySelector("main").prepend(place);
                htmx.process(place);
            }"""
        )
        page.locator("#add").focus()
        page.keyboard.press("Enter")
        return page, requests

    return opened


def test_a_swap_sends_the_token_keeps_focus_and_shows_the_change(workshop):
    page, requests = workshop('<button id="add">Ajouter</button><p data-changed>17 postes</p>')
    expect(page.locator("#place p")).to_have_text("17 postes")
    expect(page.locator("#add")).to_be_focused()
    expect(page.locator("[data-changed]")).to_have_count(0)
    assert requests[0].headers["x-csrftoken"]


def test_a_server_error_leaves_the_page_and_says_so(workshop):
    page, _ = workshop("<h1>Erreur 500</h1>", status=500)
    expect(page.get_by_role("status").first).to_contain_text("Rien n’a été enregistré")
    expect(page.locator("#add")).to_be_visible()


def test_a_refused_form_is_swapped_in(workshop):
    page, _ = workshop("<p>Ce champ est obligatoire.</p>", status=422)
    expect(page.locator("#place")).to_have_text("Ce champ est obligatoire.")
