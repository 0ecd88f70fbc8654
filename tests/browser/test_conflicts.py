"""« Conflits » as HR works through them: a post claimed by two drafts, seen from both and settled from one.

By the page, by the keyboard, without JavaScript, on a desk and on a phone.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from orgchart.changes import AttachPosts
from orgchart.values import ChangeId, PostId, UnitId
from reorganisations import actions
from reorganisations.models import ConflictChoice, Reorganisation
from reorganisations.queries.draft import draft
from tests.factories import open_small_chart

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
Choice = ConflictChoice.Choice


@pytest.fixture
def drafts(hr: User) -> None:
    """« Ports » and « Phares » both take the post of the budget."""
    open_small_chart()
    for code, title, to in (("ports", "Ports", "service-1"), ("phares", "Phares", "service-2")):
        row = actions.create_reorganisation(code=code, title=title, unit="direction", by=hr)
        claim = AttachPosts(id=ChangeId(f"{code}-prend"), posts=(PostId("budget"),), to=UnitId(to))
        actions.add_change(reorganisation=row, change=claim, by=hr, seen=0)


def conflicts_of(page: Page, code: str) -> Locator:
    """Reached from the workspace, as one does; the conflicts told there."""
    page.goto(reverse("reorganisations:workspace", args=[code]))
    tab = page.get_by_role("link", name="Effectifs", exact=True)
    if tab.is_visible():
        tab.click()
    page.get_by_role("link", name="conflit").first.click()
    return page.locator(".dispute")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@WIDTHS
def test_both_drafts_show_the_post_that_both_claim(signed_in_page, hr, drafts, axe, viewport):
    page = signed_in_page(hr, viewport=viewport)
    for code, mine, other in (
        ("ports", "Service des ports", "Phares"),
        ("phares", "Service des phares", "Ports"),
    ):
        (told,) = conflicts_of(page, code).all()
        expect(page.get_by_text("1 conflit, dont 1 à arbitrer")).to_be_visible()
        expect(told.get_by_role("heading")).to_contain_text("Rattacher le poste")
        expect(told.get_by_role("link", name=other, exact=True)).to_be_visible()
        expect(told.locator("td[data-label='Au départ']")).to_have_text("Cellule budget")
        expect(told.locator("td[data-label='Ce projet']")).to_have_text(mine)
        assert fits(page)
        axe(page)


@WIDTHS
def test_what_is_kept_is_remembered_here_and_told_there(signed_in_page, hr, drafts, axe, viewport):
    page = signed_in_page(hr, viewport=viewport)
    conflicts_of(page, "ports").get_by_role("link", name="Arbitrer").click()
    assert fits(page)
    axe(page)
    page.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Conserver mon ajustement").check()
    page.get_by_label("Motif").fill("Le budget suit les ports.")
    page.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.get_by_text("1 conflit, tous arbitrés")).to_be_visible()
    told = page.locator(".dispute")
    expect(told).to_contain_text("Arbitré : conservé le")
    expect(told).to_contain_text("Le budget suit les ports.")
    axe(page)
    there = conflicts_of(page, "phares")
    expect(there).to_contain_text("L’autre projet a choisi de conserver son ajustement")
    expect(there.get_by_role("link", name="Arbitrer")).to_be_visible()
    axe(page)
    # The choice is not final.
    conflicts_of(page, "ports").get_by_role("link", name="Changer le choix").click()
    expect(page.get_by_label("Conserver mon ajustement")).to_be_checked()
    expect(page.get_by_label("Motif")).to_have_value("Le budget suit les ports.")


def test_taking_what_the_other_does_settles_it_in_both(signed_in_page, hr, drafts, axe):
    page = signed_in_page(hr)
    conflicts_of(page, "ports").get_by_role("link", name="Arbitrer").click()
    page.get_by_label("Prendre ce que fait l’autre projet").check()
    page.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.locator(".dispute")).to_have_count(0)
    expect(page.get_by_role("heading", name="Dans ce projet")).to_be_visible()
    expect(page.locator("main")).to_contain_text("l’autre valeur prise le")
    axe(page)
    assert draft(Reorganisation.objects.get(code="ports")).changes == ()
    page.goto(reverse("reorganisations:conflicts", args=["phares"]))
    expect(page.locator("main")).to_contain_text("L’autre projet s’est aligné sur celui-ci")
    expect(page.locator(".dispute")).to_have_count(0)
    axe(page)


def test_reworking_leads_to_the_form_and_ends_the_conflict(signed_in_page, hr, drafts):
    page = signed_in_page(hr)
    conflicts_of(page, "ports").get_by_role("link", name="Arbitrer").click()
    page.get_by_label("Retravailler mon ajustement").check()
    page.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.get_by_role("heading", name="Rattacher")).to_be_visible()
    page.goto(reverse("reorganisations:conflicts", args=["ports"]))
    expect(page.locator(".dispute")).to_contain_text("À retravailler depuis le")
    page.goto(reverse("reorganisations:edit_change", args=["ports", "ports-prend"]))
    page.locator("[name=to]").select_option("service-2")
    page.get_by_role("button", name="Enregistrer l’ajustement").click()
    page.wait_for_url("**/atelier/**")
    for code in ("ports", "phares"):
        page.goto(reverse("reorganisations:conflicts", args=[code]))
        expect(page.locator(".dispute")).to_have_count(0)


def test_it_is_settled_with_the_keyboard_alone(signed_in_page, hr, drafts):
    page = signed_in_page(hr)
    conflicts_of(page, "ports").get_by_role("link", name="Arbitrer").press("Enter")
    page.get_by_label("Conserver mon ajustement").press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Le budget suit les ports.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 conflit, tous arbitrés")).to_be_visible()
    made = ConflictChoice.objects.get()
    assert (made.choice, made.reason) == (Choice.KEEP, "Le budget suit les ports.")


@WIDTHS
def test_it_is_settled_without_javascript(signed_in_page, hr, drafts, viewport):
    page = signed_in_page(hr, java_script_enabled=False, viewport=viewport)
    conflicts_of(page, "phares").get_by_role("link", name="Arbitrer").click()
    page.get_by_label("Conserver mon ajustement").check()
    page.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.locator(".dispute")).to_contain_text("Arbitré : conservé le")
    expect(conflicts_of(page, "ports")).to_contain_text("L’autre projet a choisi de conserver son ajustement")
