"""Edits of a draft: nothing is overwritten silently, everything can be taken back."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from accounts.models import Event
from orgchart.changes import AttachPosts, ImpossibleChange, RenameUnit, ResolveTransformation
from orgchart.values import ChangeId, PostId, UnitId
from reorganisations import actions
from reorganisations.exceptions import ChangeIsGone, NotEditable, NothingToRedo, NothingToUndo, StaleDraft
from reorganisations.models import DraftEdit, Status
from reorganisations.queries import changes_of, draft

from .conftest import CREATE_CELL, CREATE_POST, SUPPRESS, TRANSFORM

RENAME = RenameUnit(id=ChangeId("renommer"), unit=UnitId("service-1"), label="Service Renommé", motive="Clarté.")


def ids(reorganisation):
    return [change.id for change in changes_of(reorganisation)]


def test_a_change_is_kept_with_who_added_it_and_the_draft_moves_on(reorganisation, hr):
    record = actions.add_change(reorganisation=reorganisation, change=CREATE_POST, by=hr, seen=0)
    assert (record.position, record.added_by, reorganisation.revision) == (0, hr, 1)
    assert changes_of(reorganisation) == (CREATE_POST,)
    assert Event.objects.filter(verb="edit_draft", by=hr).exists()


def test_a_change_comes_at_the_place_asked(reorganisation, hr):
    for change, position in ((CREATE_POST, None), (RENAME, 0), (CREATE_CELL, 1)):
        actions.add_change(
            reorganisation=reorganisation, change=change, by=hr, seen=reorganisation.revision, position=position
        )
    assert ids(reorganisation) == ["renommer", "creer-cellule", "creer-poste"]


def test_an_impossible_change_is_refused_and_nothing_is_written(reorganisation, hr):
    nowhere = replace(CREATE_POST, unit=UnitId("nulle-part"))
    with pytest.raises(ImpossibleChange, match="n’existe pas"):
        actions.add_change(reorganisation=reorganisation, change=nowhere, by=hr, seen=0)
    assert (changes_of(reorganisation), reorganisation.revision) == ((), 0)


def test_the_same_change_is_not_added_twice(reorganisation, hr, add):
    add(CREATE_POST)
    with pytest.raises(ImpossibleChange, match="déjà dans le projet"):
        actions.add_change(reorganisation=reorganisation, change=CREATE_POST, by=hr, seen=1)


def test_what_the_bourse_determines_is_no_change_of_a_draft(reorganisation, hr):
    change = ResolveTransformation(id=ChangeId("x"), pending="y", post=PostId("port-1"))
    with pytest.raises(ImpossibleChange, match="bourse"):
        actions.add_change(reorganisation=reorganisation, change=change, by=hr, seen=0)


def test_several_changes_are_added_all_or_none(reorganisation, hr):
    with pytest.raises(ImpossibleChange):
        actions.add_changes(reorganisation=reorganisation, changes=[CREATE_POST, CREATE_POST], by=hr, seen=0)
    assert ids(reorganisation) == []


def test_an_edited_change_stays_in_its_place(reorganisation, hr, add):
    add(CREATE_POST, RENAME)
    edited = replace(CREATE_POST, motive="Autre motif.")
    actions.edit_change(reorganisation=reorganisation, change=edited, by=hr, seen=2)
    assert changes_of(reorganisation) == (edited, RENAME)


def test_an_edit_that_cannot_be_made_is_refused(reorganisation, hr, add):
    add(RENAME)
    with pytest.raises(ImpossibleChange):
        actions.edit_change(
            reorganisation=reorganisation, change=replace(RENAME, unit=UnitId("nulle-part")), by=hr, seen=1
        )
    assert changes_of(reorganisation) == (RENAME,)


def test_a_change_moves_up_and_down(reorganisation, hr, add):
    add(CREATE_POST, RENAME, CREATE_CELL)
    actions.move_change(reorganisation=reorganisation, uid="creer-cellule", position=0, by=hr, seen=3)
    assert ids(reorganisation) == ["creer-cellule", "creer-poste", "renommer"]
    actions.move_change(reorganisation=reorganisation, uid="creer-cellule", position=99, by=hr, seen=4)
    assert ids(reorganisation) == ["creer-poste", "renommer", "creer-cellule"]


def test_a_change_does_not_move_where_it_cannot_be_made(reorganisation, hr, add):
    add(CREATE_POST, AttachPosts(id=ChangeId("rattacher"), posts=(PostId("nouveau"),), to=UnitId("service-2")))
    with pytest.raises(ImpossibleChange):
        actions.move_change(reorganisation=reorganisation, uid="rattacher", position=0, by=hr, seen=2)
    assert ids(reorganisation) == ["creer-poste", "rattacher"]


def test_deleting_leaves_impossible_what_stood_on_it_and_the_draft_shows_it(reorganisation, hr, add):
    add(CREATE_POST, AttachPosts(id=ChangeId("rattacher"), posts=(PostId("nouveau"),), to=UnitId("service-2")))
    actions.delete_change(reorganisation=reorganisation, uid="creer-poste", by=hr, seen=2)
    found = draft(reorganisation)
    assert [refusal.change.id for refusal in found.folded.refusals] == ["rattacher"]
    assert "refused" in [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    "edit",
    [
        lambda given: actions.delete_change(uid="autre", **given),
        lambda given: actions.move_change(uid="autre", position=0, **given),
        lambda given: actions.edit_change(change=RENAME, **given),
    ],
)
def test_a_change_that_is_gone_is_told(reorganisation, hr, edit):
    with pytest.raises(ChangeIsGone):
        edit({"reorganisation": reorganisation, "by": hr, "seen": 0})


def test_the_second_editor_is_told_what_was_done_and_by_whom(reorganisation, hr, other_hr):
    actions.add_change(reorganisation=reorganisation, change=RENAME, by=hr, seen=0)
    with pytest.raises(StaleDraft) as told:
        actions.add_change(reorganisation=reorganisation, change=CREATE_POST, by=other_hr, seen=0)
    assert told.value.revision == 1
    assert "Hélène Roussel, à " in str(told.value)
    assert "ajustement ajouté (Renommer " in str(told.value)
    assert ids(reorganisation) == ["renommer"]


def test_an_edit_of_another_day_is_told_with_its_date_and_one_of_nobody_as_the_system(reorganisation):
    actions.add_change(reorganisation=reorganisation, change=RENAME, by=None, seen=0)
    reorganisation.edits.update(at=datetime.datetime(2021, 9, 1, 12, 5, tzinfo=datetime.UTC))
    with pytest.raises(StaleDraft, match="l’application, le 1er\u00a0septembre\u00a02021 à 14"):
        actions.undo(reorganisation=reorganisation, by=None, seen=0)


def test_undo_and_redo_walk_back_and_forth(reorganisation, hr, add):
    add(CREATE_POST, RENAME)
    actions.move_change(reorganisation=reorganisation, uid="renommer", position=0, by=hr, seen=2)
    actions.delete_change(reorganisation=reorganisation, uid="creer-poste", by=hr, seen=3)
    states = [["renommer"], ["renommer", "creer-poste"], ["creer-poste", "renommer"], ["creer-poste"], []]
    for state in states[1:]:
        actions.undo(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)
        assert ids(reorganisation) == state
    with pytest.raises(NothingToUndo):
        actions.undo(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)
    for state in reversed(states[:-1]):
        actions.redo(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)
        assert ids(reorganisation) == state
    with pytest.raises(NothingToRedo):
        actions.redo(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)


def test_a_new_edit_forgets_what_was_undone(reorganisation, hr, add):
    add(CREATE_POST)
    actions.undo(reorganisation=reorganisation, by=hr, seen=1)
    add(RENAME)
    assert not draft(reorganisation).can_redo
    actions.undo(reorganisation=reorganisation, by=hr, seen=3)
    actions.redo(reorganisation=reorganisation, by=hr, seen=4)
    assert ids(reorganisation) == ["renommer"]
    assert DraftEdit.objects.filter(state=DraftEdit.State.DISCARDED).count() == 1


POOL = (CREATE_POST, RENAME, CREATE_CELL, TRANSFORM, SUPPRESS)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=st.lists(
        st.tuples(st.sampled_from(["add", "delete", "move"]), st.integers(0, 4), st.integers(0, 4)), max_size=8
    )
)
def test_undoing_everything_gives_back_the_empty_draft(reorganisation, hr, plan):
    """Whatever the edits, the positions stay without a hole, and as many undos come back to nothing."""
    reorganisation.change_records.all().delete()
    reorganisation.edits.update(state=DraftEdit.State.DISCARDED)
    for verb, which, place in plan:
        uid, present = POOL[which].id, ids(reorganisation)
        given = {"reorganisation": reorganisation, "by": hr, "seen": reorganisation.revision}
        if verb == "add" and uid not in present:
            actions.add_change(change=POOL[which], position=place, **given)
        elif verb == "delete" and uid in present:
            actions.delete_change(uid=uid, **given)
        elif verb == "move" and uid in present:
            actions.move_change(uid=uid, position=place, **given)
        positions = [*reorganisation.change_records.order_by("position").values_list("position", flat=True)]
        assert positions == list(range(len(positions)))
    while draft(reorganisation).can_undo:
        actions.undo(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)
    assert ids(reorganisation) == []


@pytest.mark.parametrize("status", [Status.OPINION_GIVEN, Status.DECIDED, Status.IN_FORCE, Status.WITHDRAWN])
def test_what_is_no_longer_a_draft_is_not_edited(bring, hr, status):
    reorganisation = bring(status)
    with pytest.raises(NotEditable, match="ne se modifie plus"):
        actions.add_change(reorganisation=reorganisation, change=RENAME, by=hr, seen=reorganisation.revision)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.POSTPONED])
def test_a_text_before_the_committee_may_still_be_edited(bring, hr, status):
    reorganisation = bring(status)
    actions.add_change(reorganisation=reorganisation, change=RENAME, by=hr, seen=reorganisation.revision)
    assert "renommer" in ids(reorganisation)


def test_an_edit_is_not_refused_for_what_another_change_cannot_do(reorganisation, hr, add):
    add(CREATE_POST, AttachPosts(id=ChangeId("rattacher"), posts=(PostId("nouveau"),), to=UnitId("service-2")))
    actions.delete_change(reorganisation=reorganisation, uid="creer-poste", by=hr, seen=2)
    actions.add_change(reorganisation=reorganisation, change=RENAME, by=hr, seen=3)
    add(CREATE_CELL)
    assert ids(reorganisation) == ["rattacher", "renommer", "creer-cellule"]


def test_several_changes_of_which_one_is_impossible_are_all_refused(reorganisation, hr):
    nowhere = replace(CREATE_POST, unit=UnitId("nulle-part"))
    with pytest.raises(ImpossibleChange, match="n’existe pas"):
        actions.add_changes(reorganisation=reorganisation, changes=[RENAME, nowhere], by=hr, seen=0)
    assert ids(reorganisation) == []
