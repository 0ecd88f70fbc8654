"""Role × action: what a page refuses, the action behind it refuses too.

The arrows of the workflow have their own table, in test_transitions.
"""

import contextlib
import datetime
import inspect

import pytest

from accounts.models import Event, Role
from accounts.permissions import NotAllowed
from reorganisations import actions
from reorganisations.exceptions import Refused
from reorganisations.models import CommitteeRules, Opinion, Reviewer, Status
from reorganisations.workflow import TRANSITIONS
from tests.factories import UserFactory

from .conftest import CREATE_POST, next_stage

DAY = datetime.date(2022, 3, 1)
DRAFTS = {"reorganisation": None, "seen": 0}

GIVEN = {
    "acknowledge_following": {"reorganisation": None},
    "add_change": DRAFTS | {"change": CREATE_POST},
    "add_changes": DRAFTS | {"changes": [CREATE_POST]},
    "add_item": {"session": None, "title": "Questions diverses"},
    "add_member": {"committee": None, "college": "personnel", "name": "Une personne"},
    "add_section": DRAFTS | {"title": "Annexe"},
    "add_statement": {"item": None, "author": "CGT", "text": "Nous demandons un délai."},
    "adjust_execution": {"reorganisation": None, "reason": "Oubli.", "replaces": CREATE_POST.id},
    "amend_text": {"reorganisation": None, "dated_on": DAY, "origin": "Séance"},
    "approve_minutes": {"session": None, "on": DAY},
    "attach_document": {"reorganisation": None, "kind": "avis", "name": "avis.pdf", "content": b"%PDF-1.7"},
    "attach_to_session": {"session": None, "kind": "piece", "name": "piece.pdf", "content": b"%PDF-1.7"},
    "change_details": DRAFTS | {"title": "Autre titre"},
    "clear_situation": DRAFTS | {"agent_uid": "agent"},
    "confirm": {"reorganisation": None, "subject": "sans-deliberation", "reason": "Délibération à venir."},
    "create_committee": {"kind": "cst", "label": "Comité social territorial"},
    "create_reorganisation": {"code": "autre", "title": "Autre", "unit": "direction"},
    "delete_change": DRAFTS | {"uid": CREATE_POST.id},
    "delete_section": DRAFTS | {"key": "context"},
    "duplicate_draft": {"reorganisation": None, "label": "Scénario B"},
    "edit_change": DRAFTS | {"change": CREATE_POST},
    "edit_item": {"item": None, "kind": "information", "number": 4, "note": "", "title": "Divers"},
    "keep_variant": {"reorganisation": None},
    "move_change": DRAFTS | {"uid": CREATE_POST.id, "position": 0},
    "move_item": {"item": None, "up": True},
    "move_section": DRAFTS | {"key": "context", "position": 1},
    "plan_session": {"committee": None, "held_on": DAY},
    "put_on_agenda": {"reorganisation": None, "session": None},
    "rebase_draft": DRAFTS,
    "reconvene_session": {"session": None, "held_on": DAY},
    "record_act": {"reorganisation": None, "kind": "deliberation", "dated_on": DAY},
    "record_attendance": {"session": None, "lines": []},
    "record_debate": {"item": None, "debate": "Le point est présenté.", "conclusion": ""},
    "record_fruitless_bourse": {
        "reorganisation": None,
        "pending": "a-determiner",
        "outcome": "aucun_candidat",
        "next_step": "rouvrir",
        "on": DAY,
    },
    "record_impact_sheets": {"reorganisation": None, "number": 1},
    "record_session": {"session": None, "place": "Lille"},
    "redo": DRAFTS,
    "remove_item": {"item": None},
    "remove_member": {"member": None},
    "remove_reviewer": {"reviewer": None},
    "remove_statement": {"statement": None},
    "resolve_transformation": {"reorganisation": None, "pending": "a-determiner", "post": "port-1", "on": DAY},
    "say_deliberation_needed": {"opinion": None, "needed": True},
    "save_committee_rules": {"rules": None},
    "save_section": DRAFTS | {"key": "context", "markdown": "Texte."},
    "set_situation": DRAFTS | {"agent_uid": "agent", "note": "Reclassement proposé."},
    "set_stage_date": {"stage": None, "on": DAY},
    "settle_conflict": DRAFTS | {"key": "cle", "choice": "conserver"},
    "sign_minutes": {"session": None, "president_signed_on": DAY},
    "undo": DRAFTS,
    "undo_situation": DRAFTS | {"agent_uid": "agent"},
}

# Run by the application alone: a due date, a purge, the reference data of an installation.
ALONE = {"apply_due", "load_committee_rules", "purge_situations"}

# What readers of a draft do themselves has its table in test_reviewing, agendas for a calendar theirs in test_calendar.
OF_READERS = {
    "give_visa",
    "invite_reviewer",
    "make_calendar_address",
    "make_remark",
    "reopen_remark",
    "resolve_remark",
    "revoke_calendar_address",
    "write_duties",
}

# What the pages ask before they act: nothing is written.
ASKED = {"check_first", "examination_doubt", "late_convocation", "not_called_for"}


@pytest.fixture
def world(bring, session, committee, hr):
    """What the arguments above name."""
    found = {
        "reorganisation": bring(Status.DECIDED),
        "session": session,
        "committee": committee,
        "member": actions.add_member(committee=committee, college="personnel", name="Une personne", by=hr),
        "rules": CommitteeRules(),
    }
    found["opinion"] = Opinion.objects.get()
    found["item"] = actions.add_item(session=session, title="Questions diverses", by=hr)
    found["statement"] = actions.add_statement(item=found["item"], author="CFDT", text="Lue en séance.", by=hr)
    found["reviewer"] = Reviewer.objects.create(reorganisation=found["reorganisation"], user=hr)
    return found | {"stage": next_stage(found["reorganisation"])}


def run(name, world, by):
    given = {key: world[key] if value is None else value for key, value in GIVEN[name].items()}
    getattr(actions, name)(by=by, **given)


def test_the_table_has_every_action():
    functions = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert functions == {*GIVEN} | ALONE | OF_READERS | ASKED | {
        transition.action for transition in TRANSITIONS.values()
    }


@pytest.mark.parametrize("role", [role for role in [*Role, None] if role != Role.HR])
def test_nobody_but_hr_acts(world, role):
    user = UserFactory.create(roles=[role] if role else [])
    before = Event.objects.count()
    for name in GIVEN:
        with pytest.raises(NotAllowed, match=r"\w+ .*\."):
            run(name, world, user)
    assert Event.objects.count() == before


@pytest.mark.parametrize("alone", [True, False])
def test_hr_acts_and_so_does_the_application(world, hr, alone):
    """Whether the moment is right is another question."""
    before = Event.objects.count()
    for name in GIVEN:
        with contextlib.suppress(Refused):
            run(name, world, None if alone else hr)
    assert Event.objects.count() > before
