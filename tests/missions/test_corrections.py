"""A correction mends a detail at once, beside what is sealed; structure is refused."""

import datetime
from decimal import Decimal

import msgspec
import pytest
from django.db import connection

from missions.actions import (
    ChartNotOpened,
    InvalidCorrection,
    NoLongerInForce,
    NotCorrectable,
    NothingToCorrect,
    ReasonMissing,
    UnknownReference,
    correct_post,
    correct_unit,
)
from missions.corrections import Mended, corrected
from missions.models import Correction, NeverRewritten, Post, Unit
from missions.queries import chart_on, corrections_about, structure_in_force
from missions.verify import verify_chart
from orgchart.changes import RenameUnit, SuppressPost
from orgchart.structure import Structure
from orgchart.values import Deduction, Hours
from tests.factories import OPENED_ON, WORDS, apply_changes, open_small_chart, small_structure


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def unit(uid="service-2"):
    return Unit.objects.get(uid=uid)


def post(uid="port-1"):
    return Post.objects.get(uid=uid)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"label": "Service des Phares"}, [("libellé", "Service des phares", "Service des Phares")]),
        ({"acronym": "SP"}, [("sigle", "non renseigné", "SP")]),
        ({"aliases": ("Phares", "Balises")}, [("autres appellations", "non renseigné", "Phares ; Balises")]),
        ({"purposes": ["Éclairer les côtes"]}, [("missions de l’unité", "Éclairer", "Éclairer les côtes")]),
        ({"sites": ["amiens"]}, [("sites", "non renseigné", "amiens")]),
    ],
)
def test_details_of_a_unit_are_mended(opened, hr, fields, said):
    correct_unit(unit=unit(), fields=fields, reason="constaté", by=hr)
    lines = corrections_about("service-2")
    assert [(line.field, line.before, line.after) for line in lines] == said
    assert (lines[0].correction.by, lines[0].correction.reason, lines[0].correction.version) == (hr, "constaté", opened)
    assert unit().history.first().history_change_reason == "Correction : constaté"
    assert not verify_chart()


@pytest.mark.parametrize(
    "fields",
    [
        {"hours": Hours(worked=Decimal("17.5"))},
        {"hours": {"worked": "28"}},
        {"hours": None},
        {"site": "amiens"},
        {"site": None},
        {"duties": ("Tenir le port",)},
        {"label": "Chargé des ports", "label_plural": "Chargés des ports"},
        {"form": "feminine"},
        {"category": "A", "job_family": "technique", "corps": ("ingénieurs",), "statutory_grades": ("ingénieur",)},
        {"level": "proximite"},
    ],
)
def test_details_of_a_post_are_mended(opened, hr, fields):
    told = correct_post(post=post(), fields=fields, reason="fiche relue", by=hr)
    assert [each.field for each in told] == [*fields]
    assert chart_on(OPENED_ON).structure == structure_in_force() != small_structure()
    assert not verify_chart()


def test_what_a_correction_states_is_no_longer_deduced(hr):
    before = small_structure()
    deduced = tuple(Deduction(field=field, reason="supposé") for field in ("hours", "unit"))
    budget = msgspec.structs.replace(before.post_by_id["budget"], deduced=deduced)
    posts = [budget, *(each for each in before.posts if each.id != "budget")]
    open_small_chart(by=hr, structure=Structure.of(before.units, posts, (), WORDS))
    correct_post(post=post("budget"), fields={"hours": {"worked": "20"}}, reason="arrêté retrouvé", by=hr)
    assert structure_in_force().post_by_id["budget"].deduced == (Deduction(field="unit", reason="supposé"),)
    assert [line.field for line in corrections_about("budget")] == ["hours"]
    assert Correction.objects.count() == 2
    assert not verify_chart()


@pytest.mark.parametrize(
    ("act", "kind", "fields", "fact"),
    [
        (correct_unit, unit, {"parent": "service-1"}, "« Rattachement » ne se corrige pas : seule une réorganisation"),
        (correct_unit, unit, {"kind": "cellule"}, "Type d’unité"),
        (correct_unit, unit, {"lead": None}, "Direction de l’unité"),
        (correct_post, post, {"unit": "service-2"}, "Unité"),
        (correct_post, post, {"title": "responsable"}, "Intitulé"),
        (correct_post, post, {"grade": "A 2.2"}, "Cotation"),
        (correct_post, post, {"deduced": []}, "deduced"),
        (correct_post, post, {"inconnu": 1}, "inconnu"),
    ],
)
def test_structure_is_refused(opened, hr, act, kind, fields, fact):
    with pytest.raises(NotCorrectable, match=fact):
        act(**{kind.__name__: kind()}, fields=fields, reason="erreur", by=hr)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"hours": {"worked": "40"}}, "durée du poste : La durée du poste doit être positive"),
        ({"category": "D"}, "catégorie"),
        ({"label": "x" * 201}, "libellé imprimé"),
        ({"duties": "une seule"}, "missions du poste"),
    ],
)
def test_a_value_that_cannot_be_is_refused(opened, hr, fields, fact):
    with pytest.raises(InvalidCorrection, match=fact):
        correct_post(post=post(), fields=fields, reason="erreur", by=hr)
    assert structure_in_force() == small_structure()


def test_a_unit_keeps_a_label(opened, hr):
    with pytest.raises(InvalidCorrection, match="libellé"):
        correct_unit(unit=unit(), fields={"label": ""}, reason="erreur", by=hr)


def test_a_correction_changes_something_and_says_why(opened, hr):
    with pytest.raises(NothingToCorrect):
        correct_unit(unit=unit(), fields={"label": "Service des phares"}, reason="erreur", by=hr)
    with pytest.raises(ReasonMissing):
        correct_unit(unit=unit(), fields={"acronym": "SP"}, reason="  ", by=hr)
    with pytest.raises(UnknownReference, match="Site : nulle-part"):
        correct_post(post=post(), fields={"site": "nulle-part"}, reason="erreur", by=hr)
    with pytest.raises(UnknownReference, match="Site : nulle-part"):
        correct_unit(unit=unit(), fields={"sites": ["nulle-part"]}, reason="erreur", by=hr)


def test_only_what_is_in_force_is_corrected(opened, hr):
    apply_changes(SuppressPost(id="s", post="port-2"), on=datetime.date(2022, 1, 1), by=hr)
    with pytest.raises(NoLongerInForce, match="n’est plus en vigueur"):
        correct_post(post=post("port-2"), fields={"label": "Autre"}, reason="erreur", by=hr)


def test_nothing_is_corrected_before_the_opening(hr, opened):
    # Without its version, the chart is as one that was never opened.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM missions_version")
    with pytest.raises(ChartNotOpened):
        correct_post(post=post(), fields={"label": "Autre"}, reason="erreur", by=hr)


def test_corrections_follow_one_another_and_the_next_version_takes_them_over(opened, hr):
    for label in ("Service des Phares", "Service des Phares et balises"):
        correct_unit(unit=unit(), fields={"label": label}, reason="casse", by=hr)
    assert chart_on(OPENED_ON).structure.unit_label("service-2") == "Service des Phares et balises"
    second = apply_changes(
        RenameUnit(id="r", unit="service-2", label="Service des feux"), on=datetime.date(2022, 1, 1), by=hr
    )
    correct_unit(unit=unit(), fields={"acronym": "SF"}, reason="oubli", by=hr)
    assert second.corrections.count() == 1
    assert chart_on(OPENED_ON).structure.unit_by_id["service-2"].acronym == ""
    assert not verify_chart()


def test_a_correction_of_what_is_not_in_the_version_says_nothing():
    before = small_structure()
    absent = [Mended("unit", "absent", "label", "Autre"), Mended("post", "absent", "label", "Autre")]
    assert corrected(before, absent) is before


def test_a_correction_is_never_rewritten(opened, hr):
    (told,) = correct_unit(unit=unit(), fields={"acronym": "SP"}, reason="oubli", by=hr)
    told.reason = "autre"
    for attempt in (told.save, told.delete, lambda: Correction.objects.update(reason="autre")):
        with pytest.raises(NeverRewritten, match="correction"):
            attempt()
    assert str(told) == f"correction {told.uid}"
