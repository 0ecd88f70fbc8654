"""« Fiche d’impact »: for the human resources alone, kept nowhere, and the trail names nobody."""

import datetime
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace

from accounts.models import Event, User
from accounts.permissions import NotAllowed
from missions import printing
from missions.actions import assign_agent
from missions.models import Agent, Post, Rendering, RenderingState
from reorganisations import actions
from reorganisations.models import Reorganisation
from reorganisations.status import Status
from reorganisations.views.impact import KIND
from tests.factories import make_agent
from tests.pdf_proof import pdf_faults

from ..conftest import CREATE_CELL, CREATE_POST, SUPPRESS
from ..holding import hold, resolve
from .page import told

PAGES = ("impact", "impact_pdf", "impact_sheets")


@pytest.fixture
def holder(chart: object, hr: User) -> Agent:
    agent = make_agent("Ada Exemple")
    assign_agent(agent=agent, post=Post.objects.get(uid="budget"), begins_on=datetime.date(2020, 1, 1), by=hr)
    return agent


def addresses(reorganisation: Reorganisation, holder: Agent) -> dict[str, str]:
    return {
        name: reverse(
            f"reorganisations:{name}",
            args=[reorganisation.code] if name == "impact_sheets" else [reorganisation.code, holder.uid],
        )
        for name in PAGES
    }


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member", "hr"])
@pytest.mark.parametrize("name", PAGES)
def test_it_exists_for_the_human_resources_alone(
    request: pytest.FixtureRequest,
    client_as: Callable[[User], Client],
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
    role: str,
    name: str,
) -> None:
    add(SUPPRESS)
    answer = client_as(request.getfixturevalue(role)).get(addresses(reorganisation, holder)[name])
    assert answer.status_code == (200 if role == "hr" else 404)
    assert (b"Ada" in answer.content or answer.content[:5] == b"%PDF-") is (role == "hr")
    if role == "hr":
        assert "no-store" in answer.headers["Cache-Control"]


def test_not_even_in_force_does_it_exist_for_others(
    client_as: Callable[[User], Client],
    holder: Agent,
    bring: Callable[..., Reorganisation],
    agent: User,
) -> None:
    reorganisation = bring(Status.IN_FORCE)
    for address in addresses(reorganisation, holder).values():
        assert client_as(agent).get(address).status_code == 404


def test_whom_nothing_touches_has_no_sheet(
    client_as: Callable[[User], Client], hr: User, holder: Agent, reorganisation: Reorganisation
) -> None:
    for address in addresses(reorganisation, holder).values():
        assert client_as(hr).get(address).status_code == 404


def test_the_trail_counts_sheets_and_names_nobody(
    client_as: Callable[[User], Client],
    hr: User,
    manager: User,
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
) -> None:
    add(SUPPRESS)
    printed = client_as(hr).get(addresses(reorganisation, holder)["impact_pdf"])
    assert pdf_faults(printed.content) == []
    event = Event.objects.filter(verb="print_impact").get()
    assert "Ada" not in f"{event.summary}{event.details}"
    assert holder.uid not in f"{event.summary}{event.details}"
    actions.record_impact_sheets(reorganisation=reorganisation, number=2, by=hr)
    assert Event.objects.filter(verb="print_impact", summary="2\u00a0fiches d’impact éditées.").exists()
    with pytest.raises(NotAllowed):
        actions.record_impact_sheets(reorganisation=reorganisation, number=1, by=manager)


def test_the_sheet_says_when_the_bourse_decides_and_what_cannot_be_compared(
    client_as: Callable[[User], Client], hr: User, bourse: Reorganisation
) -> None:
    held = hold("Noé Candidat", "port-a")
    address = reverse("reorganisations:impact", args=[bourse.code, held.uid])
    words = told(BeautifulSoup(client_as(hr).get(address).content, "html.parser").main)
    assert "Bourse interne date de l’issue non renseignée" in words
    assert "Durée du poste non renseignée non renseignée non renseigné" in words
    _, _, uncompared = words.partition("Non comparé, faute d’être renseigné : ")
    assert "durée du poste (avant et après), " in uncompared
    resolve(bourse, hr)
    words = told(BeautifulSoup(client_as(hr).get(address).content, "html.parser").main)
    assert "Bourse interne issue au 1er juin 2022" in words


def test_a_date_that_is_not_known_is_told_once(
    client_as: Callable[[User], Client],
    hr: User,
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
) -> None:
    def calendar() -> list[str]:
        answer = client_as(hr).get(addresses(reorganisation, holder)["impact"])
        facts = BeautifulSoup(answer.content, "html.parser").select("main .impact__facts")[-1]
        return [told(each) for each in facts.find_all("dt")]

    actions.change_details(reorganisation=reorganisation, effective_on=None, by=hr, seen=reorganisation.revision)
    add(SUPPRESS)
    assert calendar() == ["Séance de l’instance", "Date d’effet"]
    add(replace(CREATE_POST, eventually=True))
    assert calendar() == ["Séance de l’instance", "Date d’effet", "Étape à terme"]
    add(replace(CREATE_CELL, on=datetime.date(2023, 1, 1)))
    assert calendar() == ["Séance de l’instance", "Date d’effet", "Autre étape", "Étape à terme"]


def test_many_sheets_are_written_by_the_worker_and_forgotten_once_handed_over(
    client_as: Callable[[User], Client],
    hr: User,
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(SUPPRESS)
    monkeypatch.setattr(printing, "IN_THE_REQUEST", 0)
    client = client_as(hr)
    assert client.get(addresses(reorganisation, holder)["impact_sheets"]).status_code == 302
    rendering = Rendering.objects.get(kind=KIND)
    assert "Ada" not in f"{rendering.title}{rendering.name}{rendering.subject}"
    Rendering.objects.update(state=RenderingState.DONE, content=b"%PDF-")
    file = client.get(reverse("missions:rendering_file", args=[rendering.uid]))
    assert file.content == b"%PDF-"
    assert "no-store" in file.headers["Cache-Control"]
    assert not Rendering.objects.exists()
