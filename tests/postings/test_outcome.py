"""The outcome and the affectation, on a post of the chart: one transaction, and what the move leaves vacant."""

import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from accounts.permissions import NotAllowed
from missions.actions import assign_agent, change_assignment, end_assignment
from missions.models import Assignment, Post, PostEvent
from missions.queries import holders_on, structure_in_force
from missions.verify import verify_chart
from orgchart.values import PostId
from postings import actions
from postings.exceptions import (
    AlreadyDecided,
    CandidateWithdrew,
    CannotBeAssigned,
    ImpossibleTransition,
    InvalidOutcome,
    InvalidPosting,
    NeedsNotMet,
)
from postings.models import ApplicationStatus, FollowUp, Notice, Outcome, PostingStatus
from tests.factories import make_agent

from .bringing import EFFECTIVE, RULE, apply, bring, decide, examine, person, prepare, sit

NEVER = datetime.date(2999, 1, 1)
DAY_BEFORE = EFFECTIVE - datetime.timedelta(days=1)


def holders(post, day=EFFECTIVE):
    return holders_on(day, [post]).get(PostId(post), ())


def test_the_retained_person_moves_on_the_day_and_their_post_is_left_vacant(ranked, hers, his, ana, luc, hr):
    before = structure_in_force()
    outcome = decide(ranked, hers, by=hr)
    assert ranked.status == PostingStatus.ASSIGNED
    assert (holders("port-1", DAY_BEFORE), holders("port-1"), holders("a-pourvoir")) == ((ana.uid,), (), (ana.uid,))
    assert holders("port-2") == (luc.uid,)
    assert structure_in_force() == before
    assert verify_chart() == []
    vacated = outcome.vacated.get()
    assert (vacated.post_uid, vacated.since) == ("port-1", EFFECTIVE)
    assert Post.objects.get(uid="port-1").stated_vacant_since == EFFECTIVE
    hers.refresh_from_db()
    his.refresh_from_db()
    assert (hers.status, his.status) == ("retenue", "non_retenue")
    assert hers.decision.assignment_uid == Assignment.objects.get(post="a-pourvoir").uid
    assert his.decision.reason == "Motif de la décision."
    wordings = list(PostEvent.objects.filter(post_uid="a-pourvoir").order_by("pk").values_list("wording", flat=True))
    assert wordings[0].startswith("Bourse ouverte (2\u00a0agents éligibles). Poste du service des ports et intitulé")
    assert wordings[1:] == [
        "Bourse close\u00a0: 2\u00a0candidatures.",
        "Pourvu par la bourse, tenu à partir du 2\u00a0mai\u00a02022.",
    ]
    assert not any("Blin" in wording for wording in wordings)
    told = Notice.objects.filter(kind=Notice.Kind.DECIDED, channel="application")
    assert {each.agent_id for each in told} == {ana.uid, luc.uid}


def test_a_next_bourse_is_opened_on_what_is_left_vacant(decided, hr):
    (vacated,) = decided.outcome.vacated.all()
    following = prepare(by=hr, code="suite", post_uid="port-1", vacated=vacated)
    assert (following.parent, following.wave, following.opened_from) == (decided, 1, vacated)
    with pytest.raises(InvalidPosting, match="déjà ouverte"):
        prepare(by=hr, code="encore", vacated=vacated)


def test_a_decision_to_come_is_written_at_once_and_arrives_on_its_day(ranked, hers, ana, hr):
    outcome = decide(ranked, hers, effective_on=NEVER)
    assert (ranked.status, outcome.assigned_at is None) == (PostingStatus.DECIDED, False)
    assert (holders("a-pourvoir", NEVER), holders("port-1", NEVER)) == ((ana.uid,), ())
    with pytest.raises(NeedsNotMet, match="prend effet le 1er\u00a0janvier\u00a02999"):
        actions.assign_retained(posting=ranked, by=hr)
    now = datetime.datetime(2999, 1, 1, 6, tzinfo=datetime.UTC)
    assert [tick.done for tick in actions.run_clock(now=now)] == ["affectée"]
    ranked.refresh_from_db()
    assert ranked.status == PostingStatus.ASSIGNED
    assert Assignment.objects.filter(agent=ana).count() == 2


def test_a_post_that_is_held_refuses_and_nothing_is_written(ranked, hers, his, hr):
    holder = make_agent("Yves Tenant")
    assign_agent(agent=holder, post=Post.objects.get(uid="a-pourvoir"), begins_on=EFFECTIVE, by=None)
    with pytest.raises(CannotBeAssigned, match="serait occupé à 200"):
        decide(ranked, hers)
    ranked.refresh_from_db()
    hers.refresh_from_db()
    assert (ranked.status, hers.status) == (PostingStatus.EXAMINATION, ApplicationStatus.RANKED)
    assert not Outcome.objects.exists()
    assert holders("a-pourvoir") == (holder.uid,)


def test_a_post_held_by_another_too_is_not_vacant_and_later_assignments_are_withdrawn(ranked, hers, ana):
    interim = assign_agent(agent=ana, post=Post.objects.get(uid="phare"), begins_on=NEVER, kind="interim", by=None)
    first = Assignment.objects.get(agent=ana, post="port-1")
    change_assignment(
        assignment=first,
        begins_on=first.begins_on,
        ends_on=None,
        kind="contract",
        share=Decimal(50),
        working_time=Decimal(80),
        by=None,
    )
    assign_agent(
        agent=make_agent("Mia Moitié"),
        post=Post.objects.get(uid="port-1"),
        begins_on=EFFECTIVE,
        share=Decimal(50),
        by=None,
    )
    outcome = decide(ranked, hers)
    assert not outcome.vacated.exists()
    new = Assignment.objects.get(agent=ana, post="a-pourvoir")
    assert (new.kind, new.share, new.working_time) == ("contract", 100, 80)
    assert not Assignment.objects.filter(pk=interim.pk).exists()


def test_somebody_without_any_post_is_assigned(opened, president, juror, hr):
    newcomer = person("Nadia Neuve")
    actions.add_eligible(posting=opened, agent=newcomer, reason="Retour de congé.", by=hr)
    theirs = apply(opened, newcomer)
    bring(opened, PostingStatus.EXAMINATION)
    theirs.refresh_from_db()
    examine(theirs)
    assert not decide(opened, theirs).vacated.exists()
    assert holders("a-pourvoir") == (newcomer.uid,)


def test_somebody_who_holds_it_already_stays(ranked, hers, ana):
    first = Assignment.objects.get(agent=ana)
    end_assignment(assignment=first, ends_on=datetime.date(2022, 1, 31), by=None)
    there = assign_agent(
        agent=ana, post=Post.objects.get(uid="a-pourvoir"), begins_on=datetime.date(2022, 2, 1), by=None
    )
    outcome = decide(ranked, hers)
    assert outcome.decisions.get(retained=True).assignment_uid == there.uid
    assert not outcome.vacated.exists()


def test_several_places_take_several_people(to_fill, ana, luc, zoe, hr):
    posting = prepare(by=hr, more_posts=["phare"], rule=RULE)
    assert (posting.places, posting.posts) == (2, ("a-pourvoir", "phare"))
    bring(posting, PostingStatus.OPEN)
    sit(posting, president=True)
    hers, his = apply(posting, ana), apply(posting, luc)
    bring(posting, PostingStatus.EXAMINATION)
    for application, position in ((hers, 1), (his, 2)):
        application.refresh_from_db()
        examine(application, position=position)
    actions.propose(posting=posting, by=hr, applications=[hers, his], reason="Les deux.")
    reasons = {hers.uid: "Oui.", his.uid: "Oui."}
    for retained in ([(hers, "phare"), (his, "phare")], [(hers, "port-1")], [(hers, ""), (hers, "")]):
        with pytest.raises(InvalidOutcome):
            actions.record_outcome(posting=posting, retained=retained, reasons=reasons, effective_on=EFFECTIVE, by=hr)
    actions.record_outcome(
        posting=posting, retained=[(hers, "phare"), (his, "")], reasons=reasons, effective_on=EFFECTIVE, by=hr
    )
    assert (holders("phare"), holders("a-pourvoir")) == ((ana.uid,), (luc.uid,))


def test_what_does_not_hold_together_is_refused(ranked, hers, his, hr):
    actions.propose(posting=ranked, by=hr, applications=[hers], reason="Elle.")
    reasons = {hers.uid: "Oui.", his.uid: "Non."}
    cases = [
        ({"retained": [(hers, "")], "reasons": reasons}, "date d’effet"),
        (
            {"retained": [(hers, "")], "reasons": {hers.uid: "Oui."}, "effective_on": EFFECTIVE},
            "n°\u00a02\u00a0: donnez",
        ),
        ({"retained": [(hers, ""), (his, "")], "reasons": reasons, "effective_on": EFFECTIVE}, "plus de candidatures"),
        ({"retained": [], "reasons": reasons}, "l’est pour un motif"),
    ]
    for given, told in cases:
        with pytest.raises(InvalidOutcome, match=told):
            actions.record_outcome(posting=ranked, by=hr, **given)
    assert not Outcome.objects.exists()
    actions.record_outcome(posting=ranked, by=hr, retained=[(hers, "")], reasons=reasons, effective_on=EFFECTIVE)
    with pytest.raises(AlreadyDecided, match="Affectée"):
        actions.record_outcome(posting=ranked, by=hr, retained=[(his, "")], reasons=reasons, effective_on=EFFECTIVE)


def test_a_withdrawn_candidate_is_never_retained(ranked, hers, his, ana, hr):
    actions.propose(posting=ranked, by=hr, applications=[hers], reason="Elle.")
    actions.withdraw(application=hers, by=ana.user)
    reasons = {his.uid: "Oui."}
    with pytest.raises(CandidateWithdrew, match="n°\u00a01 a été retirée"):
        actions.record_outcome(posting=ranked, by=hr, retained=[(hers, "")], reasons=reasons, effective_on=EFFECTIVE)
    actions.record_outcome(posting=ranked, by=hr, retained=[(his, "")], reasons=reasons, effective_on=EFFECTIVE)
    with pytest.raises(ImpossibleTransition, match="Retenue"):
        actions.withdraw(application=his, by=his.agent.user)


def test_an_inadmissible_one_keeps_its_reason_and_is_told(examined, hers, his, hr):
    actions.refuse_admission(application=hers, reason="Pièces manquantes.", by=hr)
    his.refresh_from_db()
    examine(his)
    actions.propose(posting=examined, by=hr, applications=[his], reason="Lui.")
    given = {"posting": examined, "by": hr, "reasons": {his.uid: "Non."}, "effective_on": EFFECTIVE}
    with pytest.raises(ImpossibleTransition, match="Irrecevable"):
        actions.record_outcome(retained=[(hers, "")], **given)
    actions.record_outcome(
        posting=examined, by=hr, retained=[(his, "")], reasons={his.uid: "Oui."}, effective_on=EFFECTIVE
    )
    hers.refresh_from_db()
    assert (hers.status, hers.decision.reason) == ("irrecevable", "Pièces manquantes.")


def test_a_decision_waits_for_the_admissibility_and_the_proposal(examined, hers, hr):
    with pytest.raises(NeedsNotMet, match="La recevabilité de 2\u00a0candidatures"):
        actions.record_outcome(posting=examined, by=hr, retained=[(hers, "")], reasons={}, effective_on=EFFECTIVE)


@pytest.mark.parametrize("user", ["manager", "agent", "committee_member", "president", "juror"])
def test_only_hr_decides(ranked, hers, request, user):
    actions.propose(posting=ranked, by=None, applications=[hers], reason="Elle.")
    somebody = request.getfixturevalue(user)
    with pytest.raises(NotAllowed):
        decide(ranked, hers, by=somebody)
    with pytest.raises(NotAllowed):
        actions.record_follow_up(posting=ranked, follow_up="vacant", by=somebody)


# Infructueuse


def test_nobody_applied(opened, hr):
    bring(opened, PostingStatus.CLOSED)
    outcome = decide(opened, by=hr, reason="Aucune candidature.")
    assert (opened.status, outcome.kind) == (PostingStatus.UNFILLED, "infructueuse")
    assert PostEvent.objects.filter(wording="Bourse infructueuse\u00a0: aucune candidature.").exists()
    actions.record_follow_up(posting=opened, follow_up=FollowUp.LEAVE_VACANT, by=hr)
    assert Post.objects.get(uid="a-pourvoir").stated_vacant_since is not None
    assert PostEvent.objects.filter(wording__endswith="suite donnée\u00a0: laisser le poste vacant.").exists()
    with pytest.raises(ImpossibleTransition, match="une fois"):
        actions.record_follow_up(posting=opened, follow_up=FollowUp.REOPEN, by=hr)
    with pytest.raises(ImpossibleTransition, match="laisser ce poste vacant"):
        actions.reopen_posting(posting=opened, code="vague-2", by=hr)


def test_a_post_held_meanwhile_is_not_left_vacant(opened, hr):
    bring(opened, PostingStatus.CLOSED)
    decide(opened, by=hr, reason="Aucune candidature.")
    assign_agent(agent=make_agent("Yves Tenant"), post=Post.objects.get(uid="a-pourvoir"), begins_on=EFFECTIVE, by=None)
    with pytest.raises(CannotBeAssigned, match="est occupé"):
        actions.record_follow_up(posting=opened, follow_up="vacant", by=hr)


@pytest.mark.parametrize("widen", [True, False])
def test_none_was_retained_and_a_new_wave_opens(ranked, hr, widen):
    decide(ranked, by=hr)
    for code in ("", "bourse"):
        with pytest.raises(InvalidPosting, match="code"):
            actions.reopen_posting(posting=ranked, code=code, by=hr)
    wider = replace(RULE, excluded=()) if widen else None
    wave = actions.reopen_posting(posting=ranked, code="vague-2", widen=wider, by=hr)
    assert (ranked.status, ranked.outcome.follow_up) == (PostingStatus.REOPENED, "elargir" if widen else "rouvrir")
    assert (wave.wave, wave.parent, wave.status) == (2, ranked, PostingStatus.PREPARATION)
    assert ("excluded" in wave.rule) is not widen
    assert wave.criteria.count() == 2
    assert wave.jury.filter(declared_at__isnull=True).count() == 2


def test_a_follow_up_already_given_is_kept_by_the_next_wave(ranked, hr):
    decide(ranked, by=hr)
    actions.record_follow_up(posting=ranked, follow_up=FollowUp.WIDEN, by=hr)
    actions.reopen_posting(posting=ranked, code="vague-2", by=hr)
    assert ranked.outcome.follow_up == FollowUp.WIDEN
