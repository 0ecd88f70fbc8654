"""« Séance et décision »: where it stands, what comes next, what each role reads of it, in how many queries."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from msgspec.structs import replace
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from missions.models import Perimeter, Unit
from orgchart.changes import TransformUndetermined
from orgchart.values import ChangeId, PostId, UnitId
from reorganisations import actions
from reorganisations.models import Committee, CommitteeRules, Reorganisation, Session, Status
from reorganisations.votes import Ballot
from reorganisations.workflow import TRANSITIONS
from tests.factories import UserFactory, apply_changes

from ..conftest import CREATE_CELL, CREATE_POST, EFFECTIVE_ON, SUPPRESS, TRANSFORM
from .page import told

STAGED = replace(CREATE_CELL, eventually=True)
UNDETERMINED = TransformUndetermined(
    id=ChangeId("a-determiner"),
    candidates=(PostId("port-1"), PostId("port-2")),
    into=TRANSFORM.into,
    motive="Encadrer.",
)


def address(name: str = "follow_up", *args: str) -> str:
    return reverse(f"reorganisations:{name}", args=["essai-2021", *args])


def soup(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


@pytest.fixture
def at(bring: Callable[..., Reorganisation], reorganisation: Reorganisation) -> Callable[[Status], Reorganisation]:
    """The reorganisation in a status, with a staged change where one stage is to wait."""

    def reached(status: Status) -> Reorganisation:
        return bring(status, CREATE_POST, STAGED) if status == Status.PARTLY_IN_FORCE else bring(status)

    return reached


PRIMARY = {
    Status.DRAFT: "Soumettre au comité",
    Status.SUBMITTED: "Enregistrer l’avis",
    Status.POSTPONED: "Présenter à une autre séance",
    Status.OPINION_GIVEN: "Enregistrer la décision",
    Status.DECIDED: "Mettre en vigueur",
    Status.PARTLY_IN_FORCE: "Donner la date d’effet de l’étape 2",
    Status.IN_FORCE: "",
    Status.WITHDRAWN: "",
}


class TestStanding:
    @pytest.mark.parametrize("status", Status)
    def test_each_state_offers_one_primary_action(
        self, client: Client, at: Callable[[Status], Reorganisation], status: Status
    ) -> None:
        at(status)
        page = soup(client, address())
        card = page.select_one(".next-step")
        assert told(card.h2) == status.label  # type: ignore[union-attr]
        primary = page.select(".button--primary")
        assert [told(button) for button in primary] == ([PRIMARY[status]] if PRIMARY[status] else [])
        for button in page.select(".next-step a"):
            assert client.get(button["href"]).status_code == 200

    def test_what_is_missing_is_said_before_one_tries(self, client: Client, reorganisation: Reorganisation) -> None:
        words = told(soup(client, address()).select_one(".next-step"))
        assert "Le projet ne contient aucun ajustement." in words
        assert "La réorganisation n’est à l’ordre du jour d’aucune séance." in words

    def test_a_session_to_come_gave_no_opinion_yet(
        self, client: Client, add: Callable[..., None], reorganisation: Reorganisation, committee: Committee, hr: User
    ) -> None:
        add(CREATE_POST)
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        session = actions.plan_session(committee=committee, held_on=tomorrow, by=hr)
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
        assert "La séance a lieu le" in told(soup(client, address()).select_one(".next-step .problems"))

    def test_a_stage_whose_date_is_to_come_waits(
        self, client: Client, bring: Callable[..., Reorganisation], hr: User
    ) -> None:
        stage = bring(Status.DECIDED).stages.get()
        actions.set_stage_date(stage=stage, on=timezone.localdate() + datetime.timedelta(days=9), by=hr)
        page = soup(client, address())
        assert told(page.select_one(".button--primary")) == "Changer la date d’effet"
        assert "attend sa date" in told(page.select_one(".next-step p"))


class TestTexts:
    def test_a_draft_that_differs_says_how_and_can_be_sealed_again(
        self, client: Client, bring: Callable[..., Reorganisation], add: Callable[..., None], hr: User
    ) -> None:
        reorganisation = bring(Status.SUBMITTED, CREATE_POST)
        assert not soup(client, address()).select(f"a[href='{address('amend_text')}']")
        add(CREATE_CELL)
        actions.delete_change(reorganisation=reorganisation, uid=CREATE_POST.id, by=hr, seen=reorganisation.revision)
        page = soup(client, address())
        words = told(page.select_one("[aria-labelledby=difference-title]"))
        assert "1 ajustement ajouté" in words
        assert "1 ajustement retiré." in words
        assert page.select(f"a[href='{address('amend_text')}']")

    def test_every_seal_is_there_with_its_whole_hash_and_the_text_voted_is_named(
        self, client: Client, bring: Callable[..., Reorganisation]
    ) -> None:
        text = bring(Status.OPINION_GIVEN).sealed_texts.get()
        card = soup(client, address()).select_one("[aria-labelledby=texts-title]")
        assert text.sha256 in told(card)
        assert "texte voté" in told(card)
        assert card.select(f"a[href='{address('report')}?texte=1']")  # type: ignore[union-attr]

    def test_a_newer_chart_offers_to_take_the_draft_over(
        self, client: Client, add: Callable[..., None], reorganisation: Reorganisation
    ) -> None:
        add(CREATE_POST)
        apply_changes(SUPPRESS, on=EFFECTIVE_ON)
        assert soup(client, address()).select(f"a[href='{address('since')}']")


class TestOpinionAndDecision:
    def test_votes_are_counted_by_union_and_college(self, client: Client, at: Any) -> None:
        at(Status.OPINION_GIVEN)
        rows = [told(row) for row in soup(client, address()).select("[aria-labelledby=opinion-1] tbody tr")]
        assert rows == ["CFDT 3 0 0 0 0", "CGT 0 1 0 0 0", "Ensemble 3 1 0 0 0"]

    def test_a_unanimous_refusal_recalls_the_new_examination(
        self,
        client: Client,
        bring: Callable[..., Reorganisation],
        session: Session,
        hr: User,
    ) -> None:
        CommitteeRules.objects.create(
            code="essai",
            label="Règles",
            legal_source="Décret d’essai",
            committee_label="CT",
            convocation_days=15,
            urgent_convocation_days=8,
            documents_days=8,
            quorum_percent=50,
            new_convocation_days=8,
            new_examination_after_days=8,
            new_examination_before_days=30,
            minutes_days=15,
            follow_up_months=2,
        )
        reorganisation = bring(Status.SUBMITTED)
        actions.record_opinion(
            reorganisation=reorganisation, session=session, ballots=[Ballot("personnel", "CGT", against=4)], by=hr
        )
        words = told(soup(client, address()).select_one("[aria-labelledby=opinion-1]"))
        assert "Avis défavorable, à l’unanimité" in words
        assert "nouvel examen a lieu 8 à 30 jours plus tard" in words
        assert "Décret d’essai" in words

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("arrete", ("Daté d’avant l’avis", "fictif", "Transmis au contrôle", "Publié ")),
            ("deliberation", ("Datée d’avant l’avis", "fictive", "Transmise au contrôle", "Publiée ")),
        ],
    )
    def test_a_decision_dated_before_the_opinion_is_flagged(
        self, client: Client, bring: Callable[..., Reorganisation], hr: User, kind: str, words: tuple[str, ...]
    ) -> None:
        reorganisation = bring(Status.OPINION_GIVEN)
        early = datetime.date(2021, 11, 1)
        actions.decide(reorganisation=reorganisation, kind=kind, dated_on=early, fictitious=True, by=hr)
        page = soup(client, address())
        card = told(page.select_one("[aria-labelledby=decision-1]"))
        assert [each for each in words if each not in card] == []
        assert page.select_one(".fictitious")

    def test_a_decision_set_aside_stays_to_be_read(
        self, client: Client, bring: Callable[..., Reorganisation], hr: User
    ) -> None:
        actions.send_back(reorganisation=bring(Status.DECIDED), by=hr)
        page = soup(client, address())
        assert "écarté le" in told(page.select_one("[aria-labelledby=decision-1]"))
        assert "Le projet est repris" in told(page.select_one(".next-step"))
        assert not page.select("#etapes")

    def test_stages_say_since_when_and_lead_to_their_version(self, client: Client, at: Any) -> None:
        at(Status.PARTLY_IN_FORCE)
        stages = soup(client, address()).select("#etapes > ol > li")
        assert "en vigueur depuis le 1er janvier 2022 Version 2" in told(stages[0])
        assert "à terme, sans date" in told(stages[1])
        assert stages[0].select(f"a[href='{reverse('missions:version', args=[2])}']")

    def test_a_transformation_to_be_determined_and_an_adjustment_are_told(
        self, client: Client, bring: Callable[..., Reorganisation], hr: User
    ) -> None:
        reorganisation = bring(Status.DECIDED, UNDETERMINED, CREATE_POST)
        assert "à déterminer par la bourse" in told(soup(client, address()).select_one("#transformations"))
        actions.adjust_execution(
            reorganisation=reorganisation, replaces=CREATE_POST.id, reason="Faute de crédit.", by=hr
        )
        actions.adjust_execution(reorganisation=reorganisation, change=CREATE_CELL, reason="Oubli.", by=hr)
        on = datetime.date(2021, 12, 20)
        actions.resolve_transformation(
            reorganisation=reorganisation, pending=UNDETERMINED.id, post="port-1", on=on, by=hr
        )
        page = soup(client, address())
        assert "prise en compte à l’entrée en vigueur" in told(page.select_one("#transformations"))
        words = told(page.select_one("[aria-labelledby=adjustments-title]"))
        assert "Abandonné" in words
        assert "Faute de crédit." in words
        assert "En plus du texte voté" in words
        actions.apply_stage(stage=reorganisation.stages.get(), by=hr)
        assert "En vigueur" in told(soup(client, address()).select_one(".next-step"))

    def test_the_whole_procedure_is_drawn_where_it_stands(self, client: Client, at: Any) -> None:
        at(Status.DECIDED)
        procedure = soup(client, address()).select("details.card")[-1]
        assert told(procedure.select_one("svg .workflow-current text")) == "Décidée"
        assert len(procedure.select("tbody tr")) == len(TRANSITIONS)

    def test_a_change_done_otherwise_and_a_resolution_in_force(
        self, client: Client, bring: Callable[..., Reorganisation], hr: User
    ) -> None:
        reorganisation = bring(Status.DECIDED, UNDETERMINED, CREATE_POST)
        elsewhere = replace(CREATE_POST, unit=UnitId("service-2"))
        actions.adjust_execution(
            reorganisation=reorganisation, replaces=CREATE_POST.id, change=elsewhere, reason="Locaux.", by=hr
        )
        actions.apply_stage(stage=reorganisation.stages.get(), by=hr)
        today = timezone.localdate()
        actions.resolve_transformation(
            reorganisation=reorganisation, pending=UNDETERMINED.id, post="port-2", on=today, by=hr
        )
        page = soup(client, address())
        assert "Fait autrement" in told(page.select_one("[aria-labelledby=adjustments-title]"))
        assert "version 3" in told(page.select_one("#transformations"))


READS = {
    # role: what it reads at each state; None is a page that does not exist for it
    (Role.HR, Status.DRAFT): {"actions", "texts", "trail"},
    (Role.MANAGER, Status.DRAFT): {"texts"},
    (Role.COMMITTEE, Status.DRAFT): None,
    (Role.AGENT, Status.DRAFT): None,
    (None, Status.DRAFT): None,
    (Role.HR, Status.OPINION_GIVEN): {"actions", "texts", "opinion", "trail"},
    (Role.MANAGER, Status.OPINION_GIVEN): {"texts", "opinion"},
    (Role.COMMITTEE, Status.OPINION_GIVEN): {"texts", "opinion"},
    (Role.AGENT, Status.OPINION_GIVEN): None,
    (Role.HR, Status.PARTLY_IN_FORCE): {"actions", "texts", "opinion", "decision", "2 stages", "trail"},
    (Role.MANAGER, Status.PARTLY_IN_FORCE): {"texts", "opinion", "decision", "2 stages"},
    (Role.COMMITTEE, Status.PARTLY_IN_FORCE): {"texts", "opinion", "decision", "2 stages"},
    (Role.AGENT, Status.PARTLY_IN_FORCE): {"decision", "1 stages"},
    (None, Status.PARTLY_IN_FORCE): None,
}


@pytest.fixture
def reader(committee: Committee) -> Callable[[Role | None], User]:
    """Somebody of this role, who leads the direction or sits in the committee where the role says so."""

    def somebody(role: Role | None) -> User:
        user = UserFactory.create(roles=[role] if role else [])
        if role is Role.MANAGER:
            Perimeter.objects.create(user=user, unit=Unit.objects.get(uid="direction"))
        if role is Role.COMMITTEE:
            actions.add_member(committee=committee, college="personnel", user=user, by=None)
        return user

    return somebody


@pytest.mark.parametrize(("role", "status"), READS, ids=str)
def test_each_role_reads_its_part_and_no_more(
    client_as: Callable[[User], Client], reader: Any, at: Any, role: Role | None, status: Status
) -> None:
    at(status)
    response = client_as(reader(role)).get(address())
    expected = READS[role, status]
    if expected is None:
        assert response.status_code == 404
        return
    page = BeautifulSoup(response.content, "html.parser")
    parts = {
        "actions": page.select(".next-step .button"),
        "texts": page.select("[aria-labelledby=texts-title] a[href*='texte=1'], [aria-labelledby=details-title]")
        or (role is Role.MANAGER and status == Status.DRAFT),
        "opinion": page.select("[aria-labelledby=opinion-1]"),
        "decision": page.select("[aria-labelledby=decision-1]"),
        "trail": page.select("#trail-title"),
        f"{len(page.select('#etapes > ol > li'))} stages": page.select("#etapes > ol > li"),
    }
    assert {name for name, found in parts.items() if found} == expected


# Exact, the same for five posts and for two hundred.
QUERIES = {
    Status.DRAFT: 14,
    Status.SUBMITTED: 15,
    Status.POSTPONED: 15,
    Status.OPINION_GIVEN: 13,
    Status.DECIDED: 15,
    Status.PARTLY_IN_FORCE: 15,
    Status.IN_FORCE: 15,
    Status.WITHDRAWN: 9,
}


@pytest.mark.parametrize("status", Status)
def test_a_page_takes_so_many_queries(
    client: Client, at: Any, django_assert_num_queries: DjangoAssertNumQueries, status: Status
) -> None:
    at(status)
    client.get(address())
    assert QUERIES[status] <= 15
    with django_assert_num_queries(QUERIES[status]):
        client.get(address())
