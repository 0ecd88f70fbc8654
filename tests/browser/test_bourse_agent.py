"""The agent’s side of the bourse on a phone: may I apply, draft, piece, submission, wishes, withdrawal."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from accounts.models import User
from missions.models import Agent
from postings.models import Application
from tests.factories import apply_changes, open_small_chart
from tests.postings.bringing import NEW_POST, open_now, person

from .conftest import PHONE

pytestmark = pytest.mark.browser

MINE = reverse("postings:applications")
POSTING = reverse("postings:posting", args=["en-cours"])
LETTER = "Je souhaite mettre mon expérience de l’orientation au service du suivi."


@pytest.fixture
def people(db: None) -> dict[str, Agent]:
    open_small_chart()
    apply_changes(NEW_POST, on=datetime.date(2021, 10, 8))
    found = {"ana": person("Ana Blin", "port-1"), "zoe": person("Zoé Petit", "budget")}
    open_now(pieces=["CV"])
    open_now(code="autre", title="Responsable de la veille")
    return found


def pdf() -> bytes:
    holder, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(holder)
    return holder.getvalue()


def looks_right(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_an_agent_applies_orders_and_withdraws_on_a_phone(
    people: dict[str, Agent], signed_in_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = signed_in_page(user_of(people["ana"]), viewport=PHONE)
    page.goto(POSTING)
    expect(page.get_by_role("heading", name="Vous pouvez candidater")).to_be_visible()
    looks_right(page, axe)
    page.get_by_role("link", name="Candidater", exact=True).click()
    looks_right(page, axe)

    # Kept while it is written, without a press.
    page.get_by_label("Lettre de motivation").fill(LETTER)
    expect(page.get_by_text("Brouillon enregistré à")).to_be_visible()
    assert Application.objects.get().letter == LETTER

    # A piece goes as soon as it is chosen; what is refused is named beside it.
    page.get_by_label("Ajouter des fichiers").set_input_files(
        [
            {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()},
            {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"<svg onload='x()'/>"},
        ]
    )
    expect(page.get_by_role("link", name="cv.pdf")).to_be_visible()
    expect(page.get_by_text("« plan.pdf » : Le fichier doit être un PDF")).to_be_visible()
    looks_right(page, axe)
    page.get_by_role("button", name="Retirer cv.pdf").click()
    expect(page.get_by_role("link", name="cv.pdf")).to_have_count(0)
    page.get_by_label("Ajouter des fichiers").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    expect(page.get_by_role("link", name="cv.pdf")).to_be_visible()
    expect(page.get_by_label("Lettre de motivation")).to_have_value(LETTER)

    page.get_by_role("button", name="Relire et déposer").click()
    expect(page.get_by_role("heading", name="Relire ma candidature")).to_be_visible()
    looks_right(page, axe)
    page.get_by_role("button", name="Déposer ma candidature").click()
    expect(page.get_by_text("Votre candidature est déposée sous le numéro 1")).to_be_visible()
    looks_right(page, axe)

    # A second one is begun, and preferred.
    page.goto(reverse("postings:apply", args=["autre"]))
    page.get_by_label("Lettre de motivation").fill("Celle-ci aussi m’intéresse.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.goto(MINE)
    looks_right(page, axe)
    page.get_by_role("button", name="Monter « Responsable de la veille »").click()
    expect(page.locator("#voeux h3").first).to_have_text("Responsable de la veille")
    expect(page.get_by_role("button", name="Descendre « Responsable de la veille »")).to_be_visible()
    assert [each.posting.code for each in Application.objects.order_by("wish_rank")] == ["autre", "en-cours"]

    page.get_by_role("link", name="Responsable du suivi").click()
    page.get_by_role("link", name="Retirer ma candidature…").click()
    looks_right(page, axe)
    page.get_by_role("button", name="Retirer ma candidature").click()
    expect(page.get_by_text("Votre candidature est retirée.")).to_be_visible()
    page.goto(MINE)
    expect(page.get_by_role("heading", name="Terminées")).to_be_visible()
    looks_right(page, axe)


def test_an_agent_applies_without_javascript(people: dict[str, Agent], signed_in_page: Callable[..., Page]) -> None:
    page = signed_in_page(user_of(people["ana"]), viewport=PHONE, java_script_enabled=False)
    page.goto(reverse("postings:apply", args=["en-cours"]))
    page.locator("#id_letter").fill(LETTER)
    page.locator("#id_pieces").set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.get_by_role("button", name="Joindre les fichiers choisis").click()
    assert page.get_by_role("link", name="cv.pdf").is_visible()
    assert page.locator("#id_letter").input_value() == LETTER
    page.get_by_role("button", name="Relire et déposer").click()
    page.get_by_role("button", name="Déposer ma candidature").click()
    assert Application.objects.get().number == 1


def test_who_may_not_apply_reads_why(
    people: dict[str, Agent], signed_in_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = signed_in_page(user_of(people["zoe"]), viewport=PHONE)
    page.goto(POSTING)
    expect(page.get_by_role("heading", name="Vous ne pouvez pas candidater")).to_be_visible()
    expect(page.get_by_text("Exclusion (autre métier)")).to_be_visible()
    expect(page.get_by_role("link", name="Candidater", exact=True)).to_have_count(0)
    looks_right(page, axe)
    page.goto(reverse("postings:apply", args=["en-cours"]))
    expect(page.get_by_text("Exclusion (autre métier)")).to_be_visible()
    looks_right(page, axe)
    page.goto(MINE)
    looks_right(page, axe)


def test_a_manager_knows_that_one_applied_and_no_more(
    people: dict[str, Agent], manager: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page: Any = signed_in_page(manager, viewport=PHONE)
    page.goto(reverse("postings:list"))
    page.get_by_role("link", name="Candidatures de mon équipe").click()
    expect(page.get_by_role("heading", name="Aucune candidature connue")).to_be_visible()
    looks_right(page, axe)


def user_of(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user
