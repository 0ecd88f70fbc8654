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
from reorganisations.models import CommitteeRules, Status
from reorganisations.workflow import TRANSITIONS
from tests.factories import UserFactory

from .conftest import CREATE_POST, next_stage

DAY = datetime.date(2022, 3, 1)
DRAFTS = {"reorganisation": None, "seen": 0}

GIVEN = {
    "acknowledge_following": {"reorganisation": None},
    "add_change": DRAFTS | {"change": CREATE_POST},
    "add_changes": DRAFTS | {"changes": [CREATE_POST]},
    "add_member": {"committee": None, "college": "personnel", "name": "Une personne"},
    "add_section": DRAFTS | {"title": "Annexe"},
    "adjust_execution": {"reorganisation": None, "reason": "Oubli.", "replaces": CREATE_POST.id},
    "amend_text": {"reorganisation": None, "dated_on": DAY, "origin": "Séance"},
    "attach_document": {"reorganisation": None, "kind": "avis", "name": "avis.pdf", "content": b"%PDF-1.7"},
    "change_details": DRAFTS | {"title": "Autre titre"},
    "clear_situation": DRAFTS | {"agent_uid": "agent"},
    "create_committee": {"kind": "cst", "label": "Comité social territorial"},
    "create_reorganisation": {"code": "autre", "title": "Autre", "unit": "direction"},
    "delete_change": DRAFTS | {"uid": CREATE_POST.id},
    "delete_section": DRAFTS | {"key": "context"},
    "edit_change": DRAFTS | {"change": CREATE_POST},
    "move_change": DRAFTS | {"uid": CREATE_POST.id, "position": 0},
    "move_section": DRAFTS | {"key": "context", "position": 1},
    "plan_session": {"committee": None, "held_on": DAY},
    "put_on_agenda": {"reorganisation": None, "session": None},
    "rebase_draft": DRAFTS,
    "record_fruitless_bourse": {
        "reorganisation": None,
        "pending": "a-determiner",
        "outcome": "aucun_candidat",
        "next_step": "rouvrir",
        "on": DAY,
    },
    "record_session": {"session": None, "place": "Lille"},
    "redo": DRAFTS,
    "remove_member": {"member": None},
    "resolve_transformation": {"reorganisation": None, "pending": "a-determiner", "post": "port-1", "on": DAY},
    "save_committee_rules": {"rules": None},
    "save_section": DRAFTS | {"key": "context", "markdown": "Texte."},
    "set_situation": DRAFTS | {"agent_uid": "agent", "note": "Reclassement proposé."},
    "set_stage_date": {"stage": None, "on": DAY},
    "settle_conflict": DRAFTS | {"key": "cle", "choice": "conserver"},
    "undo": DRAFTS,
}

# Run by the application alone: a due date, a purge, the reference data of an installation.
ALONE = {"apply_due", "load_committee_rules", "purge_situations"}


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
    return found | {"stage": next_stage(found["reorganisation"])}


def run(name, world, by):
    given = {key: world[key] if value is None else value for key, value in GIVEN[name].items()}
    getattr(actions, name)(by=by, **given)


def test_the_table_has_every_action():
    functions = {name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))}
    assert functions == {*GIVEN} | ALONE | {transition.action for transition in TRANSITIONS.values()}


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
