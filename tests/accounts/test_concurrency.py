"""Two HR accounts that withdraw each other's role at the same moment: one of them stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError, connection
from django.db.models import QuerySet

from accounts import actions
from accounts.models import Role, RoleGrant
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """Whoever has counted the HR accounts waits for the other to have counted too, a second at most."""
    barrier = Barrier(2)
    count = actions._check_another_hr

    def count_and_wait(user):
        count(user)
        try:
            barrier.wait(timeout=1)
        except BrokenBarrierError:
            barrier.reset()

    monkeypatch.setattr(actions, "_check_another_hr", count_and_wait)


def race(users, *, locked):
    def withdraw(user):
        try:
            connection.ensure_connection()
            if not locked and connection.vendor == "sqlite":
                connection.transaction_mode = None
            actions.withdraw_role(user=user, role=Role.HR, by=None)
        except (actions.LastHR, OperationalError) as fact:
            return type(fact).__name__
        finally:
            connection.close()
        return "withdrawn"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(withdraw, users))


def test_one_of_two_stays(meeting):
    users = UserFactory.create_batch(2, roles=[Role.HR])
    assert race(users, locked=True) == ["LastHR", "withdrawn"]
    assert RoleGrant.objects.filter(role=Role.HR).count() == 1


def test_without_the_lock_both_go_or_one_breaks(meeting, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, **_: queryset)
    users = UserFactory.create_batch(2, roles=[Role.HR])
    outcome = race(users, locked=False)
    assert outcome == (["OperationalError", "withdrawn"] if connection.vendor == "sqlite" else ["withdrawn"] * 2)
