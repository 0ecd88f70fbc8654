"""The jury's journey on the real case continued in fiction: two members assess blind, the president ranks and proposes,
HR decides, and the chart shows who holds the new post. Every page on the way is accessible and fits."""

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from missions.models import Agent
from missions.queries import structure_in_force
from orgchart.values import TitleCode, UnitId
from postings.eligibility import AllOf, Eligibility, HasTitle, InUnit
from postings.models import Posting, PostingStatus
from reorganisations.models import Reorganisation
from tests.factories import UserFactory
from tests.postings.bringing import apply, bring, prepare, sit

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
CODE = "bourse-du-jury"
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
RULE = Eligibility(
    on=datetime.date(2022, 2, 15),
    who=AllOf(of=(InUnit(unit=UnitId("secteur-information")), HasTitle(titles=(TitleCode("charge-mission"),)))),
)


@pytest.fixture
def jury(hr: User) -> tuple[User, User]:
    """Whoever presides and another member; two candidates, whose names the jury is not to know."""
    call_command("load_reference", stdout=StringIO())
    for name in ("proch_orientation", "suite_fictive"):
        call_command("import_case", str(FIXTURES / f"{name}.yaml"), stdout=StringIO())
    posting = prepare(
        by=hr,
        code=CODE,
        title="Responsable du secteur",
        reorganisation=Reorganisation.objects.get(code="proch-orientation-2021"),
        pending="transformer-charge-mission",
        post_uid="",
        rule=RULE,
        anonymous_until_decision=True,
        fictitious=True,
    )
    bring(posting, PostingStatus.OPEN)
    found = sit(posting, president=True, name="Paule Présidente"), sit(posting, name="Jean Juré")
    for uid in ("karima-pretexte", "jules-figurant"):
        agent = Agent.objects.get(uid=uid)
        agent.user = UserFactory.create(name=str(agent))
        agent.save()
        apply(posting, agent)
    bring(posting, PostingStatus.EXAMINATION)
    return found


def at(name: str, *rest: str) -> str:
    return reverse(f"postings:{name}", args=[CODE, *rest])


def looks_right(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def assess(page: Page, label: str, score: str, axe: Callable[[Page], None]) -> None:
    page.goto(at("candidates"))
    page.get_by_role("link", name=f"Évaluer : {label}").click()
    looks_right(page, axe)
    for group in page.get_by_role("radiogroup").all():
        group.get_by_label(score, exact=True).check()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("personne d’autre ne le voit")).to_be_visible()
    page.get_by_role("button", name="Rendre mon évaluation").click()
    expect(page.get_by_role("heading", name="Évaluations")).to_be_visible()
    looks_right(page, axe)


@WIDTHS
def test_from_the_candidacies_to_the_chart(
    jury: tuple[User, User], hr: User, signed_in_page: Callable[..., Page], axe: Callable[[Page], None], viewport: Any
) -> None:
    total = len(structure_in_force().headcounts)
    before = structure_in_force().headcounts[UnitId("mission-proch-orientation")]
    first, second = "Candidature n°\u00a01", "Candidature n°\u00a02"
    president, juror = (signed_in_page(user, viewport=viewport) for user in jury)

    president.goto(at("candidates"))
    expect(president.get_by_text("sous numéro jusqu’à la décision")).to_be_visible()
    looks_right(president, axe)
    for label in (first, second):
        president.goto(at("candidates"))
        president.get_by_role("link", name=label, exact=True).click()
        looks_right(president, axe)
        president.get_by_role("button", name="Déclarer recevable").click()
        president.get_by_role("button", name="Présélectionner").click()
        expect(president.get_by_role("link", name="Prévoir l’entretien")).to_be_visible()
    president.goto(at("interviews"))
    looks_right(president, axe)
    president.get_by_role("link", name="Prévoir des entretiens").click()
    president.get_by_label("Début du premier entretien").fill("2022-04-05T09:00")
    president.get_by_role("button", name="Prévoir et informer").click()
    looks_right(president, axe)
    president.get_by_label("Lieu").fill("Amiens")
    president.get_by_role("button", name="Prévoir et informer").click()
    expect(president.get_by_role("heading", name="Entretiens prévus")).to_be_visible()
    looks_right(president, axe)
    with president.expect_download() as download:
        president.get_by_role("link", name="Tout dans mon agenda (.ics)").click()
    assert "PRETEXTE" not in download.value.path().read_text().upper()
    president.get_by_role("button", name=f"Noter tenu l’entretien de {first}").click()

    for label, score in ((first, "4"), (second, "3")):
        assess(president, label, score, axe)
        expect(president.get_by_text("Vous voyez les vôtres seulement")).to_be_visible()
        assess(juror, label, score, axe)
        expect(juror.get_by_role("cell", name=score, exact=True).last).to_be_visible()
    expect(juror.get_by_text("Moyenne du jury")).to_be_visible()

    president.goto(at("ranking"))
    looks_right(president, axe)
    president.get_by_role("button", name=f"Descendre {first}").click()
    expect(president.get_by_text("Classement non enregistré")).to_be_visible()
    expect(president.get_by_label(f"Rang de {first}")).to_have_value("2")
    president.get_by_role("button", name=f"Monter {first}").click()
    president.get_by_role("button", name="Enregistrer le classement", exact=True).last.click()
    expect(president.get_by_text("Le classement est enregistré")).to_be_visible()
    president.get_by_label(f"{first} (rang 1)").check()
    president.get_by_label("Motivation").fill("Meilleur projet pour le secteur.")
    president.get_by_role("button", name="Enregistrer la proposition").click()
    expect(president.get_by_text("Meilleur projet pour le secteur.").first).to_be_visible()
    looks_right(president, axe)
    assert "Karima" not in president.content()

    page = signed_in_page(hr, viewport=viewport)
    page.goto(at("ranking"))
    page.get_by_role("link", name="Décider de l’issue").click()
    looks_right(page, axe)
    page.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(page.get_by_role("heading", name="La décision n’est pas complète")).to_be_visible()
    looks_right(page, axe)
    page.get_by_label("Motif pour Jules").fill("Projet moins abouti.")
    page.get_by_label("Date d’effet").fill("2022-05-02")
    page.get_by_role("button", name="Voir ce qui va se passer").click()
    expect(page.get_by_text("Le poste qui disparaît")).to_be_visible()
    expect(page.get_by_text(f"{before} postes avant, {before} après")).to_be_visible()
    looks_right(page, axe)
    page.get_by_role("button", name="Décider et informer les candidats").click()
    expect(page.get_by_role("heading", name="Pourvue")).to_be_visible()
    looks_right(page, axe)
    page.get_by_role("link", name="issue de la bourse").click()
    expect(page.get_by_role("main")).to_contain_text("Issue de la bourse")
    page.goto(reverse("missions:post", args=["responsable-secteur-information"]))
    expect(page.get_by_role("main")).to_contain_text("Karima")
    after = structure_in_force()
    assert after.headcounts[UnitId("mission-proch-orientation")] == before
    assert (len(after.headcounts), Posting.objects.get().status) == (total, "affectee")

    juror.goto(at("outcome"))
    expect(juror.get_by_role("main")).to_contain_text("Karima")
    looks_right(juror, axe)


def test_a_tie_and_a_withdrawal_without_javascript(
    jury: tuple[User, User], hr: User, signed_in_page: Callable[..., Page]
) -> None:
    """A member declares a tie and the candidacy leaves their pages; a withdrawal stops HR's decision."""
    juror = signed_in_page(jury[1], java_script_enabled=False)
    posting = Posting.objects.get()
    hers = posting.applications.get(number=1)
    juror.goto(at("candidate", hers.uid))
    juror.get_by_role("link", name="Déclarer un lien").click()
    juror.get_by_label("Nature du lien").fill("Parenté.")
    juror.get_by_role("button", name="Déclarer ce lien").click()
    expect(juror.get_by_role("link", name="Candidature n°\u00a01", exact=True)).to_have_count(0)
    expect(juror.get_by_role("link", name="Candidature n°\u00a02", exact=True)).to_have_count(1)
