"""Instances, members, sessions and rules: kept by HR alone, warned of, never refused for want of a rule."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from reorganisations import actions
from reorganisations.models import Committee, CommitteeMember, CommitteeRules, Reorganisation, Session, Status
from tests.factories import UserFactory

from .page import told


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


@pytest.fixture
def rules(db: None) -> CommitteeRules:
    return CommitteeRules.objects.create(
        code="ct-essai",
        label="Comité technique",
        legal_source="Décret n° 85-565",
        committee_label="CT",
        ends_on=datetime.date(2022, 12, 31),
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


@pytest.fixture
def member(committee: Committee, committee_member: User) -> CommitteeMember:
    return actions.add_member(committee=committee, college="personnel", union="CGT", user=committee_member, by=None)


def url(name: str, *args: object) -> str:
    return reverse(f"reorganisations:{name}", args=args)


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, address: str, **data: Any) -> tuple[int, BeautifulSoup]:
    response = client.post(address, data)
    return response.status_code, BeautifulSoup(response.content, "html.parser")


def wrong(page: BeautifulSoup) -> set[str]:
    """The names of the fields that came back with an error."""
    return {str(field["name"]) for field in page.select("[aria-invalid=true]")}


@pytest.fixture
def pages(session: Session, member: CommitteeMember, rules: CommitteeRules) -> dict[str, str]:
    uid = session.committee.uid
    return {
        "sessions": url("sessions"),
        "create_committee": url("create_committee"),
        "committee": url("committee", uid),
        "add_member": url("add_member", uid),
        "remove_member": url("remove_member", uid, member.pk),
        "plan_session": url("plan_session", uid),
        "session": url("session", session.uid),
        "record_session": url("record_session", session.uid),
        "rules": url("rules", rules.code),
    }


QUERIES = {
    "sessions": 7,
    "create_committee": 3,
    "committee": 6,
    "add_member": 5,
    "remove_member": 5,
    "plan_session": 4,
    "session": 10,
    "record_session": 5,
    "rules": 4,
}


@pytest.mark.parametrize("name", QUERIES)
def test_human_resources_open_it_in_so_many_queries(
    client: Client, pages: dict[str, str], name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(pages[name])
    assert QUERIES[name] <= 15
    with django_assert_num_queries(QUERIES[name]):
        soup(client, pages[name])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COMMITTEE, Role.AGENT, None])
@pytest.mark.parametrize("name", QUERIES)
def test_nobody_else_opens_it(
    client_as: Callable[[User], Client], pages: dict[str, str], name: str, role: Role | None
) -> None:
    client = client_as(UserFactory.create(roles=[role] if role else []))
    # A session may be open to the members of its committee: to the others it does not exist.
    assert client.get(pages[name]).status_code == (404 if name == "session" else 403)
    assert client.post(pages[name]).status_code in (403, 405)


@pytest.mark.parametrize("name", ["committee", "session", "rules", "plan_session", "record_session"])
def test_what_does_not_exist_is_not_found(client: Client, name: str, db: None) -> None:
    assert client.get(url(name, "rien")).status_code == 404


def test_an_empty_installation_says_what_to_do(client: Client) -> None:
    words = told(soup(client, url("sessions")).main)
    assert "Aucune séance" in words
    assert "Aucune instance n’est encore créée." in words


class TestCommittee:
    def test_creating(self, client: Client) -> None:
        assert sent(client, url("create_committee"), kind="cst", label="")[0] == 422
        assert sent(client, url("create_committee"), kind="cst", label="CST de la région")[0] == 302
        assert Committee.objects.get().label == "CST de la région"

    def test_adding_members_with_an_account_or_a_name(
        self, client: Client, committee: Committee, committee_member: User
    ) -> None:
        address = url("add_member", committee.uid)
        seat = {"college": "personnel", "union": "CFDT"}
        assert sent(client, address, **seat)[0] == 422
        assert sent(client, address, **seat, user=committee_member.pk)[0] == 302
        status, page = sent(client, address, **seat, user=committee_member.pk)
        assert (status, "siège déjà" in told(page.main)) == (422, True)
        assert sent(client, address, college="employeur", union="CFDT", name="Dominique")[0] == 422
        assert sent(client, address, college="employeur", name="Dominique", substitute="on")[0] == 302
        rows = [told(row) for row in soup(client, url("committee", committee.uid)).select("tbody tr")]
        assert any("Dominique Représentants de l’employeur suppléant sans compte" in row for row in rows)

    def test_removing_a_member_asks_first(self, client: Client, member: CommitteeMember) -> None:
        address = url("remove_member", member.committee.uid, member.pk)
        page = soup(client, address)
        assert "Ses accès aux dossiers" in told(page.main)
        assert CommitteeMember.objects.count() == 1
        assert sent(client, address)[0] == 302
        assert not CommitteeMember.objects.exists()
        assert client.get(address).status_code == 404


class TestSession:
    def test_planning(self, client: Client, committee: Committee) -> None:
        address = url("plan_session", committee.uid)
        assert sent(client, address, held_on="2022-01-10", place="Amiens", convoked_on="2021-12-20")[0] == 302
        session = committee.sessions.get()
        assert (session.place, session.convoked_on) == ("Amiens", datetime.date(2021, 12, 20))
        status, page = sent(client, address, held_on="2022-01-10")
        assert (status, "déjà une séance ce jour-là" in told(page.main)) == (422, True)

    def test_completing_warns_with_the_legal_source(
        self, client: Client, session: Session, rules: CommitteeRules
    ) -> None:
        data = {"convoked_on": "2021-11-25", "staff_seats": "6", "staff_present": "2"}
        assert sent(client, url("record_session", session.uid), **data)[0] == 302
        words = told(soup(client, url("session", session.uid)).main)
        assert "Convocation envoyée moins de 15 jours avant la séance." in words
        assert "Quorum des représentants du personnel non atteint à l’ouverture : 2 sur 6." in words
        assert "Décret n° 85-565" in words
        assert "2 points" in told(soup(client, url("sessions")).main)

    def test_what_is_to_come_is_not_said_to_be_done(self, client: Client, committee: Committee) -> None:
        today = timezone.localdate()
        later, held = today + datetime.timedelta(days=1), today + datetime.timedelta(days=30)
        planned = {"held_on": held.isoformat(), "documents_sent_on": later.isoformat()}
        status, page = sent(client, url("plan_session", committee.uid), **planned)
        assert (status, wrong(page)) == (422, {"documents_sent_on"})
        assert "Ce jour est à venir : il se note une fois la chose faite." in told(page.main)
        assert sent(client, url("plan_session", committee.uid), **planned | {"documents_sent_on": str(today)})[0] == 302
        session = committee.sessions.get()
        data = {"convoked_on": str(later), "members_informed_on": str(later), "staff_seats": "4", "staff_present": "2"}
        status, page = sent(client, url("record_session", session.uid), **data)
        assert (status, wrong(page)) == (422, {"convoked_on", "members_informed_on", "staff_present"})
        data = {"convoked_on": str(today), "staff_seats": "4"}
        assert sent(client, url("record_session", session.uid), **data)[0] == 302
        status, page = sent(client, url("sign_minutes", session.uid), president_signed_on=str(later))
        assert (status, wrong(page)) == (422, {"president_signed_on"})

    def test_the_deliberation_that_gives_the_employer_a_vote_is_written_where_it_is_asked_for(
        self, client: Client, session: Session, rules: CommitteeRules
    ) -> None:
        warning = "Le collège de l’employeur vote, aucune délibération"
        address = url("record_session", session.uid)
        assert sent(client, address, employer_votes="on")[0] == 302
        assert warning in told(soup(client, url("session", session.uid)).main)
        assert sent(client, address, employer_votes="on", employer_vote_deliberation="n° 12 du 3 mai")[0] == 302
        assert warning not in told(soup(client, url("session", session.uid)).main)

    def test_more_present_than_seats_comes_back(self, client: Client, session: Session) -> None:
        status, page = sent(client, url("record_session", session.uid), staff_seats="2", staff_present="3")
        assert (status, page.select_one("[name=staff_present]")["value"]) == (422, "3")  # type: ignore[index]

    def test_inscribing_a_reorganisation(
        self, client: Client, session: Session, reorganisation: Reorganisation
    ) -> None:
        address = url("inscribe", session.uid)
        assert "Aucun point n’est inscrit." in told(soup(client, url("session", session.uid)).main)
        assert sent(client, address, kind="avis")[0] == 422
        assert sent(client, address, reorganisation=reorganisation.pk, kind="avis", number="3")[0] == 302
        line = soup(client, url("session", session.uid)).select_one(".agenda__item")
        assert told(line).startswith("3 Réorganisation d’essai Pour avis")
        assert not soup(client, address).select(f"option[value='{reorganisation.pk}']")

    def test_a_number_taken_comes_back(
        self, client: Client, session: Session, reorganisation: Reorganisation, hr: User
    ) -> None:
        actions.put_on_agenda(reorganisation=reorganisation, session=session, number=3, by=hr)
        other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
        status, page = sent(client, url("inscribe", session.uid), reorganisation=other.pk, kind="avis", number="3")
        assert (status, "le numéro est pris" in told(page.main)) == (422, True)

    def test_the_opinion_given_shows(
        self, client: Client, bring: Callable[..., Reorganisation], session: Session
    ) -> None:
        bring(Status.OPINION_GIVEN)
        assert "Avis " in told(soup(client, url("session", session.uid)).select_one(".agenda__item strong"))


def test_rules_are_edited_in_a_plain_page(client: Client, rules: CommitteeRules) -> None:
    address = url("rules", rules.code)
    form = {field["name"]: field.get("value", "") for field in soup(client, address).select("form.card input[name]")}
    form.pop("csrfmiddlewaretoken", None)
    assert sent(client, address, **form | {"minutes_days": "20"})[0] == 302
    rules.refresh_from_db()
    assert rules.minutes_days == 20
    assert sent(client, address, **form | {"quorum_percent": "120"})[0] == 422
