"""A direction closed between two others, one of which absorbs a unit of a third and takes a new name."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from missions.queries import structure_in_force
from orgchart.diff import State
from orgchart.values import PostId, UnitId
from reorganisations.models import Reorganisation
from reorganisations.queries import draft
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NAME = "01-direction-supprimee"


def test_the_staff_is_split_between_two_destinations_and_nobody_is_lost(
    open_case: Callable[[str], Reorganisation],
) -> None:
    seen = draft(open_case(NAME))
    difference = seen.difference
    before, after = difference.before.subtree_totals, difference.after.subtree_totals
    assert (before[UnitId("grands-projets")].posts, before[UnitId("routes")].posts) == (5, 2)
    assert (after[UnitId("patrimoine")].posts, after[UnitId("routes")].posts) == (7, 3)
    assert difference.totals().headcount.gap.posts == 0
    homes = {delta.id: delta.known.unit for delta in difference.posts.values()}
    assert difference.state_of_post(PostId("projet-3")) in (State.TRANSFERRED, State.MOVED)
    assert {post: homes[PostId(post)] for post in ("projet-1", "projet-2", "projet-3", "directeur-projets")} == {
        "projet-1": "patrimoine",
        "projet-2": "patrimoine",
        "projet-3": "routes",
        "directeur-projets": "routes",
    }


def test_lineage_goes_both_ways(open_case: Callable[[str], Reorganisation]) -> None:
    open_case(NAME)
    now = structure_in_force()
    assert set(now.unit_by_id[UnitId("patrimoine")].origins) == {"batiments", "archives", "grands-projets"}
    assert now.unit_by_id[UnitId("routes")].origins == ("grands-projets",)
    client = Client()
    client.force_login(UserFactory(roles=[Role.HR]))
    gone = client.get(reverse("missions:unit", args=["grands-projets"])).text
    assert "Direction du patrimoine bâti" in gone
    assert "Direction des routes" in gone
    assert "Suppression de la direction des grands projets" in gone
    made = client.get(reverse("missions:unit", args=["patrimoine"])).text
    assert "Direction des bâtiments" in made
    assert "Service du patrimoine routier" in made


def test_a_competence_moves_without_a_post(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    moved = "Tenir l’inventaire du patrimoine"
    assert moved in seen.before.unit_by_id[UnitId("batiments")].purposes
    assert seen.after.unit_by_id[UnitId("culture")].purposes == (moved,)
    assert not [delta for delta in seen.difference.posts.values() if "culture" in (delta.known.unit,)]


def test_what_is_known_in_part_has_no_total(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    assert seen.after.total(UnitId("culture")) is None
    assert seen.after.total(UnitId("val-clair")) is None
    patrimoine = seen.after.total(UnitId("patrimoine"))
    assert patrimoine is not None
    assert patrimoine.posts == 7
