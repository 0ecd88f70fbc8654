"""What a perimeter's draft does to the units around it: the gaps that the page of totals names."""

from hypothesis import given
from hypothesis import strategies as st

from orgchart.causes import causes, gaps_outside
from orgchart.changes import AttachPosts, CloseUnit, CreateUnit, SuppressPost, TransferPost
from orgchart.fold import fold, fold_leniently
from orgchart.values import UnitId
from tests.orgchart.drafting import Draft, attempts
from tests.orgchart.sample import chart, new_unit


def around(root: str, *changes: object) -> tuple[tuple[str, int], ...]:
    before = chart()
    after = fold(before, changes)  # type: ignore[arg-type]
    inside = {unit for side in (before, after) if root in side.unit_by_id for unit in side.reach(UnitId(root)) or ()}
    return gaps_outside(before, after, inside)


def test_a_post_taken_from_another_direction_is_missing_there() -> None:
    assert around("d", TransferPost(id="1", post="driver", to="t")) == (("Direction des transports", -1),)


def test_what_moves_inside_or_only_above_is_not_told() -> None:
    assert around("d", SuppressPost(id="1", post="p1")) == ()
    assert around("s", SuppressPost(id="1", post="p1")) == ()


def test_a_unit_outside_that_closes_keeps_its_name() -> None:
    changes = (TransferPost(id="1", post="driver", to="t"), CloseUnit(id="2", unit="e"))
    assert around("d", *changes) == (("Direction des transports", -1),)


def test_a_unit_outside_that_takes_over_all_of_another_has_no_gap() -> None:
    changes = (
        CreateUnit(id="1", new=new_unit(kind="direction"), parent=None, posts=("driver",)),
        CloseUnit(id="2", unit="e", successors=("new",)),
    )
    assert around("d", *changes) == ()
    assert around("d", *changes, AttachPosts(id="3", posts=("p1",), to="new")) == (("Cellule neuve", 1),)


@given(attempts(), st.data())
def test_each_gap_is_the_sum_of_its_causes(draft: Draft, data: st.DataObject) -> None:
    """In the order of the chart, and none of a unit that is inside."""
    after = fold_leniently(draft.before, draft.changes).structure
    units = sorted({*draft.before.unit_by_id, *after.unit_by_id})
    inside = data.draw(st.sets(st.sampled_from(units)))
    rows = causes(draft.before, draft.changes, after).units
    explained = [(row.label, row.gap) for row in rows if row.key not in inside and row.gap]
    left = iter(explained)
    assert all(each in left for each in gaps_outside(draft.before, after, inside))
