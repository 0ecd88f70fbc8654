"""A chart folded from another gives from what was touched what it would give from scratch."""

from hypothesis import given

from orgchart.derivation import LONGEST, origin_from
from orgchart.diff import compare
from orgchart.fold import fold_leniently
from orgchart.structure import Structure
from tests.orgchart.drafting import Draft, attempts

COMPUTED = ("posts_of", "own_totals", "subtree_totals", "headcounts", "children_of", "unit_by_id", "post_by_id")


def from_scratch(chart: Structure) -> Structure:
    return Structure.of(chart.units, chart.posts, chart.pendings, chart.nomenclature)


def listed(buckets: object) -> dict[object, frozenset[str]]:
    """Without the sets that became empty."""
    return {key: frozenset(ids) for key, ids in buckets.items() if ids}  # type: ignore[attr-defined]


def same_as_from_scratch(chart: Structure) -> None:
    alone = from_scratch(chart)
    for name in COMPUTED:
        assert getattr(chart, name) == getattr(alone, name), name
    for unit in (None, *chart.unit_by_id):
        assert chart.grades(unit) == alone.tally(lambda post: post.grade, unit), unit
    for name, lent in chart.indexes._asdict().items():
        assert listed(lent) == listed(getattr(alone.indexes, name)), name


@given(attempts())
def test_what_is_derived_is_what_is_computed_from_scratch(draft: Draft) -> None:
    after = fold_leniently(draft.before, draft.changes).structure
    assert after.origin is not None
    same_as_from_scratch(after)


@given(attempts())
def test_one_change_more_is_folded_over_what_the_others_gave(draft: Draft) -> None:
    *earlier, last = draft.changes or (None,)
    if last is None:
        return
    so_far = fold_leniently(draft.before, earlier).structure
    step, whole = fold_leniently(so_far, [last]).structure, fold_leniently(draft.before, draft.changes).structure
    assert step == whole
    same_as_from_scratch(step)
    assert compare(draft.before, step) == compare(draft.before, from_scratch(whole))


@given(attempts())
def test_a_long_line_of_charts_lets_go_of_the_first(draft: Draft) -> None:
    chart = draft.before
    for _ in range(LONGEST):
        chart = fold_leniently(chart, draft.changes[:1]).structure
    assert origin_from(draft.before, chart) is not None
    chart = fold_leniently(chart, ()).structure
    assert chart.origin is None
    assert origin_from(draft.before, chart) is None
    assert fold_leniently(chart, ()).structure.origin is not None
    same_as_from_scratch(chart)
