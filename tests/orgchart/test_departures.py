"""What is taken from a holder, in words, and who stands beside the employer."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from orgchart.changes import AnyChange, AttachPosts, ChangePostHours, ChangeUnitSites, MoveUnit, TransferPost
from orgchart.departures import DepartureKind, DutiesChange, departures, duties_change
from orgchart.diff import compare
from orgchart.fates import Employer, Fate, FateKind, fates, touched_posts
from orgchart.fold import fold
from orgchart.nomenclature import Kind
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import Hours
from tests.orgchart.sample import chart

OTHER = Kind(code="autre", label="employeur", plural="employeurs", external=True)


def with_another_employer() -> Structure:
    """The sample, beside an employer that has a post and a unit of its own."""
    before = chart()
    words = replace(before.nomenclature, kinds=(*before.nomenclature.kinds, OTHER))
    units = [
        *before.units,
        Unit(id="x", kind="autre", label="Département"),
        Unit(id="xs", kind="s", label="Bureau", parent="x"),
    ]
    posts = [*before.posts, Post(id="xp", unit="x", hours=Hours(worked=Decimal(35)))]
    return Structure.of(units, posts, before.pendings, words)


def fate_of(post: str, *changes: AnyChange) -> tuple[Structure, Structure, Fate]:
    before = with_another_employer()
    after = fold(before, changes)
    (found,) = fates(before, after, {post: ["who"]})
    return before, after, found


def test_the_posts_of_another_employer_are_no_part_of_the_headcount() -> None:
    alone, beside = chart(), with_another_employer()
    assert beside.external == {"x", "xs"}
    assert beside.whole == alone.whole
    assert beside.tally(lambda post: post.grade) == alone.tally(lambda post: post.grade)
    assert beside.total("x") is None
    gap = compare(beside, fold(beside, [TransferPost(id="1", post="xp", to="s")])).totals().headcount.gap
    assert (gap.posts, gap.etp) == (1, 1)


@pytest.mark.parametrize(
    ("post", "to", "employer", "label"),
    [
        ("p1", "x", Employer.LEAVES, "transfert vers un autre employeur"),
        ("xp", "s", Employer.JOINS, "transfert depuis un autre employeur"),
        ("driver", "s", Employer.SAME, "transfert"),
    ],
)
def test_a_transfer_says_when_the_employer_changes(post: str, to: str, employer: Employer, label: str) -> None:
    before, after, found = fate_of(post, TransferPost(id="1", post=post, to=to))
    assert (found.kind, found.employer, found.label) == (FateKind.TRANSFERRED, employer, label)
    told = {each.kind for each in departures(before, after, found)}
    assert (DepartureKind.EMPLOYER in told) is (employer is not Employer.SAME)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(Decimal("31.5"), "la durée du poste baisse de 10\u00a0%"), (Decimal(32), None)],
)
def test_hours_are_told_from_a_tenth_on(hours: Decimal, words: str | None) -> None:
    before = chart(posts=(Post(id="p1", unit="s", hours=Hours(worked=Decimal(35))),))
    after = fold(before, [ChangePostHours(id="1", post="p1", hours=Hours(worked=hours))])
    (found,) = fates(before, after, {"p1": ["who"]})
    told = [(each.kind.label, each.words) for each in departures(before, after, found)]
    assert told == ([("durée réduite", words)] if words else [])


def test_a_unit_that_changes_site_or_employer_touches_the_posts_it_takes_along() -> None:
    before: Any = with_another_employer()
    s = [post.id for post in before.posts_of["s"]]
    follow = [post for post in s if before.post_by_id[post].site is None]
    changed = compare(before, fold(before, [ChangeUnitSites(id="1", unit="s", sites=("lille",))]))
    assert set(touched_posts(changed)) == {
        post for post in follow if before.site_of(before.post_by_id[post]) != "lille"
    }
    moved = compare(before, fold(before, [MoveUnit(id="1", unit="s", to="x")]))
    assert set(touched_posts(moved)) == {post.id for post in before.posts_below("s")}
    inside = compare(before, fold(before, [AttachPosts(id="1", posts=("p1",), to="t")]))
    assert touched_posts(inside) == ("p1",)


def test_duties_are_kept_lost_or_new() -> None:
    old, new = Post(id="a", unit="s", duties=("Lire", "Écrire")), Post(id="b", unit="s", duties=("Écrire", "Compter"))
    assert duties_change(old, new) == DutiesChange(("Écrire",), ("Lire",), ("Compter",))
