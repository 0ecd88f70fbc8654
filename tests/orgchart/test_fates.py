"""What becomes of those who hold the touched posts."""

from typing import Any

import pytest

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    ChangePostSite,
    FreezePost,
    MoveUnit,
    RedeployPost,
    RegradePost,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.fates import Duties, Fate, FateKind, Resolution, fates
from orgchart.fold import fold
from orgchart.records import Post
from tests.orgchart.sample import chart, new_post

HELD = {post.id: [f"who-{post.id}"] for post in chart().posts}


def fate(*changes: AnyChange, before: Any = None, **settled: Resolution) -> Fate:
    start = before or chart()
    (found,) = fates(start, fold(start, changes), HELD, settled, changes=changes)
    return found


@pytest.mark.parametrize(
    ("change", "kind", "label"),
    [
        (FreezePost(id="1", post="p1"), FateKind.KEPT, "poste conservé"),
        (AttachPosts(id="1", posts=("p1",), to="t"), FateKind.MOVED, "rattachement à une autre unité"),
        (TransferPost(id="1", post="driver", to="t"), FateKind.TRANSFERRED, "transfert"),
        (TransformPost(id="1", post="p1", into=new_post()), FateKind.TRANSFORMED, "poste transformé"),
        (RegradePost(id="1", post="p1", grade="A 1"), FateKind.REGRADED, "changement de cotation"),
        (SuppressPost(id="1", post="p1"), FateKind.WITHOUT_POST, "sans poste"),
        (RedeployPost(id="1", post="p1", to="t", into=new_post()), FateKind.WITHOUT_POST, "sans poste"),
    ],
)
def test_each_kind_of_fate(change: AnyChange, kind: FateKind, label: str) -> None:
    found = fate(change)
    assert (found.kind, found.kind.label) == (kind, label)
    assert found.settled is (kind is not FateKind.WITHOUT_POST)


def test_candidates_wait_for_the_bourse_which_does_not_block() -> None:
    before = chart()
    after = fold(before, [TransformUndetermined(id="1", candidates=("p1", "p2"), into=new_post())])
    found = fates(before, after, {"p1": ["a"], "p2": [], "p3": ["c"]})
    assert [(each.holder, each.kind, each.kind.label) for each in found] == [
        ("a", FateKind.BY_BOURSE, "déterminé par la bourse")
    ]
    assert found[0].settled


def test_only_holders_of_touched_posts_have_a_fate() -> None:
    before = chart()
    assert fates(before, fold(before, [MoveUnit(id="1", unit="c", to="t")]), HELD) == ()
    both = fates(before, fold(before, [FreezePost(id="1", post="p1")]), {"p1": ["a", "b"], "p2": ["c"]})
    assert [each.holder for each in both] == ["a", "b"]


def test_whom_the_unit_takes_to_another_direction_is_attached_with_it() -> None:
    before = chart()
    after = fold(before, [MoveUnit(id="1", unit="s", to="e")])
    found = fates(before, after, HELD)
    assert [each.holder for each in found] == ["who-chief", "who-guest", "who-p1", "who-p2", "who-p3"]
    assert {(each.kind, each.label, each.settled) for each in found} == {
        (FateKind.MOVED, "rattachement avec son unité", True)
    }
    within = fold(before, [MoveUnit(id="1", unit="s", to="t")])
    assert fates(before, within, HELD) == ()
    elsewhere = fold(before, [MoveUnit(id="1", unit="s", to="e"), AttachPosts(id="2", posts=("p1",), to="c")])
    (one,) = [each for each in fates(before, elsewhere, HELD) if each.post_before == "p1"]
    assert (one.kind, one.with_unit, one.label) == (FateKind.TRANSFERRED, False, "transfert")


def test_units_grades_and_sites_on_both_sides() -> None:
    changes = (TransferPost(id="1", post="driver", to="s"), RegradePost(id="2", post="driver", grade="A 2"))
    found = fate(*changes)
    assert (found.unit_before, found.unit_after, found.grade_before, found.grade_after) == ("e", "s", "B 1", "A 2")
    assert (found.site_before, found.site_after, found.site_changed) == ("lille", "lille", False)
    moved = fate(*changes, ChangePostSite(id="3", post="driver", site="amiens"))
    assert moved.site_changed
    attached = fate(AttachPosts(id="1", posts=("p1",), to="t"))
    assert (attached.site_before, attached.site_after, attached.site_changed) == ("amiens", None, False)


@pytest.mark.parametrize(
    ("was", "now", "kept"),
    [
        (("Instruire",), ("Évaluer",), Duties.NONE),
        (("Instruire", "Suivre"), ("Suivre", "Évaluer"), Duties.PART),
        (("Instruire",), ("Instruire", "Évaluer"), Duties.ALL),
        ((), ("Évaluer",), Duties.UNKNOWN),
        (("Instruire",), (), Duties.UNKNOWN),
    ],
)
def test_how_much_of_the_duties_is_kept(was: tuple[str, ...], now: tuple[str, ...], kept: Duties) -> None:
    before = chart(posts=(Post(id="p1", unit="s", duties=was),))
    assert fate(TransformPost(id="1", post="p1", into=new_post(duties=now)), before=before).duties is kept


def test_a_post_that_stays_keeps_its_duties_and_one_that_goes_keeps_none() -> None:
    assert fate(FreezePost(id="1", post="p1")).duties is Duties.ALL
    assert fate(SuppressPost(id="1", post="p1")).duties is Duties.NONE


# What HR settles

GONE = SuppressPost(id="1", post="p1")


def test_a_holder_without_a_post_is_settled_by_a_post() -> None:
    near, far = fate(GONE, **{"who-p1": Resolution(post="p2")}), fate(GONE, **{"who-p1": Resolution(post="driver")})
    assert (near.post_after, near.kind, near.resolved_by) == ("p2", FateKind.MOVED, "chargé de mission")
    assert (far.kind, far.unit_after, far.site_changed) == (FateKind.TRANSFERRED, "e", True)
    assert near.settled


def test_or_by_words() -> None:
    words = fate(GONE, **{"who-p1": Resolution(note="Départ à la retraite.")})
    assert (words.kind, words.post_after, words.resolved_by) == (FateKind.WITHOUT_POST, None, "Départ à la retraite.")
    assert words.settled


def test_a_post_that_does_not_stand_settles_nothing() -> None:
    assert not fate(GONE, **{"who-p1": Resolution(post="absent")}).settled


def test_what_is_settled_goes_to_the_post_that_is_lost_not_to_the_one_that_stays() -> None:
    before = chart()
    after = fold(before, [GONE, FreezePost(id="2", post="p2")])
    found = fates(before, after, {"p1": ["a"], "p2": ["a"]}, {"a": Resolution(post="p2")})
    assert [(each.post_before, each.kind, each.resolved_by) for each in found] == [
        ("p1", FateKind.MOVED, "chargé de mission"),
        ("p2", FateKind.KEPT, ""),
    ]


def test_the_same_post_named_by_hr_stays_what_the_chart_says() -> None:
    change = TransformPost(id="1", post="p1", into=new_post())
    named = fate(change, **{"who-p1": Resolution(post="n", note="D’accord.")})
    assert (named.kind, named.resolved_by) == (FateKind.TRANSFORMED, "D’accord.")
