"""A draft folded over what its earlier list gave is the draft folded whole."""

from hypothesis import given
from hypothesis import strategies as st

from orgchart.conflicts import conflicts_between, conflicts_with_sides
from orgchart.diff import compare
from orgchart.fold import fold_leniently
from orgchart.side import Side
from tests.orgchart.drafting import Draft, attempts
from tests.orgchart.strategies import structures


def same(one: Side, other: Side) -> None:
    assert one.structure == other.structure
    assert one.trace == other.trace
    assert one.folded == other.folded
    assert one.difference.units == other.difference.units
    assert one.difference.posts == other.difference.posts


@given(attempts(max_changes=8), st.integers(min_value=0, max_value=8))
def test_what_comes_after_an_earlier_list_is_all_that_is_folded(draft: Draft, begun: int) -> None:
    whole = Side(draft.before, draft.changes)
    first = Side(draft.before, draft.changes[:begun])
    second = Side(draft.before, draft.changes[: begun + 1], earlier=first)
    same(Side(draft.before, draft.changes, earlier=second), whole)
    assert whole.folded == fold_leniently(draft.before, draft.changes)
    assert whole.difference.units == compare(draft.before, whole.structure).units


@given(attempts(max_changes=8))
def test_a_list_that_begins_otherwise_is_folded_whole(draft: Draft) -> None:
    earlier = Side(draft.before, draft.changes)
    rest = draft.changes[1:]
    same(Side(draft.before, rest, earlier=earlier), Side(draft.before, rest))


@given(attempts(max_changes=8))
def test_however_many_edits_two_charts_are_kept(draft: Draft) -> None:
    side = Side(draft.before, ())
    for number in range(1, len(draft.changes) + 1):
        side = Side(draft.before, draft.changes[:number], earlier=side)
    origin = side.structure.origin
    assert origin is not None
    assert origin.base is draft.before or (origin.base.origin is not None and origin.base.origin.base is draft.before)


@given(st.data())
def test_conflicts_do_not_depend_on_how_the_sides_were_folded(data: st.DataObject) -> None:
    before = data.draw(structures())
    mine = data.draw(attempts(before=before, prefix="a", max_changes=6)).changes
    theirs = data.draw(attempts(before=before, prefix="b", max_changes=6)).changes
    folded = Side(before, mine, earlier=Side(before, mine[:-1]))
    (found,) = conflicts_with_sides(folded, [Side(before, theirs)])
    assert found == conflicts_between(before, mine, theirs)
