"""From the committee to the history on the real case, as HR does it; every page on the way is accessible and fits."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from reorganisations import actions
from reorganisations.models import Committee
from tests.factories import UserFactory

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

CODE = "proch-orientation-2021"
CASE = Path(settings.BASE_DIR) / "fixtures" / "proch_orientation.yaml"
FOLLOW_UP = reverse("reorganisations:follow_up", args=[CODE])
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def case(hr: User) -> Committee:
    """The real case as its file tells it: submitted, no vote known. Unions are made up."""
    call_command("load_reference", stdout=StringIO())
    call_command("import_case", str(CASE), stdout=StringIO())
    committee = Committee.objects.get()
    for union in ("Syndicat A", "Syndicat B"):
        actions.add_member(
            committee=committee, name=f"Siège {union}", college="personnel", union=union, fictitious=True, by=hr
        )
    return committee


@pytest.fixture
def member(case: Committee) -> User:
    user: User = UserFactory.create(roles=[Role.COMMITTEE])
    actions.add_member(committee=case, college="personnel", user=user, by=None)
    return user


def looks_right(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@WIDTHS
def test_the_whole_life_of_the_real_case(
    case: Committee, hr: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], viewport: Any
) -> None:
    page = signed_in_page(hr, viewport=viewport)
    page.goto(FOLLOW_UP)
    looks_right(page, axe)

    page.get_by_role("link", name="Enregistrer l’avis").click()
    page.get_by_label("Sièges des représentants du personnel").fill("6")
    page.get_by_label("Représentants du personnel présents à l’ouverture").fill("5")
    page.get_by_role("group", name="Ligne 1 : Syndicat A").get_by_label("Pour").fill("3")
    page.get_by_role("group", name="Ligne 2 : Syndicat B").get_by_label("Abstentions").fill("2")
    page.get_by_role("button", name="Ajouter une ligne").click()
    expect(page.get_by_role("group", name="Ligne 3")).to_be_visible()
    expect(page.get_by_role("group", name="Ligne 1 : Syndicat A").get_by_label("Pour")).to_have_value("3")
    record = page.get_by_role("button", name="Enregistrer l’avis")
    record.click()
    expect(page.get_by_role("heading", name="L’avis n’est pas enregistré")).to_be_visible()
    looks_right(page, axe)
    page.get_by_label("Issue, représentants du personnel").select_option("favorable")
    page.get_by_label("Motif").first.fill("Aucune voix contre.")
    record.click()
    expect(page.get_by_text("Avis favorable")).to_be_visible()
    looks_right(page, axe)

    page.get_by_role("link", name="Enregistrer la décision").click()
    looks_right(page, axe)
    page.get_by_label("Numéro").fill("2021-118")
    page.get_by_label("Date de la décision").fill("2021-10-20")
    page.get_by_label("Date d’effet").fill("2021-11-01")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_text("à mettre en vigueur au 1er novembre 2021")).to_be_visible()
    looks_right(page, axe)

    page.get_by_role("link", name="Mettre en vigueur", exact=True).click()
    looks_right(page, axe)
    expect(page.get_by_role("main")).to_contain_text("Créer la cellule de direction")
    page.get_by_role("button", name="Mettre en vigueur et sceller la version 2").click()
    expect(page.get_by_text("en vigueur depuis le 1er novembre 2021")).to_be_visible()

    page.get_by_role("link", name="Enregistrer l’issue de la bourse").click()
    looks_right(page, axe)
    page.get_by_role("group", name="Poste transformé").get_by_role("radio").first.check()
    page.get_by_role("button", name="Enregistrer l’issue").click()
    expect(page.locator("#transformations")).to_contain_text("version 3")
    looks_right(page, axe)

    page.goto(reverse("missions:history"))
    expect(page.get_by_role("main")).to_contain_text("Structuration de la Mission Proch’Orientation")
    expect(page.get_by_role("main")).to_contain_text("Issue de la bourse")
    page.goto(reverse("missions:version", args=[2]))
    expect(page.get_by_role("main")).to_contain_text("1er novembre 2021")


@WIDTHS
def test_pages_of_committees_are_accessible(
    case: Committee, hr: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], viewport: Any
) -> None:
    session = case.sessions.get()
    addresses = [
        reverse("reorganisations:sessions"),
        reverse("reorganisations:session", args=[session.uid]),
        reverse("reorganisations:record_session", args=[session.uid]),
        reverse("reorganisations:committee", args=[case.uid]),
        reverse("reorganisations:add_member", args=[case.uid]),
        reverse("reorganisations:create_committee"),
        reverse("reorganisations:rules", args=["ct-1985"]),
        *(
            reverse(f"reorganisations:{name}", args=[CODE])
            for name in ("postpone", "send_back", "amend_text", "details", "attach_document")
        ),
    ]
    page = signed_in_page(hr, viewport=viewport)
    for address in addresses:
        page.goto(address)
        looks_right(page, axe)


@WIDTHS
def test_a_member_reads_the_sealed_text_from_their_dossiers(
    case: Committee, member: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], viewport: Any
) -> None:
    page = signed_in_page(member, viewport=viewport)
    page.goto(reverse("accounts:landing"))
    looks_right(page, axe)
    page.get_by_role("link", name="Structuration de la Mission Proch’Orientation").click()
    expect(page.get_by_role("main")).to_contain_text("Création d’une cellule de direction")
    page.goto(FOLLOW_UP)
    looks_right(page, axe)
    expect(page.get_by_role("heading", name="Textes scellés")).to_be_visible()
    expect(page.get_by_role("link", name="Enregistrer l’avis")).to_have_count(0)


def test_deciding_without_javascript(case: Committee, hr: User, signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto(FOLLOW_UP)
    page.get_by_role("link", name="Retirer").click()
    page.get_by_label("Motif").fill("Projet abandonné.")
    page.get_by_role("button", name="Retirer la réorganisation").click()
    expect(page.get_by_role("heading", name="Retirée")).to_be_visible()
