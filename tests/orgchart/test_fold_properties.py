"""The rules of the fold, the difference and the totals, on charts and drafts that Hypothesis writes."""

import datetime
from collections.abc import Sequence
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orgchart.causes import causes
from orgchart.changes import (
    AnyChange,
    Change,
    CreatePost,
    CreateUnit,
    ResolveTransformation,
    SuppressPost,
    read_change,
    read_changes,
)
from orgchart.checks import check_draft, faults
from orgchart.conflicts import conflicts_between, conflicts_with_chart
from orgchart.diff import compare
from orgchart.fates import fates
from orgchart.fold import fold, fold_leniently, in_fold_order, make, stages
from orgchart.records import Unit
from orgchart.rows import rows
from orgchart.structure import Structure, read_structure
from orgchart.total import Total
from orgchart.values import KindCode, UnitId, canonical
from orgchart.working_copy import WorkingCopy
from tests.orgchart.drafting import Draft, attempts, drafts
from tests.orgchart.strategies import structures


def headcount(structure: Structure) -> int:
    return len(structure.posts) - len(structure.pendings)


def gains_and_losses(changes: tuple[Change, ...]) -> int:
    """A transformation, a redeployment, a transformation to be determined are one of each."""
    return sum(isinstance(each, CreatePost) - isinstance(each, SuppressPost) for each in changes)


@given(structures())
def test_the_generated_charts_are_sound(structure: Structure) -> None:
    assert faults(structure) == ()


@given(attempts())
def test_a_fold_never_yields_a_cycle_nor_an_orphan(draft: Draft) -> None:
    assert faults(fold_leniently(draft.before, draft.changes).structure) == ()


@given(drafts())
def test_a_draft_folded_in_one_go_or_change_by_change_gives_the_same_chart(draft: Draft) -> None:
    assert fold(draft.before, draft.changes) == draft.after
    assert draft.after.canonical == fold(draft.before, draft.changes).canonical


@given(attempts())
def test_the_difference_replayed_on_before_gives_after(draft: Draft) -> None:
    difference = compare(draft.before, draft.after)
    assert difference.replay(draft.before) == draft.after
    assert difference.replay(draft.before).canonical == draft.after.canonical


@given(drafts())
def test_the_difference_the_other_way_gives_before_back(draft: Draft) -> None:
    assert compare(draft.after, draft.before).replay(draft.after) == draft.before


@given(structures())
def test_an_empty_draft_has_an_empty_difference(structure: Structure) -> None:
    same = fold(structure, ())
    difference = compare(structure, same)
    assert same == structure
    assert difference.empty
    assert difference.tree() == ()
    assert causes(structure, (), same) == ((), ())
    assert fates(structure, same, {post.id: ["agent"] for post in structure.posts}) == ()


@given(drafts())
def test_a_difference_is_empty_only_when_nothing_changed(draft: Draft) -> None:
    assert compare(draft.before, draft.after).empty == (draft.before == draft.after)


@given(drafts())
def test_a_fold_never_loses_a_post(draft: Draft) -> None:
    assert headcount(draft.after) == headcount(draft.before) + gains_and_losses(draft.changes)


@given(drafts(max_changes=10))
def test_totals_reconcile(draft: Draft) -> None:
    after = draft.after
    whole = sum((after.subtree_totals[root.id] for root in after.roots), Total())
    assert whole.posts == headcount(after)
    for key in (lambda post: post.grade, after.category_of, lambda post: post.site, lambda post: post.level):
        assert sum(after.tally(key).values(), Total()) == whole
    for unit in after.units:
        below = [after.subtree_totals[child.id] for child in after.children_of.get(unit.id, ())]
        assert sum(below, after.own_totals.get(unit.id, Total())) == after.subtree_totals[unit.id]
        assert sum(after.tally(lambda post: post.grade, unit.id).values(), Total()) == after.subtree_totals[unit.id]
        assert after.headcounts[unit.id] == after.subtree_totals[unit.id].posts
    assert whole.etp >= 0
    assert all(total.posts >= 0 for total in after.subtree_totals.values())


@given(structures())
def test_etp_are_exact(structure: Structure) -> None:
    known = sum((post.etp for post in structure.posts if post.etp is not None), Fraction())
    waiting = [structure.post_by_id[pending.candidates[0]].etp or Fraction() for pending in structure.pendings]
    assert sum((total.etp for total in structure.own_totals.values()), Fraction()) == known - sum(waiting)


@given(drafts())
def test_gaps_are_what_parts_before_from_after(draft: Draft) -> None:
    difference = compare(draft.before, draft.after)
    for unit in (None, *{*draft.before.unit_by_id, *draft.after.unit_by_id}):
        totals = difference.totals(unit)
        for lines in (totals.grades, totals.categories, totals.sites, totals.levels):
            assert sum((row.gap for row in lines), Total()) == totals.headcount.gap
            assert all((row.before is None) == totals.partial == (row.after is None) for row in lines)
        if not totals.partial:
            before, after = totals.headcount.before, totals.headcount.after
            assert before is not None
            assert after is not None
            assert after - before == totals.headcount.gap


@given(attempts(max_changes=10), st.booleans())
def test_the_causes_sum_to_the_gap(draft: Draft, inside: bool) -> None:
    within = draft.before.units[0].id if inside else None
    found = causes(draft.before, draft.changes, draft.after, within=within)
    for row in (*found.grades, *found.units):
        assert row.items
        assert all(item.number and item.change is not None for item in row.items)
        if row.before is not None and row.after is not None:
            assert row.after - row.before == row.gap
    moved = {row.key for row in found.grades}
    totals = compare(draft.before, draft.after).totals(within)
    if within is None or within in draft.after.unit_by_id:
        assert {row.key for row in totals.grades if row.gap.posts} <= moved


def under(root: str, chart: Structure) -> list[Unit]:
    """A unit of their own above the roots: units side by side are in an order, hence not disjoint."""
    top = Unit(id=UnitId(root), kind=KindCode("direction"), label=root)
    return [top, *(replace(unit, parent=top.id) if unit.parent is None else unit for unit in chart.units)]


def below(root: str, changes: Sequence[AnyChange]) -> list[AnyChange]:
    return [
        replace(change, parent=UnitId(root)) if isinstance(change, CreateUnit) and change.parent is None else change
        for change in changes
    ]


@given(st.data())
def test_changes_on_disjoint_parts_commute(data: st.DataObject) -> None:
    one = data.draw(structures(prefix="a", max_units=4, max_posts=6))
    two = data.draw(structures(prefix="b", max_units=4, max_posts=6))
    mine = data.draw(drafts(before=one, prefix="a", max_changes=4)).changes
    theirs = data.draw(drafts(before=two, prefix="b", max_changes=4)).changes
    units = (*under("root-a", one), *under("root-b", two))
    both = Structure.of(units, one.posts + two.posts, one.pendings + two.pendings, one.nomenclature)
    mine, theirs = below("root-a", mine), below("root-b", theirs)
    assert fold(both, (*mine, *theirs)) == fold(both, (*theirs, *mine))
    assert conflicts_between(both, mine, theirs) == ()
    assert conflicts_with_chart(both, mine, fold(both, theirs)) == ()


@given(drafts(max_changes=6))
def test_a_draft_made_on_both_sides_conflicts_with_nothing(draft: Draft) -> None:
    assert conflicts_between(draft.before, draft.changes, draft.changes) == ()


@given(st.data())
def test_two_drafts_on_one_chart_are_compared_whatever_they_do(data: st.DataObject) -> None:
    before = data.draw(structures())
    mine = data.draw(attempts(before=before, prefix="a", max_changes=5)).changes
    theirs = data.draw(attempts(before=before, prefix="b", max_changes=5)).changes
    found = conflicts_between(before, mine, theirs)
    names = {change.id for change in mine}
    assert all(conflict.change in names and conflict.message.endswith(".") for conflict in found)
    stands = fold_leniently(fold_leniently(before, theirs).structure, mine)
    lost = {refusal.change.id for refusal in stands.refusals}
    lost -= {refusal.change.id for refusal in fold_leniently(before, mine).refusals}
    done = conflicts_with_chart(before, mine, fold_leniently(before, theirs).structure)
    if not lost and not found:
        assert done == ()


@given(attempts(max_changes=10))
def test_a_refused_change_leaves_no_trace(draft: Draft) -> None:
    copy = WorkingCopy(draft.before)
    so_far = draft.before
    for change in draft.changes:
        reason = make(copy, change)
        frozen = copy.freeze()
        if reason:
            assert frozen == so_far
            assert WorkingCopy(so_far).freeze() == so_far
            assert reason.endswith(".")
        so_far = frozen
    assert so_far == fold_leniently(draft.before, draft.changes).structure == draft.after


@given(drafts(), st.data())
def test_resolving_a_pending_changes_no_total(draft: Draft, data: st.DataObject) -> None:
    after = draft.after
    if not after.pendings:
        return
    pending = data.draw(st.sampled_from(after.pendings))
    post = data.draw(st.sampled_from(pending.candidates))
    resolved = fold(after, [ResolveTransformation(id="resolved", pending=pending.id, post=post)])
    assert resolved.own_totals.keys() >= {unit for unit, total in after.own_totals.items() if total != Total()}
    assert resolved.subtree_totals == after.subtree_totals
    assert resolved.tally(lambda each: each.grade) == after.tally(lambda each: each.grade)
    assert headcount(resolved) == headcount(after)
    assert post in resolved.post_by_id[pending.into].origins


@given(drafts(), st.lists(st.sampled_from([None, "2022-01-01", "2022-06-01", "à terme"]), min_size=8, max_size=8))
def test_stages_come_in_the_order_of_their_dates(draft: Draft, dates: list[str | None]) -> None:
    dated = [
        replace(change, eventually=True)
        if date == "à terme"
        else replace(change, on=datetime.date.fromisoformat(date) if date else None)
        for change, date in zip(draft.changes, dates, strict=False)
    ]
    effective = datetime.date(2022, 3, 1)
    found = stages(dated, effective)
    assert in_fold_order(dated, effective) == tuple(change for stage in found for change in stage.changes)
    assert sorted(change.id for stage in found for change in stage.changes) == sorted(each.id for each in dated)
    days = [stage.date for stage in found if not stage.eventual]
    assert days == sorted(days)
    assert [stage.eventual for stage in found] == sorted(stage.eventual for stage in found)
    for stage in found:
        positions = [dated.index(change) for change in stage.changes]
        assert positions == sorted(positions)
    step = fold_leniently(draft.before, ()).structure
    for stage in found:
        step = fold_leniently(step, stage.changes).structure
    assert step == fold_leniently(draft.before, in_fold_order(dated, effective)).structure


@given(attempts())
def test_every_value_survives_its_round_trip_byte_for_byte(draft: Draft) -> None:
    assert read_structure(draft.after.canonical) == draft.after
    assert read_structure(draft.after.canonical).canonical == draft.after.canonical
    text = canonical(draft.changes)
    assert read_changes(text) == draft.changes
    assert canonical(read_changes(text)) == text


@given(attempts().filter(lambda draft: draft.changes), st.data())
def test_an_unknown_key_is_refused(draft: Draft, data: st.DataObject) -> None:
    payload = msgspec.to_builtins(data.draw(st.sampled_from(draft.changes)))
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        read_change({**payload, "couleur": "bleu"})
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        read_structure(draft.after.canonical[:-1] + (b"" if draft.after.canonical == b"{}" else b",") + b'"k":1}')


@given(attempts())
def test_rows_count_every_post_of_the_unit(draft: Draft) -> None:
    for unit in draft.after.units:
        for together in (True, False):
            lines = rows(draft.after, unit.id, together=together)
            assert sorted(post for line in lines for post in line.posts) == sorted(
                post.id for post in draft.after.posts_of.get(unit.id, ())
            )


@given(attempts(max_changes=10), st.randoms(use_true_random=False))
def test_a_draft_is_checked_whatever_is_known_of_its_people(draft: Draft, chance: object) -> None:
    holders = {
        post.id: [[], [f"agent-{post.id}"]][chance.randint(0, 1)] for post in draft.before.posts if chance.randint(0, 2)
    }
    folded = fold_leniently(draft.before, draft.changes)
    problems = check_draft(draft.before, draft.changes, folded, holders=holders)
    refused = [problem.change for problem in problems if problem.code == "refused"]
    assert refused == [refusal.change.id for refusal in folded.refusals]
    assert not any("agent-" in problem.message for problem in problems)
    held = {post for post, names in holders.items() if names}
    gone = held - folded.structure.post_by_id.keys()
    unsettled = {post for problem in problems if problem.code == "no_situation" for post in problem.posts}
    assert unsettled <= gone


@given(drafts())
def test_the_tree_of_a_difference_holds_every_change_once(draft: Draft) -> None:
    difference = compare(draft.before, draft.after)
    units: list[str] = []
    arrived: list[str] = []
    pending = list(difference.tree())
    while pending:
        row = pending.pop()
        units.append(row.unit.id)
        arrived.extend(delta.id for delta in row.posts)
        pending.extend(row.children)
    assert len(units) == len({*units})
    assert {*units} >= difference.units.keys()
    assert sorted(arrived) == sorted(post for post, delta in difference.posts.items() if delta.after)
    everything = list(difference.tree(everything=True))
    seen = set()
    while everything:
        row = everything.pop()
        seen.add(row.unit.id)
        everything.extend(row.children)
    assert seen == {*draft.before.unit_by_id, *draft.after.unit_by_id}
