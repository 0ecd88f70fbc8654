"""Opening a draft for one edit: its row is locked, re-read, and what the editor saw is compared with what it is."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import Event, User

from ..exceptions import NotEditable, StaleDraft
from ..models import Decision, DraftEdit, Opinion, Reorganisation, SealedText
from ..permissions import can_edit_drafts, check_actor, check_can_edit_drafts, check_can_write_words
from ..queries.edits import OF_CHANGES, edits_since
from ..status import EDITABLE, Status

HOUR = datetime.timedelta(hours=1)


def locked(reorganisation: Reorganisation) -> Reorganisation:
    """The row as it is now, held until the end of the transaction, with `has_undone`: an edit of the list of changes
    could be redone. The version it is written over is the one that the caller has, when it still is that one."""
    undone = DraftEdit.objects.filter(reorganisation=OuterRef("pk"), kind__in=OF_CHANGES, state=DraftEdit.State.UNDONE)
    rows = Reorganisation.objects.select_for_update(of=("self",)).annotate(has_undone=Exists(undone))
    known = Reorganisation.base_version.is_cached(reorganisation)
    row: Any = (rows if known else rows.select_related("base_version")).get(pk=reorganisation.pk)
    if known and row.base_version_id == reorganisation.base_version_id:
        row.base_version = reorganisation.base_version
    found: Reorganisation = row
    return found


class Voted(NamedTuple):
    """`fictitious`: the reorganisation is made up, or its decision."""

    text: SealedText
    reorganisation: Reorganisation
    fictitious: bool


def locked_with_text(reorganisation_id: int) -> Voted:
    """The row as `locked` gives it, of a reorganisation that was decided, with the text voted. One query.

    The text and the decision cannot be others as long as one of the stages is there.
    """
    opinions = Opinion.objects.filter(agenda_item__reorganisation=reorganisation_id).order_by("-recorded_at")
    decisions = Decision.objects.filter(reorganisation=reorganisation_id, set_aside_at=None, fictitious=True)
    found: Any = (
        SealedText.objects.select_for_update(of=("reorganisation",))
        .select_related("reorganisation")
        .annotate(fictitiously_decided=Exists(decisions))
        .get(pk=Subquery(opinions.values("sealed_text")[:1]))
    )
    row: Reorganisation = found.reorganisation
    return Voted(found, row, row.fictitious or found.fictitiously_decided)


def open_draft(
    reorganisation: Reorganisation,
    *,
    by: User | None,
    seen: int,
    subject: str | None = None,
    words_only: bool = False,
) -> Reorganisation:
    """The draft, to be edited by somebody who saw revision `seen`; only one part of it with `subject`.

    `words_only`: the edit is of words or duties, which those invited to write may do too. Raises NotAllowed,
    NotEditable, StaleDraft.
    """
    if words_only and by is not None and not can_edit_drafts(by):
        check_can_write_words(by, reorganisation)
    else:
        check_actor(by, check_can_edit_drafts)
    row = locked(reorganisation)
    if row.status not in EDITABLE:
        state = Status(row.status).label
        raise NotEditable(f"Dans l’état «\u00a0{state}\u00a0», le projet ne se modifie plus.")
    if seen != row.revision and (edits := edits_since(row, seen, subject=subject)):
        raise StaleDraft(edits, row.revision)
    return row


def note_edit(
    row: Reorganisation,
    given: Reorganisation,
    *,
    kind: DraftEdit.Kind,
    subject: str,
    summary: str,
    by: User | None,
    before: tuple[int, Any] | None = None,
    after: tuple[int, Any] | None = None,
    once_an_hour: bool = False,
) -> DraftEdit:
    """The draft reaches its next revision. `before` and `after`: place and payload of the change edited.
    `once_an_hour`: the trail has a line of the same person about the same part, less than an hour old, or gets one.

    `given` is the object that the caller holds: it learns the new revision too.
    """
    row.revision += 1
    row.saved_at = timezone.now()
    row.save(update_fields=["revision", "saved_at"])
    given.revision, given.saved_at = row.revision, row.saved_at
    edit = DraftEdit.objects.create(
        reorganisation=row,
        revision=row.revision,
        kind=kind,
        summary=summary[:500],
        subject=subject,
        position_before=before[0] if before else None,
        payload_before=before[1] if before else None,
        position_after=after[0] if after else None,
        payload_after=after[1] if after else None,
        by=by,
    )
    if once_an_hour and _just_told(row, subject, by):
        return edit
    record_event(
        verb="edit_draft",
        target=row,
        by=by,
        summary=f"{kind.label}\u00a0: {summary}"[:500],
        details={"subject": subject},
    )
    return edit


def _just_told(row: Reorganisation, subject: str, by: User | None) -> bool:
    told = Event.objects.filter(verb="edit_draft", target_type=row._meta.label_lower, target_uid=row.uid, by=by)
    return told.filter(at__gt=timezone.now() - HOUR, details__subject=subject).exists()
