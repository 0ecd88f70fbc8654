"""A unit inserted above others while drafts are open, and drafts that cannot both be."""

import datetime

import pytest
from msgspec.structs import replace

from missions.models import Version
from missions.queries import structure_in_force
from orgchart.changes import RegradePost
from orgchart.conflicts import Clash
from reorganisations import actions
from reorganisations.models import ConflictChoice, Reorganisation
from reorganisations.queries.draft import draft
from tests.factories import apply_changes

NAME = "10-projets-concurrents"
Choice = ConflictChoice.Choice


@pytest.fixture
def case(open_case):
    open_case(NAME)
    return {row.code: row for row in Reorganisation.objects.select_related("base_version")}


def disputes(row, with_whom):
    found = draft(Reorganisation.objects.select_related("base_version").get(pk=row.pk)).disputes
    return [each for each in found if (each.other.code if each.other else None) == with_whom]


def settle(row, dispute, choice):
    row.refresh_from_db()
    return actions.settle_conflict(
        reorganisation=row, key=dispute.key, choice=choice, reason="Vu ensemble.", by=None, seen=row.revision
    )


# The drafts follow


def test_the_drafts_without_conflict_follow_when_a_unit_is_inserted_above(case):
    newest = Version.objects.get(number=2)
    for code in ("qualite-des-repas", "mobilites", "patrimoine"):
        row = case[code]
        assert (row.base_version, row.followed_from.number) == (newest, 1)
        read = draft(row)
        assert (read.conflicts, read.folded.refusals, read.now) == ((), (), None)
        assert row.edits.filter(kind="reprise", by=None, summary="a suivi la version 2").count() == 1
    quality = draft(case["qualite-des-repas"])
    assert quality.after.unit_by_id["restauration"].parent == "usagers"
    assert quality.after.unit_by_id["restauration"].label == "Service Restauration et qualité"


def test_a_draft_in_conflict_waits_then_follows_once_it_is_settled(case):
    row = case["memoire"]
    assert row.base_version.number == 1
    (dispute,) = disputes(row, None)
    assert dispute.conflict.code is Clash.PARENT_CLOSED
    with pytest.raises(actions.StillInConflict, match="Un conflit reste à arbitrer"):
        actions.rebase_draft(reorganisation=row, by=None, seen=row.revision)
    with pytest.raises(actions.CannotStand):
        settle(row, dispute, Choice.KEEP)
    settle(row, dispute, Choice.TAKE)
    assert draft(row).changes == ()
    actions.rebase_draft(reorganisation=row, by=None, seen=row.revision)
    assert (row.base_version.number, row.followed_from.number) == (2, 1)


# Conflicts in both drafts at once


def test_every_conflict_shows_in_both_drafts(case):
    pairs = [
        {(each.conflict.change, each.conflict.other) for each in disputes(case["mobilites"], "patrimoine")},
        {(each.conflict.other, each.conflict.change) for each in disputes(case["patrimoine"], "mobilites")},
    ]
    for mine, theirs in (("mobilites-recote", "patrimoine-recote"), ("mobilites-cellule", "patrimoine-ferme")):
        assert all((mine, theirs) in found for found in pairs)
    # The post claimed by both, by the change that last says where it goes.
    assert all(any(pair[0] == "mobilites-prend" for pair in found) for found in pairs)


def test_a_field_changed_on_both_sides_has_its_three_values(case):
    (found,) = [each.conflict for each in disputes(case["mobilites"], "patrimoine") if each.conflict.field == "grade"]
    assert (found.base, found.draft, found.now) == ("A 3", "A 2", "B 1")


def test_a_change_kept_is_no_longer_asked_here_and_is_told_there(case):
    mine, theirs = (
        next(each for each in disputes(case[code], other) if each.conflict.field == "grade")
        for code, other in (("mobilites", "patrimoine"), ("patrimoine", "mobilites"))
    )
    assert mine.key == theirs.key
    assert (mine.settled, mine.choice.reason) == (True, "Le poste encadre désormais.")
    assert (theirs.settled, theirs.choice, theirs.told.choice) == (False, None, Choice.KEEP)
    assert "Arbitré\u00a0: conservé le" in mine.words
    assert "L’autre projet a choisi de conserver son ajustement" in theirs.words


def test_it_is_asked_again_when_what_it_was_about_has_changed(case):
    row = case["patrimoine"]
    change = next(each for each in draft(row).changes if each.id == "patrimoine-recote")
    actions.edit_change(reorganisation=row, change=replace(change, grade="B 2"), by=None, seen=row.revision)
    (found,) = [each for each in disputes(case["mobilites"], "patrimoine") if each.conflict.field == "grade"]
    assert (found.settled, found.conflict.now) == (False, "B 2")


def test_taking_the_other_side_amends_the_change_or_drops_it(case):
    row = case["mobilites"]
    claimed = next(each for each in disputes(row, "patrimoine") if each.conflict.change == "mobilites-prend")
    assert claimed.conflict.code is Clash.CLAIMED
    settle(row, claimed, Choice.TAKE)
    changes = {change.id: change for change in draft(row).changes}
    assert set(claimed.conflict.posts).isdisjoint(getattr(changes.get("mobilites-prend"), "posts", ()))
    cell = next(each for each in disputes(row, "patrimoine") if each.conflict.change == "mobilites-cellule")
    settle(row, cell, Choice.TAKE)
    assert "mobilites-cellule" not in {change.id for change in draft(row).changes}
    told = [choice.choice for choice in case["patrimoine"].choices_against.all()]
    assert told.count(Choice.TAKE) == 2


def test_a_change_to_rework_stays_to_be_settled(case):
    row = case["patrimoine"]
    closing = next(each for each in disputes(row, "mobilites") if each.conflict.change == "patrimoine-ferme")
    settle(row, closing, Choice.REWORK)
    again = next(each for each in disputes(row, "mobilites") if each.key == closing.key)
    assert (again.settled, again.choice.choice) == (False, Choice.REWORK)


def test_what_was_kept_against_a_draft_holds_once_that_draft_is_in_force(case):
    """The same field, the same three values: the chart now says what the other draft said."""
    mine = next(each for each in disputes(case["mobilites"], "patrimoine") if each.conflict.field == "grade")
    apply_changes(RegradePost(id="autre", post="transport-1", grade="B 1"), on=datetime.date(2024, 9, 1))
    assert structure_in_force().post_by_id["transport-1"].grade == "B 1"
    (chart,) = [each for each in disputes(case["mobilites"], None) if each.conflict.field == "grade"]
    assert (chart.key, chart.settled) == (mine.key, True)
