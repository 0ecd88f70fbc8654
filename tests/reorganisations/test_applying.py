"""Decision, stages, entry into force."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from accounts.models import Event
from missions.models import PostEvent, Unit, Version
from missions.queries import chart_on, structure_in_force
from missions.verify import verify_chart
from orgchart.changes import AttachPosts, RegradePost, RenameUnit
from orgchart.values import ChangeId, GradeCode, PostId, UnitId
from reorganisations import actions
from reorganisations.actions import applying
from reorganisations.exceptions import (
    AlreadyApplied,
    ImpossibleTransition,
    NoLongerApplies,
    NotChronological,
    NotDue,
    StageIsGone,
)
from reorganisations.models import StageRecord, Status
from reorganisations.queries import execution_of
from tests.factories import apply_changes

from .conftest import (
    CREATE_CELL,
    CREATE_POST,
    EFFECTIVE_ON,
    LATER,
    PENDING,
    REGRADE,
    SUPPRESS,
    TRANSFORM,
    decide,
    give_opinion,
    next_stage,
    submit,
)
from .holding import hold, holders, send

STAGED = replace(CREATE_CELL, on=LATER)
EVENTUAL = replace(CREATE_CELL, eventually=True)


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


# How many queries

QUERIES = 21
"""Of a stage that moves units and holders: the stage and its text 2, the chart 3, what HR said of holders 1, units,
posts, transformations and the history of both 5, holders 3, the version 2, stage, status, memory of posts, trail 4,
the drafts that follow 1."""


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
