"""Each thing that is altered behind the application is told, by its code; an untouched chart has no fault."""

import datetime

import pytest
from django.db import connection

from missions.actions import assign_agent, correct_unit, end_assignment
from missions.models import Assignment, Post, Unit, Version
from missions.seals import Unreadable, pack, sealed_structure, unpack
from missions.verify import verify_chart
from orgchart.changes import NewPost, RenameUnit, SuppressPost, TransformUndetermined
from orgchart.values import sha256
from tests.factories import OPENED_ON, apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)


@pytest.fixture
def chart(hr):
    """Two versions, a correction, a pending transformation, a holder."""
    open_small_chart(by=hr)
    correct_unit(unit=Unit.objects.get(uid="service-1"), fields={"acronym": "SP"}, reason="oubli", by=hr)
    apply_changes(
        RenameUnit(id="r", unit="service-2", label="Service des balises"),
        TransformUndetermined(id="t", candidates=("port-1", "port-2"), into=NewPost(id="chef-ports", grade="A 2.2")),
        on=DAY,
        by=hr,
    )
    correct_unit(unit=Unit.objects.get(uid="cellule"), fields={"acronym": "CB"}, reason="oubli", by=hr)
    assign_agent(agent=make_agent(), post=Post.objects.get(uid="budget"), begins_on=OPENED_ON, by=hr)


def execute(statement, *values):
    """What somebody with the owner's rights does behind the application."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


def codes():
    return [fault.code for fault in verify_chart()]


def test_an_untouched_chart_has_no_fault(chart):
    assert verify_chart() == []


def test_an_empty_database_has_no_fault(db):
    assert verify_chart() == []


def flip_a_byte(number):
    version = Version.objects.get(number=number)
    text = bytearray(unpack(version))
    text[text.index(b"Direction de la mer")] ^= 1
    execute("UPDATE missions_version SET snapshot = %s WHERE number = %s", pack(bytes(text)), number)


def test_a_byte_flipped_in_a_snapshot_is_told(chart):
    flip_a_byte(1)
    assert codes() == ["snapshot_hash"]
    assert "version 1" in verify_chart()[0].message


def test_a_snapshot_and_its_hash_altered_together_break_the_seal_and_the_chain(chart):
    flip_a_byte(1)
    text = unpack(Version.objects.get(number=1))
    execute("UPDATE missions_version SET sha256 = %s WHERE number = 1", sha256(text))
    assert codes() == ["seal", "chain"]


@pytest.mark.parametrize(
    ("snapshot", "code"),
    [
        (b"not compressed", "snapshot_unreadable"),
        (pack(b"not a structure"), "snapshot_hash"),
    ],
)
def test_an_unreadable_snapshot_is_told_once(chart, snapshot, code):
    execute("UPDATE missions_version SET snapshot = %s WHERE number = 2", snapshot)
    assert codes() == [code]
    with pytest.raises(Unreadable, match="version 2 est illisible"):
        sealed_structure(Version.objects.get(number=2))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{}[]", "snapshot_structure"),
        (b'{"units": 3}', "snapshot_structure"),
        (b'{ "units" : [] }', "snapshot_canonical"),
    ],
)
def test_a_sealed_text_that_is_no_structure_is_told(chart, text, code):
    execute("UPDATE missions_version SET snapshot = %s, sha256 = %s WHERE number = 1", pack(text), sha256(text))
    assert codes() == [code, "seal", "chain"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE missions_version SET title = 'Autre' WHERE number = 2", ["seal"]),
        ("UPDATE missions_version SET effective_on = '2021-10-05' WHERE number = 2", ["seal"]),
        ("UPDATE missions_version SET effective_on = '2020-01-01' WHERE number = 2", ["seal", "dates"]),
        ("UPDATE missions_version SET previous_sha256 = 'x' WHERE number = 2", ["chain", "seal"]),
        ("UPDATE missions_version SET number = 3 WHERE number = 2", ["version_missing", "seal"]),
        ("UPDATE missions_version SET seal = 'x' WHERE number = 1", ["seal", "seal"]),
    ],
)
def test_a_heading_or_a_link_altered_is_told(chart, statement, expected):
    execute(statement)
    assert codes() == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE missions_unit SET label = 'Autre' WHERE uid = 'cellule'", ["live_unit"]),
        ("UPDATE missions_unit SET gone_on = '2022-01-01', parent_id = NULL WHERE uid = 'service-2'", None),
        ("UPDATE missions_post SET grade_id = 'A 3' WHERE uid = 'budget'", ["live_post"]),
        ("UPDATE missions_post SET gone_on = '2030-01-01' WHERE uid = 'port-1'", None),
        ("DELETE FROM missions_pendingtransformation", ["live_pending"]),
        ("UPDATE missions_correction SET after = '\"XX\"' WHERE target_uid = 'cellule'", ["live_unit"]),
    ],
)
def test_a_live_row_altered_is_told(chart, statement, expected):
    execute(statement)
    found = codes()
    assert found == expected if expected else {"live_unit", "live_post"} & {*found}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE missions_unit SET rght = rght + 5 WHERE uid = 'service-1'", ["tree_numbers"]),
        ("UPDATE missions_unit SET level = 3 WHERE uid = 'cellule'", ["tree_numbers"]),
        ("UPDATE missions_unit SET tree_id = 7", ["tree_numbers"] * 4),
        (
            "UPDATE missions_unit SET parent_id = (SELECT id FROM missions_unit u WHERE u.uid = 'cellule') "
            "WHERE uid = 'service-1'",
            ["tree_loop", "live_unit"],
        ),
    ],
)
def test_a_tree_altered_is_told(chart, statement, expected):
    execute(statement)
    assert codes() == expected


def test_a_parent_out_of_force_is_told(chart):
    execute("UPDATE missions_unit SET gone_on = '2022-01-01', parent_id = NULL WHERE uid = 'service-1'")
    assert "tree_parent" in codes()


def test_an_overfilled_post_or_agent_is_told(chart):
    execute("UPDATE missions_assignment SET share = 60")
    held = Assignment.objects.get()
    Assignment.objects.create(agent=make_agent("Jean Petit"), post=held.post, share=60, begins_on=DAY)
    Assignment.objects.create(agent=held.agent, post=Post.objects.get(uid="port-1"), share=90, begins_on=DAY)
    faults = verify_chart()
    assert [fault.code for fault in faults] == ["post_overfilled", "agent_overfilled"]
    assert "120\u00a0% le 1er janvier 2022" in faults[0].message


def test_a_holder_after_the_end_of_the_post_is_told(chart, hr):
    end_assignment(assignment=Assignment.objects.get(), ends_on=DAY, by=hr)
    apply_changes(SuppressPost(id="s", post="budget"), on=datetime.date(2023, 1, 1), by=hr)
    assert codes() == []
    execute("UPDATE missions_assignment SET ends_on = '2023-06-01'")
    assert codes() == ["held_after_its_end"]


def test_units_without_any_version_are_told(chart):
    execute("DELETE FROM missions_correction")
    execute("DELETE FROM missions_version")
    assert codes() == ["never_opened"]
