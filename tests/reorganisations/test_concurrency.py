"""Two people at the same time. Each test has its twin without the guard, which must go wrong."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from missions.models import Version
from missions.verify import verify_chart
from reorganisations import actions
from reorganisations.actions import applying, draft_lock
from reorganisations.exceptions import AlreadyApplied, StaleDraft
from reorganisations.models import ChangeRecord, Reorganisation, Status
from reorganisations.queries import changes_of
from reorganisations.queries.execution import voted_text
from tests.factories import open_small_chart

from .conftest import CREATE_CELL, CREATE_POST, EFFECTIVE_ON, HELD_ON, STEPS, next_stage

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
    actions.add_change(reorganisation=reorganisation, change=CREATE_POST, by=None, seen=0)
    committee = actions.create_committee(kind="ct", label="Comité", by=None)
    session = actions.plan_session(committee=committee, held_on=HELD_ON, by=None)
    for status, step in STEPS:
        step(reorganisation, session, None)
        if status == Status.DECIDED:
            break
    actions.set_stage_date(stage=next_stage(reorganisation), on=EFFECTIVE_ON, by=None)
    return reorganisation


def apply():
    row = Reorganisation.objects.get()
    return actions.apply_stage(stage=row.stages.get(), by=None)


def test_of_two_entries_into_force_one_wins_and_the_other_is_told(decided):
    found = at_once(apply, apply)
    assert {type(each) for each in found} == {Version, AlreadyApplied}
    assert (Version.objects.count(), decided.stages.filter(applied_at__isnull=False).count()) == (2, 1)
    assert verify_chart() == []


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

    def apply_unlocked():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.transaction_mode = "DEFERRED"
        return apply()

    monkeypatch.setattr(applying, "lock_chart", lambda: None)
    monkeypatch.setattr(applying, "locked_with_text", unlocked)
    monkeypatch.setattr(applying, "still_waiting", read_and_wait)
    found = at_once(apply_unlocked, apply_unlocked)
    assert {type(each) for each in found} != {Version, AlreadyApplied}
    if connection.vendor == "sqlite":
        assert any(isinstance(each, Exception) for each in found)
    else:
        assert Version.objects.filter(source_code=decided.code).count() == 2
