"""Two people at the same time. Each test has its twin without the guard, which must go wrong."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from missions.models import Version
from missions.verify import verify_chart
from orgchart.changes import RegradePost
from orgchart.values import ChangeId, GradeCode, PostId
from reorganisations import actions
from reorganisations.actions import applying, draft_lock, following
from reorganisations.exceptions import AlreadyApplied, StaleDraft
from reorganisations.models import ChangeRecord, Reorganisation, Status
from reorganisations.models.reorganisation import ReorganisationQuerySet
from reorganisations.queries import changes_of
from reorganisations.queries.execution import voted_text
from tests.factories import open_small_chart

from .conftest import CREATE_CELL, CREATE_POST, EFFECTIVE_ON, HELD_ON, STEPS, SUPPRESS, next_stage

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in its own thread and connection, started together; what each returned or raised, in order."""
    ready = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(rank: int, work: Callable[[], object]) -> None:
        try:
            ready.wait()
            found[rank] = work()
        except Exception as error:
            found[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def reorganisation():
    open_small_chart()
    return actions.create_reorganisation(code="essai", title="Essai", unit="direction", by=None)


def add(change):
    row = Reorganisation.objects.get()
    return actions.add_change(reorganisation=row, change=change, by=None, seen=0)


def test_of_two_editors_one_wins_and_the_other_is_told(reorganisation):
    found = at_once(lambda: add(CREATE_POST), lambda: add(CREATE_CELL))
    assert {type(each) for each in found} == {ChangeRecord, StaleDraft}
    assert len(changes_of(reorganisation)) == 1
    (told,) = [each for each in found if isinstance(each, StaleDraft)]
    assert len(told.edits) == 1


def test_without_the_comparison_both_editors_write_over_what_they_did_not_see(reorganisation, monkeypatch):
    monkeypatch.setattr(draft_lock, "edits_since", lambda *args, **kwargs: [])
    found = at_once(lambda: add(CREATE_POST), lambda: add(CREATE_CELL))
    assert not any(isinstance(each, StaleDraft) for each in found)
    assert len(changes_of(reorganisation)) == 2


@pytest.fixture
def decided(reorganisation):
    return decide(reorganisation, CREATE_POST)


def decide(reorganisation, change):
    """Decided, with that change, at a date that has come."""
    actions.add_change(reorganisation=reorganisation, change=change, by=None, seen=0)
    committee = actions.create_committee(kind="ct", label="Comité", by=None)
    session = actions.plan_session(committee=committee, held_on=HELD_ON, by=None)
    for status, step in STEPS:
        step(reorganisation, session, None)
        if status == Status.DECIDED:
            break
    actions.set_stage_date(stage=next_stage(reorganisation), on=EFFECTIVE_ON, by=None)
    return reorganisation


def apply():
    row = Reorganisation.objects.get(code="essai")
    return actions.apply_stage(stage=row.stages.get(), by=None)


def test_of_two_entries_into_force_one_wins_and_the_other_is_told(decided):
    found = at_once(apply, apply)
    assert {type(each) for each in found} == {Version, AlreadyApplied}
    assert (Version.objects.count(), decided.stages.filter(applied_at__isnull=False).count()) == (2, 1)
    assert verify_chart() == []


def unguarded(work):
    """The same without SQLite's own lock of the whole database, taken when a transaction begins."""

    def run():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.transaction_mode = "DEFERRED"
        return work()

    return run


def test_without_the_locks_the_second_is_not_told(decided, monkeypatch):
    """Both read the stage before either writes: it comes into force twice, where SQLite does not stop the second."""
    both_have_read = threading.Barrier(2)
    real = applying.still_waiting

    def read_and_wait(execution, stage):
        found = real(execution, stage)
        both_have_read.wait(timeout=20)
        return found

    def unlocked(pk):
        row = Reorganisation.objects.get(pk=pk)
        return voted_text(row), row, False

    monkeypatch.setattr(applying, "lock_chart", lambda: None)
    monkeypatch.setattr(applying, "locked_with_text", unlocked)
    monkeypatch.setattr(applying, "still_waiting", read_and_wait)
    found = at_once(unguarded(apply), unguarded(apply))
    assert {type(each) for each in found} != {Version, AlreadyApplied}
    if connection.vendor == "sqlite":
        assert any(isinstance(each, Exception) for each in found)
    else:
        assert Version.objects.filter(source_code=decided.code).count() == 2


# A version comes into force while a draft is edited

REGRADE_WHAT_GOES = RegradePost(id=ChangeId("recoter-budget"), post=PostId(SUPPRESS.post), grade=GradeCode("A 3"))


@pytest.fixture
def beside(reorganisation):
    """A draft that the version about to come into force would leave possible, as long as nothing is added to it."""
    decide(reorganisation, SUPPRESS)
    return actions.create_reorganisation(code="suivant", title="Suivant", unit="direction", by=None)


def edit(row):
    """Somebody who saw the draft before it followed regrades the post that the version takes away."""
    return actions.add_change(reorganisation=row, change=REGRADE_WHAT_GOES, by=None, seen=0)


def what_became(beside, applied, edited):
    """The kinds of what each got, the version the draft is read on, its number of changes, its number of edits."""
    row = Reorganisation.objects.select_related("base_version").get(code="suivant")
    return type(applied), type(edited), row.base_version.number, len(changes_of(row)), row.edits.count()


# The edit first: in conflict, the draft stays where it was. The version first: the draft follows, the editor is told.
COHERENT = {(Version, ChangeRecord, 1, 1, 1), (Version, StaleDraft, 2, 0, 1)}


def test_a_draft_edited_while_a_version_comes_into_force_follows_or_is_in_conflict(beside):
    found = at_once(apply, lambda: edit(Reorganisation.objects.get(code="suivant")))
    assert what_became(beside, *found) in COHERENT
    assert verify_chart() == []


@pytest.mark.parametrize("edit_first", [True, False], ids=["edit-first", "version-first"])
def test_each_order_gives_its_own_result(beside, edit_first):
    """Both results are possible: the test above does not pass for want of one of them."""
    works = [lambda: edit(Reorganisation.objects.get(code="suivant")), apply]
    found = [at_once(work)[0] for work in (works if edit_first else reversed(works))]
    applied, edited = reversed(found) if edit_first else found
    expected = (Version, ChangeRecord, 1, 1, 1) if edit_first else (Version, StaleDraft, 2, 0, 1)
    assert what_became(beside, applied, edited) == expected


def test_without_the_lock_of_the_draft_it_is_neither(beside, monkeypatch):
    """Both read the draft before either writes: it follows with a change that contradicts the version, untold."""
    both_have_read = threading.Barrier(2)
    judge, read = following._unsettled, draft_lock.locked

    def judge_and_wait(*args):
        found = judge(*args)
        both_have_read.wait(timeout=20)
        return found

    def read_and_wait(row):
        found = read(row)
        both_have_read.wait(timeout=20)
        return found

    monkeypatch.setattr(ReorganisationQuerySet, "select_for_update", lambda rows, **kwargs: rows.all(), raising=False)
    monkeypatch.setattr(applying, "lock_chart", lambda: None)
    monkeypatch.setattr(following, "_unsettled", judge_and_wait)
    monkeypatch.setattr(draft_lock, "locked", read_and_wait)
    found = at_once(unguarded(apply), unguarded(lambda: edit(Reorganisation.objects.get(code="suivant"))))
    assert what_became(beside, *found) not in COHERENT
