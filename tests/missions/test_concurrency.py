"""Two writers at the same moment leave a valid tree and never overfill a post; without the locks they do not."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from missions.actions import PostOverfilled, assign_agent, assignments, capacity, structure, versions
from missions.models import Agent, Assignment, Post, Version
from missions.queries import structure_in_force
from missions.verify import verify_chart
from orgchart.changes import CreateUnit, NewUnit
from orgchart.diff import compare
from orgchart.fold import fold
from tests.factories import make_agent, open_small_chart

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2022, 1, 1)
AT_ONCE = 4


def at_once(act, arguments, *, immediate=True):
    """Run `act` for each argument in its own connection, all starting together; what it returned or raised.

    The IMMEDIATE transactions are SQLite's lock: they can be left out too.
    """
    start = threading.Barrier(len(arguments))

    def run(argument):
        try:
            connection.ensure_connection()
            if not immediate and connection.vendor == "sqlite":
                connection.transaction_mode = None
            start.wait(timeout=10)
            return act(argument)
        except Exception as fact:
            return fact
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def create_unit(name):
    """What a stage does, from the lock to the seal."""
    with transaction.atomic():
        structure.lock_chart()
        before = structure_in_force()
        change = CreateUnit(id=name, new=NewUnit(id=name, kind="cellule", label=name), parent="service-1", position=0)
        after = fold(before, [change])
        structure.write_structure(difference=compare(before, after), by=None, on=DAY)
        return versions.seal_version(structure=after, effective_on=DAY, kind="reorganisation", title=name, by=None)


@pytest.fixture
def slow_reading(monkeypatch):
    """Whoever has read the chart waits a moment: without the lock the others read the same one meanwhile."""
    read = structure_in_force

    def read_and_wait():
        found = read()
        threading.Event().wait(0.3)
        return found

    monkeypatch.setattr("tests.missions.test_concurrency.structure_in_force", read_and_wait)


def test_structural_writes_queue(slow_reading):
    open_small_chart()
    names = [f"unite-{number}" for number in range(AT_ONCE)]
    outcome = at_once(create_unit, names)
    assert sorted(version.number for version in outcome) == [2, 3, 4, 5]
    assert {*names} <= structure_in_force().unit_by_id.keys()
    assert not verify_chart()


def test_without_the_lock_they_do_not(slow_reading, monkeypatch):
    monkeypatch.setattr(structure, "lock_chart", lambda: None)
    monkeypatch.setattr(versions, "lock_chart", lambda: None)
    open_small_chart()
    outcome = at_once(create_unit, ["unite-1", "unite-2"], immediate=False)
    written = [each for each in outcome if isinstance(each, Version)]
    assert len(written) < 2 or verify_chart()


@pytest.fixture
def slow_check(monkeypatch):
    """Whoever has checked the shares waits a moment before writing."""
    check = capacity.check_capacity

    def check_and_wait(*args, **kwargs):
        check(*args, **kwargs)
        threading.Event().wait(0.3)

    monkeypatch.setattr(assignments, "check_capacity", check_and_wait)


def hold(agent):
    return assign_agent(agent=agent, post=Post.objects.get(uid="port-1"), begins_on=DAY, share=60, by=None)


def test_simultaneous_assignments_never_exceed_the_whole(slow_check):
    open_small_chart()
    outcome = at_once(hold, [make_agent(f"Agent {letter}") for letter in "ABCD"])
    assert [type(each) for each in outcome].count(PostOverfilled) == AT_ONCE - 1
    assert Assignment.objects.count() == 1
    assert not verify_chart()


def test_without_the_rows_held_they_do(slow_check, monkeypatch):
    def rows_only(*, posts, agents):
        found = Post.objects.filter(uid__in=posts), Agent.objects.filter(pk__in=agents)
        return {post.uid: post for post in found[0]}, {agent.pk: agent for agent in found[1]}

    monkeypatch.setattr(assignments, "lock_holders", rows_only)
    open_small_chart()
    outcome = at_once(hold, [make_agent("Agent A"), make_agent("Agent B")], immediate=False)
    if connection.vendor == "sqlite":
        assert any(isinstance(each, OperationalError) for each in outcome)
    else:
        assert [fault.code for fault in verify_chart()] == ["post_overfilled"]
