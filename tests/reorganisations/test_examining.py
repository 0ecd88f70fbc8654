"""Sessions without quorum, new examinations, and what is asked of both."""

import datetime

import pytest

from accounts.models import Event
from accounts.permissions import NotAllowed
from reorganisations import actions
from reorganisations.exceptions import NotVotable
from reorganisations.models import AgendaItem, College, Outcome, Session, Status
from reorganisations.queries.deadlines import SessionCalendar, calendar_sessions, calendars
from reorganisations.queries.records import opinion_warnings, rules_on, session_warnings, without_quorum
from reorganisations.votes import Ballot, Qualification, count, quorum

from .conftest import CREATE_CELL, HELD_ON

STAFF = College.STAFF


def day(number: int) -> datetime.date:
    return HELD_ON + datetime.timedelta(days=number)


@pytest.fixture
def rules(db, settings):
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")
    return rules_on(HELD_ON)


@pytest.fixture
def refused(bring, session, hr):
    """Before the committee and refused by all the staff; `needed` is HR's word on the deliberation."""

    def voted(needed=True, *ballots):
        reorganisation = bring(Status.SUBMITTED)
        actions.record_opinion(
            reorganisation=reorganisation,
            session=session,
            ballots=ballots or [Ballot(STAFF, "CGT", against=4)],
            deliberation_needed=needed,
            by=hr,
        )
        return reorganisation

    return voted


@pytest.fixture
def later(committee, hr):
    def planned(number):
        return actions.plan_session(committee=committee, held_on=day(number), by=hr)

    return planned


def last_event(verb):
    return Event.objects.filter(verb=verb).latest("at")


# New examinations


def test_a_new_examination_in_its_window_needs_no_confirmation(rules, refused, later, hr):
    reorganisation = refused()
    actions.present_again(reorganisation=reorganisation, session=later(8), by=hr)
    item = reorganisation.agenda_items.get(session__held_on=day(8))
    assert (reorganisation.status, item.new_examination_of.session.held_on) == (Status.SUBMITTED, HELD_ON)
    assert last_event("present_again").details == {}


@pytest.mark.parametrize(("gap", "words"), [(6, "2 jours trop tôt"), (34, "4 jours trop tard")])
def test_outside_of_its_window_it_is_confirmed_and_logged(rules, refused, later, hr, gap, words):
    reorganisation, session = refused(), later(gap)
    with pytest.raises(actions.OutsideTheWindow, match=f"{gap}\u00a0jours après la séance"):
        actions.present_again(reorganisation=reorganisation, session=session, by=hr)
    assert not reorganisation.agenda_items.filter(session=session).exists()
    actions.present_again(reorganisation=reorganisation, session=session, confirmation=" Salle prise. ", by=hr)
    details = last_event("present_again").details
    assert details["confirmation"] == "Salle prise."
    assert words in details["outside"].replace("\u00a0", " ")
    assert reorganisation.agenda_items.get(session=session).window_confirmation == "Salle prise."


def test_there_is_no_third_examination(rules, refused, later, hr):
    reorganisation, second = refused(), later(10)
    actions.present_again(reorganisation=reorganisation, session=second, by=hr)
    ballots = [Ballot(STAFF, "CGT", against=4)]
    opinion = actions.record_opinion(
        reorganisation=reorganisation, session=second, ballots=ballots, deliberation_needed=True, by=hr
    )
    warned = opinion_warnings(opinion.colleges.all(), rules, deliberation_needed=True, second=True)
    assert warned == (
        "Avis défavorable unanime au nouvel examen\u00a0: il n’y en a pas d’autre, la décision peut être prise.",
    )
    third = later(20)
    with pytest.raises(actions.ThirdExamination, match="déjà été examiné deux fois, le 1er"):
        actions.present_again(reorganisation=reorganisation, session=third, by=hr)
    assert reorganisation.status == Status.OPINION_GIVEN
    assert not third.agenda_items.exists()


def test_a_new_examination_comes_after_the_first(rules, refused, later, hr):
    with pytest.raises(actions.NotBefore, match="vient après celle du"):
        actions.present_again(reorganisation=refused(), session=later(-3), by=hr)


@pytest.mark.parametrize(
    ("needed", "ballots", "warning"),
    [
        (False, [Ballot(STAFF, "CGT", against=4)], "Aucune délibération n’est nécessaire"),
        (True, [Ballot(STAFF, "CGT", in_favour=4)], "L’avis rendu n’est pas un avis défavorable unanime"),
    ],
)
def test_one_that_nothing_asks_for_has_no_window_but_is_logged(rules, refused, later, hr, needed, ballots, warning):
    actions.present_again(reorganisation=refused(needed, *ballots), session=later(50), by=hr)
    details = last_event("present_again").details
    assert details["warning"].startswith(warning)
    assert "outside" not in details


def test_without_rules_there_is_no_window(refused, later, hr):
    reorganisation = refused()
    actions.present_again(reorganisation=reorganisation, session=later(50), by=hr)
    assert reorganisation.status == Status.SUBMITTED


def test_a_new_examination_is_valid_whoever_attends(rules, refused, later, hr):
    reorganisation, second = refused(), later(10)
    actions.record_session(session=second, staff_seats=10, staff_present=1, by=hr)
    actions.present_again(reorganisation=reorganisation, session=second, by=hr)
    ballots = [Ballot(STAFF, "CGT", in_favour=1)]
    actions.record_opinion(reorganisation=reorganisation, session=second, ballots=ballots, by=hr)
    assert not [words for words in last_event("record_opinion").details["warnings"] if "Quorum" in words]


def test_whether_a_deliberation_is_needed_is_said_afterwards(rules, refused, hr, agent):
    opinion = refused(None).agenda_items.get().opinion
    assert "si une délibération est nécessaire" in opinion_warnings(opinion.colleges.all(), rules)[0]
    with pytest.raises(NotAllowed):
        actions.say_deliberation_needed(opinion=opinion, needed=True, by=agent)
    for needed, words in ((True, "nécessaire"), (False, "pas nécessaire"), (None, "non renseignée")):
        actions.say_deliberation_needed(opinion=opinion, needed=needed, by=hr)
        opinion.refresh_from_db()
        assert opinion.deliberation_needed is needed
        assert last_event("say_deliberation_needed").summary == f"Délibération\u00a0: {words}."
    assert opinion_warnings(opinion.colleges.all(), rules, deliberation_needed=False) == ()


# Sessions without quorum


@pytest.fixture
def failed(rules, session, hr):
    return actions.record_session(session=session, staff_seats=10, staff_present=4, by=hr)


def test_a_session_without_quorum_passes_its_points_on(bring, failed, hr):
    reorganisation = bring(Status.SUBMITTED)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    actions.put_on_agenda(reorganisation=other, session=failed, number=7, by=hr)
    gone = actions.create_reorganisation(code="retiree", title="Retirée", unit="direction", by=hr)
    actions.put_on_agenda(reorganisation=gone, session=failed, by=hr)
    actions.withdraw(reorganisation=gone, by=hr)
    again = actions.reconvene_session(session=failed, held_on=day(10), convoked_on=day(5), place="Lille", by=hr)
    assert (again.in_place_of, again.after_failed_quorum, again.reconvened_by) == (failed, True, hr)
    assert (again.place, again.staff_seats, again.staff_present) == ("Lille", 10, None)
    assert {(item.reorganisation.code, item.number) for item in again.agenda_items.all()} == {
        ("essai-2021", None),
        ("autre", 7),
    }
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.SUBMITTED
    assert last_event("reconvene_session").details == {"session": again.uid, "items": 2, "warnings": []}
    with pytest.raises(NotVotable, match="n’a pas siégé"):
        actions.record_opinion(reorganisation=reorganisation, session=failed, by=hr)
    actions.record_session(session=again, staff_present=1, by=hr)
    assert session_warnings(again, rules_on(again.held_on), day(11)) == ()
    actions.record_opinion(reorganisation=reorganisation, session=again, by=hr)
    assert reorganisation.status == Status.OPINION_GIVEN


def test_a_session_already_planned_takes_over_with_its_agenda(bring, failed, later, hr):
    bring(Status.SUBMITTED)
    AgendaItem.objects.filter(session=failed).update(number=1)
    planned = later(5)
    actions.add_item(session=planned, title="Bilan", by=hr)
    actions.add_item(session=failed, title="Bilan", by=hr)
    again = actions.reconvene_session(session=failed, held_on=day(5), by=hr, convoked_on=day(1))
    assert again == planned
    assert [(item.label, item.number) for item in again.agenda_items.order_by("pk")] == [
        ("Bilan", 1),
        ("Réorganisation d’essai", None),
    ]
    assert again.convoked_on == day(1)


def test_a_late_convocation_is_warned_of_and_logged(bring, failed, hr, rules):
    bring(Status.SUBMITTED)
    again = actions.reconvene_session(session=failed, held_on=day(20), convoked_on=day(11), by=hr)
    [words] = last_event("reconvene_session").details["warnings"]
    assert words.replace("\u00a0", " ").startswith("Nouvelle convocation envoyée 3 jours trop tard")
    again.convoked_on = None
    assert actions.late_convocation(failed, again, rules).startswith("La nouvelle convocation est à envoyer")
    again.held_on = day(4)
    assert actions.late_convocation(failed, again, rules) == ""
    assert actions.late_convocation(failed, again, None) == ""


def test_what_cannot_be_convoked_again(bring, failed, session, later, hr, agent):
    bring(Status.SUBMITTED)
    with pytest.raises(NotAllowed):
        actions.reconvene_session(session=failed, held_on=day(5), by=agent)
    with pytest.raises(actions.NotBefore):
        actions.reconvene_session(session=failed, held_on=HELD_ON, by=hr)
    other = later(40)
    with pytest.raises(actions.QuorumNotMissing):
        actions.reconvene_session(session=other, held_on=day(50), by=hr)
    actions.reconvene_session(session=failed, held_on=day(5), by=hr)
    with pytest.raises(actions.AlreadyReconvened, match="déjà reconvoquée"):
        actions.reconvene_session(session=failed, held_on=day(6), by=hr)


def test_a_session_that_gave_an_opinion_was_held(rules, refused, session, hr):
    refused()
    actions.record_session(session=session, staff_seats=10, staff_present=4, by=hr)
    with pytest.raises(actions.OpinionsGiven):
        actions.reconvene_session(session=session, held_on=day(5), by=hr)


def test_a_new_examination_on_the_agenda_of_a_session_without_quorum_comes_along(rules, refused, later, hr):
    reorganisation, second = refused(), later(10)
    actions.present_again(reorganisation=reorganisation, session=second, by=hr)
    actions.record_session(session=second, staff_seats=10, staff_present=1, by=hr)
    assert not [words for words in last_event("record_session").details["warnings"] if "Quorum" in words]
    assert [each.kind for each in calendar_of(second).deadlines if "nouvel" in each.kind] == []
    with pytest.raises(actions.QuorumNotMissing):
        actions.reconvene_session(session=second, held_on=day(15), by=hr)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    actions.put_on_agenda(reorganisation=other, session=second, by=hr)
    again = actions.reconvene_session(session=second, held_on=day(15), by=hr)
    moved = again.agenda_items.get(reorganisation=reorganisation)
    assert moved.new_examination_of.session.held_on == HELD_ON
    assert second.agenda_items.get(reorganisation=reorganisation).new_examination_of is None


# What is counted


@pytest.mark.parametrize(
    ("present", "needed", "reached"), [(5, 5, True), (4, 5, False), (None, 5, None)], ids=["là", "pas là", "inconnu"]
)
def test_the_quorum_is_half_of_the_seats_rounded_up(present, needed, reached):
    found = quorum(STAFF, seats=9, present=present, percent=50)
    assert (found.needed, found.reached) == (needed, reached)
    assert quorum(STAFF, seats=None, present=present, percent=50).reached is None


def test_the_employer_counts_where_it_votes(rules, session, hr):
    actions.record_session(session=session, employer_seats=4, employer_present=1, by=hr)
    assert not without_quorum(session, rules)
    actions.record_session(session=session, employer_votes=True, by=hr)
    assert without_quorum(session, rules)


@pytest.mark.parametrize(
    ("ballots", "given", "doubt"),
    [
        ([Ballot(STAFF, "A", against=5, absent=2)], {"seats": 7}, ""),
        ([Ballot(STAFF, "A", against=5, absent=3)], {"seats": 7}, "8 voix, absents compris, pour 7 sièges."),
        ([Ballot(STAFF, "A", against=4, delegations=2)], {"delegations_per_member": 1}, ""),
        (
            [Ballot(STAFF, "A", against=4, delegations=3)],
            {"delegations_per_member": 1},
            "3 votes par délégation pour 1 membre présent, 1 au plus par membre.",
        ),
    ],
)
def test_more_votes_than_seats_or_delegations_than_holders_are_doubted(ballots, given, doubt):
    assert count(STAFF, ballots, **given).doubt.replace("\u00a0", " ") == doubt


def test_hr_says_what_counts_as_unanimous(rules, bring, session, hr):
    reorganisation = bring(Status.SUBMITTED)
    opinion = actions.record_opinion(
        reorganisation=reorganisation,
        session=session,
        ballots=[Ballot(STAFF, "CGT", against=3, abstentions=1)],
        qualifications=[Qualification(STAFF, Outcome.UNFAVOURABLE, unanimous=True)],
        by=hr,
    )
    [said] = opinion.colleges.all()
    assert said.unanimous
    assert "unanimité à qualifier" in last_event("record_opinion").details["doubts"]["personnel"]


# Deadlines of sessions


def calendar_of(session: Session, today: datetime.date | None = None) -> SessionCalendar:
    [found] = calendars(calendar_sessions().filter(pk=session.pk), today)
    return found


def test_the_calendar_of_a_session_follows_what_is_recorded(rules, refused, later, hr):
    reorganisation = refused()
    session = reorganisation.agenda_items.get().session
    found = calendar_of(session, day(2))
    assert [each.label for each in found.deadlines] == [
        "Convocation",
        "Envoi des documents",
        "Nouvel examen\u00a0: Réorganisation d’essai",
        "Procès-verbal signé et transmis",
        "Approbation du procès-verbal",
        "Information des membres sur les suites",
    ]
    assert [each.state for each in found.open_lines] == ["à faire"] * 4
    actions.present_again(reorganisation=reorganisation, session=later(8), by=hr)
    again = calendar_of(session, day(2))
    assert "Prévu le" in again.deadlines[2].words
    assert again.deadlines[4].last == day(8)


def test_the_deadlines_of_many_sessions_take_five_queries(rules, refused, failed, later, hr, django_assert_num_queries):
    for number in range(20, 26):
        later(number)
    with django_assert_num_queries(5):
        found = calendars(calendar_sessions())
        assert sum(len(each.lines) for each in found) > 30
    assert calendars(()) == ()


def test_without_rules_nothing_is_counted(session):
    assert calendar_of(session).deadlines == ()
    assert calendar_of(session).reconvene_url == ""


def test_a_cell_created_since_is_in_the_second_text(rules, refused, later, hr):
    reorganisation = refused()
    actions.present_again(reorganisation=reorganisation, session=later(8), by=hr)
    actions.add_change(reorganisation=reorganisation, change=CREATE_CELL, by=hr, seen=reorganisation.revision)
    text = actions.amend_text(reorganisation=reorganisation, dated_on=day(3), origin="Après l’avis", by=hr)
    assert text.number == 2
