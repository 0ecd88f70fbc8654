"""The pages of a session: HR keeps it, the members of its committee read it once convoked, nobody else sees it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Event, Role, User
from accounts.permissions import NotAllowed
from reorganisations import actions, permissions
from reorganisations.models import (
    AgendaItem,
    College,
    CommitteeMember,
    CommitteeRules,
    Reorganisation,
    Session,
    SessionFile,
    Status,
)
from tests.factories import UserFactory

from ..conftest import HELD_ON
from .page import told
from .test_opinion import votes


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


@pytest.fixture
def member(session: Session, committee_member: User) -> User:
    actions.add_member(committee=session.committee, college="personnel", union="CGT", user=committee_member, by=None)
    return committee_member


@pytest.fixture
def item(session: Session) -> AgendaItem:
    return actions.add_item(session=session, title="Questions diverses", by=None)


def load_rules() -> None:
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")


def url(name: str, *args: object) -> str:
    return reverse(f"reorganisations:{name}", args=args)


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def sent(client: Client, address: str, **data: Any) -> tuple[int, BeautifulSoup]:
    response = client.post(address, data)
    return response.status_code, BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def pages(session: Session, item: AgendaItem, member: User) -> dict[str, str]:
    statement = actions.add_statement(item=item, author="CGT", text="Dit.", by=None)
    of_item = ("agenda_item", "edit_item", "remove_item", "add_statement")
    of_session = ("inscribe", "add_item", "attendance", "sign_minutes", "attach_to_session", "convocation", "minutes")
    return (
        {name: url(name, session.uid) for name in of_session}
        | {name: url(name, session.uid, item.uid) for name in of_item}
        | {"remove_statement": url("remove_statement", session.uid, statement.uid)}
    )


QUERIES = {
    "inscribe": 6,
    "add_item": 6,
    "attendance": 6,
    "sign_minutes": 5,
    "attach_to_session": 4,
    "convocation": 9,
    "minutes": 9,
    "agenda_item": 6,
    "edit_item": 6,
    "remove_item": 5,
    "add_statement": 5,
    "remove_statement": 4,
}


@pytest.mark.parametrize("name", QUERIES)
def test_human_resources_open_it_in_so_many_queries(
    client: Client, pages: dict[str, str], name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(pages[name])
    with django_assert_num_queries(QUERIES[name]):
        soup(client, pages[name])


@pytest.mark.parametrize("name", set(QUERIES) - {"convocation", "minutes"})
def test_members_write_nothing(
    client_as: Callable[[User], Client], member: User, pages: dict[str, str], name: str
) -> None:
    client = client_as(member)
    assert client.get(pages[name]).status_code == 403
    assert client.post(pages[name]).status_code == 403


# (who, convoked, held, approved) → reads the session, reads the minutes
READS = {
    ("rh", False, False, False): (True, True),
    ("membre", False, False, False): (False, False),
    ("membre", True, False, False): (True, False),
    ("membre", False, True, False): (True, False),
    ("membre", True, True, True): (True, True),
    ("autre membre", True, True, True): (False, False),
    ("encadrement", True, True, True): (False, False),
    ("agent", True, True, True): (False, False),
}
KINDS = {
    (True, True): {SessionFile.PIECE, SessionFile.MINUTES, SessionFile.STATEMENT},
    (True, False): {SessionFile.PIECE},
    (False, False): set(),
}


@pytest.mark.parametrize("case", READS)
def test_who_reads_a_session_its_minutes_and_its_files(
    case: tuple[str, bool, bool, bool], session: Session, hr: User, member: User, client_as: Callable[[User], Client]
) -> None:
    who, convoked, held, approved = case
    today = timezone.localdate()
    session.held_on = today - datetime.timedelta(days=1) if held else today + datetime.timedelta(days=20)
    session.convoked_on = today - datetime.timedelta(days=2) if convoked else None
    session.minutes_approved_on = today if approved else None
    session.save()
    roles = {"autre membre": Role.COMMITTEE, "encadrement": Role.MANAGER, "agent": Role.AGENT}
    user = {"rh": hr, "membre": member}.get(who) or UserFactory.create(roles=[roles[who]])
    reads, reads_minutes = READS[case]
    for name, expected in (("read_session", reads), ("read_minutes", reads_minutes)):
        check, can = getattr(permissions, f"check_can_{name}"), getattr(permissions, f"can_{name}")
        assert can(user, session) is expected
        if expected:
            check(user, session)
        else:
            with pytest.raises(NotAllowed):
                check(user, session)
    client = client_as(user)
    assert client.get(url("session", session.uid)).status_code == (200 if reads else 404)
    assert client.get(url("convocation", session.uid)).status_code == (200 if reads else 404)
    assert client.get(url("minutes", session.uid)).status_code == (200 if reads_minutes else 403 if reads else 404)
    for kind in SessionFile:
        content = b"%PDF-" + kind.encode()
        document = actions.attach_to_session(session=session, kind=kind, name="a.pdf", content=content, by=None)
        allowed = who == "rh" or kind in KINDS[READS[case]]
        assert permissions.can_download_session_file(user, session, document) is allowed
        if allowed:
            permissions.check_can_download_session_file(user, session, document)
        else:
            with pytest.raises(NotAllowed):
                permissions.check_can_download_session_file(user, session, document)
        assert client.get(url("session_file", session.uid, document.uid)).status_code == (200 if allowed else 404)


def test_a_file_of_something_else_is_not_downloaded_here(
    session: Session, reorganisation: Reorganisation, hr: User
) -> None:
    document = actions.attach_document(
        reorganisation=reorganisation, kind="decision", name="a.pdf", content=b"%PDF-", by=hr
    )
    assert not permissions.can_download_session_file(hr, session, document)


@pytest.mark.parametrize("name", ["convocation_pdf", "minutes_pdf", "convocation_docx", "minutes_docx"])
def test_the_papers_are_downloaded(client: Client, session: Session, item: AgendaItem, name: str) -> None:
    response = client.get(url(name, session.uid))
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF" if name.endswith("pdf") else b"PK")


def test_members_find_session_convocation_and_minutes_in_dossiers(
    client_as: Callable[[User], Client], member: User, session: Session, item: AgendaItem
) -> None:
    client = client_as(member)
    links = [each["href"] for each in soup(client, url("dossiers")).select("a[href]")]
    assert url("session", session.uid) in links
    assert url("minutes_pdf", session.uid) not in links
    page = soup(client, url("session", session.uid))
    assert "Questions diverses" in told(page.main)
    assert "Présences" not in told(page.main)
    actions.sign_minutes(session=session, minutes_approved_on=HELD_ON, by=None)
    links = [each["href"] for each in soup(client, url("dossiers")).select("a[href]")]
    assert url("minutes_pdf", session.uid) in links
    assert "approuvé le" in told(soup(client, url("session", session.uid)).main)


@pytest.mark.parametrize("number", [1, 6])
def test_a_full_agenda_takes_as_many_queries_as_a_short_one(
    client: Client,
    session: Session,
    member: User,
    bring: Callable[..., Reorganisation],
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    load_rules()
    bring(Status.OPINION_GIVEN)
    for rank in range(number):
        item = actions.add_item(session=session, title=f"Point {rank}", by=None)
        actions.add_statement(item=item, author="CGT", text="Dit.", by=None)
    lines = [actions.Line(f"m{rank}", "personnel", "present", name=f"M. {rank}") for rank in range(number)]
    actions.record_attendance(session=session, lines=lines, by=None)
    with django_assert_num_queries(11):
        page = soup(client, url("session", session.uid))
    assert told(page.main).count("1 déclaration") == number
    assert len(page.select(".agenda__item")) == number + 1


def test_one_who_holds_too_many_delegations_is_told(client: Client, session: Session) -> None:
    load_rules()
    CommitteeRules.objects.update(delegations_per_member=1)
    given = [actions.Line(f"m{rank}", "personnel", "represente", name=f"M. {rank}") for rank in range(3)]
    holder = actions.Line("p", "personnel", "present", name="P. Porteur")

    def hold(number: int) -> str:
        lines = [holder, *(line._replace(represented_by="p") for line in given[:number])]
        actions.record_attendance(session=session, lines=lines, by=None)
        return told(soup(client, url("session", session.uid)).main)

    words = "P. Porteur\u00a0: 2\u00a0délégations de vote, 1 au plus par membre."
    assert "au plus par membre" not in hold(1)
    assert words.replace("\u00a0", " ") in hold(2)
    assert Event.objects.filter(verb="record_attendance").latest("pk").details["warnings"] == [words]
    CommitteeRules.objects.update(delegations_per_member=None)
    assert "au plus par membre" not in hold(3)


class TestAgenda:
    def test_the_approval_of_the_minutes_before_is_prefilled(self, client: Client, session: Session) -> None:
        later = actions.plan_session(committee=session.committee, held_on=HELD_ON + datetime.timedelta(9), by=None)
        link = soup(client, url("session", later.uid)).find("a", string="Approuver le dernier procès-verbal")
        page = soup(client, str(link["href"]))  # type: ignore[index]
        title = page.select_one("[name=title]")["value"]  # type: ignore[index]
        assert title == "Approbation du procès-verbal de la séance du 1er\u00a0décembre\u00a02021"
        assert sent(client, url("add_item", later.uid), minutes_of=session.pk, kind="avis")[0] == 302
        item = later.agenda_items.get()
        assert (item.title, item.minutes_of, item.number) == (title, session, 1)
        assert not soup(client, url("session", later.uid)).find("a", string="Approuver le dernier procès-verbal")
        address = url("agenda_item", later.uid, item.uid)
        assert sent(client, address, debate="", conclusion="Approuvé.", minutes_approved="on")[0] == 302
        session.refresh_from_db()
        assert session.minutes_approved_on == later.held_on

    def test_editing_moving_and_removing(self, client: Client, session: Session, item: AgendaItem) -> None:
        assert sent(client, url("add_item", session.uid), kind="avis")[0] == 422
        assert sent(client, url("add_item", session.uid), title="Bilan", kind="avis", number=2)[0] == 302
        status, page = sent(client, url("edit_item", session.uid, item.uid), title="Q", kind="avis", number=2)
        assert (status, "porte déjà ce numéro" in told(page.main)) == (422, True)
        assert sent(client, url("edit_item", session.uid, item.uid), title="Fin", kind="avis", number=1)[0] == 302
        assert sent(client, url("move_item", session.uid, item.uid), sens="bas")[0] == 302
        lines = [told(each) for each in soup(client, url("session", session.uid)).select(".agenda__item h3")]
        assert lines == ["Bilan", "Fin"]
        assert sent(client, url("remove_item", session.uid, item.uid))[0] == 302
        assert client.get(url("agenda_item", session.uid, item.uid)).status_code == 404

    def test_a_refusal_is_told(self, client: Client, session: Session, item: AgendaItem) -> None:
        statement = actions.add_statement(item=item, author="CGT", text="Dit.", by=None)
        actions.sign_minutes(session=session, minutes_signed_on=HELD_ON, by=None)
        for name, uid in (("move_item", item.uid), ("remove_item", item.uid), ("remove_statement", statement.uid)):
            response = client.post(url(name, session.uid, uid), follow=True)
            assert "est signé" in told(BeautifulSoup(response.content, "html.parser").body)
        assert session.agenda_items.count() == 1

    def test_nothing_is_inscribed_nor_voted_once_signed(
        self, client: Client, session: Session, bring: Callable[..., Reorganisation]
    ) -> None:
        reorganisation = bring(Status.SUBMITTED)
        other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=None)
        actions.sign_minutes(session=session, president_signed_on=HELD_ON, by=None)
        status, page = sent(client, url("inscribe", session.uid), reorganisation=other.pk, kind="avis")
        assert (status, "est signé" in told(page.main)) == (422, True)
        page = soup(client, url("agenda_item", session.uid, session.agenda_items.get().uid))
        assert not page.find("a", string="Enregistrer l’avis")
        response = client.post(
            f"{url('record_opinion', reorganisation.code)}?seance={session.uid}",
            votes({"union": "CGT", "against": "1"}),
        )
        page = BeautifulSoup(response.content, "html.parser")
        assert (response.status_code, "est signé" in told(page.main)) == (422, True)

    def test_a_statement_with_its_file(self, client: Client, session: Session, item: AgendaItem) -> None:
        address = url("add_statement", session.uid, item.uid)
        status, page = sent(client, address, author="CGT", text="")
        assert (status, "Donnez le texte" in told(page.main)) == (422, True)
        file = SimpleUploadedFile("dit.pdf", b"%PDF-1", "application/pdf")
        assert sent(client, address, author="CGT", text="Nous disons.", file=file)[0] == 302
        words = told(soup(client, url("agenda_item", session.uid, item.uid)).main)
        assert "Nous disons." in words
        assert "dit.pdf" in words
        statement = item.statements.get()
        assert sent(client, url("remove_statement", session.uid, statement.uid))[0] == 302
        assert not item.statements.exists()
        assert client.get(url("remove_statement", session.uid, statement.uid)).status_code == 404

    def test_the_opinion_is_offered_then_shown(
        self, client: Client, session: Session, bring: Callable[..., Reorganisation]
    ) -> None:
        reorganisation = bring(Status.SUBMITTED)
        item = session.agenda_items.get()
        page = soup(client, url("agenda_item", session.uid, item.uid))
        assert page.find("a", string="Enregistrer l’avis")
        actions.record_opinion(reorganisation=reorganisation, session=session, by=None)
        page = soup(client, url("agenda_item", session.uid, item.uid))
        assert not page.find("a", string="Enregistrer l’avis")
        assert "Avis" in told(page.select_one("aside"))


class TestAttendance:
    def test_typing_it(self, client: Client, session: Session, member: User) -> None:
        actions.add_member(committee=session.committee, college="personnel", union="CGT", name="Dominique", by=None)
        one, two = (
            f"membre-{each.pk}" for each in CommitteeMember.objects.filter(college=College.STAFF).order_by("pk")
        )
        address = url("attendance", session.uid)
        data = {f"{one}-presence": "present", f"{two}-presence": "represente", f"{two}-represented_by": one}
        status, page = sent(client, address, **data | {f"{two}-arrived_at": "10:00"})
        assert (status, "Seul un membre présent a une heure." in told(page.main)) == (422, True)
        assert page.select_one(f"[name={two}-arrived_at]")["value"] == "10:00"  # type: ignore[index]
        status, page = sent(client, address, **data | {f"{one}-presence": "absent"})
        assert (status, "une délégation se donne à un membre présent" in told(page.main)) == (422, True)
        status, page = sent(client, address, **data | {f"{one}-represented_by": two})
        assert (status, "Une délégation vient d’un membre représenté." in told(page.main)) == (422, True)
        officers = {"opened_at": "09:30", "president": "P. Résident", "deputy_secretary": "Dominique"}
        assert sent(client, address, **data, **officers)[0] == 302
        session.refresh_from_db()
        assert (session.staff_seats, session.staff_present, session.deputy_secretary) == (2, 1, "Dominique")
        words = told(soup(client, url("session", session.uid)).main)
        assert "représenté, délégation à Ilyès Cordier" in words
        assert "P. Résident" in words
        # Typed again from the lines there are.
        assert len(soup(client, address).select("tbody select[name$=presence]")) == 2
        actions.record_session(session=session, staff_present=2, by=None)
        words = told(soup(client, url("session", session.uid)).main)
        assert "2 saisis à l’ouverture, 1 selon les présences" in words

    def test_without_members_it_says_where_to_begin(self, client: Client, session: Session) -> None:
        assert "Aucun membre n’est renseigné" in told(soup(client, url("attendance", session.uid)).main)


def test_signing_and_attaching_the_signed_minutes(client: Client, session: Session) -> None:
    address = url("sign_minutes", session.uid)
    status, page = sent(client, address, president_signed_on="2020-01-01")
    assert (status, "avant sa séance" in told(page.main)) == (422, True)
    assert sent(client, address, minutes_signed_on="2021-12-05")[0] == 302
    file = SimpleUploadedFile("pv.pdf", b"%PDF-1", "application/pdf")
    assert sent(client, url("attach_to_session", session.uid), kind="proces-verbal", file=file)[0] == 302
    wrong = SimpleUploadedFile("pv.exe", b"MZ")
    assert sent(client, url("attach_to_session", session.uid), kind="proces-verbal", file=wrong)[0] == 422
    words = told(soup(client, url("session", session.uid)).main)
    assert "signé le 5 décembre 2021" in words
    assert "pv.pdf Procès-verbal signé" in words
    assert "Saisir les présences" not in words
