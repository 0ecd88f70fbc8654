"""Decision, stages, entry into force, resolution by the bourse."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from accounts.models import Event
from accounts.permissions import NotAllowed
from missions.actions import assign_agent, state_vacancy
from missions.models import Assignment, Post, PostEvent, Unit, Version
from missions.queries import chart_on, holders_on, structure_in_force
from missions.verify import verify_chart
from orgchart.changes import AttachPosts, CreatePost, NewPost, RegradePost, RenameUnit, TransformUndetermined
from orgchart.values import ChangeId, GradeCode, PostId, TitleCode, UnitId
from reorganisations import actions
from reorganisations.actions import applying
from reorganisations.exceptions import (
    AlreadyApplied,
    CannotBeWritten,
    ImpossibleTransition,
    NoLongerApplies,
    NotACandidate,
    NotChronological,
    NotDue,
    StageIsGone,
)
from reorganisations.models import StageRecord, Status
from reorganisations.queries import execution_of
from tests.factories import apply_changes, make_agent

from .conftest import (
    CREATE_CELL,
    CREATE_POST,
    EFFECTIVE_ON,
    SUPPRESS,
    TRANSFORM,
    decide,
    give_opinion,
    next_stage,
    submit,
)

LATER = datetime.date(2022, 6, 1)
STAGED = replace(CREATE_CELL, on=LATER)
EVENTUAL = replace(CREATE_CELL, eventually=True)
PENDING = TransformUndetermined(
    id=ChangeId("a-determiner"),
    candidates=(PostId("port-a"), PostId("port-b")),
    into=NewPost(id=PostId("referent"), title=TitleCode("responsable"), grade=GradeCode("A 2.2")),
    motive="Coordonner.",
)
CANDIDATES = tuple(
    CreatePost(
        id=ChangeId(f"creer-{post}"),
        unit=UnitId("service-1"),
        new=NewPost(id=PostId(post), title=TitleCode("charge-mission"), grade=GradeCode("A 3")),
    )
    for post in ("port-a", "port-b")
)


def hold(name, post, begins_on=datetime.date(2021, 11, 1), **given):
    agent = make_agent(name)
    assign_agent(agent=agent, post=Post.objects.get(uid=post), begins_on=begins_on, by=None, **given)
    return agent


def holders(post, day=EFFECTIVE_ON):
    return holders_on(day, [post]).get(PostId(post), ())


def test_a_stage_writes_the_chart_and_seals_its_version(bring, hr):
    reorganisation = bring(Status.DECIDED)
    stage = next_stage(reorganisation)
    version = actions.apply_stage(stage=stage, by=hr)
    assert (version.number, version.effective_on, version.source_code) == (2, EFFECTIVE_ON, "essai-2021")
    assert (version.partly, version.stage_label, version.sealed_by) == (False, "", hr)
    assert PostId("nouveau") in structure_in_force().post_by_id
    assert (stage.version, stage.applied_by, reorganisation.status) == (version, hr, Status.IN_FORCE)
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.IN_FORCE
    assert verify_chart() == []


def test_a_post_remembers_what_was_done_to_it_without_names(bring, hr):
    hold("Ana Blin", "port-1")
    moves = (
        CREATE_POST,
        TRANSFORM,
        SUPPRESS,
        RegradePost(id=ChangeId("recoter"), post=PostId("port-2"), grade=GradeCode("A 2.2")),
        AttachPosts(id=ChangeId("rattacher"), posts=(PostId("phare"),), to=UnitId("cellule")),
    )
    bring(Status.IN_FORCE, *moves)
    words = dict(PostEvent.objects.values_list("post_uid", "wording"))
    source = " par la réorganisation «\u00a0Réorganisation d’essai\u00a0»."
    assert words["nouveau"].startswith("Créé dans le service des ports par")
    assert words["port-1"].startswith("Transformé en «\u00a0responsable")
    assert words["port-chef"].startswith("Issu de la transformation de «\u00a0")
    assert words["budget"] == "Supprimé" + source
    assert words["port-2"] == "Modifié (cotation A 3 → A 2.2)" + source
    assert words["phare"].startswith("Rattaché à la cellule budget par")
    assert not any("Blin" in wording for wording in words.values())
    assert PostEvent.objects.first().url == "/reorganisations/essai-2021/"


def test_the_holder_of_a_transformed_post_follows(bring, hr):
    agent = hold("Ana Blin", "port-1", share=60, working_time=80)
    bring(Status.IN_FORCE, TRANSFORM)
    old, new = Assignment.objects.order_by("begins_on")
    assert (old.post_id, old.ends_on) == ("port-1", datetime.date(2021, 12, 31))
    assert (new.post_id, new.begins_on, new.ends_on, new.agent) == ("port-chef", EFFECTIVE_ON, None, agent)
    assert (new.share, new.working_time) == (60, 80)


def test_the_assignment_of_a_suppressed_post_ends_and_its_holder_goes_where_hr_said(bring, reorganisation, hr, add):
    placed, offered = hold("Ana Blin", "budget", share=50), hold("Luc Roy", "budget", share=50)
    add(SUPPRESS, CREATE_POST)
    for agent, given in ((placed, {"post_uid": "nouveau"}), (offered, {"note": "Reclassement proposé."})):
        actions.set_situation(
            reorganisation=reorganisation, agent_uid=agent.uid, by=hr, seen=reorganisation.revision, **given
        )
    bring(Status.IN_FORCE)
    assert holders("budget") == ()
    assert holders("nouveau") == (placed.uid,)
    assert not Assignment.objects.in_force_on(EFFECTIVE_ON).filter(agent=offered).exists()


def send(reorganisation, hr, agent, post):
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=agent.uid, post_uid=post, by=hr, seen=reorganisation.revision
    )


REGRADE = RegradePost(id=ChangeId("recoter"), post=PostId("port-2"), grade=GradeCode("A 2.2"))


def test_the_holder_of_a_post_that_stands_goes_where_hr_said_on_the_day(bring, reorganisation, hr, add):
    sent, stays = hold("Ana Blin", "port-2", share=50, working_time=80), hold("Luc Roy", "port-2", share=50)
    add(REGRADE, CREATE_POST)
    send(reorganisation, hr, sent, "nouveau")
    send(reorganisation, hr, stays, "port-2")
    bring(Status.IN_FORCE)
    assert (holders("port-2"), holders("nouveau")) == ((stays.uid,), (sent.uid,))
    left, begun = Assignment.objects.filter(agent=sent).order_by("begins_on")
    assert (left.post_id, left.ends_on) == ("port-2", datetime.date(2021, 12, 31))
    assert (begun.begins_on, begun.ends_on, begun.share, begun.working_time) == (EFFECTIVE_ON, None, 50, 80)
    assert [(line.history_type, line.history_user) for line in left.history.all()] == [("~", hr), ("+", None)]
    assert [(line.history_type, line.history_user) for line in begun.history.all()] == [("+", hr)]
    assert Event.objects.filter(verb="assign_agent", target_uid="nouveau", by=hr).count() == 1


def test_two_holders_change_places(bring, reorganisation, hr, add):
    one, other = hold("Ana Blin", "port-2"), hold("Luc Roy", "budget", begins_on=EFFECTIVE_ON)
    add(REGRADE, replace(REGRADE, id=ChangeId("recoter-budget"), post=PostId("budget"), grade=GradeCode("A 3")))
    send(reorganisation, hr, one, "budget")
    send(reorganisation, hr, other, "port-2")
    bring(Status.IN_FORCE)
    assert (holders("port-2"), holders("budget")) == ((other.uid,), (one.uid,))
    assert verify_chart() == []


def test_a_post_stated_vacant_that_stays_as_it_is_receives_somebody(bring, reorganisation, hr, add):
    agent = hold("Ana Blin", "port-2")
    state_vacancy(post=Post.objects.get(uid="phare"), since=datetime.date(2021, 6, 1), by=hr)
    add(REGRADE)
    send(reorganisation, hr, agent, "phare")
    bring(Status.IN_FORCE)
    post = Post.objects.get(uid="phare")
    assert (post.stated_vacant_since, holders("phare"), holders("port-2")) == (None, (agent.uid,), ())
    assert post.history.latest().stated_vacant_since is None


def test_nobody_is_sent_where_there_is_no_room(bring, reorganisation, hr, add):
    agent, there = hold("Ana Blin", "port-2"), hold("Luc Roy", "phare")
    add(REGRADE)
    send(reorganisation, hr, agent, "phare")
    bring(Status.DECIDED)
    with pytest.raises(CannotBeWritten, match="serait occupé à 200"):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)
    assert (holders("port-2"), holders("phare")) == ((agent.uid,), (there.uid,))


def test_one_holder_placed_elsewhere_does_not_keep_the_other_from_following(bring, reorganisation, hr, add):
    placed, follows = hold("Ana Blin", "port-1", share=50), hold("Luc Roy", "port-1", share=50)
    add(TRANSFORM, CREATE_POST)
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=placed.uid, post_uid="nouveau", by=hr, seen=reorganisation.revision
    )
    bring(Status.IN_FORCE)
    assert (holders("nouveau"), holders("port-chef")) == ((placed.uid,), (follows.uid,))


def test_nothing_is_written_when_the_holder_has_no_room(bring, reorganisation, hr, add):
    agent = hold("Ana Blin", "budget")
    hold("Luc Roy", "port-2")
    add(SUPPRESS)
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=agent.uid, post_uid="port-2", by=hr, seen=reorganisation.revision
    )
    bring(Status.DECIDED)
    with pytest.raises(CannotBeWritten):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)
    assert Version.objects.count() == 1
    assert Post.objects.get(uid="budget").gone_on is None
    assert holders("budget") == (agent.uid,)
    assert not PostEvent.objects.exists()


@pytest.mark.parametrize("failing", ["seal_version", "record_post_events", "move_to"])
def test_a_stage_that_fails_midway_writes_nothing(bring, hr, monkeypatch, failing):
    reorganisation = bring(Status.DECIDED, TRANSFORM)
    hold("Ana Blin", "port-1")
    before = structure_in_force()

    def fail(*args, **kwargs):
        raise RuntimeError(failing)

    monkeypatch.setattr(f"reorganisations.actions.applying.{failing}", fail)
    with pytest.raises(RuntimeError, match=failing):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)
    assert structure_in_force() == before
    assert (Version.objects.count(), PostEvent.objects.count()) == (1, 0)
    reorganisation.refresh_from_db()
    assert (reorganisation.status, reorganisation.stages.get().applied_at) == (Status.DECIDED, None)


def test_stages_come_into_force_one_by_one(bring, hr):
    reorganisation = bring(Status.DECIDED, CREATE_POST, STAGED)
    first, second = reorganisation.stages.order_by("position")
    with pytest.raises(NotChronological, match="Étape 1 vient avant"):
        actions.apply_stage(stage=second, by=hr)
    version = actions.apply_stage(stage=first, by=hr)
    assert (version.partly, version.stage_label) == (True, "Étape 1")
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.PARTLY_IN_FORCE
    with pytest.raises(AlreadyApplied):
        actions.apply_stage(stage=first, by=hr)
    last = actions.apply_stage(stage=second, by=hr)
    assert (last.partly, last.previous, last.effective_on) == (False, version, LATER)
    assert verify_chart() == []


def test_a_stage_without_a_date_or_to_come_waits(bring, hr):
    reorganisation = bring(Status.PARTLY_IN_FORCE, CREATE_POST, EVENTUAL)
    stage = next_stage(reorganisation)
    with pytest.raises(NotDue, match="pas encore de date"):
        actions.apply_stage(stage=stage, by=hr)
    with pytest.raises(NotChronological, match="précède celle de la version"):
        actions.set_stage_date(stage=stage, on=datetime.date(2021, 12, 31), by=hr)
    actions.set_stage_date(stage=stage, on=LATER, by=hr)
    with pytest.raises(NotDue, match="entre en vigueur le 1er\u00a0juin\u00a02022"):
        actions.apply_stage(stage=stage, by=hr, today=datetime.date(2022, 5, 31))
    actions.apply_stage(stage=stage, by=hr, today=LATER)
    with pytest.raises(ImpossibleTransition, match="rien à exécuter"):
        actions.set_stage_date(stage=stage, on=LATER, by=hr)


def test_the_date_of_a_stage_applied_is_not_given_again(bring, hr):
    reorganisation = bring(Status.PARTLY_IN_FORCE, CREATE_POST, EVENTUAL)
    with pytest.raises(AlreadyApplied):
        actions.set_stage_date(stage=reorganisation.stages.get(position=0), on=LATER, by=hr)


def test_a_date_before_the_newest_version_is_refused(bring, hr):
    reorganisation = bring(Status.DECIDED)
    apply_changes(SUPPRESS, on=LATER)
    with pytest.raises(NotChronological):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)


def test_a_stage_sent_back_is_gone(bring, hr):
    reorganisation = bring(Status.DECIDED)
    stage = next_stage(reorganisation)
    actions.send_back(reorganisation=reorganisation, by=hr)
    with pytest.raises(StageIsGone):
        actions.apply_stage(stage=stage, by=hr)


def test_stages_of_a_withdrawn_reorganisation_do_not_apply(bring, hr):
    reorganisation = bring(Status.DECIDED)
    actions.withdraw(reorganisation=reorganisation, by=hr)
    with pytest.raises(ImpossibleTransition):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)


def test_the_decision_may_give_the_date_and_is_flagged_when_before_the_opinion(bring, hr):
    reorganisation = bring(Status.OPINION_GIVEN)
    decision = actions.decide(
        reorganisation=reorganisation,
        kind="deliberation",
        dated_on=datetime.date(2021, 11, 30),
        effective_on=LATER,
        by=hr,
    )
    assert decision.before_opinion
    assert reorganisation.stages.get().effective_on == LATER


# When the text voted no longer applies


@pytest.fixture
def overtaken(bring):
    """The post to be transformed was suppressed meanwhile."""
    reorganisation = bring(Status.DECIDED, TRANSFORM)
    apply_changes(replace(SUPPRESS, post=PostId("port-1")), on=datetime.date(2021, 12, 15))
    return reorganisation


def test_a_text_that_no_longer_applies_is_refused_with_its_conflicts(overtaken, hr):
    before = structure_in_force()
    with pytest.raises(NoLongerApplies, match="ne s’applique plus") as told:
        actions.apply_stage(stage=next_stage(overtaken), by=hr)
    assert [conflict.change for conflict in told.value.conflicts] == ["transformer"]
    assert (structure_in_force(), Version.objects.count()) == (before, 2)


def test_a_change_made_twice_in_the_same_way_no_longer_folds(bring, hr):
    reorganisation = bring(Status.DECIDED, SUPPRESS)
    apply_changes(SUPPRESS, on=datetime.date(2021, 12, 15))
    with pytest.raises(NoLongerApplies, match="n’existe pas ou n’existe plus"):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)


def test_an_execution_adjustment_replaces_a_change_beside_the_sealed_text(overtaken, hr):
    instead = replace(TRANSFORM, post=PostId("port-2"))
    for reason in ("Premier motif.", "Le poste initial a été supprimé."):
        adjustment = actions.adjust_execution(
            reorganisation=overtaken, replaces="transformer", change=instead, reason=reason, by=hr
        )
    assert overtaken.execution_adjustments.get() == adjustment
    assert execution_of(overtaken).text.changes == (TRANSFORM,)
    actions.apply_stage(stage=next_stage(overtaken), by=hr)
    assert PostId("port-2") not in structure_in_force().post_by_id


def test_a_change_is_given_up_and_another_added(overtaken, hr):
    actions.adjust_execution(reorganisation=overtaken, replaces="transformer", reason="Sans objet.", by=hr)
    actions.adjust_execution(reorganisation=overtaken, change=CREATE_POST, reason="Poste à pourvoir.", by=hr)
    actions.apply_stage(stage=next_stage(overtaken), by=hr)
    assert {"nouveau"} == {*structure_in_force().post_by_id} - {
        *chart_on(datetime.date(2021, 12, 20)).structure.post_by_id
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": " ", "replaces": "transformer"}, "motif"),
        ({"reason": "x"}, "Indiquez l’ajustement"),
        ({"reason": "x", "replaces": "autre"}, "n’est pas, ou n’est plus"),
        ({"reason": "x", "change": TRANSFORM}, "déjà dans le texte"),
    ],
)
def test_an_adjustment_that_says_nothing_is_refused(overtaken, hr, given, words):
    with pytest.raises(actions.AdjustmentRefused, match=words):
        actions.adjust_execution(reorganisation=overtaken, by=hr, **given)


def test_what_is_not_being_carried_out_is_not_adjusted(bring, hr):
    with pytest.raises(ImpossibleTransition):
        actions.adjust_execution(reorganisation=bring(Status.SUBMITTED), replaces="creer-poste", reason="x", by=hr)


def test_the_first_stage_is_no_conflict_for_the_second(bring, hr):
    first = RenameUnit(id=ChangeId("renommer"), unit=UnitId("service-1"), label="Service Un")
    second = replace(first, id=ChangeId("renommer-encore"), label="Service Premier", on=LATER)
    bring(Status.IN_FORCE, first, second)
    assert structure_in_force().unit_label(UnitId("service-1")) == "Service Premier"


# apply_due


def test_what_is_due_is_applied_and_what_is_to_come_waits(bring, hr):
    reorganisation = bring(Status.DECIDED, CREATE_POST, STAGED)
    assert actions.apply_due(today=datetime.date(2021, 12, 31)) == []
    (found,) = actions.apply_due(today=datetime.date(2022, 1, 2))
    assert (found.version.number, found.refusal) == (2, "")
    assert [due.version.number for due in actions.apply_due(by=hr)] == [3]
    assert actions.apply_due() == []
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.IN_FORCE


def test_a_refused_stage_is_told_and_holds_back_those_behind_it(bring):
    bring(Status.DECIDED, TRANSFORM, STAGED)
    apply_changes(replace(SUPPRESS, post=PostId("port-1")), on=datetime.date(2021, 12, 15))
    (due,) = actions.apply_due()
    assert (due.version, [conflict.change for conflict in due.conflicts]) == (None, ["transformer"])
    assert StageRecord.objects.waiting().count() == 2


def test_a_date_refused_has_no_conflict(bring):
    bring(Status.DECIDED)
    apply_changes(SUPPRESS, on=LATER)
    (due,) = actions.apply_due()
    assert (due.version, due.conflicts) == (None, ())
    assert "ne peut pas précéder" in due.refusal


@pytest.fixture
def two_due(bring, hr, committee, session):
    """A stage that is due in each of two reorganisations; « essai-2021 » comes first."""
    first = bring(Status.DECIDED)
    second = actions.create_reorganisation(
        code="seconde", title="Seconde", unit="direction", effective_on=EFFECTIVE_ON, by=hr
    )
    actions.add_change(reorganisation=second, change=REGRADE, by=hr, seen=0)
    for step in (submit, give_opinion, decide):
        step(second, session, hr)
    return first, second


def test_a_fault_is_told_and_does_not_hold_back_the_others(two_due, monkeypatch, caplog):
    first, second = two_due
    real = applying.write_chart

    def break_down(row, *args, **given):
        if row == first:
            raise RuntimeError("panne")
        real(row, *args, **given)

    monkeypatch.setattr(applying, "write_chart", break_down)
    failed, applied = actions.apply_due()
    assert (failed.reorganisation, failed.version, failed.failed) == (first, None, True)
    assert "erreur de l’application" in failed.refusal
    assert (applied.reorganisation, applied.version.number) == (second, 2)
    assert "panne" in caplog.text
    assert Event.objects.filter(verb="stage_refused", target_uid=first.uid).exists()
    with pytest.raises(CommandError, match="Une étape n’est pas entrée en vigueur"):
        call_command("apply_due", stdout=io.StringIO())


def test_a_planned_stage_is_seen_on_its_day(bring):
    bring(Status.DECIDED, CREATE_POST, EVENTUAL)
    found = chart_on(datetime.date(2022, 1, 1))
    assert found.planned
    assert PostId("nouveau") in found.structure.post_by_id
    assert not chart_on(datetime.date(2021, 12, 31)).planned
    assert not Unit.objects.filter(uid="cellule-suivi").exists()


# The bourse


@pytest.fixture
def candidates(chart):
    apply_changes(*CANDIDATES, on=datetime.date(2021, 10, 10))


@pytest.fixture
def bourse(candidates, reorganisation, bring):
    return bring(Status.DECIDED, PENDING)


def resolve(reorganisation, hr, **given):
    said = {"pending": "a-determiner", "post": "port-b", "on": LATER} | given
    return actions.resolve_transformation(reorganisation=reorganisation, by=hr, **said)


def test_a_bourse_decided_before_the_entry_into_force_is_folded_after_the_sealed_changes(bourse, hr):
    resolution = resolve(bourse, hr, on=datetime.date(2021, 12, 20))
    assert resolution.version is None
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr)
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    now = structure_in_force()
    assert (now.pendings, PostId("port-b") in now.post_by_id) == ((), False)
    assert Version.objects.count() == 3


def test_a_bourse_decided_afterwards_seals_a_version_and_the_holder_follows(bourse, hr):
    kept, retained = hold("Ana Blin", "port-a"), hold("Luc Roy", "port-b")
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    assert holders("port-b") == (retained.uid,)
    version = resolve(bourse, hr).version
    assert (version.kind, version.source_code, version.effective_on, version.partly) == (
        "resolution",
        "essai-2021",
        LATER,
        False,
    )
    assert structure_in_force().pendings == ()
    assert (holders("referent", LATER), holders("port-a", LATER)) == ((retained.uid,), (kept.uid,))
    assert PostEvent.objects.filter(post_uid="port-b", wording__startswith="Transformé").exists()
    assert verify_chart() == []


def test_only_a_candidate_gives_way_and_not_before_the_day(bourse, hr):
    with pytest.raises(NotACandidate, match="un de ceux"):
        resolve(bourse, hr, post="port-1")
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr, pending="creer-poste")
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    with pytest.raises(NotACandidate, match="un de ceux"):
        resolve(bourse, hr, post="port-1")
    with pytest.raises(NotDue):
        resolve(bourse, hr, on=datetime.date(2999, 1, 1))
    with pytest.raises(NotChronological):
        resolve(bourse, hr, on=datetime.date(2021, 12, 31))
    assert Version.objects.count() == 3


def test_nothing_is_determined_where_nothing_was_decided(reorganisation, hr):
    with pytest.raises(NotACandidate):
        resolve(reorganisation, hr)


def test_one_reorganisation_does_not_determine_what_another_opened(bourse, hr):
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="service-1", by=hr)
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(other, hr)
    assert structure_in_force().pendings
    assert resolve(bourse, hr).version is not None


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_only_hr_carries_a_decision_out(bourse, request, role):
    somebody = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        resolve(bourse, somebody)
    with pytest.raises(NotAllowed):
        actions.set_stage_date(stage=next_stage(bourse), on=LATER, by=somebody)
    with pytest.raises(NotAllowed):
        actions.adjust_execution(reorganisation=bourse, replaces=CREATE_POST.id, reason="Non.", by=somebody)
    with pytest.raises(NotAllowed):
        actions.amend_text(reorganisation=bourse, dated_on=LATER, origin="Séance", by=somebody)


def test_a_reorganisation_withdrawn_after_its_decision_determines_nothing(bourse, hr):
    actions.withdraw(reorganisation=bourse, by=hr)
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr)


# How many queries

QUERIES = 20
"""Of a stage that moves units and holders: the stage and its text 2, the chart 3, what HR said of holders 1, units,
posts, transformations and the history of both 5, holders 3, the version 2, stage, status, memory of posts, trail 4."""


def queries_to_apply(stage, hr):
    """What keeps MPTT's tree left out, its lock and the statement that numbers it, and savepoints."""
    with CaptureQueriesContext(connection) as queries:
        actions.apply_stage(stage=stage, by=hr)
    aside = ("SAVEPOINT", "pg_advisory_xact_lock", "FROM (VALUES")
    return [query["sql"] for query in queries if not any(words in query["sql"] for words in aside)]


@pytest.mark.parametrize("number", [5, 60])
def test_a_stage_is_applied_in_as_many_queries_whatever_the_number_of_changes(
    candidates, reorganisation, add, bring, hr, number
):
    changes = [
        replace(
            CREATE_POST,
            id=ChangeId(f"creer-{rank}"),
            new=replace(CREATE_POST.new, id=PostId(f"nouveau-{rank}")),
        )
        for rank in range(number)
    ]
    renamed = RenameUnit(id=ChangeId("renommer"), unit=UnitId("service-1"), label="Service Un")
    follows, placed, sent = hold("Ana Blin", "port-1"), hold("Luc Roy", "budget"), hold("Zoé Roy", "port-2")
    add(*changes, TRANSFORM, SUPPRESS, CREATE_CELL, renamed, REGRADE, PENDING)
    send(reorganisation, hr, placed, "nouveau-0")
    send(reorganisation, hr, sent, "nouveau-1")
    stage = next_stage(bring(Status.DECIDED))
    assert len(queries_to_apply(stage, hr)) == QUERIES
    assert (holders("port-chef"), holders("nouveau-0"), holders("nouveau-1")) == (
        (follows.uid,),
        (placed.uid,),
        (sent.uid,),
    )
    assert verify_chart() == []
