"""A bourse without a candidate, then somebody from elsewhere; another where nobody is retained."""

import datetime

import pytest

from missions.models import Post, PostEvent
from missions.queries import structure_in_force
from orgchart.values import PostId, UnitId
from reorganisations import actions
from reorganisations.exceptions import CandidateHeld
from reorganisations.models import FruitlessBourse, Status
from reorganisations.queries.follow_up import FollowUp

NAME = "08-transformation-a-determiner"
N = "\u00a0"


@pytest.fixture
def case(open_case):
    return open_case(NAME)


def test_nothing_moves_while_nobody_is_retained(case):
    chart = structure_in_force()
    (pending,) = chart.pendings
    assert (pending.into, pending.candidates) == ("responsable-parcours", ("parcours-1", "parcours-2"))
    total = chart.total(UnitId("direction"))
    # Five posts before, five after each transformation: what is not determined counts once.
    assert total is not None
    assert total.posts == 5
    assert chart.own_totals[UnitId("parcours")].posts == 2


def test_the_bourse_without_a_candidate_was_reopened_and_somebody_came_from_elsewhere(case):
    chart = structure_in_force()
    assert {post.id for post in chart.posts if post.unit == "metiers"} == {
        "metiers-1",
        "metiers-2",
        "responsable-metiers",
    }
    assert chart.post_by_id[PostId("responsable-metiers")].origins == ("metiers-3",)
    (resolution,) = case.resolutions.all()
    assert (resolution.post_uid, resolution.from_elsewhere, resolution.version.title) == (
        "metiers-3",
        True,
        "Issue de la bourse",
    )
    said = set(PostEvent.objects.filter(post_uid="responsable-metiers").values_list("kind", flat=True))
    assert {"bourse_infructueuse", "bourse"} <= said


def test_the_post_remembers_the_bourse_that_retained_nobody(case):
    event = PostEvent.objects.get(post_uid="responsable-parcours", kind="bourse_infructueuse")
    assert event.wording == f"Bourse infructueuse{N}: aucun candidat retenu{N}; le poste reste vacant."
    assert Post.objects.get(uid="responsable-parcours").stated_vacant_since == datetime.date(2024, 10, 1)


def test_the_page_says_what_became_of_each_bourse(case):
    draft = FollowUp(case)
    assert case.status == Status.IN_FORCE
    assert [bourse.outcome for bourse in draft.executed.execution.fruitless] == [
        FruitlessBourse.Outcome.NO_CANDIDATE,
        FruitlessBourse.Outcome.NONE_RETAINED,
    ]


def test_with_every_candidate_held_a_new_examination_may_be_needed(case):
    with pytest.raises(CandidateHeld, match="un nouvel examen par le comité peut être nécessaire"):
        actions.resolve_transformation(
            reorganisation=case,
            pending="encadrer-parcours",
            post="parcours-1",
            on=datetime.date(2024, 11, 4),
            from_elsewhere=True,
            by=None,
        )
    assert len(structure_in_force().pendings) == 1
