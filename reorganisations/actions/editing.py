"""Edits of the list of changes of a draft. Each one is noted, told to whoever comes second, and can be undone."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F

from accounts.models import User
from orgchart.changes import AnyChange, ImpossibleChange, ResolveTransformation, read_change

from ..exceptions import ChangeIsGone, NothingToRedo, NothingToUndo
from ..models import ChangeRecord, DraftEdit, Reorganisation
from ..queries.draft import Draft
from ..queries.edits import OF_CHANGES, last_done, next_to_redo
from .draft_lock import note_edit, open_draft

# Positions are unique at every statement: rows are moved out of the way, by more than a draft ever holds, and back.
AWAY = 1_000_000
FAR_AWAY = 100 * AWAY

type Place = tuple[int, dict[str, Any]]


# What a caller has read already is `draft`. It is read again only when the draft was edited meanwhile; once the edit is
# written, it is the draft as edited, so that a page shows it without reading anything twice.


@transaction.atomic
def add_change(
    *,
    reorganisation: Reorganisation,
    change: AnyChange,
    by: User | None,
    seen: int,
    position: int | None = None,
    draft: Draft | None = None,
) -> ChangeRecord:
    """Add a change at `position` (from 0), or last.

    Raises NotAllowed, NotEditable, StaleDraft, and ImpossibleChange when it makes no sense where it comes in the fold.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    known = _as_locked(row, draft)
    _check_new(known.changes, change)
    changes = list(known.changes)
    place = len(changes) if position is None else min(max(position, 0), len(changes))
    changes.insert(place, change)
    edited = known.edited(changes)
    summary = _checked(edited, change)
    after = (place, _payload(change))
    if place < len(known.changes):
        _shift(row, place, 1)
    record = ChangeRecord.objects.create(
        reorganisation=row, uid=change.id, position=place, payload=after[1], added_by=by
    )
    _note(row, reorganisation, DraftEdit.Kind.ADDED, change.id, summary, by, after=after)
    _become(draft, edited)
    return record


@transaction.atomic
def add_changes(
    *,
    reorganisation: Reorganisation,
    changes: Sequence[AnyChange],
    by: User | None,
    seen: int,
    draft: Draft | None = None,
    leniently: bool = False,
) -> list[ChangeRecord]:
    """Add several at the end, all or none; the draft is read and folded once, each can be undone on its own.

    `leniently`: those that cannot be made are kept too, told on the draft, where they block submission: a draft that
    was exported so comes back as it was.

    Raises NotAllowed, NotEditable, StaleDraft, ImpossibleChange.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    read = _as_locked(row, draft)
    known = list(read.changes)
    for change in changes:
        _check_new(known, change)
        known.append(change)
    edited = read.edited(known)
    added = {change.id for change in changes}
    for refusal in edited.folded.refusals:
        if refusal.change.id in added and not leniently:
            raise ImpossibleChange(refusal.reason)
    first = len(known) - len(changes)
    records = ChangeRecord.objects.bulk_create(
        ChangeRecord(reorganisation=row, uid=change.id, position=place, payload=_payload(change), added_by=by)
        for place, change in enumerate(changes, first)
    )
    _discard_undone(row)
    for change, record in zip(changes, records, strict=True):
        summary = edited.wording(change).sentence
        after = (record.position, record.payload)
        note_edit(
            row,
            reorganisation,
            kind=DraftEdit.Kind.ADDED,
            subject=change.id,
            summary=summary,
            by=by,
            after=after,
        )
    _become(draft, edited)
    return records


@transaction.atomic
def edit_change(
    *,
    reorganisation: Reorganisation,
    change: AnyChange,
    by: User | None,
    seen: int,
    draft: Draft | None = None,
    words_only: bool = False,
) -> ChangeRecord:
    """Put `change` instead of the one that has its id. `words_only`: see `open_draft`.

    Raises NotAllowed, NotEditable, StaleDraft, ChangeIsGone, ImpossibleChange.
    """
    row = open_draft(reorganisation, by=by, seen=seen, words_only=words_only)
    record = _record(row, change.id)
    known = _as_locked(row, draft)
    changes = list(known.changes)
    changes[record.position] = change
    edited = known.edited(changes)
    summary = _checked(edited, change)
    before, after = (record.position, record.payload), (record.position, _payload(change))
    record.payload = after[1]
    record.save(update_fields=["payload"])
    _note(row, reorganisation, DraftEdit.Kind.EDITED, change.id, summary, by, before=before, after=after)
    _become(draft, edited)
    return record


@transaction.atomic
def move_change(*, reorganisation: Reorganisation, uid: str, position: int, by: User | None, seen: int) -> ChangeRecord:
    """Give the change another place in the list.

    Raises NotAllowed, NotEditable, StaleDraft, ChangeIsGone, and ImpossibleChange when it cannot be made there.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    record = _record(row, uid)
    known = Draft(row)
    changes = list(known.changes)
    place = min(max(position, 0), len(changes) - 1)
    change = changes.pop(record.position)
    changes.insert(place, change)
    summary = _checked(known.edited(changes), change)
    before, after = (record.position, record.payload), (place, record.payload)
    _put(row, uid, before, after, by)
    _note(row, reorganisation, DraftEdit.Kind.MOVED, uid, summary, by, before=before, after=after)
    return _record(row, uid)


@transaction.atomic
def delete_change(*, reorganisation: Reorganisation, uid: str, by: User | None, seen: int) -> None:
    """Take a change out. Others may become impossible: that is shown, and blocks submission.

    Raises NotAllowed, NotEditable, StaleDraft, ChangeIsGone.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    record = _record(row, uid)
    summary = Draft(row).wording(read_change(record.payload)).sentence
    before = (record.position, record.payload)
    _put(row, uid, before, None, by)
    _note(row, reorganisation, DraftEdit.Kind.DELETED, uid, summary, by, before=before)


@transaction.atomic
def undo(*, reorganisation: Reorganisation, by: User | None, seen: int) -> None:
    """Take back the last edit of the list. Raises NotAllowed, NotEditable, StaleDraft, NothingToUndo."""
    row = open_draft(reorganisation, by=by, seen=seen)
    edit = last_done(row)
    if edit is None:
        raise NothingToUndo
    before, after = _places(edit)
    _turn(row, reorganisation, edit, after, before, DraftEdit.Kind.UNDONE, by)


@transaction.atomic
def redo(*, reorganisation: Reorganisation, by: User | None, seen: int) -> None:
    """Do again what was undone last. Raises NotAllowed, NotEditable, StaleDraft, NothingToRedo."""
    row = open_draft(reorganisation, by=by, seen=seen)
    edit = next_to_redo(row)
    if edit is None:
        raise NothingToRedo
    before, after = _places(edit)
    _turn(row, reorganisation, edit, before, after, DraftEdit.Kind.REDONE, by)


def _check_new(changes: Sequence[AnyChange], change: AnyChange) -> None:
    if isinstance(change, ResolveTransformation):
        raise ImpossibleChange("Le poste transformé est déterminé par la bourse, pas par un ajustement du projet.")
    if any(each.id == change.id for each in changes):
        raise ImpossibleChange("Cet ajustement est déjà dans le projet.")


def _note(
    row: Reorganisation,
    given: Reorganisation,
    kind: DraftEdit.Kind,
    subject: str,
    summary: str,
    by: User | None,
    *,
    before: Place | None = None,
    after: Place | None = None,
) -> None:
    _discard_undone(row)
    note_edit(row, given, kind=kind, subject=subject, summary=summary, by=by, before=before, after=after)


def _discard_undone(row: Reorganisation) -> None:
    """What was undone before a new edit cannot be redone over it."""
    if not row.has_undone:  # type: ignore[attr-defined]  # asked by `locked` with the row
        return
    row.edits.filter(kind__in=OF_CHANGES, state=DraftEdit.State.UNDONE).update(state=DraftEdit.State.DISCARDED)


def _turn(
    row: Reorganisation,
    shown: Reorganisation,
    edit: DraftEdit,
    was: Place | None,
    now: Place | None,
    kind: DraftEdit.Kind,
    by: User | None,
) -> None:
    """The edit is taken back or done again: its change goes from where it was, and that is an edit as well."""
    _put(row, edit.subject, was, now, by)
    edit.state = DraftEdit.State.UNDONE if kind is DraftEdit.Kind.UNDONE else DraftEdit.State.DONE
    edit.save(update_fields=["state"])
    note_edit(row, shown, kind=kind, subject=edit.subject, summary=edit.summary, by=by, before=was, after=now)


def _places(edit: DraftEdit) -> tuple[Place | None, Place | None]:
    return _place(edit.position_before, edit.payload_before), _place(edit.position_after, edit.payload_after)


def _place(position: int | None, payload: Any) -> Place | None:
    return None if position is None else (position, payload)


def _payload(change: AnyChange) -> dict[str, Any]:
    """As JSON has it, and read back: what cannot be read again is never written."""
    payload: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(change))
    read_change(payload)
    return payload


def _record(row: Reorganisation, uid: str) -> ChangeRecord:
    try:
        return row.change_records.get(uid=uid)
    except ChangeRecord.DoesNotExist:
        raise ChangeIsGone from None


def _as_locked(row: Reorganisation, draft: Draft | None) -> Draft:
    """What the caller read is what is locked now when no edit came between: each gives the draft another revision."""
    return draft if draft is not None and draft.revision == row.revision else Draft(row)


def _become(draft: Draft | None, edited: Draft) -> None:
    if draft is not None:
        draft.become(edited)


def _checked(edited: Draft, change: AnyChange) -> str:
    """The words of the change in the list. Raises ImpossibleChange when it is refused where it comes."""
    for refusal in edited.folded.refusals:
        if refusal.change.id == change.id:
            raise ImpossibleChange(refusal.reason)
    return edited.wording(change).sentence


def _put(row: Reorganisation, uid: str, before: Place | None, after: Place | None, by: User | None) -> None:
    """Bring one record from one place and payload to another; None: it is not in the list. The others make room."""
    records = row.change_records.all()
    here = records.filter(uid=uid)
    if before is not None and after is not None and before[0] == after[0]:
        here.update(payload=after[1])
        return
    if before is not None:
        here.update(position=FAR_AWAY)
        _shift(row, before[0] + 1, -1)
    if after is None:
        here.delete()
        return
    _shift(row, after[0], 1)
    if before is None:
        records.create(reorganisation=row, uid=uid, position=after[0], payload=after[1], added_by=by)
    else:
        here.update(position=after[0], payload=after[1])


def _shift(row: Reorganisation, first: int, by: int) -> None:
    """Move the records from position `first` on by one place, up or down."""
    row.change_records.filter(position__gte=first, position__lt=AWAY).update(position=F("position") + AWAY)
    row.change_records.filter(position__gte=AWAY, position__lt=FAR_AWAY).update(position=F("position") - AWAY + by)
