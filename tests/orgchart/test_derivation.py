"""A chart folded from another gives from what was touched what it would give from scratch."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orgchart.changes import ChangeUnitKind
from orgchart.derivation import LONGEST, origin_from
from orgchart.diff import compare
from orgchart.fold import fold, fold_leniently
from orgchart.nomenclature import Kind
from orgchart.side import Side
from orgchart.structure import Structure
from orgchart.values import KindCode
from tests.orgchart.drafting import Draft, attempts
from tests.orgchart.strategies import NOMENCLATURE, structures

EMPLOYER = Kind(code=KindCode("employeur"), label="employeur", plural="employeurs", rank=3, external=True)
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


@given(structures(), st.data())
def test_posts_of_another_employer_are_counted_no_more_then_again(chart: Structure, data: st.DataObject) -> None:
    here = replace(chart, nomenclature=replace(NOMENCLATURE, kinds=(*NOMENCLATURE.kinds, EMPLOYER)))
    unit = data.draw(st.sampled_from(here.roots))
    gone = fold(here, [ChangeUnitKind(id="1", unit=unit.id, kind=EMPLOYER.code)])
    same_as_from_scratch(gone)
    back = fold(gone, [ChangeUnitKind(id="2", unit=unit.id, kind=unit.kind)])
    same_as_from_scratch(back)
    assert back.grades() == here.grades()


@given(attempts(), st.integers(min_value=0, max_value=8))
def test_a_draft_goes_on_over_a_chart_that_comes_from_too_far(draft: Draft, begun: int) -> None:
    base = draft.before
    for _ in range(LONGEST):
        base = fold_leniently(base, ()).structure
    earlier = Side(base, draft.changes[:begun])
    side = Side(base, draft.changes, earlier=earlier)
    assert origin_from(base, earlier.structure) is None
    assert side.structure == Side(draft.before, draft.changes).structure
    assert side.difference.posts == compare(draft.before, from_scratch(side.structure)).posts
    same_as_from_scratch(side.structure)
