"""Versions are sealed in a chain; the chart on a day is what was in force then, as corrected since."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Event
from missions import planned
from missions.actions import (
    ChartAlreadyOpened,
    ChartNotOpened,
    NotChronological,
    NothingToOpen,
    add_milestone,
    add_missing_reference,
    correct_unit,
    open_chart,
    seal_version,
)
from missions.models import NeverRewritten, Unit, Version, VersionKind
from missions.queries import (
    chart_is_open,
    chart_on,
    newest_version,
    nomenclature,
    structure_in_force,
    structure_on,
    version_by_number,
    version_structure,
    versions_timeline,
)
from missions.seals import unpack
from orgchart.changes import RenameUnit, SuppressPost
from orgchart.structure import Structure
from orgchart.values import sha256
from tests.factories import OPENED_ON, WORDS, apply_changes, open_small_chart, small_structure

NEXT = datetime.date(2022, 1, 1)
RENAME = RenameUnit(id="r", unit="service-2", label="Service des balises")


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def test_the_opening_seals_what_was_observed(opened, hr):
    assert (opened.number, opened.kind, opened.effective_on) == (1, VersionKind.OPENING, OPENED_ON)
    assert (opened.sealed_by, opened.previous, opened.previous_sha256) == (hr, None, "")
    sealed = version_structure(opened)
    assert sealed == structure_in_force()
    assert sealed.nomenclature == nomenclature()
    assert opened.sha256 == sha256(sealed.canonical)
    event = Event.objects.get(verb="seal_version")
    assert (event.by, event.details["sha256"]) == (hr, opened.sha256)


def test_an_observation_without_a_date_is_of_today(hr):
    add_missing_reference(words=WORDS, by=hr)
    assert open_chart(structure=small_structure(), effective_on=None, by=hr).effective_on == timezone.localdate()
    assert chart_is_open()


def test_the_chart_opens_once(opened, hr):
    with pytest.raises(ChartAlreadyOpened, match="n’évolue plus que par une réorganisation"):
        open_small_chart(by=hr)
    with pytest.raises(ChartAlreadyOpened):
        seal_version(structure=small_structure(), effective_on=NEXT, kind=VersionKind.OPENING, title="Encore", by=hr)


def test_an_empty_chart_is_not_opened(hr):
    with pytest.raises(NothingToOpen):
        open_chart(structure=Structure.of(), effective_on=None, by=hr)
    assert not chart_is_open()
    assert newest_version() is None


def test_nothing_is_sealed_before_the_opening(hr):
    with pytest.raises(ChartNotOpened):
        seal_version(
            structure=small_structure(), effective_on=NEXT, kind=VersionKind.REORGANISATION, title="Avant", by=hr
        )


def test_each_version_names_the_one_before_by_its_hash(opened, hr):
    second = apply_changes(RENAME, on=NEXT, by=hr, source_code="essai", stage_label="1re étape", partly=True)
    assert (second.number, second.previous, second.previous_sha256) == (2, opened, opened.sha256)
    assert second.seal != opened.seal
    assert newest_version() == second
    assert version_by_number(2).partly
    assert version_by_number(3) is None
    assert str(second) == "Version 2"


def test_a_version_takes_effect_on_the_day_of_the_newest_or_later(opened, hr):
    apply_changes(RENAME, on=NEXT, by=hr)
    with pytest.raises(NotChronological, match=r"31 décembre 2021.*version 2.*1er janvier 2022"):
        apply_changes(SuppressPost(id="s", post="port-2"), on=NEXT - datetime.timedelta(days=1), by=hr)
    assert "port-2" in structure_in_force().post_by_id
    assert apply_changes(SuppressPost(id="s", post="port-2"), on=NEXT, by=hr).number == 3


def test_a_version_is_never_rewritten(opened):
    opened.title = "Autre"
    for attempt in (
        opened.save,
        opened.delete,
        lambda: Version.objects.update(title="Autre"),
        lambda: Version.objects.all().delete(),
        lambda: Version.objects.bulk_update([opened], ["title"]),
    ):
        with pytest.raises(NeverRewritten, match="version"):
            attempt()
    assert Version.objects.get().title == "État constaté"


def test_the_chart_on_a_day_is_that_of_the_version_in_force(opened, hr):
    apply_changes(RENAME, on=NEXT, by=hr)
    before, after = chart_on(NEXT - datetime.timedelta(days=1)), chart_on(NEXT)
    assert before.structure.unit_label("service-2") == "Service des phares"
    assert after.structure.unit_label("service-2") == "Service des balises"
    assert (before.version.number, after.version.number) == (1, 2)
    assert not after.planned


def test_the_last_of_two_versions_of_one_day_is_in_force_that_day(opened, hr):
    apply_changes(RENAME, on=NEXT, by=hr)
    apply_changes(SuppressPost(id="s", post="port-2"), on=NEXT, by=hr)
    assert chart_on(NEXT).version.number == 3


def test_before_the_first_version_only_milestones_are_known(opened, hr):
    add_milestone(label="Création", year=2020, month=3, posts_announced=9, by=hr)
    add_milestone(label="Structuration", year=2020, month=7, by=hr)
    then = chart_on(datetime.date(2020, 5, 1))
    assert (then.structure, then.version) == (None, None)
    assert then.milestone.label == "Création"
    assert chart_on(datetime.date(2020, 8, 1)).milestone.label == "Structuration"
    assert chart_on(datetime.date(2019, 1, 1)).milestone is None


def test_a_correction_is_read_on_every_day_of_its_version_and_touches_no_seal(opened, hr):
    correct_unit(unit=Unit.objects.get(uid="service-2"), fields={"label": "Service des Phares"}, reason="casse", by=hr)
    assert chart_on(OPENED_ON).structure.unit_label("service-2") == "Service des Phares"
    assert version_structure(opened, with_corrections=False).unit_label("service-2") == "Service des phares"
    assert sha256(unpack(Version.objects.get())) == opened.sha256


def test_what_is_planned_is_folded_over_the_newest_version_on_a_later_day(opened, hr):
    stage = planned.PlannedStage(NEXT, (RENAME,), "Réorganisation décidée", "/reorganisations/essai/")
    impossible = planned.PlannedStage(NEXT, (SuppressPost(id="s", post="absent"),), "Autre")

    def provider():
        return [impossible, stage]

    planned.register(provider)
    planned.register(provider)
    try:
        today, later = chart_on(OPENED_ON), chart_on(NEXT)
        moments = versions_timeline()
    finally:
        planned.unregister(provider)
    assert not today.planned
    assert later.structure.unit_label("service-2") == "Service des balises"
    assert [each.label for each in later.stages] == ["Autre", "Réorganisation décidée"]
    assert [refusal.change.id for refusal in later.refusals] == ["s"]
    assert [(moment.kind, moment.label, moment.url) for moment in moments] == [
        ("version", "État constaté", ""),
        ("planned", "Autre", ""),
        ("planned", "Réorganisation décidée", "/reorganisations/essai/"),
    ]


def test_what_is_planned_says_nothing_of_a_day_before_the_newest_version(opened, hr):
    apply_changes(SuppressPost(id="s", post="port-2"), on=NEXT, by=hr)
    stage = planned.PlannedStage(OPENED_ON, (RENAME,), "En retard")

    def provider():
        return [stage]

    planned.register(provider)
    try:
        past, now = chart_on(OPENED_ON), chart_on(NEXT)
    finally:
        planned.unregister(provider)
    assert not past.planned
    assert now.structure.unit_label("service-2") == "Service des balises"


def test_the_structure_alone_is_that_of_the_chart_on_each_day(opened, hr, django_assert_num_queries):
    apply_changes(SuppressPost(id="s", post="port-2"), on=NEXT, by=hr)
    correct_unit(unit=Unit.objects.get(uid="service-1"), fields={"label": "Service des Ports"}, reason="casse", by=hr)
    later = NEXT + datetime.timedelta(days=30)
    stage = planned.PlannedStage(later, (RENAME,), "Réorganisation décidée")

    def provider():
        return [stage]

    planned.register(provider)
    try:
        for day in (OPENED_ON - datetime.timedelta(days=1), OPENED_ON, NEXT, later):
            assert structure_on(day) == chart_on(day).structure
        with django_assert_num_queries(3):
            found = structure_on(later)
    finally:
        planned.unregister(provider)
    assert found.unit_label("service-2") == "Service des balises"


def test_the_time_line_of_a_unit_has_its_own_milestones_and_those_of_everybody(opened, hr):
    units = {unit.uid: unit for unit in Unit.objects.all()}
    add_milestone(label="Tous", year=2019, by=hr)
    add_milestone(label="Phares", year=2020, month=7, day=6, unit=units["service-2"], by=hr)
    add_milestone(label="Ports", year=2020, unit=units["service-1"], by=hr)
    moments = versions_timeline("service-2")
    assert [(moment.label, moment.year, moment.month, moment.day_of_month) for moment in moments] == [
        ("Tous", 2019, None, None),
        ("Phares", 2020, 7, 6),
        ("État constaté", 2021, 10, 4),
    ]


def test_queries_of_any_day_do_not_follow_the_number_of_versions(opened, hr, django_assert_num_queries):
    for year in range(2022, 2025):
        apply_changes(
            RenameUnit(id="r", unit="service-2", label=f"Service de {year}"), on=datetime.date(year, 1, 1), by=hr
        )
    with django_assert_num_queries(4):
        chart_on(datetime.date(2023, 6, 1))
    with django_assert_num_queries(2):
        chart_on(datetime.date(2000, 1, 1))
