"""Who was there: written whole, for a session; the numbers at the opening follow unless HR typed others."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from orgchart import french

from ..attendance import attended
from ..exceptions import Refused
from ..models import Attendance, College, CommitteeMember, Presence, Session
from ..permissions import check_actor, check_can_manage_committees
from ..queries.records import delegation_warnings, rules_on
from .minutes import check_not_signed, locked_session

OFFICERS = ("president", "secretary", "deputy_secretary")
HOURS = ("opened_at", "closed_at")
# College → the columns of its seats and of those present.
COUNTED = {
    College.STAFF: ("staff_seats", "staff_present"),
    College.EMPLOYER: ("employer_seats", "employer_present"),
}


class ImpossibleAttendance(Refused):
    def __init__(self) -> None:
        super().__init__("Il ne peut pas y avoir plus de présents que de sièges.")


class ImpossibleDelegation(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name}\u00a0: une délégation se donne à un membre présent du même collège.")


class ImpossibleHours(Refused):
    pass


class Line(NamedTuple):
    """One member. `uid` is the line's own; `represented_by` that of the line of who holds the delegation."""

    uid: str
    college: str
    presence: str
    name: str = ""
    union: str = ""
    substitute: bool = False
    member: CommitteeMember | None = None
    represented_by: str = ""
    arrived_at: datetime.time | None = None
    left_at: datetime.time | None = None

    @property
    def label(self) -> str:
        return self.name or self.union or College(self.college).label


@transaction.atomic
def record_attendance(*, session: Session, lines: Sequence[Line], by: User | None, **officers: Any) -> Session:
    """Write the attendance anew; a member without a line is not known. `officers`: columns of OFFICERS and HOURS.

    More delegations held than the rules of its date allow a member are logged, never refused.
    Raises NotAllowed, MinutesSigned, ImpossibleDelegation, ImpossibleHours, ImpossibleAttendance.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(session)
    check_not_signed(row)
    _check(lines)
    before = counted(row)
    for column, value in officers.items():
        setattr(row, column, value)
    if row.opened_at and row.closed_at and row.closed_at < row.opened_at:
        raise ImpossibleHours("La séance ne peut pas être levée avant d’être ouverte.")
    row.attendances.all().delete()
    written = _write(row, lines)
    _count_again(row, before)
    row.save(update_fields=[*officers, *(column for columns in COUNTED.values() for column in columns)])
    record_event(
        verb="record_attendance",
        target=row,
        by=by,
        summary=f"Présences de la séance du {french.date(row.held_on)} enregistrées.",
        details={"lines": len(lines), "warnings": list(delegation_warnings(written, rules_on(row.held_on)))},
    )
    return row


def counted(session: Session, attendances: Iterable[Attendance] | None = None) -> dict[str, int | None]:
    """Column → what the attendance gives for it, None where it says nothing. `attendances`: read already."""
    lines = list(session.attendances.all() if attendances is None else attendances)
    found: dict[str, int | None] = {}
    for college, columns in COUNTED.items():
        numbers = attended(college, lines, session.opened_at) or (None, None)
        found |= dict(zip(columns, numbers, strict=True))
    return found


def fill_counted(session: Session) -> None:
    """The numbers that nobody typed, from the attendance. Raises ImpossibleAttendance."""
    for column, number in counted(session).items():
        if getattr(session, column) is None:
            setattr(session, column, number)
    check_seats(session)


def check_seats(session: Session) -> None:
    for seats, present in ((getattr(session, one), getattr(session, other)) for one, other in COUNTED.values()):
        if seats is not None and present is not None and present > seats:
            raise ImpossibleAttendance


def _count_again(session: Session, before: dict[str, int | None]) -> None:
    """What was counted, or not known, follows the attendance; what was typed stays."""
    for column, number in before.items():
        if getattr(session, column) == number:
            setattr(session, column, None)
    fill_counted(session)


def _check(lines: Sequence[Line]) -> None:
    by_uid = {line.uid: line for line in lines}
    for line in lines:
        if line.represented_by:
            holder = by_uid.get(line.represented_by)
            represented = line.presence == Presence.REPRESENTED
            if (
                not represented
                or holder is None
                or (holder.presence, holder.college)
                != (
                    Presence.PRESENT,
                    line.college,
                )
            ):
                raise ImpossibleDelegation(line.label)
        if (line.arrived_at or line.left_at) and line.presence != Presence.PRESENT:
            raise ImpossibleHours(f"{line.label}\u00a0: seul un membre présent a une heure d’arrivée ou de départ.")
        if line.arrived_at and line.left_at and line.left_at < line.arrived_at:
            raise ImpossibleHours(f"{line.label}\u00a0: le départ précède l’arrivée.")


def _write(session: Session, lines: Sequence[Line]) -> tuple[Attendance, ...]:
    rows = {
        line.uid: Attendance(
            uid=line.uid,
            session=session,
            member=line.member,
            position=position,
            name=line.name,
            college=College(line.college),
            union=line.union,
            substitute=line.substitute,
            presence=Presence(line.presence),
            arrived_at=line.arrived_at,
            left_at=line.left_at,
        )
        for position, line in enumerate(lines)
    }
    Attendance.objects.bulk_create(rows.values())
    delegated = []
    for line in lines:
        if line.represented_by:
            rows[line.uid].represented_by = rows[line.represented_by]
            delegated.append(rows[line.uid])
    Attendance.objects.bulk_update(delegated, ["represented_by"])
    return tuple(rows.values())
