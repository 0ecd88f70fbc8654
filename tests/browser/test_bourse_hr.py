"""HR prepares a bourse on the real case, sees the group, publishes it; the clock opens and closes it."""

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from missions.actions import assign_agent
from missions.models import Post
from postings import actions
from postings.models import Posting
from tests.factories import UserFactory, make_agent

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

CASE = Path(settings.BASE_DIR) / "fixtures" / "proch_orientation.yaml"
PREPARE = reverse("postings:prepare")
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def case(hr: User) -> None:
    """The real case as submitted, with a holder on a few of its posts; people are made up."""
    call_command("load_reference", stdout=StringIO())
    call_command("import_case", str(CASE), stdout=StringIO())
    for number, post in enumerate(("charge-mission-editorial-1", "charge-mission-editorial-2", "graphiste-1")):
        user = UserFactory.create(name=f"Agent Inventé{number}", roles=[Role.AGENT])
        agent = make_agent(f"Agent Inventé{number}", user=user)
        assign_agent(agent=agent, post=Post.objects.get(uid=post), begins_on=datetime.date(2021, 10, 5), by=None)


def looks_right(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@WIDTHS
def test_from_the_preparation_to_the_closing(
    case: None, hr: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], viewport: Any
) -> None:
    page = signed_in_page(hr, viewport=viewport)
    page.goto(reverse("postings:list"))
    looks_right(page, axe)
    page.goto(f"{PREPARE}?transformation=transformer-charge-mission&reorganisation=proch-orientation-2021")
    looks_right(page, axe)
    page.get_by_label("Contact").fill("Mobilité, 03 22 00 00 00")
    page.get_by_role("textbox", name="Critère").first.fill("Expérience de l’encadrement")
    page.get_by_role("button", name="Ajouter un critère").click()
    expect(page.locator("[name$=-weight]")).to_have_count(4)
    page.get_by_role("button", name="Enregistrer la préparation").last.click()

    # The usual group of the real case: the chargés de mission of the cellule, the graphistes excluded.
    expect(page.locator("#preview-title")).to_have_text("2 agents éligibles")
    looks_right(page, axe)
    page.get_by_role("button", name="Enregistrer le groupe").last.click()
    expect(page.locator(".form-summary")).to_contain_text("pourquoi ces agents sont exclus")
    page.get_by_role("textbox", name="Motif").fill("Égalité de traitement entre chargés de mission")
    page.get_by_role("button", name="Ajouter des agents").click()
    expect(page.get_by_role("textbox", name="Motif")).to_have_count(2)
    expect(page.get_by_role("textbox", name="Motif").first).to_have_value(
        "Égalité de traitement entre chargés de mission"
    )
    page.get_by_label("Agent Inventé2").check()
    expect(page.locator("#apercu")).to_contain_text("Complétez la règle")
    page.get_by_role("textbox", name="Motif").last.fill("Ancien chargé de mission")
    page.get_by_role("button", name="Voir le groupe").click()
    expect(page.locator("#preview-title")).to_have_text("3 agents éligibles")
    page.get_by_role("button", name="Enregistrer le groupe").last.click()
    expect(page.get_by_role("heading", name="3 agents éligibles")).to_be_visible()
    looks_right(page, axe)

    page.get_by_role("link", name="La bourse", exact=True).click()
    looks_right(page, axe)
    page.get_by_role("link", name="Publier").or_(page.get_by_role("link", name="Compléter la bourse")).first.click()
    posting = Posting.objects.get()
    page.goto(reverse("postings:publish", args=[posting.code]))
    looks_right(page, axe)
    page.get_by_label("Motif de la publication avant l’avis").fill("Le poste est à pourvoir à la rentrée.")
    page.get_by_role("button", name="Publier la bourse").click()
    expect(page.get_by_role("heading", name="Publiée")).to_be_visible()
    expect(page.locator(".next-step")).to_contain_text("s’ouvrira toute seule le")

    posting.refresh_from_db()
    actions.run_clock(now=posting.opens_at + datetime.timedelta(minutes=1))
    page.goto(reverse("postings:eligible", args=[posting.code]))
    expect(page.get_by_text("Dans l’application").first).to_be_visible()
    looks_right(page, axe)
    page.goto(reverse("postings:composition", args=[posting.code]))
    page.get_by_label("Ou nom d’une personne extérieure").fill("Directrice d’un autre service")
    page.get_by_label("Préside le jury").check()
    page.get_by_role("button", name="Ajouter au jury").click()
    expect(page.get_by_text("déclaration attendue")).to_be_visible()
    looks_right(page, axe)

    actions.run_clock(now=posting.closes_at + datetime.timedelta(minutes=1))
    page.goto(reverse("postings:posting", args=[posting.code]))
    expect(page.locator(".next-step")).to_contain_text("n’a pas déclaré ses liens d’intérêts")
    looks_right(page, axe)


def test_a_bourse_is_prepared_without_javascript(case: None, hr: User, signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto(PREPARE)
    page.get_by_label("Intitulé du poste").fill("graphiste")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_role("link", name="Graphiste").or_(page.get_by_role("link", name="graphiste")).first.click()
    page.get_by_role("button", name="Ajouter un critère").click()
    expect(page.locator("[name$=-weight]")).to_have_count(4)
    page.get_by_role("button", name="Enregistrer la préparation").last.click()
    expect(page.get_by_text("En préparation").first).to_be_visible()
    page.get_by_role("link", name="Composer le groupe").click()
    page.locator("#g0-kind").select_option("intitule")
    page.get_by_role("button", name="Ajouter la condition").click()
    page.get_by_label("Graphiste").check()
    page.get_by_role("button", name="Voir le groupe").click()
    expect(page.locator("#preview-title")).to_have_text("1 agent éligible")
    assert Posting.objects.get().opens_at > timezone.now()
