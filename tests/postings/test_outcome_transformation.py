"""The outcome on an undetermined transformation: the former post disappears, the others stay, totals do not move."""

import datetime
from decimal import Decimal

import pytest

from missions.actions import assign_agent, change_assignment
from missions.models import Assignment, Post, PostEvent
from missions.queries import structure_in_force
from missions.verify import verify_chart
from orgchart.values import PostId, TitleCode, UnitId
from postings import actions
from postings.eligibility import AllOf, Eligibility, HasTitle, InUnit
from postings.exceptions import CannotBeAssigned, InvalidOutcome, InvalidPosting
from postings.models import PostingStatus
from postings.queries.targets import unopened_transformations
from reorganisations import actions as reorganisation_actions
from reorganisations.models import FruitlessBourse
from tests.reorganisations.conftest import EFFECTIVE_ON, PENDING, next_stage

from .bringing import EFFECTIVE, apply, bring, decide, examine, person, prepare, sit
from .test_outcome import holders

NEVER = datetime.date(2999, 1, 1)
OPEN_TO = Eligibility(
    on=datetime.date(2022, 2, 15),
    who=AllOf(of=(InUnit(unit=UnitId("service-1")), HasTitle(titles=(TitleCode("charge-mission"),)))),
)


@pytest.fixture
def held(bourse):
    """Ana holds one of the two posts of which one is transformed, Luc the other."""
    return person("Ana Blin", "port-a"), person("Luc Roy", "port-b")


@pytest.fixture
def in_force(bourse, hr):
    reorganisation_actions.apply_stage(stage=next_stage(bourse), by=hr)
    return bourse


@pytest.fixture
def examined(bourse, held):
    """Decided, not in force yet; both have applied and are ranked."""
    return examined_of(bourse, *held)


def examined_of(bourse, *agents, **fields):
    posting = prepare(
        reorganisation=bourse, pending="a-determiner", post_uid="", rule=OPEN_TO, title="Référent", **fields
    )
    bring(posting, PostingStatus.OPEN)
    sit(posting, president=True)
    for agent in agents:
        if not posting.eligible.filter(agent=agent).exists():
            actions.add_eligible(posting=posting, agent=agent, reason="Métier voisin.", by=None)
    applications = [apply(posting, agent) for agent in agents]
    bring(posting, PostingStatus.EXAMINATION)
    for position, application in enumerate(applications, 1):
        application.refresh_from_db()
        examine(application, position=position)
    return posting


def total():
    chart = structure_in_force()
    return chart.headcounts[UnitId("direction")], chart.headcounts[UnitId("service-1")]


def test_the_bourse_finds_the_post_and_its_fiche(bourse):
    posting = prepare(reorganisation=bourse, pending="a-determiner", post_uid="")
    assert posting.post_uid == "referent"
    assert posting.fiche["title"] == "responsable"
    for given in ({"reorganisation": bourse, "pending": "inconnue"}, {"pending": "a-determiner"}):
        with pytest.raises(InvalidPosting, match="n’est pas de cette réorganisation") as told:
            prepare(code="autre", **given)
        assert told.value.field == "pending"
    with pytest.raises(InvalidPosting, match="déjà sur cette transformation"):
        prepare(code="double", reorganisation=bourse, pending="a-determiner", post_uid="")


@pytest.mark.parametrize("rank", [0, 1])
def test_once_in_force_the_former_post_of_the_retained_disappears_and_the_total_stays(bourse, held, in_force, hr, rank):
    posting = examined_of(bourse, *held)
    before = total()
    retained, other = held[rank], held[1 - rank]
    gone, kept = ("port-a", "port-b")[rank], ("port-a", "port-b")[1 - rank]
    outcome = decide(posting, posting.applications.get(agent=retained), by=hr)
    assert posting.status == PostingStatus.ASSIGNED
    assert total() == before
    chart = structure_in_force()
    assert (chart.pendings, PostId(gone) in chart.post_by_id, PostId(kept) in chart.post_by_id) == ((), False, True)
    assert (holders("referent"), holders(kept), holders(gone)) == ((retained.uid,), (other.uid,), ())
    version = outcome.resolution.version
    assert (version.title, version.kind, version.source_code) == ("Issue de la bourse", "resolution", "essai-2021")
    assert (outcome.candidate_post, outcome.vacated.count()) == (gone, 0)
    assert outcome.decisions.get(retained=True).assignment_uid
    assert verify_chart() == []


def test_before_the_entry_into_force_it_is_noted_and_folded_with_the_stage(bourse, examined, held, hr):
    hers = examined.applications.get(agent=held[0])
    before = total()
    outcome = decide(examined, hers, by=hr)
    assert (examined.status, outcome.resolution.version, outcome.assigned_at) == (PostingStatus.DECIDED, None, None)
    with pytest.raises(CannotBeAssigned, match="pas encore en vigueur"):
        actions.assign_retained(posting=examined, by=hr)
    (tick,) = actions.run_clock()
    assert tick.refusal.endswith("l’affectation attend.")
    reorganisation_actions.apply_stage(stage=next_stage(bourse), by=hr)
    assert total() == before
    actions.run_clock()
    examined.refresh_from_db()
    outcome.refresh_from_db()
    assert (examined.status, outcome.assigned_at is None) == (PostingStatus.ASSIGNED, False)
    assert (holders("referent"), holders("port-a")) == ((held[0].uid,), ())
    assert holders("referent", EFFECTIVE_ON) == (held[0].uid,)


def test_a_version_is_not_sealed_before_its_day(bourse, held, in_force, hr):
    posting = examined_of(bourse, *held)
    outcome = decide(posting, posting.applications.get(agent=held[0]), by=hr, effective_on=NEVER)
    assert (posting.status, outcome.resolution) == (PostingStatus.DECIDED, None)
    assert structure_in_force().pendings


def test_from_elsewhere_hr_names_a_vacant_candidate(bourse, in_force, hr, chart):
    elsewhere = person("Eva Loin", "port-1")
    luc = person("Luc Roy", "port-b")
    posting = examined_of(bourse, elsewhere)
    hers = posting.applications.get()
    before = total()
    with pytest.raises(InvalidOutcome, match="désignez-en un qui soit vacant"):
        decide(posting, hers, by=hr)
    with pytest.raises(CannotBeAssigned, match=r"occupé|tenu|titulaire"):
        decide(posting, hers, by=hr, candidate_post="port-b")
    outcome = decide(posting, hers, by=hr, candidate_post="port-a")
    assert total() == before
    assert (holders("referent"), holders("port-b"), holders("port-1")) == ((elsewhere.uid,), (luc.uid,), ())
    assert outcome.resolution.from_elsewhere
    assert [each.post_uid for each in outcome.vacated.all()] == ["port-1"]


def test_from_elsewhere_before_the_entry_into_force_the_assignment_begins_with_the_post(bourse, hr):
    elsewhere = person("Eva Loin", "port-1")
    posting = examined_of(bourse, elsewhere)
    decide(
        posting, posting.applications.get(), by=hr, candidate_post="port-a", effective_on=datetime.date(2021, 12, 20)
    )
    assert posting.status == PostingStatus.DECIDED
    reorganisation_actions.apply_stage(stage=next_stage(bourse), by=hr)
    actions.assign_retained(posting=posting, by=hr)
    assert holders("referent", EFFECTIVE_ON - datetime.timedelta(days=1)) == ()
    assert holders("referent", EFFECTIVE_ON) == (elsewhere.uid,)


def test_a_post_with_another_holder_is_not_taken_away_from_them(bourse, held, in_force, hr):
    first = Assignment.objects.get(agent=held[0])
    change_assignment(
        assignment=first,
        begins_on=first.begins_on,
        ends_on=None,
        kind=first.kind,
        share=Decimal(50),
        working_time=first.working_time,
        by=None,
    )
    half = person("Mia Moitié")
    assign_agent(agent=half, post=Post.objects.get(uid="port-a"), begins_on=EFFECTIVE_ON, share=Decimal(50), by=None)
    posting = examined_of(bourse, held[0])
    with pytest.raises(CannotBeAssigned, match="un autre titulaire"):
        decide(posting, posting.applications.get(), by=hr)


def test_somebody_on_both_candidates_is_asked_which(bourse, in_force, hr):
    both = person("Bo Double")
    for post in ("port-a", "port-b"):
        assign_agent(
            agent=both,
            post=Post.objects.get(uid=post),
            begins_on=datetime.date(2021, 11, 1),
            share=Decimal(50),
            by=None,
        )
    posting = examined_of(bourse, both)
    with pytest.raises(InvalidOutcome, match="plusieurs des postes candidats"):
        decide(posting, posting.applications.get(), by=hr)
    decide(posting, posting.applications.get(), by=hr, candidate_post="port-b")
    assert PostId("port-b") not in structure_in_force().post_by_id


def test_a_reorganisation_not_decided_waits(candidates, reorganisation, add, hr):
    add(PENDING)
    ana = person("Ana Blin", "port-a")
    posting = examined_of(reorganisation, ana, early_reason="Continuité du service.")
    outcome = decide(posting, posting.applications.get(), by=hr)
    assert (posting.status, outcome.resolution) == (PostingStatus.DECIDED, None)
    with pytest.raises(CannotBeAssigned, match="n’est pas décidée"):
        actions.assign_retained(posting=posting, by=hr)


def test_an_unfilled_bourse_is_told_to_the_reorganisation(bourse, examined, hr):
    assert unopened_transformations() == ()
    decide(examined, by=hr)
    actions.record_follow_up(posting=examined, follow_up="rouvrir", by=hr)
    told = FruitlessBourse.objects.get()
    assert (told.outcome, told.next, told.note) == ("aucun_retenu", "rouvrir", "Aucun profil ne convient.")
    assert PostEvent.objects.filter(post_uid="referent", reorganisation_code="essai-2021").count() >= 3
    wave = actions.reopen_posting(posting=examined, code="vague-2", by=hr)
    assert (wave.pending, wave.post_uid) == ("a-determiner", "referent")


def test_nobody_applied_is_told_so(bourse, hr):
    posting = bring(prepare(reorganisation=bourse, pending="a-determiner", post_uid=""), PostingStatus.CLOSED)
    decide(posting, by=hr, reason="Aucune candidature.")
    actions.record_follow_up(posting=posting, follow_up="vacant", by=hr)
    assert FruitlessBourse.objects.get().outcome == "aucun_candidat"


def test_what_is_transformed_and_never_opened_is_an_alert(bourse, in_force):
    (found,) = unopened_transformations()
    assert (found.pending, found.post_uid, found.label, found.unit) == (
        "a-determiner",
        "referent",
        "Responsable",
        "Service des ports",
    )
    posting = prepare(reorganisation=bourse, pending="a-determiner", post_uid="")
    assert unopened_transformations()
    bring(posting, PostingStatus.PUBLISHED)
    assert unopened_transformations() == ()


def test_a_transformation_that_is_no_longer_there_is_refused(bourse, examined, held, hr):
    reorganisation_actions.resolve_transformation(
        reorganisation=bourse, pending="a-determiner", post="port-b", on=EFFECTIVE, by=hr
    )
    with pytest.raises(CannotBeAssigned, match="plus, à déterminer"):
        decide(examined, examined.applications.get(agent=held[0]), by=hr)
