"""« Situations » as HR works through it: filtered, settled in place, by keyboard, without JavaScript, on a phone."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from missions.actions import assign_agent
from missions.models import Post
from orgchart.changes import RegradePost, SuppressPost
from orgchart.values import ChangeId, GradeCode, PostId
from reorganisations import actions
from reorganisations.models import Reorganisation
from tests.factories import make_agent, open_small_chart

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
LISTED = "#situations tbody tr"


@pytest.fixture
def reorganisation(hr: User) -> Reorganisation:
    """Ada's post goes, Bruno's gets another cotation."""
    open_small_chart()
    for name, post in (("Ada Exemple", "budget"), ("Bruno Essai", "port-2")):
        held = Post.objects.get(uid=post)
        assign_agent(agent=make_agent(name), post=held, begins_on=datetime.date(2020, 1, 1), by=hr)
    made = actions.create_reorganisation(
        code="essai", title="Réorganiser les ports", unit="direction", by=hr, effective_on=datetime.date(2022, 1, 1)
    )
    changes = [
        SuppressPost(id=ChangeId("supprimer"), post=PostId("budget"), motive="Mission achevée."),
        RegradePost(id=ChangeId("recoter"), post=PostId("port-2"), grade=GradeCode("A 2.2")),
    ]
    actions.add_changes(reorganisation=made, changes=changes, by=hr, seen=0)
    return made


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def said_of_ada(reorganisation: Reorganisation) -> list[str]:
    return list(reorganisation.situations.values_list("note", flat=True))


@WIDTHS
def test_a_situation_is_filtered_then_settled_in_place_and_taken_back(
    signed_in_page, hr, reorganisation, axe, viewport
):
    page = signed_in_page(hr, viewport=viewport)
    page.goto(reverse("reorganisations:situations", args=["essai"]))
    expect(page.get_by_text("La situation d’un agent reste à préciser")).to_be_visible()
    expect(page.locator(LISTED)).to_have_count(2)
    page.get_by_label("État").select_option("a-preciser")
    page.wait_for_url("**etat=a-preciser**")
    expect(page.locator(LISTED)).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="Préciser la situation de Ada Exemple").click()
    editing = page.locator("tr.editing")
    expect(editing).to_contain_text("aucun poste")
    assert fits(page)
    axe(page)
    # Nothing said is refused beside the field, and what one was doing stays.
    editing.get_by_role("button", name="Enregistrer la situation").click()
    expect(editing.get_by_label("Situation")).to_have_attribute("aria-invalid", "true")
    axe(page)
    editing.get_by_label("Situation").fill("Départ à la retraite au 1er mars.")
    editing.get_by_role("button", name="Enregistrer la situation").click()
    expect(page.get_by_role("status").filter(has_text="La situation de Ada Exemple est enregistrée.")).to_be_visible()
    # Still filtered: nobody is left to settle.
    expect(page.locator("#situations tbody")).to_contain_text("Aucune situation ne correspond à ces filtres.")
    expect(page.get_by_text("La situation d’un agent reste à préciser")).to_have_count(0)
    assert "etat=a-preciser" in page.url
    assert said_of_ada(reorganisation) == ["Départ à la retraite au 1er mars."]
    assert fits(page)
    axe(page)
    page.get_by_role("button", name="Revenir à ce qui était dit avant").click()
    expect(page.locator(LISTED)).to_have_count(1)
    expect(page.locator(LISTED)).to_contain_text("À préciser")
    assert said_of_ada(reorganisation) == []


def test_filters_combine_and_are_forgotten_together(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:situations", args=["essai"]))
    page.locator("[name=situation]").select_option("recote")
    expect(page.locator(LISTED)).to_contain_text(["Bruno Essai"])
    page.get_by_label("Nom de l’agent").fill("ada")
    page.get_by_label("Nom de l’agent").press("Enter")
    expect(page.locator("#situations tbody")).to_contain_text("Aucune situation ne correspond à ces filtres.")
    page.get_by_role("link", name="Tout afficher").click()
    expect(page.locator(LISTED)).to_have_count(2)


def test_it_is_settled_with_the_keyboard_alone(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:situations", args=["essai"]))
    page.get_by_role("link", name="Préciser la situation de Ada Exemple").focus()
    page.keyboard.press("Enter")
    editing = page.locator("tr.editing")
    expect(editing.get_by_role("heading", name="Ada Exemple")).to_be_focused()
    page.keyboard.press("Tab")
    expect(editing.get_by_label("Poste proposé")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Accord du 3 mai.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Back on the line that was settled, to go on from there.
    expect(page.get_by_role("link", name="Préciser la situation de Ada Exemple")).to_be_focused()
    expect(page.locator(LISTED).first).to_contain_text("Accord du 3 mai.")
    page.get_by_label("État").select_option("a-preciser")
    expect(page.locator("#situations tbody")).to_contain_text("Aucune situation ne correspond")


def test_the_line_gone_the_keyboard_goes_on_from_what_was_said(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:situations", args=["essai"]) + "?etat=a-preciser")
    page.get_by_role("link", name="Préciser la situation de Ada Exemple").press("Enter")
    editing = page.locator("tr.editing")
    editing.get_by_label("Situation").fill("Départ.")
    editing.get_by_role("button", name="Enregistrer la situation").press("Enter")
    said = page.get_by_role("status").filter(has_text="La situation de Ada Exemple est enregistrée.")
    expect(said).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Revenir à ce qui était dit avant")).to_be_focused()


def test_changing_nothing_gives_the_line_back(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:situations", args=["essai"]))
    page.get_by_role("link", name="Préciser la situation de Ada Exemple").click()
    page.locator("tr.editing").get_by_role("link", name="Ne rien changer").click()
    expect(page.locator("tr.editing")).to_have_count(0)
    expect(page.locator(LISTED)).to_have_count(2)
    assert said_of_ada(reorganisation) == []


@WIDTHS
def test_all_of_it_works_without_javascript(signed_in_page, hr, reorganisation, axe, viewport):
    page = signed_in_page(hr, java_script_enabled=False, viewport=viewport)
    page.goto(reverse("reorganisations:situations", args=["essai"]))
    page.get_by_label("État").select_option("a-preciser")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(LISTED)).to_have_count(1)
    page.get_by_role("link", name="Préciser la situation de Ada Exemple").click()
    page.get_by_label("Poste proposé").select_option("port-1")
    page.get_by_label("Situation").fill("Accord du 3 mai.")
    page.get_by_role("button", name="Enregistrer la situation").click()
    expect(page.get_by_text("La situation de Ada Exemple est enregistrée.")).to_be_visible()
    assert "etat=a-preciser" in page.url
    assert said_of_ada(reorganisation) == ["Accord du 3 mai."]
    page.get_by_role("button", name="Revenir à ce qui était dit avant").click()
    expect(page.locator(LISTED)).to_contain_text("À préciser")
    assert said_of_ada(reorganisation) == []
