"""The minutes: signed, then approved. What they print is no longer written once somebody signed them."""

import datetime

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from orgchart import french

from ..exceptions import Refused
from ..minutes import SIGNATURES, MinutesState, minutes_state
from ..models import Session
from ..permissions import check_actor, check_can_manage_committees


class MinutesSigned(Refused):
    def __init__(self) -> None:
        super().__init__("Le procès-verbal de cette séance est signé\u00a0: ce qu’il dit ne se modifie plus.")


class ImpossibleMinutesDate(Refused):
    def __init__(self) -> None:
        super().__init__("Un procès-verbal ne se signe ni ne s’approuve avant sa séance.")


def check_not_signed(session: Session) -> None:
    """Raises MinutesSigned."""
    if minutes_state(session) != MinutesState.DRAFT:
        raise MinutesSigned


def locked_session(session: Session) -> Session:
    """The row as it is now, held until the transaction ends."""
    return Session.objects.select_for_update(of=("self",)).select_related("committee").get(pk=session.pk)


@transaction.atomic
def sign_minutes(
    *,
    session: Session,
    by: User | None,
    president_signed_on: datetime.date | None = None,
    secretary_signed_on: datetime.date | None = None,
    deputy_secretary_signed_on: datetime.date | None = None,
    minutes_signed_on: datetime.date | None = None,
    minutes_approved_on: datetime.date | None = None,
) -> Session:
    """Write the days of the three signatures and of the approval; without any, the minutes are a draft again.

    `minutes_signed_on` is the last of the three; it may be given alone when the three are not known.
    Raises NotAllowed, ImpossibleMinutesDate.
    """
    check_actor(by, check_can_manage_committees)
    row = locked_session(session)
    days = (president_signed_on, secretary_signed_on, deputy_secretary_signed_on)
    known = [day for day in days if day]
    if known:
        minutes_signed_on = max(known) if len(known) == len(days) else None
    if any(day < row.held_on for day in (*known, minutes_signed_on, minutes_approved_on) if day):
        raise ImpossibleMinutesDate
    for (_, column, _), day in zip(SIGNATURES, days, strict=True):
        setattr(row, column, day)
    row.minutes_signed_on, row.minutes_approved_on = minutes_signed_on, minutes_approved_on
    row.save(update_fields=[*(column for _, column, _ in SIGNATURES), "minutes_signed_on", "minutes_approved_on"])
    state = minutes_state(row)
    record_event(
        verb="sign_minutes",
        target=row,
        by=by,
        summary=f"Procès-verbal de la séance du {french.date(row.held_on)}\u00a0: {state}.",
        details={"unsigned": bool(minutes_approved_on and not minutes_signed_on)},
    )
    return row


@transaction.atomic
def approve_minutes(*, session: Session, on: datetime.date, by: User | None) -> Session:
    """The later session of that day approved them. Raises NotAllowed, ImpossibleMinutesDate."""
    row = locked_session(session)
    signed = {column: getattr(row, column) for _, column, _ in SIGNATURES}
    return sign_minutes(session=row, by=by, minutes_signed_on=row.minutes_signed_on, minutes_approved_on=on, **signed)
