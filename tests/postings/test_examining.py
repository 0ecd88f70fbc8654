"""The jury's side: what each may record, what is hidden until all are in, ties that are said."""

import datetime

import pytest

from accounts.permissions import NotAllowed
from postings import actions
from postings.exceptions import AlreadySealed, ImpossibleTransition, InvalidExamination, NeedsNotMet
from postings.models import Application, Notice, PostingStatus, Proposal, Ranking
from postings.queries.jury import assessments_shown_to, awaited

from .bringing import INTERVIEW, bring, examine, prepare

HOUR = datetime.timedelta(hours=1)


def fresh(application):
    return Application.objects.get(pk=application.pk)


def scores_of(posting, score=3):
    return {each.uid: (score, " Solide. ") for each in posting.criteria.all()}


def test_admissibility_is_decided_for_a_reason_and_may_be_mended(examined, hers, president):
    with pytest.raises(InvalidExamination, match="a un motif"):
        actions.refuse_admission(application=hers, reason=" ", by=president)
    refused = actions.refuse_admission(application=hers, reason="Incomplète.", by=president)
    assert str(refused) == "Irrecevable"
    again = actions.admit(application=fresh(hers), by=president, reason="Complétée.")
    assert (again.pk, str(again), again.decided_by) == (refused.pk, "Recevable", president)


def test_an_interview_has_a_slot_of_its_own(examined, hers, his, ana, president, juror):
    with pytest.raises(ImpossibleTransition, match="présélectionnée"):
        plan(hers, president)
    for application in (hers, his):
        actions.admit(application=application, by=president)
        actions.shortlist(application=fresh(application), by=president)
    with pytest.raises(NeedsNotMet, match="Aucun entretien"):
        actions.record_interview(application=fresh(hers), by=president)
    for given, told in (({"ends_at": INTERVIEW}, "finit après"), ({"place": " "}, "lieu")):
        with pytest.raises(InvalidExamination, match=told):
            plan(hers, president, **given)
    with pytest.raises(NotAllowed):
        plan(hers, juror)
    interview = plan(hers, president)
    assert str(interview) == "Entretien du 05/04/2022 à 09:00"
    assert Notice.objects.filter(agent=ana, kind=Notice.Kind.INTERVIEW).exists()
    with pytest.raises(InvalidExamination, match="sur ce créneau"):
        plan(his, president, starts_at=INTERVIEW + HOUR / 2, ends_at=INTERVIEW + 2 * HOUR)
    assert plan(hers, president, starts_at=INTERVIEW - HOUR).pk == interview.pk
    actions.withdraw(application=fresh(hers), by=ana.user)
    plan(his, president)
    with pytest.raises(NeedsNotMet, match="L’entretien a lieu le 5\u00a0avril"):
        actions.record_interview(application=fresh(his), by=president, now=INTERVIEW - HOUR)
    held = actions.record_interview(application=fresh(his), by=president, now=INTERVIEW)
    assert (held.held_by, fresh(his).status) == (president, "entendue")


def plan(application, by, **given):
    slot = {"starts_at": INTERVIEW, "ends_at": INTERVIEW + HOUR, "place": "Amiens"}
    return actions.plan_interview(application=fresh(application), by=by, **slot | given)


def test_each_assesses_without_seeing_the_others_until_all_are_in(examined, hers, president, juror, hr):
    actions.admit(application=hers, by=president)
    one, other = examined.jury.get(user=president), examined.jury.get(user=juror)
    first = actions.assess(application=hers, by=president, scores=scores_of(examined))
    assert [(each.score, each.remark) for each in first] == [(3, "Solide."), (3, "Solide.")]
    actions.assess(application=hers, by=president, scores=scores_of(examined, 5))
    actions.submit_assessment(application=hers, by=president)
    assert [len(assessments_shown_to(member, hers)) for member in (one, other, None)] == [2, 0, 0]
    assert awaited(hers) == [other]
    with pytest.raises(AlreadySealed):
        actions.assess(application=hers, by=president, scores=scores_of(examined))
    with pytest.raises(NeedsNotMet, match="Il manque l’évaluation de 1\u00a0membre du jury"):
        actions.rank(application=fresh(hers), by=president, position=1)
    (criterion, *_) = examined.criteria.all()
    actions.assess(application=hers, by=juror, scores={criterion.uid: (1, "")})
    with pytest.raises(InvalidExamination, match="Notez chaque critère"):
        actions.submit_assessment(application=hers, by=juror)
    actions.assess(application=hers, by=juror, scores=scores_of(examined, 1))
    rendered = actions.submit_assessment(application=hers, by=juror)
    assert all(each.sealed_at for each in rendered)
    assert [len(assessments_shown_to(member, hers)) for member in (one, other, None)] == [4, 4, 4]
    assert str(rendered[0]) == "Expérience\u00a0: 1"


def test_what_is_out_of_scale_or_out_of_place_is_refused(examined, hers, president, juror, hr, ana):
    with pytest.raises(ImpossibleTransition, match="n’est pas en examen"):
        actions.assess(application=hers, by=president, scores={})
    actions.admit(application=hers, by=president)
    for scores, told in (({"inconnu": (1, "")}, "Ce critère"), (scores_of(examined, 6), "de 0 à 5")):
        with pytest.raises(InvalidExamination, match=told):
            actions.assess(application=hers, by=president, scores=scores)
    for user in (hr, ana.user):
        with pytest.raises(NotAllowed):
            actions.assess(application=hers, by=user, scores=scores_of(examined))
    member = examined.jury.get(user=juror)
    actions.declare_interests(member=member, ties=[(hers, "Parenté.")], by=juror)
    with pytest.raises(NotAllowed, match="sans lien"):
        actions.assess(application=hers, by=juror, scores=scores_of(examined))
    assert str(member.conflicts.get()) == "Jean Juré\u00a0: Candidature n°\u00a01"
    assert awaited(hers) == [examined.jury.get(user=president)]


def test_a_tie_is_said_and_its_breaking_too(examined, hers, his, president):
    examine(fresh(hers), position=1)
    for given, told in (
        ({}, "rang ou un avis"),
        ({"position": 0}, "premier rang"),
        ({"tied": True, "opinion": "Bien."}, "ont un rang"),
    ):
        with pytest.raises(InvalidExamination, match=told):
            actions.rank(application=fresh(hers), by=president, **given)
    with pytest.raises(InvalidExamination, match="dites-les ex æquo"):
        examine(fresh(his), position=1)
    actions.rank(application=fresh(his), by=president, position=1, tied=True)
    assert [each.tied for each in Ranking.objects.all()] == [True, True]
    with pytest.raises(InvalidExamination, match="départage des ex æquo"):
        actions.propose(posting=examined, by=president, applications=[hers], reason="Elle.")
    proposal = actions.propose(
        posting=examined, by=president, applications=[hers], reason="Elle.", tie_break="Ancienneté."
    )
    assert str(proposal).startswith("Proposition\u00a0: ")
    assert [each.application for each in Ranking.objects.filter(proposed=True)] == [hers]
    ranking = actions.rank(application=fresh(his), by=president, opinion="Très bien.")
    assert str(ranking) == "Avis motivé"
    assert not Proposal.objects.exists()
    assert not Ranking.objects.filter(proposed=True).exists()
    assert [str(each) for each in Ranking.objects.filter(rank=1)] == ["Rang 1"]


def test_a_proposal_is_reasoned_and_names_ranked_candidates(ranked, hers, his, president, juror):
    for given, told in (
        ({"reason": " "}, "est motivée"),
        ({"applications": [hers, his]}, "plus de candidats que de places"),
    ):
        with pytest.raises(InvalidExamination, match=told):
            actions.propose(**{"posting": ranked, "by": president, "applications": [hers], "reason": "x"} | given)
    with pytest.raises(NotAllowed):
        actions.propose(posting=ranked, by=juror, applications=[hers], reason="x")
    actions.withdraw(application=fresh(hers), by=hers.agent.user)
    with pytest.raises(NeedsNotMet, match="classée"):
        actions.propose(posting=ranked, by=president, applications=[hers], reason="x")
    other = bring(prepare(code="autre"), PostingStatus.PUBLISHED)
    with pytest.raises(ImpossibleTransition, match="pendant l’examen"):
        actions.propose(posting=other, by=None, applications=[], reason="x")
