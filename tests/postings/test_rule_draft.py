"""A rule written row by row: what is read from rows says what the rule said, whatever is nested in it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.eligibility import (
    Addition,
    AllOf,
    AnyOf,
    AtSite,
    Eligibility,
    Exclusion,
    HasCategory,
    HasGrade,
    HasStatutoryGrade,
    HasTitle,
    HoldsPost,
    InUnit,
    IsNamed,
    Not,
    Person,
    explain,
)
from postings.rule_draft import ADDITION, EXCLUSION, Incomplete, Kind, Mode, Row, RuleDraft, draft_of
from tests.factories import small_structure

DAY = datetime.date(2022, 2, 15)
CHART = small_structure()
PEOPLE = [
    Person(uid=f"p-{rank}", posts=(post.id,), statutory_grade="attaché" if rank % 2 else "")
    for rank, post in enumerate(CHART.posts)
] + [Person(uid="sans-poste")]

leaves = st.one_of(
    st.builds(lambda unit: InUnit(unit=unit), st.sampled_from([unit.id for unit in CHART.units])),
    st.builds(
        lambda code: HasTitle(titles=(code,)), st.sampled_from(sorted({p.title for p in CHART.posts if p.title}))
    ),
    st.builds(
        lambda code: HasGrade(grades=(code,)), st.sampled_from(sorted({p.grade for p in CHART.posts if p.grade}))
    ),
    st.builds(
        lambda letters: HasCategory(categories=tuple(letters)),
        st.lists(st.sampled_from("ABC"), min_size=1, unique=True),
    ),
    st.just(HasStatutoryGrade(grades=("attaché",))),
    st.just(AtSite(sites=("amiens",))),
    st.builds(lambda post: HoldsPost(posts=(post,)), st.sampled_from([post.id for post in CHART.posts])),
    st.builds(lambda uid: IsNamed(agents=(uid,)), st.sampled_from([person.uid for person in PEOPLE])),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda of: AllOf(of=tuple(of)), st.lists(inner, max_size=3)),
        st.builds(lambda of: AnyOf(of=tuple(of)), st.lists(inner, max_size=3)),
        st.builds(lambda of: Not(of=of), inner),
    ),
    max_leaves=8,
)


@given(rules, st.lists(rules, max_size=2))
def test_a_rule_read_as_rows_says_the_same(who, excluded):
    rule = Eligibility(on=DAY, who=who, excluded=tuple(Exclusion(rule=each, reason="motif") for each in excluded))
    again = draft_of(rule).eligibility(DAY)
    for person in PEOPLE:
        was, now = explain(rule, person, CHART), explain(again, person, CHART)
        assert (was.eligible, was.unknown) == (now.eligible, now.unknown)


def test_conditions_of_one_level_are_rows_and_deeper_ones_are_kept():
    deep = AnyOf(
        of=(AllOf(of=(HasTitle(titles=("responsable",)), Not(of=HasGrade(grades=("A 3",))))), AtSite(sites=("x",)))
    )
    draft = draft_of(Eligibility(on=DAY, who=AllOf(of=(InUnit(unit="service-1"), deep))))
    assert (draft.mode, draft.groups) == (Mode.ALL, (Mode.ALL, Mode.ANY))
    assert [(row.place, row.kind) for row in draft.rows] == [
        ("g0", Kind.UNIT),
        ("g1", Kind.KEPT),
        ("g1", Kind.SITE),
    ]
    nobody = draft_of(Eligibility(on=DAY, who=AnyOf(of=())))
    assert [row.kind for row in nobody.rows] == [Kind.KEPT]


def test_several_units_are_one_row_and_a_negated_condition_too():
    units = AnyOf(of=(InUnit(unit="service-1"), InUnit(unit="service-2")))
    draft = draft_of(Eligibility(on=DAY, who=Not(of=units)))
    assert draft.rows == (Row("g0", Kind.UNIT, ("service-1", "service-2"), negated=True),)


def test_additions_for_one_reason_are_one_row():
    added = (
        Addition(agent="a", reason="retour"),
        Addition(agent="b", reason="retour"),
        Addition(agent="c", reason="prêt"),
    )
    draft = draft_of(Eligibility(on=DAY, who=AllOf(of=()), added=added))
    assert [(row.place, row.values, row.reason) for row in draft.rows] == [
        (ADDITION, ("a", "b"), "retour"),
        (ADDITION, ("c",), "prêt"),
    ]
    assert set(draft.eligibility(DAY).added) == set(added)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row("g0", Kind.TITLE), "Cochez un intitulé"),
        (Row("g0", Kind.CATEGORY, ("Z",)), "Cochez une catégorie"),
        (Row("g0", Kind.KEPT, kept="{"), "ne se lit plus"),
        (Row("g0", Kind.KEPT, kept='{"rule": "autre"}'), "ne se lit plus"),
        (Row(EXCLUSION, Kind.GRADE, ("A 3",)), "pourquoi ces agents sont exclus"),
        (Row(ADDITION, Kind.NAMED, ("a",)), "pourquoi cet agent est ajouté"),
    ],
)
def test_a_row_without_what_it_needs_is_told(row, fault):
    with pytest.raises(Incomplete, match=fault) as refusal:
        RuleDraft(rows=(row,)).eligibility(DAY)
    assert list(refusal.value.faults) == [0]


def test_somebody_added_and_excluded_by_name_is_told_of_the_whole():
    rows = (Row(EXCLUSION, Kind.NAMED, ("a",), reason="x"), Row(ADDITION, Kind.NAMED, ("a",), reason="y"))
    with pytest.raises(Incomplete, match="ajoutée et exclue") as refusal:
        RuleDraft(rows=rows).eligibility(DAY)
    assert list(refusal.value.faults) == [None]


def test_rows_and_groups_come_and_go():
    draft = RuleDraft().with_row("g0", Kind.SITE).with_group().with_row("g1", Kind.GRADE)
    assert draft.groups == (Mode.ALL, Mode.ANY)
    assert draft.without_row(0).rows == (Row("g1", Kind.GRADE),)
