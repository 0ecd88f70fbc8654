"""« Échéances », the agenda that follows them, and the page that convokes a session again."""

import datetime

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event, Role
from reorganisations import actions
from reorganisations.models import CalendarFeed, College, Status
from reorganisations.queries.records import rules_on
from reorganisations.votes import Ballot
from tests.factories import UserFactory

from ..conftest import HELD_ON
from .page import told

PAGE = "/seances/echeances/"
QUERIES = 9


@pytest.fixture
def rules(db, settings):
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")
    return rules_on(HELD_ON)


@pytest.fixture
def client(client_as, hr):
    return client_as(hr)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def coming(committee, hr, today):
    """Sixty days from now: nothing is late."""
    return actions.plan_session(committee=committee, held_on=today + datetime.timedelta(days=60), by=hr)


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(page):
    return [[told(cell) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]


def make(client):
    """The address, as the page shows it once."""
    page = soup(client.post(f"{PAGE}agenda/", follow=True))
    return page.select_one("#feed-address")["value"].removeprefix("http://testserver")


class TestPage:
    def test_what_is_late_comes_first_with_its_session_and_source(self, rules, session, coming, client):
        page = soup(client.get(PAGE))
        found = rows(page)
        assert [line[1].split(" Décret")[0] for line in found][:2] == [
            "Procès-verbal signé et transmis",
            "Information des membres sur les suites",
        ]
        assert "en retard" in found[0][3]
        assert found[0][2] == "Comité technique, séance du 1er décembre 2021"
        assert [told(each) for each in page.select(".facts li")] == ["5 échéances ouvertes", "2 en retard"]

    def test_empty_it_says_why(self, client, rules):
        assert "Rien n’est à faire ni en retard" in told(soup(client.get(PAGE)).select_one(".empty"))

    def test_without_rules_it_says_so(self, client, session):
        assert "ne sont pas chargées" in told(soup(client.get(PAGE)).select_one(".empty"))

    def test_so_many_queries_however_many_sessions(
        self, rules, session, coming, committee, hr, client, django_assert_num_queries
    ):
        for number in range(1, 40):
            day = HELD_ON + datetime.timedelta(days=number)
            actions.plan_session(committee=committee, held_on=day, by=hr)
        with django_assert_num_queries(QUERIES):
            page = soup(client.get(PAGE))
        assert len(rows(page)) == 50
        assert page.select_one(".pager")

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.COMMITTEE])
    @pytest.mark.parametrize("address", [PAGE, "/seances/echeances.ics", f"{PAGE}agenda/revoquer/"])
    def test_nobody_else_opens_it(self, db, client_as, role, address):
        assert client_as(UserFactory.create(roles=[role])).get(address).status_code == 403

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.COMMITTEE])
    def test_nobody_else_makes_an_address(self, db, client_as, role):
        assert client_as(UserFactory.create(roles=[role])).post(f"{PAGE}agenda/").status_code == 403
        assert not CalendarFeed.objects.exists()

    def test_it_is_reached_from_the_sessions(self, client):
        assert soup(client.get("/seances/")).select_one(f'a[href="{PAGE}"]')


class TestFeed:
    def test_an_agenda_reads_sessions_and_open_deadlines(self, rules, session, coming, client, today):
        answer = Client().get(make(client))
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        events = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
        held = events[f"{session.uid}-seance@organigramme"]
        assert held["DTSTART"].params["VALUE"] == "DATE"
        assert (held["DTSTART"].dt, held["DTEND"].dt) == (HELD_ON, HELD_ON + datetime.timedelta(days=1))
        assert str(held["SUMMARY"]) == "Séance\u00a0: Comité technique"
        assert str(held["URL"]) == f"http://testserver{reverse('reorganisations:session', args=[session.uid])}"
        [convocation] = [each for uid, each in events.items() if uid.startswith(f"{coming.uid}-convocation")]
        assert convocation["DTSTART"].dt == coming.held_on - datetime.timedelta(days=15)
        assert str(convocation["SUMMARY"]) == "Convocation (Comité technique)"
        # What has no day yet is left out.
        assert not any("approbation" in uid and coming.uid in uid for uid in events)

    def test_a_deadline_keeps_its_identifier_when_another_comes_before_it(self, rules, session, client, bring, hr):
        """An agenda that imported the file twice would hold it twice."""

        def named():
            found = icalendar.Calendar.from_ical(client.get("/seances/echeances.ics").content).walk("VEVENT")
            return {str(each["UID"]) for each in found}

        before = named()
        reorganisation = bring(Status.SUBMITTED)
        ballots = [Ballot(College.STAFF, "CGT", against=4)]
        actions.record_opinion(reorganisation=reorganisation, session=session, ballots=ballots, by=hr)
        assert {uid.partition("@")[0] for uid in named() - before} == {f"{session.uid}-nouvel-examen-1"}
        assert before - named() == set()

    def test_it_names_nobody(self, rules, session, coming, client, hr, committee):
        actions.add_member(committee=committee, name="Zénaïde Introuvable", college="personnel", by=hr)
        actions.record_session(session=coming, president="Zénaïde Introuvable", by=hr)
        content = Client().get(make(client)).content.decode()
        assert "Zénaïde" not in content
        assert hr.name not in content

    def test_read_again_it_is_the_same_and_not_sent_twice(self, rules, session, client):
        address = make(client)
        first = Client().get(address)
        again = Client().get(address)
        assert first.content == again.content
        known = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (known.status_code, known.content) == (304, b"")
        other = Client().get(address, headers={"If-None-Match": '"autre"'})
        assert other.status_code == 200

    def test_only_the_hash_is_kept_and_the_address_is_shown_once(self, client, hr):
        address = make(client)
        token = address.split("/")[2]
        kept = CalendarFeed.objects.get(user=hr)
        assert token not in kept.token_sha256
        assert kept.token_sha256 == CalendarFeed.digest(token)
        assert token not in client.get(PAGE).content.decode()
        assert token not in str(list(Event.objects.values_list("summary", "details")))
        assert str(kept) == f"Agenda de {hr}"

    def test_another_address_puts_out_the_first(self, client):
        first, second = make(client), make(client)
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200

    def test_revoked_it_does_not_exist(self, client):
        address = make(client)
        page = soup(client.get(f"{PAGE}agenda/revoquer/"))
        assert "ne recevront plus rien" in told(page.select_one("form.card"))
        assert client.post(f"{PAGE}agenda/revoquer/").status_code == 302
        assert Client().get(address).status_code == 404
        assert Event.objects.filter(verb="revoke_calendar_address").count() == 1
        client.post(f"{PAGE}agenda/revoquer/")
        assert Event.objects.filter(verb="revoke_calendar_address").count() == 1

    def test_who_leaves_takes_the_address_along(self, client, hr):
        address = make(client)
        hr.is_active = False
        hr.save()
        assert Client().get(address).status_code == 404
        hr.is_active = True
        hr.save()
        assert Client().get(address).status_code == 200
        hr.role_grants.all().delete()
        assert Client().get(address).status_code == 404

    @pytest.mark.parametrize("token", ["court", "x" * 43, "é" * 43])
    def test_what_is_no_secret_does_not_exist(self, db, token):
        assert Client().get(reverse("reorganisations:calendar_feed", args=[token])).status_code == 404

    def test_signed_in_it_is_a_file(self, rules, session, client):
        answer = client.get("/seances/echeances.ics")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="echeances.ics"'
        assert b"BEGIN:VCALENDAR" in answer.content


class TestReconvening:
    @pytest.fixture
    def failed(self, rules, session, hr):
        return actions.record_session(session=session, staff_seats=10, staff_present=4, by=hr)

    def test_a_session_without_quorum_offers_it(self, failed, client, bring):
        reorganisation = bring(Status.SUBMITTED)
        page = soup(client.get(f"/seances/{failed.uid}/"))
        assert "4 présents, 10 sièges, 5 nécessaires, quorum non atteint" in told(page.select_one("#calendrier"))
        address = page.select_one("#calendrier header a")["href"]
        asked = soup(client.get(address))
        assert "dans les 8 jours" in told(asked.select_one("main"))
        answer = client.post(address, {"held_on": "2021-12-14", "convoked_on": "2021-12-11"}, follow=True)
        again = soup(answer)
        assert "À la place de la séance du 1er décembre 2021" in told(again.select_one("#calendrier"))
        assert "2 jours trop tard" in told(again)
        reorganisation.refresh_from_db()
        assert reorganisation.status == Status.SUBMITTED
        before = soup(client.get(f"/seances/{failed.uid}/"))
        assert "reconvoquée : séance du 14 décembre 2021" in told(before.select_one("#calendrier"))
        assert not before.select_one("#calendrier header a")

    def test_a_day_before_is_refused_next_to_its_field(self, failed, client):
        answer = client.post(f"/seances/{failed.uid}/reconvoquer/", {"held_on": "2021-11-01"})
        assert answer.status_code == 422
        page = BeautifulSoup(answer.content, "html.parser")
        assert "vient après celle du" in told(page.select_one("form.card"))
        assert page.select_one("#id_held_on")["value"] == "2021-11-01"

    def test_nobody_else_convokes_again(self, failed, client_as, manager):
        assert client_as(manager).get(f"/seances/{failed.uid}/reconvoquer/").status_code == 403


class TestFollowUp:
    def test_the_deadlines_of_its_sessions_are_shown_to_those_who_keep_them(
        self, rules, bring, client, client_as, committee, committee_member, hr
    ):
        bring(Status.SUBMITTED)
        actions.add_member(committee=committee, user=committee_member, college="personnel", by=hr)
        address = "/reorganisations/essai-2021/suivi/"
        page = soup(client.get(address))
        assert told(page.select_one("#calendar-1 summary")) == "Échéances de la séance du 1er décembre 2021"
        assert not soup(client_as(committee_member).get(address)).select("#calendar-1")
