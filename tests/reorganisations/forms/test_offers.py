"""A small perimeter is listed whole; of a large one, what is at hand, what is chosen and what is searched for."""

import pytest
from django.http import QueryDict

from benchmarks.generate import region
from orgchart.changes import CATALOGUE, AttachPosts
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId
from reorganisations.forms import offers
from reorganisations.forms.changes import ChangeForm, Vocabulary
from reorganisations.forms.offers import FOUND, Offer, plain
from tests.factories import small_structure

TOP = UnitId("u0")


@pytest.fixture(scope="module")
def large() -> Structure:
    return region(units=60, posts=600, seed=3)


def posts_of(offer: Offer, *kept: str) -> set[str]:
    return {post for _, listed in offer.posts({}, kept) for post, _ in listed}


def units_of(offer: Offer, *kept: str) -> set[str]:
    return {unit for unit, _ in offer.units(kept)}


def attach(chart: Structure, data: str | None = None, *, unsent: bool = False, text: str = "") -> ChangeForm:
    return ChangeForm(
        CATALOGUE["attach_posts"],
        Vocabulary(chart, TOP, text=text),
        mint=lambda prefix: f"{prefix}-1",
        data=QueryDict(data) if data is not None else None,
        unsent=unsent,
    )


def test_a_small_perimeter_is_listed_whole():
    chart = small_structure()
    offer = Offer(chart, UnitId("direction"))
    assert not offer.is_large
    assert posts_of(offer) == {*chart.post_by_id}
    assert units_of(offer) == {*chart.unit_by_id}


def test_a_large_one_lists_the_posts_of_the_units_chosen_only(large):
    unit = large.posts[-1].unit
    assert posts_of(Offer(large, TOP)) == set()
    assert posts_of(Offer(large, TOP, frozenset({unit}))) == {post.id for post in large.posts_of[unit]}


def test_a_large_one_lists_the_way_to_the_unit_chosen_and_what_is_around(large):
    deepest = max(large.units, key=lambda unit: len(large.ancestors(unit.id)))
    listed = units_of(Offer(large, TOP, frozenset({deepest.id})))
    assert {unit.id for unit in large.ancestors(deepest.id, include_self=True)} <= listed
    assert {unit.id for unit in large.children_of[deepest.parent]} <= listed
    assert len(listed) < len(large.units)


def test_what_is_chosen_already_is_always_listed(large):
    post, unit = large.posts[-1], large.units[-1]
    assert posts_of(Offer(large, TOP), post.id) == {post.id}
    assert unit.id in units_of(Offer(large, TOP), unit.id)
    assert "inconnu" not in posts_of(Offer(large, TOP), "inconnu") | units_of(Offer(large, TOP), "inconnu")


def test_what_is_chosen_outside_the_perimeter_says_so(large, monkeypatch):
    monkeypatch.setattr(offers, "ALL_UP_TO", 1)
    offer = Offer(large, UnitId("u1"))
    outside = next(unit for unit in large.units if unit not in offer.inside and large.posts_of.get(unit.id))
    assert (outside.id, f"{outside.label} (hors périmètre)") in offer.units([outside.id])
    post = large.posts_of[outside.id][0].id
    assert posts_of(offer, post) == {post}


def test_a_search_finds_units_with_the_way_to_them_and_posts_by_title_or_unit(large):
    unit = large.units[-1]
    offer = Offer(large, TOP, text=unit.label.upper())
    assert {above.id for above in large.ancestors(unit.id, include_self=True)} <= units_of(offer)
    assert {post.id for post in large.posts_of[unit.id]} <= posts_of(offer)
    assert len(posts_of(Offer(large, TOP, text="gestionnaire"))) == FOUND


def test_a_search_looks_at_neither_case_nor_accents():
    assert plain(" Éditoriale ") == "editoriale"


def test_the_unit_from_which_a_form_is_opened_is_at_hand(large):
    kind, unit = CATALOGUE["attach_posts"], large.posts[-1].unit
    form = ChangeForm(kind, Vocabulary(large, TOP, near=unit), mint=lambda prefix: f"{prefix}-1")
    listed = {post for _, posts in form.fields["posts"].choices for post, _ in posts}
    assert listed == {post.id for post in large.posts_of[unit]}


def test_any_post_of_the_chart_may_be_sent_though_it_was_not_listed(large):
    post = next(post for post in large.posts if post.id not in large.led_by and post.unit != "u5")
    form = attach(large, f"seen=0&posts={post.id}&to=u5&motive=Essai")
    assert form.is_valid(), form.errors
    assert isinstance(change := form.change(), AttachPosts)
    assert (change.posts, change.to) == ((post.id,), "u5")


def test_what_is_not_in_the_chart_is_refused(large):
    assert "posts" in attach(large, "seen=0&posts=inconnu&to=u5").errors


def test_a_search_keeps_what_was_typed_and_refuses_nothing_yet(large):
    form = attach(large, "seen=0&posts=p599&motive=Essai", unsent=True, text="n° 7")
    assert not form.is_valid()
    assert form.errors == {}
    assert form["motive"].value() == "Essai"
    listed = {post for _, posts in form.fields["posts"].choices for post, _ in posts}
    assert {PostId("p599"), *(post.id for post in large.posts_of[UnitId("u7")])} <= listed
