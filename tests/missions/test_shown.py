"""The part of the chart a page shows: read in a constant number of queries, and counted as the structure counts."""

import datetime
from decimal import Decimal

import pytest

from missions.actions import add_missing_reference, assign_agent, open_chart, state_vacancy
from missions.models import Post
from missions.queries import structure_in_force
from missions.queries.shown import MOST, Occupied, part_in_force, part_of, shown_units
from orgchart.changes import NewPost, TransformUndetermined
from orgchart.records import Post as PostRecord
from orgchart.records import Unit as UnitRecord
from orgchart.structure import Hours, Structure
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, UnitId
from tests.factories import WORDS, apply_changes, make_agent, open_small_chart, small_structure

TODAY = datetime.date(2026, 1, 1)


def large(units: int, posts: int) -> Structure:
    """A direction, its services, their cellules, and as many posts as asked, some of known hours."""
    found = [UnitRecord(id=UnitId("u0"), kind=KindCode("direction"), label="Direction")]
    for number in range(1, units):
        parent = UnitId(f"u{(number - 1) // 5}")
        found.append(
            UnitRecord(
                id=UnitId(f"u{number}"),
                kind=KindCode("service"),
                label=f"Service {number}",
                parent=parent,
                position=number,
            )
        )
    held = [
        PostRecord(
            id=PostId(f"p{number}"),
            unit=UnitId(f"u{number % units}"),
            grade=GradeCode("A 3"),
            hours=Hours(worked=Decimal("17.5")) if number % 3 else None,
        )
        for number in range(posts)
    ]
    return Structure.of(found, held, nomenclature=WORDS)


@pytest.fixture
def small(db: None) -> Structure:
    open_small_chart()
    return structure_in_force()


def pending() -> TransformUndetermined:
    return TransformUndetermined(
        id=ChangeId("t"),
        candidates=(PostId("port-1"), PostId("port-2")),
        into=NewPost(id=PostId("nouveau"), grade=GradeCode("A 2.2"), hours=Hours(worked=Decimal(35))),
    )


@pytest.mark.parametrize("root", [None, "direction", "service-1", "cellule", "service-2"])
def test_totals_are_those_of_the_whole_structure(small, root):
    apply_changes(pending(), on=datetime.date(2022, 1, 1))
    whole = structure_in_force()
    part = part_in_force(root, TODAY)
    expected = part_of(whole, root)
    assert part
    assert expected
    assert part.total == expected.total
    assert part.units == expected.units
    assert part.totals
    for unit, total in part.totals.items():
        assert total == whole.total(unit), unit
        assert part.units_below(unit) == expected.units_below(unit)
        assert expected.total_of(unit) == part.total_of(unit)


def test_a_unit_with_one_known_in_part_below_it_has_no_total(db):
    units = [
        UnitRecord(id=UnitId("d"), kind=KindCode("direction"), label="D"),
        UnitRecord(id=UnitId("s"), kind=KindCode("service"), label="S", parent=UnitId("d"), partial=True),
        UnitRecord(id=UnitId("t"), kind=KindCode("service"), label="T", parent=UnitId("d"), position=1),
    ]
    open_small_chart(structure=Structure.of(units, nomenclature=WORDS))
    part = part_in_force(None, TODAY)
    assert part
    assert part.total is None
    assert [part.total_of(UnitId(unit)) is None for unit in ("d", "s", "t")] == [True, True, False]


def test_the_path_goes_from_the_top_down_to_the_unit(small):
    part = part_in_force("cellule", TODAY)
    assert part
    assert [unit.id for unit in part.path] == ["direction", "service-1"]


def test_a_unit_that_is_not_in_force_has_no_part(small):
    assert part_in_force("inconnue", TODAY) is None
    assert part_of(small, "inconnue") is None


def test_occupation_is_held_stated_vacant_or_not_known(small, hr):
    assign_agent(agent=make_agent(), post=Post.objects.get(uid="port-1"), begins_on=TODAY, by=hr)
    state_vacancy(post=Post.objects.get(uid="budget"), since=TODAY, by=hr)
    state_vacancy(post=Post.objects.get(uid="chef"), since=datetime.date(2026, 6, 1), by=hr)
    part = part_in_force(None, TODAY)
    assert part
    assert part.occupied == Occupied(held=1, vacant=1)
    assert part.vacant == {"budget"}
    below = part_in_force("service-2", TODAY)
    assert below
    assert below.occupied == Occupied(held=0, vacant=0)


def test_only_the_posts_of_the_units_shown_are_read(db):
    add_missing_reference(words=WORDS, by=None)
    open_chart(structure=large(200, 1000), effective_on=TODAY, by=None)
    part = part_in_force(None, TODAY)
    assert part
    shown = {unit.id for unit in part.structure.units}
    assert len(shown) <= MOST
    assert {post.unit for post in part.structure.posts} <= shown
    assert part.total
    assert part.total.posts == 1000


def test_as_many_queries_at_any_size(db, django_assert_num_queries):
    add_missing_reference(words=WORDS, by=None)
    open_chart(structure=large(4, 10), effective_on=TODAY, by=None)
    with django_assert_num_queries(8):
        part_in_force("u0", TODAY)


def test_as_many_queries_for_a_large_chart(db, django_assert_num_queries):
    add_missing_reference(words=WORDS, by=None)
    open_chart(structure=large(300, 3000), effective_on=TODAY, by=None)
    with django_assert_num_queries(8):
        part_in_force("u0", TODAY)


# Which units are drawn


def tree(*sizes: int) -> dict[UnitId | None, list[UnitId]]:
    """`sizes`: how many units each unit of a level has; keys are paths."""
    children: dict[UnitId | None, list[UnitId]] = {None: [UnitId("0")]}
    level = [UnitId("0")]
    for size in sizes:
        following: list[UnitId] = []
        for unit in level:
            children[unit] = [UnitId(f"{unit}-{number}") for number in range(size)]
            following += children[unit]
        level = following
    return children


def test_levels_are_drawn_while_the_chart_stays_small():
    shown, closed = shown_units(tree(3, 4, 10), frozenset(), frozenset())
    assert len(shown) == 1 + 3 + 12
    assert closed == {UnitId(f"0-{a}-{b}") for a in range(3) for b in range(4)}


def test_two_levels_are_drawn_at_least():
    shown, _ = shown_units(tree(100, 2), frozenset(), frozenset())
    assert len(shown) == 101


def test_a_small_chart_is_drawn_whole():
    shown, closed = shown_units(tree(2, 2), frozenset(), frozenset())
    assert len(shown) == 7
    assert not closed


def test_the_reader_folds_and_opens():
    shown, closed = shown_units(tree(3, 4, 10), frozenset({UnitId("0-0")}), frozenset({UnitId("0-1-0")}))
    assert UnitId("0-0-0") not in shown
    assert UnitId("0-0") in closed
    assert UnitId("0-1-0-9") in shown


def test_nothing_is_drawn_of_nothing():
    assert shown_units({None: []}, frozenset(), frozenset()) == (frozenset(), frozenset())


def test_a_whole_structure_is_folded_the_same_way():
    part = part_of(small_structure(), None, folded=[UnitId("service-1")], held=["chef", "ailleurs"])
    assert part
    assert part.folded == {"service-1"}
    assert part.occupied == Occupied(held=1, vacant=None)
    assert part.units == 4
