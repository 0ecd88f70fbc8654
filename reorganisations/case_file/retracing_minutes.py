"""What sessions hold besides reorganisations, as the steps that record it again: agenda, attendance, debates.

They come after everything else: nothing hangs on them but the minutes, which are signed last.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from msgspec import convert

from ..models import AgendaItem, Session
from .hours import text_of
from .steps import AddAgendaItem, AnyStep, RecordAttendance, RecordDebate


def session_steps(*, nominative: bool) -> Iterator[AnyStep]:
    """With `nominative` False, who was there is told by college and union, without the names."""
    sessions = Session.objects.prefetch_related("attendances__represented_by")
    for session in sessions.order_by("held_on", "uid"):
        rows = session.agenda_items.select_related("reorganisation", "minutes_of").prefetch_related("statements")
        items = list(rows.order_by(F("number").asc(nulls_last=True), "pk"))
        yield from (_matter(session, item) for item in items if item.reorganisation is None)
        if session.attendances.all():
            yield _attendance(session, nominative=nominative)
        for item in items:
            yield from _debate(session, item)


def _matter(session: Session, item: AgendaItem) -> AnyStep:
    step = {
        "type": "add_agenda_item",
        "session": session.uid,
        "id": item.uid,
        "title": item.title,
        "kind": item.kind,
        "number": item.number,
        "note": item.note,
        "minutes_of": item.minutes_of.uid if item.minutes_of else None,
        "fictitious": session.fictitious,
    }
    return convert(step, AddAgendaItem)


def _attendance(session: Session, *, nominative: bool) -> AnyStep:
    lines = [
        {
            "id": row.uid,
            "college": row.college,
            "presence": row.presence,
            "name": row.name if nominative else "",
            "union": row.union,
            "substitute": row.substitute,
            "represented_by": row.represented_by.uid if row.represented_by else None,
            "arrived_at": text_of(row.arrived_at),
            "left_at": text_of(row.left_at),
        }
        for row in session.attendances.all()
    ]
    step = {"type": "record_attendance", "session": session.uid, "lines": lines, "fictitious": session.fictitious}
    return convert(step, RecordAttendance)


def _debate(session: Session, item: AgendaItem) -> Iterator[AnyStep]:
    """Nothing where nothing is written of the item; the note of another matter came with it."""
    row = item.reorganisation
    note = item.note if row is not None else ""
    statements = [
        {"id": each.uid, "author": each.author, "text": each.text, "file_name": each.file_name}
        for each in sorted(item.statements.all(), key=lambda each: each.pk)
    ]
    if not (note or item.debate or item.conclusion or statements):
        return
    about: dict[str, Any] = {"about": row.code} if row is not None else {"item": item.uid}
    step = about | {
        "type": "record_debate",
        "session": session.uid,
        "note": note,
        "debate": item.debate,
        "conclusion": item.conclusion,
        "statements": statements,
        "fictitious": session.fictitious,
    }
    yield convert(step, RecordDebate)
