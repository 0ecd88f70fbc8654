"""Instances, their members, their sessions and what comes on the agenda."""

import datetime
from typing import Any

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from orgchart import french

from ..exceptions import Refused
from ..models import AgendaItem, College, Committee, CommitteeKind, CommitteeMember, Reorganisation, Session
from ..permissions import check_actor, check_can_manage_committees
from ..queries.records import only_new_examinations, rules_on, session_warnings
from .attendance import COUNTED, fill_counted
from .minutes import check_not_signed, locked_session

# What is written of a session once its minutes are signed.
AFTER_THE_MINUTES = frozenset({"minutes_signed_on", "minutes_approved_on", "members_informed_on"})


class AlreadyMember(Refused):
    def __init__(self) -> None:
        super().__init__("Ce compte siège déjà dans cette instance.")


class SessionExists(Refused):
    def __init__(self) -> None:
        super().__init__("Cette instance a déjà une séance ce jour-là.")


class AlreadyOnAgenda(Refused):
    def __init__(self) -> None:
        super().__init__("La réorganisation est déjà à l’ordre du jour de cette séance, ou le numéro est pris.")


@transaction.atomic
def create_committee(
    *, kind: CommitteeKind | str, label: str, by: User | None, uid: str = "", fictitious: bool = False
) -> Committee:
    """Open an instance. Its rules follow from the date of each session. Raises NotAllowed."""
    check_actor(by, check_can_manage_committees)
    given = {"uid": uid} if uid else {}
    committee = Committee.objects.create(kind=CommitteeKind(kind), label=label, fictitious=fictitious, **given)
    record_event(verb="create_committee", target=committee, by=by, summary=f"Instance créée\u00a0: {label}"[:500])
    return committee


@transaction.atomic
def add_member(
    *,
    committee: Committee,
    college: College | str,
    by: User | None,
    user: User | None = None,
    name: str = "",
    union: str = "",
    substitute: bool = False,
    fictitious: bool = False,
) -> CommitteeMember:
    """Seat somebody, with an account or by name only. Raises NotAllowed, AlreadyMember."""
    check_actor(by, check_can_manage_committees)
    if user is not None and committee.members.filter(user=user).exists():
        raise AlreadyMember
    member = CommitteeMember.objects.create(
        committee=committee,
        user=user,
        name=name or (user.name if user else ""),
        college=College(college),
        union=union,
        substitute=substitute,
        fictitious=fictitious,
    )
    record_event(verb="add_member", target=committee, by=by, summary="Membre ajouté.")
    return member


@transaction.atomic
def remove_member(*, member: CommitteeMember, by: User | None) -> None:
    """The seat is left; the person no longer sees the files of the committee. Raises NotAllowed."""
    check_actor(by, check_can_manage_committees)
    committee = member.committee
    member.delete()
    record_event(verb="remove_member", target=committee, by=by, summary="Membre retiré.")


@transaction.atomic
def plan_session(
    *,
    committee: Committee,
    held_on: datetime.date,
    by: User | None,
    uid: str = "",
    place: str = "",
    fictitious: bool = False,
    **details: Any,
) -> Session:
    """Open a session; `details` are its other columns (convocation, sending of documents…).

    Raises NotAllowed, SessionExists.
    """
    check_actor(by, check_can_manage_committees)
    if committee.sessions.filter(held_on=held_on).exists():
        raise SessionExists
    given = details | ({"uid": uid} if uid else {})
    session = Session.objects.create(committee=committee, held_on=held_on, place=place, fictitious=fictitious, **given)
    record_event(verb="plan_session", target=session, by=by, summary=f"Séance du {french.date(held_on)} prévue.")
    return session


@transaction.atomic
def record_session(*, session: Session, by: User | None, **details: Any) -> Session:
    """Write what is known of the session: convocation, documents, numbers at the opening, follow-up.

    Numbers that nobody gives are those of the attendance. What is not within the rules of its date is warned of and
    logged. Raises NotAllowed, ImpossibleAttendance, and MinutesSigned for what the signed minutes say.
    """
    check_actor(by, check_can_manage_committees)
    held = locked_session(session)
    if any(getattr(held, field) != value for field, value in details.items() if field not in AFTER_THE_MINUTES):
        check_not_signed(held)
    for field, value in details.items():
        setattr(session, field, value)
    fill_counted(session)
    details |= {column: getattr(session, column) for columns in COUNTED.values() for column in columns}
    session.save(update_fields=[*details])
    anew = only_new_examinations(session.agenda_items.all())
    warnings = session_warnings(session, rules_on(session.held_on), any_number=anew)
    record_event(
        verb="record_session",
        target=session,
        by=by,
        summary=f"Séance du {french.date(session.held_on)} complétée.",
        details={"warnings": list(warnings)},
    )
    return session


@transaction.atomic
def put_on_agenda(
    *,
    reorganisation: Reorganisation,
    session: Session,
    by: User | None,
    kind: AgendaItem.Kind | str = AgendaItem.Kind.FOR_OPINION,
    number: int | None = None,
) -> AgendaItem:
    """Inscribe the reorganisation. Raises NotAllowed, MinutesSigned, AlreadyOnAgenda."""
    check_actor(by, check_can_manage_committees)
    check_not_signed(locked_session(session))
    taken = session.agenda_items.filter(reorganisation=reorganisation)
    if number is not None:
        taken = taken | session.agenda_items.filter(number=number)
    if taken.exists():
        raise AlreadyOnAgenda
    item = AgendaItem.objects.create(
        session=session, reorganisation=reorganisation, kind=AgendaItem.Kind(kind), number=number
    )
    record_event(
        verb="put_on_agenda",
        target=reorganisation,
        by=by,
        summary=f"Inscrite à l’ordre du jour du {french.date(session.held_on)}.",
        details={"session": session.uid, "kind": item.kind},
    )
    return item
