"""Decided, then overtaken by the chart: one is carried out otherwise, the other goes back to the committee."""

import datetime

import pytest

from missions.models import Assignment, Version
from missions.queries import holders_on, structure_in_force
from orgchart.values import PostId
from reorganisations import actions
from reorganisations.case_file.importing import import_case
from reorganisations.case_file.reading import read_case
from reorganisations.exceptions import NoLongerApplies
from reorganisations.models import Decision, Reorganisation, Status
from reorganisations.sealing import unseal

from .conftest import HERE

NAME = "11-texte-qui-ne-s-applique-plus"
EVE = datetime.date(2024, 4, 30)


@pytest.fixture
def case(open_case):
    open_case(NAME)
    return {row.code: row for row in Reorganisation.objects.all()}


def test_the_text_voted_stays_and_the_adjustment_stands_beside_it_with_its_reason(case):
    row = case["coordination"]
    (adjustment,) = row.execution_adjustments.all()
    assert adjustment.change_uid == "creer-coordinateur"
    assert adjustment.reason.startswith("Le service Support a été absorbé")
    (text,) = row.sealed_texts.all()
    assert [getattr(change, "unit", "") for change in unseal(text).changes] == ["", "support"]
    chart = structure_in_force()
    assert chart.post_by_id[PostId("coordinateur")].unit == "reseaux"
    assert (row.status, "support" in chart.unit_by_id) == (Status.IN_FORCE, False)


def test_each_stage_sealed_its_version(case):
    said = Version.objects.order_by("number").values_list("title", "stage_label", "effective_on", "partly")
    assert [line[:2] for line in said][1:] == [
        ("Simplification", ""),
        ("Coordination du support", "Étape 1"),
        ("Coordination du support", "Étape 2"),
        ("Renfort du support", ""),
    ]
    assert [line[3] for line in said] == [False, False, True, False, False]


def test_somebody_sent_to_a_post_of_a_later_stage_holds_it_from_that_stage_on(case):
    assert holders_on(EVE, ["assistant"])[PostId("assistant")] == ("agent-1",)
    assert not Assignment.objects.overlapping(datetime.date(2024, 6, 1), datetime.date(2024, 6, 30)).exists()
    on = datetime.date(2024, 9, 1)
    assert holders_on(on, ["coordinateur"])[PostId("coordinateur")] == ("agent-1",)
    assert holders_on(on - datetime.timedelta(days=1), ["coordinateur"]) == {}


def test_the_other_was_decided_again_on_a_new_text(case):
    row = case["renfort"]
    assert [[change.id for change in unseal(text).changes] for text in row.sealed_texts.order_by("number")] == [
        ["renforcer-support"],
        ["renforcer-usages"],
    ]
    acts = Decision.objects.filter(reorganisation=row).order_by("pk")
    assert [(act.number, act.set_aside_at is None) for act in acts] == [("2024-11", False), ("2024-21", True)]
    assert structure_in_force().post_by_id[PostId("technicien-1")].unit == "usages"


@pytest.mark.django_db
def test_before_either_the_stage_is_refused_with_its_conflict_and_nothing_is_written():
    """The same file, cut where HR has done nothing yet."""
    path = HERE / f"{NAME}.yaml"
    begun, _ = path.read_text(encoding="utf-8").split("# Le premier texte s’exécute autrement")
    import_case(read_case(begun, path.name), by=None)
    first, second = Reorganisation.objects.get(code="coordination").stages.order_by("position")
    actions.apply_stage(stage=first, by=None)
    with pytest.raises(NoLongerApplies, match="n’existe plus") as told:
        actions.apply_stage(stage=second, by=None)
    assert [conflict.change for conflict in told.value.conflicts] == ["creer-coordinateur"]
    assert Version.objects.count() == 3
