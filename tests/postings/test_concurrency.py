"""Two outcomes, or a withdrawal during one: one result, the other is told. Each has its twin without the lock."""

import threading

import pytest
from django.db import connection, transaction

from missions.models import Assignment
from postings import actions
from postings.actions import applying, assigning, deciding
from postings.actions import locking as locks
from postings.exceptions import AlreadyDecided, CandidateWithdrew, ImpossibleTransition
from postings.models import Application, Outcome, Posting, PostingStatus
from tests.factories import apply_changes, open_small_chart
from tests.reorganisations.test_concurrency import at_once

from .bringing import EFFECTIVE, NEW_POST, RULE_ON, apply, bring, examine, person, prepare, sit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposed():
    """Two ranked candidates, the first of them proposed; the uids of both."""
    open_small_chart()
    apply_changes(NEW_POST, on=RULE_ON.replace(day=1))
    ana, luc = person("Ana Blin", "port-1"), person("Luc Roy", "port-2")
    posting = bring(prepare(), PostingStatus.OPEN)
    sit(posting, president=True)
    found = [apply(posting, ana), apply(posting, luc)]
    bring(posting, PostingStatus.EXAMINATION)
    for position, application in enumerate(found, 1):
        application.refresh_from_db()
        examine(application, position=position)
    actions.propose(posting=posting, by=None, applications=found[:1], reason="Expérience.")
    return [each.uid for each in found]


def decide(uid, others):
    chosen = Application.objects.get(uid=uid)
    return actions.record_outcome(
        posting=Posting.objects.get(),
        by=None,
        retained=[(chosen, "")],
        reasons=dict.fromkeys(others, "Motif."),
        effective_on=EFFECTIVE,
    )


def withdraw(uid):
    return actions.withdraw(application=Application.objects.get(uid=uid), by=None)


def test_of_two_outcomes_one_is_written_and_the_other_is_told(proposed):
    first, second = proposed
    found = at_once(lambda: decide(first, proposed), lambda: decide(second, proposed))
    assert {type(each) for each in found} == {Outcome, AlreadyDecided}
    assert Outcome.objects.count() == 1
    assert Application.objects.filter(status="retenue").count() == 1
    assert Assignment.objects.filter(post="a-pourvoir").count() == 1


def test_a_withdrawal_during_an_outcome_wins_or_is_told(proposed):
    first, _ = proposed
    outcome, withdrawal = at_once(lambda: decide(first, proposed), lambda: withdraw(first))
    if isinstance(outcome, CandidateWithdrew):
        assert Application.objects.get(uid=first).status == "retiree"
        assert not Outcome.objects.exists()
        assert isinstance(withdrawal, Application)
    else:
        assert isinstance(outcome, Outcome)
        assert isinstance(withdrawal, ImpossibleTransition)
        assert Application.objects.get(uid=first).status == "retenue"


class Sabotage:
    """Nothing is held, and both have read before either writes."""

    def __init__(self, monkeypatch):
        self.barrier = threading.Barrier(2)
        for module in (applying, assigning, deciding, locks):
            if hasattr(module, "locked"):
                monkeypatch.setattr(module, "locked", self.read)
            if hasattr(module, "lock_chart"):
                monkeypatch.setattr(module, "lock_chart", lambda: None)
        monkeypatch.setattr(deciding, "_standing", self.standing)
        monkeypatch.setattr(applying, "locked_application", self.application)

    def read(self, posting):
        return Posting.objects.select_related("reorganisation").get(pk=posting.pk)

    def standing(self, row):
        found = {each.pk: each for each in row.applications.select_related("agent__user").order_by("number")}
        for each in found.values():
            each.posting = row
        self.barrier.wait(timeout=20)
        return found

    def application(self, given):
        found = Application.objects.select_related("posting", "agent__user").get(pk=given.pk)
        self.barrier.wait(timeout=20)
        return found


def unlocked(work):
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"
    with transaction.atomic():
        return work()


def test_without_the_lock_the_second_outcome_is_not_told(proposed, monkeypatch):
    """It is stopped by a constraint or by the database at best, with words nobody understands."""
    Sabotage(monkeypatch)
    first, second = proposed
    found = at_once(
        lambda: unlocked(lambda: decide(first, proposed)), lambda: unlocked(lambda: decide(second, proposed))
    )
    assert {type(each) for each in found} != {Outcome, AlreadyDecided}
    assert not any(isinstance(each, AlreadyDecided) for each in found)


def test_without_the_lock_the_withdrawal_and_the_outcome_do_not_see_each_other(proposed, monkeypatch):
    Sabotage(monkeypatch)
    first, _ = proposed
    outcome, withdrawal = at_once(
        lambda: unlocked(lambda: decide(first, proposed)), lambda: unlocked(lambda: withdraw(first))
    )
    assert not isinstance(outcome, CandidateWithdrew)
    assert not isinstance(withdrawal, ImpossibleTransition)
