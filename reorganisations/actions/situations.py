"""What HR settles for the holders: said, taken back, and gone back to. The trail and the edits name nobody."""

from typing import Any

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User

from ..exceptions import NothingToUndo, Refused
from ..models import DraftEdit, Reorganisation, Situation
from ..permissions import check_actor, check_can_print_impact
from .draft_lock import note_edit, open_draft

SUMMARY = "un agent"


class SituationSaysNothing(Refused):
    def __init__(self) -> None:
        super().__init__("Indiquez le poste proposé ou précisez la situation.")


@transaction.atomic
def set_situation(
    *,
    reorganisation: Reorganisation,
    agent_uid: str,
    by: User | None,
    seen: int,
    post_uid: str | None = None,
    note: str = "",
) -> Situation:
    """Say what the reorganisation does to one holder: the post to be held, or in words what is offered.

    Raises NotAllowed, NotEditable, SituationSaysNothing, and StaleDraft when somebody else settled that one.
    """
    row = open_draft(reorganisation, by=by, seen=seen, subject=agent_uid)
    if not post_uid and not note.strip():
        raise SituationSaysNothing
    before = _said(row, agent_uid)
    situation, _ = Situation.objects.update_or_create(
        reorganisation=row, agent_uid=agent_uid, defaults={"post_uid": post_uid or None, "note": note.strip()}
    )
    _note(row, reorganisation, agent_uid, before, by)
    return situation


@transaction.atomic
def clear_situation(*, reorganisation: Reorganisation, agent_uid: str, by: User | None, seen: int) -> None:
    """Raises NotAllowed, NotEditable, StaleDraft."""
    row = open_draft(reorganisation, by=by, seen=seen, subject=agent_uid)
    before = _said(row, agent_uid)
    deleted, _ = row.situations.filter(agent_uid=agent_uid).delete()
    if deleted:
        _note(row, reorganisation, agent_uid, before, by)


@transaction.atomic
def undo_situation(*, reorganisation: Reorganisation, agent_uid: str, by: User | None, seen: int) -> None:
    """Go back to what was said of this holder before the last edit; done twice, it says it again.

    Raises NotAllowed, NotEditable, StaleDraft, NothingToUndo.
    """
    row = open_draft(reorganisation, by=by, seen=seen, subject=agent_uid)
    edits = row.edits.filter(kind=DraftEdit.Kind.SITUATION, subject=agent_uid, payload_before__isnull=False)
    last = edits.order_by("revision").last()
    if last is None:
        raise NothingToUndo
    before, wanted = _said(row, agent_uid), last.payload_before
    if wanted:
        Situation.objects.update_or_create(
            reorganisation=row, agent_uid=agent_uid, defaults={"post_uid": wanted["post"], "note": wanted["note"]}
        )
    else:
        row.situations.filter(agent_uid=agent_uid).delete()
    _note(row, reorganisation, agent_uid, before, by)


@transaction.atomic
def record_impact_sheets(*, reorganisation: Reorganisation, number: int, by: User) -> None:
    """Individual sheets were handed out: how many, never whose. Raises NotAllowed."""
    check_actor(by, check_can_print_impact)
    several = number > 1
    record_event(
        verb="print_impact",
        target=reorganisation,
        by=by,
        summary=f"{number}\u00a0fiches d’impact éditées." if several else "Une fiche d’impact éditée.",
    )


def _said(row: Reorganisation, agent_uid: str) -> dict[str, Any]:
    """What is said of the holder now; empty when nothing is."""
    found = row.situations.filter(agent_uid=agent_uid).first()
    return {"post": found.post_uid, "note": found.note} if found else {}


def _note(row: Reorganisation, given: Reorganisation, agent_uid: str, before: dict[str, Any], by: User | None) -> None:
    edit = note_edit(row, given, kind=DraftEdit.Kind.SITUATION, subject=agent_uid, summary=SUMMARY, by=by)
    edit.payload_before = before
    edit.save(update_fields=["payload_before"])
