"""The opening state while it is typed: what can be added, taken away, imported, and sealed once."""

import datetime
from decimal import Decimal

import pytest

from accounts.models import Event
from missions.actions import (
    ChartAlreadyOpened,
    InvalidOpening,
    NothingToOpen,
    NotInDraft,
    UnknownReference,
    add_missing_reference,
    add_opening_posts,
    add_opening_unit,
    discard_opening_draft,
    remove_opening_posts,
    remove_opening_unit,
    replace_opening_draft,
    seal_opening_draft,
)
from missions.models import OpeningDraft, Post, Unit, Version
from missions.queries import structure_in_force
from missions.queries.opening import opening_draft
from missions.verify import verify_chart
from orgchart.nomenclature import Form
from orgchart.records import ManagementLevel
from orgchart.records import Unit as UnitRecord
from orgchart.structure import Structure
from orgchart.values import KindCode, UnitId
from tests.factories import WORDS, small_structure

DAY = datetime.date(2021, 10, 4)


@pytest.fixture
def reference(db):
    add_missing_reference(words=WORDS, by=None)


@pytest.fixture
def top(reference, hr):
    return add_opening_unit(kind="direction", label="Direction de la mer", acronym="DM", sites=["lille"], by=hr)


def draft():
    return opening_draft().structure


def test_nothing_is_typed_at_first(reference):
    opening = opening_draft()
    assert (opening.saved_at, opening.structure.units) == (None, ())
    assert opening.structure.nomenclature.kinds


def test_units_come_after_one_another(top, hr):
    first = add_opening_unit(kind="service", label="Service des ports", parent=top, by=hr)
    second = add_opening_unit(kind="service", label="Service des phares", parent=top, by=hr)
    assert [unit.id for unit in draft().children_of[top]] == [first, second]
    assert opening_draft().saved_by == str(hr)
    assert Event.objects.filter(verb="edit_opening", by=hr).count() == 3


@pytest.mark.parametrize("label", ["", "  ", "direction de la MER"])
def test_a_unit_has_a_label_of_its_own(top, hr, label):
    with pytest.raises(InvalidOpening):
        add_opening_unit(kind="direction", label=label, by=hr)


def test_nothing_is_added_under_what_is_not_there(top, hr):
    with pytest.raises(NotInDraft):
        add_opening_unit(kind="service", label="Service", parent="absente", by=hr)
    with pytest.raises(NotInDraft):
        add_opening_posts(unit="absente", by=hr)


def test_posts_alike_come_together_and_one_may_lead(top, hr):
    three = add_opening_posts(unit=top, number=3, title="charge-mission", form=Form.FEMININE, grade="A 3", by=hr)
    (head,) = add_opening_posts(
        unit=top,
        label="Directrice",
        level=ManagementLevel.DIRECTION,
        site="lille",
        worked_hours=Decimal("17.5"),
        leads=True,
        by=hr,
    )
    found = draft()
    assert [found.title_of(found.post_by_id[post]) for post in three] == ["chargée de mission"] * 3
    assert [found.post_by_id[post].position for post in (*three, head)] == [0, 1, 2, 3]
    assert found.unit_by_id[top].lead == head
    assert found.post_by_id[head].etp == Decimal("0.5")


@pytest.mark.parametrize(
    "wrong", [{"number": 0}, {"number": 201}, {"number": 2, "leads": True}, {"worked_hours": Decimal(36)}]
)
def test_posts_that_cannot_be_are_refused(top, hr, wrong):
    with pytest.raises(InvalidOpening):
        add_opening_posts(unit=top, by=hr, **wrong)
    assert draft().posts == ()


def test_a_unit_goes_with_all_below_it(top, hr):
    below = add_opening_unit(kind="service", label="Service", parent=top, by=hr)
    cell = add_opening_unit(kind="cellule", label="Cellule", parent=below, by=hr)
    kept = add_opening_posts(unit=top, leads=True, by=hr)
    add_opening_posts(unit=cell, number=2, by=hr)
    remove_opening_unit(unit=below, by=hr)
    assert [unit.id for unit in draft().units] == [top]
    assert tuple(post.id for post in draft().posts) == kept
    assert draft().unit_by_id[top].lead == kept[0]
    with pytest.raises(NotInDraft):
        remove_opening_unit(unit=below, by=hr)


def test_posts_are_taken_away_and_lead_no_more(top, hr):
    (head,) = add_opening_posts(unit=top, leads=True, by=hr)
    (other,) = add_opening_posts(unit=top, by=hr)
    remove_opening_posts(posts=[head], by=hr)
    assert [post.id for post in draft().posts] == [other]
    assert draft().unit_by_id[top].lead is None
    for wrong in ([head], []):
        with pytest.raises(NotInDraft):
            remove_opening_posts(posts=wrong, by=hr)


def test_a_table_replaces_what_was_typed(top, hr):
    replace_opening_draft(structure=small_structure(), by=hr)
    assert draft().posts == small_structure().posts
    orphan = UnitRecord(id=UnitId("u"), kind=KindCode("service"), label="Service", parent=UnitId("absente"))
    with pytest.raises(InvalidOpening):
        replace_opening_draft(structure=Structure.of([orphan]), by=hr)
    assert draft().posts == small_structure().posts


def test_the_draft_can_be_started_again(top, hr):
    discard_opening_draft(by=hr)
    assert draft().units == ()


def test_sealing_opens_the_chart_once(reference, hr):
    replace_opening_draft(structure=small_structure(), by=hr)
    version = seal_opening_draft(effective_on=DAY, note=" Vu sur place ", by=hr)
    assert (version.number, version.note, version.effective_on) == (1, "Vu sur place", DAY)
    assert structure_in_force() == small_structure()
    assert not OpeningDraft.objects.exists()
    assert verify_chart() == []
    for refused in (
        lambda: seal_opening_draft(effective_on=DAY, by=hr),
        lambda: add_opening_unit(kind="service", label="Service", by=hr),
        lambda: discard_opening_draft(by=hr),
    ):
        with pytest.raises(ChartAlreadyOpened):
            refused()
    assert Version.objects.count() == 1


def test_nothing_is_sealed_from_nothing(reference, hr):
    with pytest.raises(NothingToOpen):
        seal_opening_draft(effective_on=None, by=hr)


def test_a_refused_seal_keeps_what_was_typed(top, hr):
    add_opening_unit(kind="inconnu", label="Service", by=hr)
    with pytest.raises(UnknownReference):
        seal_opening_draft(effective_on=None, by=hr)
    assert len(draft().units) == 2
    assert not Unit.objects.exists()
    assert not Post.objects.exists()
