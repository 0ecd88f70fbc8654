"""A unit made from two services in two stages, the second « à terme »."""

import datetime
from collections.abc import Callable

import pytest

from missions.models import Version
from missions.queries import structure_in_force, version_structure
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId
from reorganisations import actions
from reorganisations.models import Reorganisation, Status
from reorganisations.queries import draft

pytestmark = pytest.mark.django_db
NAME = "02-redeploiement-par-etapes"


def counts(structure: Structure) -> dict[str, int]:
    return {unit: structure.subtree_totals[UnitId(unit)].posts for unit in ("technique", "a", "b", "c")}


def test_the_first_stage_is_in_force_for_a_part(open_case: Callable[[str], Reorganisation]) -> None:
    reorganisation = open_case(NAME)
    assert [version.partly for version in Version.objects.order_by("number")] == [False, True]
    assert reorganisation.status == Status.PARTLY_IN_FORCE
    now = structure_in_force()
    assert counts(now) == {"technique": 8, "a": 3, "b": 3, "c": 2}
    assert now.unit_by_id[UnitId("a")].lead == "responsable-transition"
    assert now.post_by_id[PostId("responsable-transition")].unit == "a"


def test_what_comes_in_the_end_has_no_date_and_counts_in_the_totals_after(
    open_case: Callable[[str], Reorganisation],
) -> None:
    seen = draft(open_case(NAME))
    assert [(stage.date, stage.eventual, len(stage.changes)) for stage in seen.stages] == [
        (datetime.date(2025, 5, 1), False, 1),
        (None, True, 1),
    ]
    assert counts(seen.after) == {"technique": 8, "a": 4, "b": 3, "c": 1}
    assert "eventual" in {problem.code for problem in seen.problems}
    before = seen.before
    assert {unit: before.subtree_totals[UnitId(unit)].posts for unit in ("technique", "b", "c")} == {
        "technique": 8,
        "b": 4,
        "c": 3,
    }


def test_the_second_stage_gives_a_version_once_it_has_a_date(open_case: Callable[[str], Reorganisation]) -> None:
    reorganisation = open_case(NAME)
    later = datetime.date(2025, 12, 1)
    stage = reorganisation.stages.get(position=1)
    actions.set_stage_date(stage=stage, on=later, by=None)
    actions.apply_stage(stage=stage, by=None)
    third = Version.objects.get(number=3)
    assert (third.effective_on, third.partly) == (later, False)
    assert counts(version_structure(third)) == {"technique": 8, "a": 4, "b": 3, "c": 1}


def test_the_origin_that_nobody_knows_is_said(open_case: Callable[[str], Reorganisation]) -> None:
    open_case(NAME)
    (reason,) = structure_in_force().post_by_id[PostId("origine-incertaine")].deduced
    assert "aucun document ne dit duquel" in reason.reason
