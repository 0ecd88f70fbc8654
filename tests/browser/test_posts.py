"""Posts in a browser: filters that apply by themselves, an arrival with and without JavaScript, axe on every page."""

import datetime

import pytest

from missions.actions import add_missing_reference, add_opening_posts, add_opening_unit, assign_agent, state_vacancy
from missions.models import Grade, Post
from tests.browser.conftest import PHONE
from tests.factories import WORDS, make_agent, open_small_chart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime.date(2022, 1, 1)


@pytest.fixture
def opened(hr):
    open_small_chart(by=hr)
    person = make_agent("Zoé Martin", uid="zoe")
    assign_agent(agent=person, post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr, uid="arrivee")
    state_vacancy(post=Post.objects.get(uid="port-2"), since=DAY, by=hr)


def pages():
    key = Grade.objects.get(code="A 3").pk
    return [
        "/postes/",
        "/postes/?texte=introuvable",
        "/postes/?site=absent",
        "/postes/port-1/",
        "/postes/port-2/",
        "/postes/port-1/affecter/",
        "/postes/port-1/corriger/",
        "/postes/port-2/vacance/",
        "/affectations/arrivee/",
        "/affectations/arrivee/annuler/",
        "/agents/",
        "/agents/zoe/",
        "/agents/nouveau/",
        "/recherche/?q=port",
        "/recherche/?q=introuvable",
        "/reference/types-d-unite/",
        "/reference/intitules/",
        f"/reference/cotations/{key}/",
        f"/reference/cotations/{key}/supprimer/",
        "/employeur/",
        "/perimetres/",
        "/etat-initial/",
    ]


def test_every_page_is_accessible_and_fits_a_phone(opened, hr, signed_in_page, axe):
    page = signed_in_page(hr, viewport=PHONE)
    for url in pages():
        page.goto(url)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, url


def test_the_opening_state_is_accessible_and_fits_a_phone(hr, signed_in_page, axe):
    add_missing_reference(words=WORDS, by=None)
    top = add_opening_unit(kind="direction", label="Direction de la mer", by=hr)
    add_opening_posts(unit=top, number=2, by=hr)
    page = signed_in_page(hr, viewport=PHONE)
    for url in ("/etat-initial/", "/etat-initial/importer/", "/etat-initial/sceller/", "/etat-initial/effacer/"):
        page.goto(url)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), url
    page.goto("/etat-initial/importer/")
    page.get_by_label("Tableau collé").fill("Unité;Intitulé;Cotation\nDirection X;responsable;Z\n")
    page.get_by_role("button", name="Contrôler le tableau").click()
    page.get_by_text("n’est pas dans les données de référence").wait_for()
    axe(page)


def test_filters_apply_as_they_are_chosen(opened, hr, signed_in_page):
    page = signed_in_page(hr)
    page.goto("/postes/")
    page.locator("#id_cotation").select_option("B 1")
    page.wait_for_url("**cotation=B+1*")
    assert page.locator("tbody tr").count() == 1


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_an_arrival_is_recorded_with_or_without_javascript(opened, hr, signed_in_page, java_script_enabled):
    page = signed_in_page(hr, java_script_enabled=java_script_enabled)
    page.goto("/postes/port-1/")
    page.get_by_role("link", name="Affecter un agent").click()
    page.get_by_role("textbox", name="Agent").fill("Zoé Martin")
    page.get_by_role("button", name="Enregistrer l’affectation").click()
    assert "serait occupé à 200" in page.locator(".field--invalid .field__error").inner_text()
    assert page.get_by_role("textbox", name="Agent").input_value() == "Zoé Martin"
    page.get_by_label("Nature").select_option("interim")
    page.get_by_role("button", name="Enregistrer l’affectation").click()
    page.get_by_text("Affectation enregistrée.").wait_for()
    assert "intérim" in page.locator("#occupation").inner_text()
