"""A session: what HR keeps of it, and what the members of its committee read of it."""

import datetime
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.models import Document
from orgchart.french import count, date

from ..actions.attendance import COUNTED, counted
from ..documents.minutes import group_of, member_of, presence_of, seat_of
from ..documents.papers import hour
from ..minutes import MinutesState, minutes_state
from ..models import AgendaItem, Attendance, College, Opinion, Session, SessionFile
from ..permissions import can_download_session_file, can_manage_committees, can_read_minutes
from ..queries.records import delegation_warnings, session_warnings
from ..queries.sessions import SessionRecord, earlier_sessions, get_readable_session
from ..status import Status
from .plain_form import SESSIONS

MINUTES_MARKS = {
    MinutesState.DRAFT: "planned",
    MinutesState.SIGNING: "transformed",
    MinutesState.SIGNED: "transformed",
    MinutesState.APPROVED: "created",
}


class ItemLine(NamedTuple):
    """One item of the agenda as the pages show it. `said`: what the minutes hold of it already."""

    uid: str
    number: str
    label: str
    kind: str
    note: str
    outcome: str
    said: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    can_rise: bool
    can_fall: bool


class Gap(NamedTuple):
    """A number that HR typed, where the attendance gives another."""

    college: str
    typed: int
    counted: int


class FileLine(NamedTuple):
    uid: str
    name: str
    word: str
    at: datetime.datetime


@require_GET
def show_session(request: SignedInRequest, uid: str) -> HttpResponse:
    session = get_readable_session(uid, request.user)
    record = SessionRecord(session)
    manages = can_manage_committees(request.user)
    context = {
        "session": session,
        "title": f"Séance du {date(session.held_on)}",
        "facts": facts_of(session),
        "agenda": agenda_lines(record, manages=manages),
    }
    if not manages:
        return render(request, "reorganisations/session_of_member.html", context | _read(record, request.user))
    return render(request, "reorganisations/session.html", context | _kept(record))


def _kept(record: SessionRecord) -> dict[str, Any]:
    session, rules = record.session, record.rules
    return {
        "crumbs": session_crumbs(session)[:-1],
        "warnings": (
            *session_warnings(session, rules, any_number=record.any_number),
            *delegation_warnings(record.attendances, rules),
        ),
        "rules": rules,
        "calendar": record.calendar,
        "gaps": gaps_of(session, record.attendances),
        "attendance": attendance_groups(record.attendances),
        "officers": officers_of(session),
        "minutes": minutes_state(session),
        "minutes_mark": MINUTES_MARKS[minutes_state(session)],
        "open": minutes_state(session) == MinutesState.DRAFT,
        "files": [file_line(each) for each in record.files],
        "to_approve": to_approve(record),
    }


def _read(record: SessionRecord, user: User) -> dict[str, Any]:
    session = record.session
    files = [file_line(each) for each in record.files if can_download_session_file(user, session, each)]
    return {
        "crumbs": [("Dossiers", reverse("reorganisations:dossiers"))],
        "files": files,
        "minutes_open": can_read_minutes(user, session),
    }


def file_line(document: Document) -> FileLine:
    return FileLine(document.uid, document.name, SessionFile(document.kind).label, document.at)


def to_approve(record: SessionRecord) -> str:
    """The session before this one, while its minutes wait for an approval that no item is about; empty otherwise."""
    before = earlier_sessions(record.session).first()
    if before is None or before.minutes_approved_on or any(item.minutes_of_id == before.pk for item in record.agenda):
        return ""
    return before.uid


def session_crumbs(session: Session) -> list[tuple[str, str]]:
    """From the list of sessions to this one."""
    return [
        (SESSIONS[0], reverse(SESSIONS[1])),
        (session.committee.label, reverse("reorganisations:committee", args=[session.committee.uid])),
        (f"Séance du {date(session.held_on)}", reverse("reorganisations:session", args=[session.uid])),
    ]


def facts_of(session: Session) -> list[str]:
    facts = [session.committee.label, hour(session.starts_at), session.place or "lieu non renseigné"]
    facts += ["convocation en urgence" if session.urgent else ""]
    return [fact for fact in facts if fact]


def agenda_lines(record: SessionRecord, *, manages: bool) -> list[ItemLine]:
    items = record.agenda if manages else record.items
    last = len(items) - 1
    return [
        ItemLine(
            uid=item.uid,
            number="" if item.number is None else str(item.number),
            label=item.label,
            kind=item.get_kind_display(),
            note=item.note,
            outcome=outcome_of(item),
            said=tuple(_said(item)) if manages else (),
            texts=() if manages else texts_of(item),
            can_rise=rank > 0,
            can_fall=rank < last,
        )
        for rank, item in enumerate(items)
    ]


def outcome_of(item: AgendaItem) -> str:
    """« Avis favorable » for the staff, with the word of the employer when it differs; else the conclusion."""
    opinion: Opinion | None = getattr(item, "opinion", None)
    if opinion is None:
        return item.conclusion
    said = {each.college: each.get_outcome_display() for each in opinion.colleges.all()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return ", ".join(f"{College(college).label}\u00a0: {outcome.lower()}" for college, outcome in said.items())


def _said(item: AgendaItem) -> list[str]:
    statements: int = getattr(item, "declared", 0)
    return [
        *(["débats consignés"] if item.debate.strip() else []),
        *([count(statements, "déclaration")] if statements else []),
    ]


def texts_of(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """(label, address) of the sealed texts, the last first; a draft and what was withdrawn have none to read."""
    row = item.reorganisation
    if row is None or row.status in (Status.DRAFT, Status.WITHDRAWN):
        return ()
    address = reverse("reorganisations:report", args=[row.code])
    return tuple((str(text), f"{address}?texte={text.number}") for text in reversed(row.sealed_texts.all()))


def attendance_groups(attendances: tuple[Attendance, ...]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By college and union, the staff first: (member, seat, presence)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for line in sorted(attendances, key=lambda each: (each.college != College.STAFF, each.union)):
        found.setdefault(group_of(line), []).append((member_of(line), seat_of(line), presence_of(line)))
    return list(found.items())


def gaps_of(session: Session, attendances: tuple[Attendance, ...]) -> list[Gap]:
    numbers = counted(session, attendances)
    gaps = []
    for college, (_, present) in COUNTED.items():
        typed, found = getattr(session, present), numbers[present]
        if typed is not None and found is not None and typed != found:
            gaps.append(Gap(college.label, typed, found))
    return gaps


def officers_of(session: Session) -> list[tuple[str, str]]:
    return [
        ("Président", session.president),
        ("Secrétaire de séance", session.secretary),
        ("Secrétaire adjoint", session.deputy_secretary),
    ]
