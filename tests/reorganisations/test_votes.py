"""What votes amount to, and what departs from the rules of a session."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reorganisations import actions
from reorganisations.exceptions import NotVotable
from reorganisations.models import College, CollegeOpinion, Outcome, Status, Vote
from reorganisations.queries import opinion_warnings, rules_on, session_warnings
from reorganisations.votes import Ballot, Qualification, count

STAFF = College.STAFF
TODAY = datetime.date(2021, 12, 2)


@pytest.mark.parametrize(
    ("in_favour", "against", "abstentions", "not_taking_part", "outcome", "unanimous", "doubtful"),
    [
        (5, 0, 0, 0, Outcome.FAVOURABLE, True, False),
        (3, 2, 0, 0, Outcome.FAVOURABLE, False, False),
        (2, 3, 0, 0, Outcome.UNFAVOURABLE, False, False),
        (0, 5, 0, 0, Outcome.UNFAVOURABLE, True, False),
        (0, 4, 1, 0, Outcome.UNFAVOURABLE, False, True),
        (4, 0, 0, 1, Outcome.FAVOURABLE, False, True),
        (3, 3, 0, 0, Outcome.DEEMED_GIVEN, False, False),
        (3, 3, 2, 0, Outcome.DEEMED_GIVEN, False, True),
        (3, 1, 2, 0, Outcome.DEEMED_GIVEN, False, True),
        (0, 0, 5, 0, Outcome.DEEMED_GIVEN, False, True),
        (0, 0, 0, 0, Outcome.UNKNOWN, False, True),
    ],
)
def test_the_majority_is_that_of_those_present(
    in_favour, against, abstentions, not_taking_part, outcome, unanimous, doubtful
):
    ballot = Ballot(STAFF, "", in_favour, against, abstentions, not_taking_part, absent=7)
    found = count(STAFF, [ballot, Ballot(College.EMPLOYER, "", in_favour=99)])
    assert (found.outcome, found.unanimous, bool(found.doubt)) == (outcome, unanimous, doubtful)


VOTES = st.integers(0, 20)


BALLOTS = st.builds(
    Ballot,
    college=st.just(STAFF),
    union=st.text(max_size=3),
    in_favour=VOTES,
    against=VOTES,
    abstentions=VOTES,
    not_taking_part=VOTES,
    absent=VOTES,
)


@given(st.lists(BALLOTS))
def test_swapping_for_and_against_swaps_the_outcome(ballots):
    swapped = [ballot._replace(in_favour=ballot.against, against=ballot.in_favour) for ballot in ballots]
    mirror = {Outcome.FAVOURABLE: Outcome.UNFAVOURABLE, Outcome.UNFAVOURABLE: Outcome.FAVOURABLE}
    found, other = count(STAFF, ballots), count(STAFF, swapped)
    assert mirror.get(found.outcome, found.outcome) == other.outcome
    assert (found.unanimous, found.present) == (other.unanimous, other.present)


@pytest.fixture
def record(bring, session, hr):
    reorganisation = bring(Status.SUBMITTED)

    def recorded(*ballots, **given):
        return actions.record_opinion(reorganisation=reorganisation, session=session, by=hr, ballots=ballots, **given)

    return recorded


def test_votes_are_kept_with_the_text_voted_and_the_way_they_were_cast(record):
    ballot = Ballot(STAFF, "CFDT", 2, 1, 0, 0, 1, full=1, substitutes=1, delegations=1, explanation="Délai trop court.")
    opinion = record(ballot, remarks="Sans débat.")
    vote = Vote.objects.get()
    assert Ballot(**{field: getattr(vote, field) for field in Ballot._fields}) == ballot
    assert (opinion.sealed_text.number, opinion.remarks) == (1, "Sans débat.")
    assert CollegeOpinion.objects.get().outcome == Outcome.FAVOURABLE


def test_an_unfavourable_opinion_does_not_block(record):
    opinion = record(Ballot(STAFF, "CGT", against=4))
    assert opinion.colleges.get().outcome == Outcome.UNFAVOURABLE
    assert opinion.agenda_item.reorganisation.status == Status.OPINION_GIVEN


def test_an_opinion_whose_votes_are_not_known_is_recorded_as_unknown(record):
    assert record().colleges.get().outcome == Outcome.UNKNOWN


def test_hr_qualifies_what_the_votes_leave_in_doubt(record):
    said = Qualification(STAFF, Outcome.FAVOURABLE, "Procès-verbal : avis favorable à l’unanimité des suffrages.")
    opinion = record(Ballot(STAFF, "CFDT", in_favour=2, abstentions=3), qualifications=[said])
    found = opinion.colleges.get()
    assert (found.computed, found.outcome, found.qualification) == (
        Outcome.DEEMED_GIVEN,
        Outcome.FAVOURABLE,
        said.reason,
    )


@pytest.mark.parametrize(
    ("ballot", "reason"),
    [
        (Ballot(STAFF, "CFDT", in_favour=5), "Motif"),
        (Ballot(STAFF, "CFDT", in_favour=2, abstentions=3), " "),
    ],
)
def test_what_the_votes_say_is_not_qualified_otherwise(record, ballot, reason):
    with pytest.raises(NotVotable, match="Seule une issue douteuse"):
        record(ballot, qualifications=[Qualification(STAFF, Outcome.UNFAVOURABLE, reason)])


def test_the_employer_votes_only_where_a_deliberation_says_so(record, session, hr):
    with pytest.raises(NotVotable, match="ne vote que si une délibération"):
        record(Ballot(College.EMPLOYER, "", in_favour=3))
    actions.record_session(session=session, employer_votes=True, by=hr)
    opinion = record(Ballot(STAFF, "CFDT", against=3))
    outcomes = {found.college: found.outcome for found in opinion.colleges.all()}
    assert outcomes == {College.STAFF: Outcome.UNFAVOURABLE, College.EMPLOYER: Outcome.UNKNOWN}


def test_a_union_votes_once_and_its_ways_make_the_total(record):
    with pytest.raises(NotVotable, match="qu’une fois"):
        record(Ballot(STAFF, "CFDT", in_favour=1), Ballot(STAFF, "CFDT", against=1))
    with pytest.raises(NotVotable, match="ne font pas le total"):
        record(Ballot(STAFF, "", in_favour=3, full=1, substitutes=1, delegations=0))


def test_an_opinion_belongs_to_a_session_held_with_the_item_on_its_agenda(record, bring, session, hr):
    reorganisation = bring(Status.SUBMITTED)
    other = actions.plan_session(committee=session.committee, held_on=datetime.date(2021, 6, 1), by=hr)
    with pytest.raises(NotVotable, match="pas à l’ordre du jour"):
        actions.record_opinion(reorganisation=reorganisation, session=other, by=hr)
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2999, 1, 1), by=hr)
    actions.put_on_agenda(reorganisation=reorganisation, session=later, by=hr)
    with pytest.raises(NotVotable, match="pas encore eu lieu"):
        actions.record_opinion(reorganisation=reorganisation, session=later, by=hr)


def test_a_session_gives_one_opinion_on_a_text_of_that_reorganisation(record, bring, session, hr):
    opinion = record()
    reorganisation = opinion.agenda_item.reorganisation
    later = actions.plan_session(committee=session.committee, held_on=datetime.date(2021, 12, 20), by=hr)
    actions.present_again(reorganisation=reorganisation, session=later, by=hr)
    with pytest.raises(NotVotable, match="déjà enregistré"):
        actions.record_opinion(reorganisation=reorganisation, session=session, by=hr)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    text = reorganisation.sealed_texts.get()
    text.reorganisation = other
    with pytest.raises(NotVotable, match="pas celui de cette réorganisation"):
        actions.record_opinion(reorganisation=reorganisation, session=later, text=text, by=hr)


# Rules


@pytest.fixture
def rules(db, settings):
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")


@pytest.mark.parametrize(
    ("day", "code"),
    [("2021-10-04", "ct-1985"), ("2022-12-31", "ct-1985"), ("2023-01-01", "cst-2021"), ("2025-02-01", "cgfp-2025")],
)
def test_the_rules_follow_the_date_of_the_session(rules, day, code):
    assert rules_on(datetime.date.fromisoformat(day)).code == code


def test_a_reload_adds_what_is_missing_and_leaves_what_hr_edited(rules, settings, hr):
    found = rules_on(TODAY)
    found.convocation_days = 20
    actions.save_committee_rules(rules=found, by=hr)
    assert actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml") == 0
    assert rules_on(TODAY).convocation_days == 20


def test_rules_that_do_not_hold_together_are_refused(rules, hr):
    found = rules_on(TODAY)
    found.quorum_percent = 120
    with pytest.raises(actions.RulesRefused):
        actions.save_committee_rules(rules=found, by=hr)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"convoked_on": datetime.date(2021, 11, 17)}, "Convocation envoyée moins de 15 jours"),
        ({"convoked_on": datetime.date(2021, 11, 24), "urgent": True}, "Convocation envoyée moins de 8 jours"),
        ({"documents_sent_on": datetime.date(2021, 11, 24)}, "Documents envoyés moins de 8 jours"),
        ({"staff_seats": 10, "staff_present": 4}, "Quorum des représentants du personnel non atteint"),
        (
            {
                "employer_votes": True,
                "employer_vote_deliberation": "n° 12",
                "employer_seats": 10,
                "employer_present": 4,
            },
            "Quorum des représentants de l’employeur",
        ),
        ({"employer_votes": True}, "Le collège de l’employeur vote, aucune délibération"),
        ({"minutes_signed_on": datetime.date(2021, 12, 20)}, "Procès-verbal à établir dans les 15 jours"),
        ({"members_informed_on": datetime.date(2022, 2, 2)}, "Les membres sont à informer"),
    ],
)
def test_what_departs_from_the_rules_is_warned_of(rules, session, hr, given, words):
    actions.record_session(session=session, by=hr, **given)
    found = session_warnings(session, rules_on(session.held_on), TODAY)
    assert [warning.startswith(words) for warning in found] == [True]


def test_what_is_within_the_rules_or_not_known_is_not_warned_of(rules, session, hr):
    found = rules_on(session.held_on)
    assert session_warnings(session, found, TODAY) == ()
    assert session_warnings(session, None) == ()
    again = actions.plan_session(committee=session.committee, held_on=datetime.date(2021, 12, 2), by=hr)
    for held, attended in ((session, {"staff_present": 5}), (again, {"staff_present": 1, "after_failed_quorum": True})):
        actions.record_session(
            session=held,
            by=hr,
            convoked_on=datetime.date(2021, 11, 16),
            documents_sent_on=datetime.date(2021, 11, 23),
            staff_seats=10,
            minutes_signed_on=datetime.date(2021, 12, 16),
            members_informed_on=datetime.date(2022, 2, 1),
            employer_votes=True,
            employer_vote_deliberation="n° 12",
            **attended,
        )
        assert session_warnings(held, found) == ()
    future = actions.plan_session(committee=session.committee, held_on=datetime.date(2999, 1, 1), by=hr)
    assert session_warnings(future, rules_on(future.held_on)) == ()


def test_a_unanimous_refusal_of_the_staff_calls_for_a_new_examination(rules, record):
    outcomes = record(Ballot(STAFF, "CGT", against=4)).colleges.all()
    assert "nouvel examen" in opinion_warnings(outcomes, rules_on(TODAY))[0]
    assert opinion_warnings(outcomes, None) == ()


# Committees


def test_a_member_has_one_seat_and_leaves_it(committee, committee_member, hr):
    member = actions.add_member(committee=committee, user=committee_member, college=STAFF, union="CFDT", by=hr)
    assert (str(member), member.name) == ("Ilyès Cordier", "Ilyès Cordier")
    with pytest.raises(actions.AlreadyMember):
        actions.add_member(committee=committee, user=committee_member, college=STAFF, by=hr)
    actions.add_member(committee=committee, name="Sans compte", college=STAFF, substitute=True, by=hr)
    actions.remove_member(member=member, by=hr)
    assert [str(each) for each in committee.members.all()] == ["Sans compte"]


def test_a_committee_and_a_session_keep_the_identifier_they_are_given(committee, hr):
    other = actions.create_committee(kind="cst", label="Autre", uid="instance-x", by=hr)
    session = actions.plan_session(committee=other, held_on=TODAY, uid="seance-x", place="Lille", by=hr)
    assert (other.uid, session.uid) == ("instance-x", "seance-x")
    with pytest.raises(actions.SessionExists):
        actions.plan_session(committee=other, held_on=TODAY, by=hr)


def test_there_are_no_more_present_than_seats(session, hr):
    with pytest.raises(actions.ImpossibleAttendance):
        actions.record_session(session=session, staff_seats=3, staff_present=4, by=hr)
