"""« Dossier »: what is missing is named and leads to where it is mended, then the whole is downloaded; accessible."""

import datetime
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Reorganisation
from tests.factories import open_small_chart
from tests.reorganisations.conftest import CREATE_POST, SUPPRESS, decide, give_opinion

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PAGE = "/reorganisations/essai-2021/dossier/"
SHAPES = pytest.mark.parametrize(
    "options",
    [{"viewport": DESKTOP}, {"viewport": PHONE}, {"viewport": PHONE, "java_script_enabled": False}],
    ids=["desktop", "phone", "plain"],
)


@pytest.fixture
def draft(hr: User) -> Reorganisation:
    open_small_chart()
    row = actions.create_reorganisation(
        code="essai-2021",
        title="Réorganisation d’essai",
        unit="direction",
        effective_on=datetime.date(2022, 1, 1),
        by=hr,
    )
    actions.add_changes(reorganisation=row, changes=(CREATE_POST, SUPPRESS), by=hr, seen=row.revision)
    return row


@pytest.fixture
def decided(draft: Reorganisation, hr: User) -> Reorganisation:
    """The order decided; the post that the text creates has no deliberation."""
    committee = actions.create_committee(kind="ct", label="Comité technique", by=hr)
    session = actions.plan_session(committee=committee, held_on=datetime.date(2021, 12, 1), by=hr)
    actions.submit(reorganisation=draft, session=session, by=hr)
    give_opinion(draft, session, hr)
    decide(draft, session, hr)
    return draft


def fits(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return found


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def first_page(content: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


@SHAPES
def test_what_is_missing_leads_to_where_it_is_mended(
    draft: Reorganisation, hr: User, signed_in_page: Callable[..., Page], options: dict[str, Any]
) -> None:
    page = signed_in_page(hr, **options)
    page.goto(PAGE)
    expect(page.get_by_role("heading", name="Pièces du dossier")).to_be_visible()
    page.get_by_role("link", name="La séance n’est pas fixée.").click()
    expect(page).to_have_url(re.compile(r"/suivi/$"))
    page.go_back()
    page.get_by_role("link", name="Contexte").first.click()
    expect(page).to_have_url(re.compile(r"/redaction/#s-context$"))
    page.go_back()
    name, content = downloaded(page, "Télécharger le dossier (PDF)")
    assert name == "dossier-essai-2021-projet.pdf"
    assert "Projet – document de travail" in first_page(content)


@pytest.mark.parametrize(
    "options", [{}, {"viewport": PHONE}, {"color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
def test_the_page_is_accessible_and_fits(
    decided: Reorganisation,
    hr: User,
    signed_in_page: Callable[..., Page],
    axe: Callable[[Page], None],
    options: dict[str, Any],
) -> None:
    page = signed_in_page(hr, **options)
    page.goto(PAGE)
    expect(page.get_by_role("heading", name="Emplois créés sans délibération")).to_be_visible()
    axe(page)
    assert fits(page)


def test_a_post_without_a_deliberation_is_confirmed_and_the_acts_are_taken_away(
    decided: Reorganisation, hr: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = signed_in_page(hr)
    page.goto(PAGE)
    page.get_by_role("link", name="Confirmer avec un motif").click()
    axe(page)
    page.get_by_label("Motif").fill("Délégation de 2020.")
    page.get_by_role("button", name="Enregistrer le motif").click()
    page.goto(PAGE)
    expect(page.get_by_text("Confirmé par les ressources humaines : Délégation de 2020.")).to_be_visible()
    name, content = downloaded(page, "PDF : Arrêté portant organisation des services")
    assert name == "arrete-organisation-essai-2021.pdf"
    assert "Arrêté n° 2021-7 du 10 décembre 2021" in first_page(content)
    name, content = downloaded(page, "DOCX : Annexe à la délibération (emplois créés et supprimés)")
    assert name == "annexe-deliberation-essai-2021.docx"
    assert content.startswith(b"PK")
