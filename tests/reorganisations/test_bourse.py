"""What the bourse determines, before and after the entry into force."""

import datetime

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowed
from missions.models import Post, PostEvent, Version
from missions.queries import structure_in_force
from missions.verify import verify_chart
from orgchart.values import PostId
from reorganisations import actions
from reorganisations.exceptions import (
    CannotBeWritten,
    NotACandidate,
    NotChronological,
    NotDue,
)

from .conftest import (
    CREATE_POST,
    EFFECTIVE_ON,
    LATER,
    next_stage,
)
from .holding import hold, holders, resolve


def test_a_bourse_decided_before_the_entry_into_force_is_folded_after_the_sealed_changes(bourse, hr):
    resolution = resolve(bourse, hr, on=datetime.date(2021, 12, 20))
    assert resolution.version is None
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr)
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    now = structure_in_force()
    assert (now.pendings, PostId("port-b") in now.post_by_id) == ((), False)
    assert Version.objects.count() == 3


def test_a_bourse_decided_afterwards_seals_a_version_and_the_holder_follows(bourse, hr):
    kept, retained = hold("Ana Blin", "port-a"), hold("Luc Roy", "port-b")
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    assert holders("port-b") == (retained.uid,)
    version = resolve(bourse, hr).version
    assert (version.kind, version.source_code, version.effective_on, version.partly) == (
        "resolution",
        "essai-2021",
        LATER,
        False,
    )
    assert structure_in_force().pendings == ()
    assert (holders("referent", LATER), holders("port-a", LATER)) == ((retained.uid,), (kept.uid,))
    assert PostEvent.objects.filter(post_uid="port-b", wording__startswith="Transformé").exists()
    assert verify_chart() == []


def test_only_a_candidate_gives_way_and_not_before_the_day(bourse, hr):
    with pytest.raises(NotACandidate, match="un de ceux"):
        resolve(bourse, hr, post="port-1")
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr, pending="creer-poste")
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    with pytest.raises(NotACandidate, match="un de ceux"):
        resolve(bourse, hr, post="port-1")
    with pytest.raises(NotDue):
        resolve(bourse, hr, on=datetime.date(2999, 1, 1))
    with pytest.raises(NotChronological):
        resolve(bourse, hr, on=datetime.date(2021, 12, 31))
    assert Version.objects.count() == 3


def test_nothing_is_determined_where_nothing_was_decided(reorganisation, hr):
    with pytest.raises(NotACandidate):
        resolve(reorganisation, hr)


def test_one_reorganisation_does_not_determine_what_another_opened(bourse, hr):
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    other = actions.create_reorganisation(code="autre", title="Autre", unit="service-1", by=hr)
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(other, hr)
    assert structure_in_force().pendings
    assert resolve(bourse, hr).version is not None


def without_result(bourse, hr, **given):
    said = {"pending": "a-determiner", "outcome": "aucun_candidat", "next_step": "vacant", "on": LATER} | given
    return actions.record_fruitless_bourse(reorganisation=bourse, by=hr, **said)


def test_a_fruitless_bourse_leaves_the_transformation_open_and_the_new_post_vacant(bourse, hr):
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    assert without_result(bourse, hr, note=" Aucune candidature. ").note == "Aucune candidature."
    assert Post.objects.get(uid="referent").stated_vacant_since == LATER
    assert structure_in_force().pendings
    assert resolve(bourse, hr).version is not None
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        without_result(bourse, hr)


def test_a_bourse_is_not_over_before_its_day(bourse, hr):
    with pytest.raises(NotDue, match="à une date à venir"):
        without_result(bourse, hr, on=timezone.localdate() + datetime.timedelta(days=1))
    assert without_result(bourse, hr, on=timezone.localdate()).on == timezone.localdate()


def test_a_post_that_somebody_holds_is_not_left_vacant(bourse, hr):
    actions.apply_stage(stage=next_stage(bourse), by=hr)
    hold("Ana Blin", "referent", begins_on=EFFECTIVE_ON)
    with pytest.raises(CannotBeWritten, match="ne peut pas être déclaré vacant"):
        without_result(bourse, hr)
    assert not bourse.fruitless_bourses.exists()
    assert not PostEvent.objects.filter(kind="bourse_infructueuse").exists()
    assert without_result(bourse, hr, next_step="rouvrir").next == "rouvrir"


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_only_hr_carries_a_decision_out(bourse, request, role):
    somebody = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        resolve(bourse, somebody)
    with pytest.raises(NotAllowed):
        actions.set_stage_date(stage=next_stage(bourse), on=LATER, by=somebody)
    with pytest.raises(NotAllowed):
        actions.adjust_execution(reorganisation=bourse, replaces=CREATE_POST.id, reason="Non.", by=somebody)
    with pytest.raises(NotAllowed):
        actions.amend_text(reorganisation=bourse, dated_on=LATER, origin="Séance", by=somebody)


def test_a_reorganisation_withdrawn_after_its_decision_determines_nothing(bourse, hr):
    actions.withdraw(reorganisation=bourse, by=hr)
    with pytest.raises(NotACandidate, match="plus, à déterminer"):
        resolve(bourse, hr)
