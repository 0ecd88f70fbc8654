"""A session from its agenda to its approved minutes, as HR holds it, then as a member of the committee reads it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Committee, Session

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

HELD_ON = datetime.date(2023, 10, 5)
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def committee(hr: User, committee_member: User) -> Committee:
    """Two who sit for the staff, one of them with an account."""
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")
    found: Committee = actions.create_committee(kind="cst", label="Comité social territorial", by=hr)
    actions.add_member(committee=found, college="personnel", union="Syndicat A", user=committee_member, by=hr)
    actions.add_member(committee=found, college="personnel", union="Syndicat B", name="Claude Exemple", by=hr)
    return found


def looks_right(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@WIDTHS
def test_hr_holds_a_session_and_a_member_reads_it(
    committee: Committee,
    hr: User,
    committee_member: User,
    signed_in_page: Callable[..., Page],
    axe: Callable[[Page], None],
    viewport: Any,
) -> None:
    page = signed_in_page(hr, viewport=viewport)
    page.goto(reverse("reorganisations:plan_session", args=[committee.uid]))
    page.get_by_label("Date de la séance").fill(HELD_ON.isoformat())
    page.get_by_label("Convocation envoyée le").fill("2023-09-14")
    page.get_by_role("button", name="Prévoir la séance").click()
    session = Session.objects.get()
    address = reverse("reorganisations:session", args=[session.uid])
    page.goto(address)
    expect(page.get_by_text("Aucun point n’est inscrit.")).to_be_visible()
    looks_right(page, axe)

    for title in ("Bilan de l’année", "Questions diverses"):
        page.get_by_role("link", name="Ajouter un autre point").click()
        page.get_by_role("button", name="Ajouter le point").click()
        expect(page.get_by_text("Donnez l’intitulé du point.").first).to_be_visible()
        looks_right(page, axe)
        page.get_by_label("Intitulé").fill(title)
        page.get_by_role("button", name="Ajouter le point").click()
    page.get_by_role("button", name="Monter Questions diverses").click()
    expect(page.locator(".agenda__item h3").first).to_have_text("Questions diverses")

    page.get_by_role("link", name="Saisir les présences").click()
    looks_right(page, axe)
    page.get_by_label("Présence", exact=False).nth(0).select_option("present")
    page.get_by_label("Présence", exact=False).nth(1).select_option("represente")
    page.get_by_label("Délégation à", exact=False).nth(1).select_option(label="Ilyès Cordier")
    page.get_by_label("Président").fill("Dominique Exemple")
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.get_by_text("représenté, délégation à Ilyès Cordier")).to_be_visible()

    page.get_by_role("link", name="Bilan de l’année", exact=True).click()
    looks_right(page, axe)
    page.get_by_role("link", name="Joindre").click()
    looks_right(page, axe)
    page.get_by_label("Auteur").fill("Syndicat B")
    page.get_by_label("Texte").fill("Nous prenons acte.")
    page.get_by_role("button", name="Joindre la déclaration").click()
    page.get_by_label("Débats").fill("Le bilan est présenté.")
    page.get_by_label("Conclusion").fill("Le comité prend acte.")
    page.get_by_role("button", name="Enregistrer les débats").click()
    expect(page.get_by_text("débats consignés · 1 déclaration")).to_be_visible()

    for name in ("convocation", "minutes"):
        page.goto(reverse(f"reorganisations:{name}", args=[session.uid]))
        looks_right(page, axe)
    expect(page.get_by_text("Nous prenons acte.")).to_be_visible()

    page.goto(address)
    page.get_by_role("link", name="Signatures et approbation").click()
    looks_right(page, axe)
    for label in ("Signé par le président le", "Signé par le secrétaire le", "Signé par le secrétaire adjoint le"):
        page.get_by_label(label).fill("2023-10-12")
    page.get_by_label("Procès-verbal approuvé le").fill("2023-11-20")
    page.get_by_role("button", name="Enregistrer les dates").click()
    expect(page.get_by_text("signé le 12 octobre 2023, approuvé le 20 novembre 2023")).to_be_visible()
    expect(page.get_by_role("link", name="Saisir les présences")).to_have_count(0)
    looks_right(page, axe)
    page.get_by_role("link", name="Bilan de l’année", exact=True).click()
    expect(page.get_by_role("button", name="Enregistrer les débats")).to_have_count(0)
    looks_right(page, axe)

    reader = signed_in_page(committee_member, viewport=viewport)
    reader.goto(reverse("reorganisations:dossiers"))
    reader.get_by_role("link", name="Comité social territorial, 5 octobre 2023").click()
    expect(reader.get_by_text("Le comité prend acte.")).to_be_visible()
    looks_right(reader, axe)
    reader.get_by_role("link", name="Lire").last.click()
    expect(reader.get_by_text("Le bilan est présenté.")).to_be_visible()
    looks_right(reader, axe)
