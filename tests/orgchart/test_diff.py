"""The difference of two charts: states, tree, totals and causes on small cases read by eye."""

from decimal import Decimal

import pytest

from orgchart.causes import UNEXPLAINED, Item, causes
from orgchart.changes import (
    AnyChange,
    AttachPosts,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MergeUnits,
    MoveUnit,
    Part,
    RedeployPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    RetitlePost,
    SetLead,
    SharePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.diff import Difference, State, TreeRow, compare
from orgchart.fold import fold
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.total import Total
from orgchart.values import Share
from tests.orgchart.sample import ONE_OF_THREE, chart, new_post, new_unit

PARTIAL = Unit(id="o", kind="service", label="Ailleurs", partial=True, position=9)
OUTSIDER = Post(id="outsider", unit="o", title="charge", grade="A 1", level=ManagementLevel.PROXIMITY)


def difference(*changes: AnyChange) -> Difference:
    before = chart(units=(PARTIAL,), posts=(OUTSIDER,))
    return compare(before, fold(before, changes))


POST_STATES: list[tuple[AnyChange, str, tuple[State, ...]]] = [
    (CreatePost(id="1", unit="s", new=new_post()), "n", (State.CREATED,)),
    (SuppressPost(id="1", post="p1"), "p1", (State.CLOSED,)),
    (TransformPost(id="1", post="p1", into=new_post()), "n", (State.TRANSFORMED,)),
    (TransformPost(id="1", post="p1", into=new_post()), "p1", (State.REPLACED,)),
    (RedeployPost(id="1", post="p1", to="t", into=new_post()), "n", (State.TRANSFORMED, State.MOVED)),
    (RedeployPost(id="1", post="p1", to="e", into=new_post()), "n", (State.TRANSFORMED, State.TRANSFERRED)),
    (AttachPosts(id="1", posts=("p1",), to="t"), "p1", (State.MOVED,)),
    (TransferPost(id="1", post="driver", to="t"), "driver", (State.TRANSFERRED,)),
    (TransferPost(id="1", post="outsider", to="t"), "outsider", (State.TRANSFERRED,)),
    (TransferPost(id="1", post="driver", to="o"), "driver", (State.TRANSFERRED,)),
    (RegradePost(id="1", post="p1", grade="A 1"), "p1", (State.CHANGED,)),
    (RetitlePost(id="1", post="p1", title="chef"), "p1", (State.RENAMED,)),
    (SharePost(id="1", post="guest", shares=()), "guest", (State.CHANGED,)),
    (TransformUndetermined(id="1", candidates=("p1", "p2"), into=new_post()), "p1", (State.CANDIDATE,)),
    (TransformUndetermined(id="1", candidates=("p1", "p2"), into=new_post()), "n", (State.TRANSFORMED,)),
]


@pytest.mark.parametrize(("change", "post", "states"), POST_STATES)
def test_the_states_of_a_post(change: AnyChange, post: str, states: tuple[State, ...]) -> None:
    delta = difference(change).posts[post]
    assert delta.states == states
    assert delta.state is states[0]
    assert difference(change).state_of_post(post) is states[0]


UNIT_STATES: list[tuple[AnyChange, str, tuple[State, ...]]] = [
    (CreateUnit(id="1", new=new_unit(), parent="d"), "new", (State.CREATED,)),
    (CloseUnit(id="1", unit="c"), "c", (State.CLOSED,)),
    (MoveUnit(id="1", unit="s", to="e"), "s", (State.MOVED,)),
    (RenameUnit(id="1", unit="s", label="Autre", acronym="SM"), "s", (State.RENAMED,)),
    (RenameUnit(id="1", unit="c", label="Cellule paie", provisional=True), "c", (State.CHANGED,)),
    (SetLead(id="1", unit="s", lead=None), "s", (State.CHANGED,)),
    (CreateUnit(id="1", new=new_unit(), parent="d", position=0), "t", (State.UNCHANGED,)),
]


@pytest.mark.parametrize(("change", "unit", "states"), UNIT_STATES)
def test_the_states_of_a_unit(change: AnyChange, unit: str, states: tuple[State, ...]) -> None:
    assert difference(change).units[unit].states == states
    assert difference(change).state_of_unit(unit) is states[0]


def test_what_does_not_differ_is_unchanged() -> None:
    found = difference(regrade := RegradePost(id="1", post="p1", grade="A 1"))
    assert regrade.post in found.posts
    assert found.state_of_unit("s") is found.state_of_post("p2") is State.UNCHANGED


def test_a_place_among_siblings_is_written_but_not_seen() -> None:
    delta = difference(CreateUnit(id="1", new=new_unit(), parent="d", position=0)).units["t"]
    assert (delta.fields, delta.visible_fields) == (("position",), ())
    moved = difference(AttachPosts(id="1", posts=("p1",), to="t")).posts["p1"]
    assert (moved.fields, moved.visible_fields) == (("unit", "position"), ("unit",))


def test_each_question_has_its_answer() -> None:
    found = difference(
        CreateUnit(id="1", new=new_unit(), parent="d", posts=("p1",)),
        CloseUnit(id="2", unit="c"),
        MoveUnit(id="3", unit="t", to="e"),
        CreatePost(id="4", unit="s", new=new_post()),
        SuppressPost(id="5", post="p2"),
        TransformPost(id="6", post="p3", into=new_post("m")),
        TransferPost(id="7", post="driver", to="new"),
    )
    assert [delta.id for delta in found.created_units()] == ["new"]
    assert [delta.id for delta in found.closed_units()] == ["c"]
    assert [delta.id for delta in found.units_in(State.MOVED)] == ["t"]
    assert [delta.id for delta in found.posts_in(State.CREATED)] == ["n"]
    assert [delta.id for delta in found.posts_in(State.CLOSED)] == ["p2"]
    assert [delta.id for delta in found.transformed_posts()] == ["m"]
    assert [delta.id for delta in found.posts_in(State.TRANSFERRED)] == ["driver"]
    assert [delta.id for delta in found.posts_in(State.MOVED)] == ["p1"]
    assert found.units["c"].known.label == "Cellule paie"


def test_a_chain_of_transformations_replaces_the_first_post() -> None:
    found = difference(
        TransformPost(id="1", post="p1", into=new_post("one")), TransformPost(id="2", post="one", into=new_post("two"))
    )
    assert {post: delta.state for post, delta in found.posts.items()} == {
        "p1": State.REPLACED,
        "two": State.TRANSFORMED,
    }


def test_a_resolution_replaces_one_candidate_and_leaves_the_others() -> None:
    pending = TransformUndetermined(id="w", candidates=("p1", "p2", "p3"), into=new_post())
    opened = fold(chart(), [pending, TransformUndetermined(id="v", candidates=("p1", "p2", "p3"), into=new_post("m"))])
    found = compare(opened, fold(opened, [ResolveTransformation(id="r", pending="w", post="p2")]))
    assert {post: delta.state for post, delta in found.posts.items()} == {
        "n": State.TRANSFORMED,
        "p2": State.REPLACED,
    }
    assert [pending.candidates for pending in found.pendings_opened] == [("p1", "p3")]
    assert {pending.id for pending in found.pendings_closed} == {"v", "w"}


def test_posts_of_merged_perimeters_are_not_transferred() -> None:
    found = difference(MergeUnits(id="1", units=("d", "e"), into=new_unit(kind="direction"), parent=None))
    assert found.posts["driver"].states == (State.MOVED,)


def flat(rows: tuple[TreeRow, ...]) -> list[tuple[int, str, State, list[str], list[str]]]:
    found = []
    for row in rows:
        line = (row.level, row.unit.id, row.state, [each.id for each in row.posts], [each.id for each in row.gone])
        found.extend([line, *flat(row.children)])
    return found


def test_the_tree_keeps_ancestors_and_shows_closed_units_where_they_were() -> None:
    found = difference(CloseUnit(id="1", unit="c"), AttachPosts(id="2", posts=("p1",), to="t"))
    assert flat(found.tree()) == [
        (0, "d", State.UNCHANGED, [], []),
        (1, "s", State.UNCHANGED, [], ["p1"]),
        (2, "c", State.CLOSED, [], []),
        (1, "t", State.UNCHANGED, ["p1"], []),
    ]
    assert [row[1] for row in flat(found.tree(everything=True))] == ["d", "s", "c", "t", "e", "o"]


# Totals


def test_totals_before_after_and_gap_in_the_order_of_the_scale() -> None:
    totals = difference(
        RegradePost(id="1", post="p1", grade="A 1"), CreatePost(id="2", unit="t", new=new_post())
    ).totals("d")
    lines = {row.label: (row.before.posts, row.after.posts, row.gap.posts) for row in totals.grades}
    assert list(lines) == ["A 1", "A 2", "B 1", "non renseignée"]
    assert lines == {"A 1": (1, 2, 1), "A 2": (3, 2, -1), "B 1": (1, 1, 0), "non renseignée": (0, 1, 1)}
    assert [row.label for row in totals.changed_grades] == ["A 1", "A 2", "non renseignée"]
    assert totals.headcount.gap == Total(1, 0, 1)
    assert [row.label for row in totals.categories] == ["A", "B", "non renseignée"]
    assert [row.key for row in totals.levels] == [None]


def test_a_unit_known_in_part_gives_gaps_only_and_so_does_what_holds_it() -> None:
    found = difference(TransferPost(id="1", post="outsider", to="t"))
    outside, whole = found.totals("o"), found.totals()
    assert (outside.partial, whole.partial) == (True, True)
    assert (outside.headcount.before, outside.headcount.after, outside.headcount.gap.posts) == (None, None, -1)
    assert (whole.headcount.before, whole.headcount.gap) == (None, Total())
    assert [row.label for row in outside.levels] == ["manager de proximité"]
    assert not found.totals("d").partial


def test_sites_are_named() -> None:
    found = difference(TransferPost(id="1", post="driver", to="t"))
    assert [row.label for row in found.totals("t").sites] == ["Lille"]
    assert found.totals("new-and-absent").headcount.gap == Total()


def test_what_is_to_be_determined_is_replayed_both_ways() -> None:
    before, after = chart(), fold(chart(), [ONE_OF_THREE])
    assert compare(before, after).replay(before) == after
    assert compare(after, before).replay(after) == before


# Causes


def kinds(items: tuple[Item, ...]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(item.number, item.kind, item.posts) for item in items]


def test_each_cause_says_how_many_and_which_posts() -> None:
    changes = (
        RegradePost(id="1", post="p1", grade="A 1"),
        RedeployPost(id="2", post="p2", to="t", into=new_post(grade="A 1")),
        MoveUnit(id="3", unit="t", to="e"),
    )
    found = causes(chart(), changes, fold(chart(), changes))
    top, middle = found.grades
    assert (top.key, top.before, top.after) == ("A 1", 1, 3)
    assert kinds(top.items) == [(1, "changement de cotation", ("p1",)), (1, "redéploiement", ("n",))]
    assert kinds(middle.items) == [(-1, "changement de cotation", ("p1",)), (-1, "redéploiement", ("p2",))]
    transports = found.unit("e")
    assert transports is not None
    assert kinds(transports.items) == [(1, "rattachement", ("n",))]
    assert found.unit("c") is None


def test_a_cause_follows_the_pendings_that_are_moved() -> None:
    pending = TransformUndetermined(id="w", candidates=("p1", "p2"), into=new_post())
    changes = (pending, MoveUnit(id="2", unit="s", to="e"))
    found = causes(chart(), changes, fold(chart(), changes))
    direction = found.unit("d")
    assert direction is not None
    assert (direction.before, direction.after) == (5, 0)
    opened, closed, moved = direction.items
    assert (opened.number, closed.number) == (1, -1)
    assert (moved.number, moved.kind, len(moved.posts)) == (-5, "rattachement", 6)


def test_a_unit_that_replaces_others_is_counted_with_what_they_held() -> None:
    changes = (
        CreateUnit(id="1", new=new_unit(), parent="d", posts=("chief", "p1", "p2", "guest"), units=("c",)),
        AttachPosts(id="2", posts=("p3",), to="e"),
        CloseUnit(id="3", unit="s", successors=("new",)),
    )
    found = causes(chart(), changes, fold(chart(), changes), within="new")
    row = found.unit("new")
    assert row is not None
    assert (row.before, row.after, kinds(row.items)) == (5, 4, [(-1, "rattachement", ("p3",))])
    assert [(line.key, line.before, line.after) for line in found.grades] == [("A 2", 3, 2)]


def test_nested_units_that_become_one_are_counted_once() -> None:
    changes = (
        AttachPosts(id="1", posts=("p1",), to="c"),
        MergeUnits(id="2", units=("s", "c"), into=new_unit(), parent="d"),
        CreatePost(id="3", unit="new", new=new_post()),
    )
    found = causes(chart(), changes, fold(chart(), changes))
    row = found.unit("new")
    assert row is not None
    assert (row.before, row.after, kinds(row.items)) == (5, 6, [(1, "création", ("n",))])


def test_a_split_unit_shows_what_each_part_took() -> None:
    parts = (
        Part(new=new_unit("a"), posts=("chief", "p1"), units=("c",)),
        Part(new=new_unit("b"), posts=("p2", "p3", "guest")),
    )
    changes = (SplitUnit(id="1", unit="s", into=parts),)
    found = causes(chart(), changes, fold(chart(), changes))
    assert [(row.key, row.before, row.after) for row in found.units] == [("a", 0, 2), ("b", 0, 3), ("s", 5, 0)]


def test_a_gap_that_no_change_makes_is_said_so() -> None:
    found = causes(chart(), (), fold(chart(), [SuppressPost(id="1", post="p1")]))
    assert [row.items for row in found.grades] == [(Item(-1, None, UNEXPLAINED, ()),)]
    assert found.unit("s") is not None


def test_a_change_that_cannot_be_made_causes_nothing() -> None:
    assert causes(chart(), [SuppressPost(id="1", post="absent")], chart()) == ((), ())


def test_a_shared_post_counts_in_its_own_unit() -> None:
    shares = (Share(unit="s", percent=Decimal(10)), Share(unit="t", percent=Decimal(90)))
    changes = (SharePost(id="1", post="guest", shares=shares),)
    assert causes(chart(), changes, fold(chart(), changes)) == ((), ())


def test_a_unit_that_comes_from_one_that_stands_is_no_heir() -> None:
    before = chart(units=(Unit(id="t", kind="service", label="Service du patrimoine", parent="d", origins=("s",)),))
    changes = (CreatePost(id="1", unit="s", new=new_post()),)
    assert [row.key for row in causes(before, changes, fold(before, changes)).units] == ["d", "s"]


def test_the_cotations_of_a_unit_that_closes() -> None:
    changes = (AttachPosts(id="1", posts=("driver",), to="t"), CloseUnit(id="2", unit="e"))
    found = causes(chart(), changes, fold(chart(), changes), within="e")
    assert [(row.key, row.before, row.after) for row in found.grades] == [("B 1", 1, 0)]
