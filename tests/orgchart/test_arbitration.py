"""What a conflict is about, and what is left of a change once the other side is taken."""

import pytest
from msgspec.structs import replace

from orgchart.arbitration import conflict_key, impossible_on, lost_by_taking, taken
from orgchart.changes import (
    AnyChange,
    AttachPosts,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MergeUnits,
    RegradePost,
    RenameUnit,
    SuppressPost,
    TransformUndetermined,
)
from orgchart.conflicts import Conflict, conflicts_between, conflicts_with_chart
from orgchart.fold import fold, fold_leniently
from tests.orgchart.sample import chart, new_post, new_unit

REGRADE = RegradePost(id="m", post="p1", grade="A 1")
REGRADE_THERE = RegradePost(id="t", post="p1", grade="B 1")


def key_of(mine: AnyChange, theirs: AnyChange) -> str:
    (found,) = conflicts_between(chart(), [mine], [theirs])
    return conflict_key(found, mine, theirs)


def both(mine: list[AnyChange], theirs: list[AnyChange]) -> Conflict:
    return conflicts_between(chart(), mine, theirs)[0]


def left(mine: list[AnyChange], theirs: list[AnyChange]) -> AnyChange | None:
    """What becomes of the first change in conflict once theirs are taken."""
    now = fold_leniently(chart(), theirs).structure
    return taken(chart(), mine, both(mine, theirs), now)  # type: ignore[return-value]  # a change of the catalogue


# What it is about


def test_a_conflict_has_the_same_key_in_both_drafts_and_in_the_chart_once_in_force() -> None:
    mine = key_of(REGRADE, REGRADE_THERE)
    assert mine == key_of(REGRADE_THERE, REGRADE)
    (found,) = conflicts_with_chart(chart(), [REGRADE], fold(chart(), [REGRADE_THERE]))
    assert conflict_key(found, REGRADE, None) == mine


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (replace(REGRADE, motive="Autre motif."), REGRADE_THERE, True),
        (replace(REGRADE, id="autre"), REGRADE_THERE, True),
        (replace(REGRADE, grade="B 1"), replace(REGRADE_THERE, grade="A 1"), True),
        (REGRADE, replace(REGRADE_THERE, grade="A 3"), False),
        (replace(REGRADE, post="p2"), replace(REGRADE_THERE, post="p2"), False),
    ],
    ids=["another motive", "another id", "the values exchanged", "another value", "another post"],
)
def test_the_key_of_a_field_changes_with_the_record_and_the_values(
    mine: RegradePost, theirs: RegradePost, same: bool
) -> None:
    assert (key_of(mine, theirs) == key_of(REGRADE, REGRADE_THERE)) is same


def test_otherwise_it_is_the_two_changes_that_it_is_about() -> None:
    create, close = CreateUnit(id="m", new=new_unit(), parent="c"), CloseUnit(id="t", unit="c")
    key = key_of(create, close)
    assert key == key_of(close, create)
    assert key_of(create, replace(close, motive="Absorbée.")) == key
    assert key_of(replace(create, new=replace(create.new, label="Autre")), close) != key


def test_with_the_chart_it_is_my_change_and_what_the_chart_says() -> None:
    create = CreateUnit(id="m", new=new_unit(), parent="c")
    (found,) = conflicts_with_chart(chart(), [create], fold(chart(), [CloseUnit(id="t", unit="c")]))
    key = conflict_key(found, create, None)
    assert key == conflict_key(found, replace(create, motive="Autre."), None)
    assert key != conflict_key(found, replace(create, announced=3), None)


# What taking makes of a change


def test_a_change_of_one_field_is_dropped() -> None:
    assert left([REGRADE], [REGRADE_THERE]) is None


def test_of_several_posts_those_in_conflict_are_left_out() -> None:
    attach = AttachPosts(id="m", posts=("p1", "p2"), to="t")
    assert left([attach], [SuppressPost(id="x", post="p1")]) == replace(attach, posts=("p2",))
    assert left([replace(attach, posts=("p1",))], [SuppressPost(id="x", post="p1")]) is None


def test_a_unit_is_created_without_what_the_other_side_took() -> None:
    create = CreateUnit(id="m", new=new_unit(), parent="d", posts=("p1", "p2"))
    assert left([create], [AttachPosts(id="t", posts=("p1",), to="t")]) == replace(create, posts=("p2",))


def test_of_several_fields_the_one_in_conflict_gets_the_value_of_the_other_side() -> None:
    mine = RenameUnit(id="m", unit="s", label="Moyens", acronym="SMo")
    theirs = RenameUnit(id="t", unit="s", label="Ressources", acronym="SM")
    assert left([mine], [theirs]) == replace(mine, label="Ressources")


def test_too_little_left_is_nothing() -> None:
    merge = MergeUnits(id="m", units=("s", "c"), into=new_unit(), parent="d")
    conflict = Conflict(code=both([REGRADE], [REGRADE_THERE]).code, message="", change="m", units=("c",))
    assert taken(chart(), [merge], conflict, chart()) is None


def test_a_transformation_keeps_the_candidates_that_are_left() -> None:
    mine = TransformUndetermined(id="m", candidates=("p1", "p2", "p3"), into=new_post("pending"))
    amended = left([mine], [SuppressPost(id="t", post="p1")])
    assert amended == replace(mine, candidates=("p2", "p3"))


def test_what_needed_the_change_is_told() -> None:
    mine: list[AnyChange] = [
        CreateUnit(id="m", new=new_unit(), parent="c"),
        CreatePost(id="m2", unit="new", new=new_post()),
        REGRADE_THERE,
    ]
    theirs: list[AnyChange] = [CloseUnit(id="t", unit="c")]
    assert lost_by_taking(chart(), mine, both(mine, theirs), left(mine, theirs)) == ("m2",)
    attach = AttachPosts(id="m", posts=("p1", "p2"), to="t")
    gone: list[AnyChange] = [SuppressPost(id="t", post="p1")]
    assert lost_by_taking(chart(), [attach], both([attach], gone), left([attach], gone)) == ()


def test_what_cannot_stand_on_the_chart() -> None:
    now = fold(chart(), [CloseUnit(id="t", unit="c")])
    mine: list[AnyChange] = [CreateUnit(id="m", new=new_unit(), parent="c"), REGRADE_THERE]
    assert impossible_on(now, mine) == {"m"}
