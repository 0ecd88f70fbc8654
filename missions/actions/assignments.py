"""Arrivals, departures, interims: ordinary dated events, neither corrections nor changes."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.actions import record_event
from accounts.models import User
from accounts.models.user import new_uid
from orgchart import french

from ..models import Agent, Assignment, AssignmentKind, Post
from .capacity import FULL, check_capacity, lock_holders
from .handover import ends_stated_vacancy, remove_assignments


class InvalidAssignment(Exception):
    """Dates or shares that cannot be."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class PostGone(Exception):
    def __init__(self, post: Post, day: datetime.date) -> None:
        super().__init__(
            f"Le poste « {post} » n’existe plus depuis le {french.date(day)} : l’affectation doit prendre fin avant."
        )


class PostHeld(Exception):
    def __init__(self, post: Post) -> None:
        super().__init__(f"Le poste « {post} » est occupé à cette date : il ne peut pas être déclaré vacant.")


@transaction.atomic
def assign_agent(
    *,
    agent: Agent,
    post: Post,
    begins_on: datetime.date,
    by: User | None,
    ends_on: datetime.date | None = None,
    kind: AssignmentKind | str = AssignmentKind.ORDINARY,
    share: Decimal = FULL,
    working_time: Decimal = FULL,
    uid: str | None = None,
) -> Assignment:
    """Record that `agent` holds `post`. `ends_on` is the last day, `share` the part of the post, in percent.

    A post stated vacant is so no longer. Raises PostOverfilled, AgentOverfilled, PostGone, InvalidAssignment.
    """
    posts, agents = lock_holders(posts=[post.uid], agents=[agent.pk])
    assignment = Assignment(
        uid=uid or new_uid(),
        agent=agents[agent.pk],
        post=posts[post.uid],
        kind=kind,
        share=share,
        working_time=working_time,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    _check(assignment)
    check_capacity([assignment])
    bulk_create_with_history([assignment], Assignment, **_history(by, "Affectation"))
    _end_stated_vacancy(assignment, by)
    record_event(verb="assign_agent", target=posts[post.uid], by=by, summary="Affectation enregistrée.")
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, ends_on: datetime.date, by: User | None) -> Assignment:
    """`ends_on` is the last day. Raises as `assign_agent`."""
    return _rewrite(assignment, {"ends_on": ends_on}, by=by, verb="end_assignment", said="Fin d’affectation")


@transaction.atomic
def change_assignment(
    *,
    assignment: Assignment,
    by: User | None,
    begins_on: datetime.date,
    ends_on: datetime.date | None,
    kind: AssignmentKind | str,
    share: Decimal,
    working_time: Decimal,
) -> Assignment:
    """Raises as `assign_agent`; the assignment then stays as it was."""
    values = {
        "begins_on": begins_on,
        "ends_on": ends_on,
        "kind": kind,
        "share": share,
        "working_time": working_time,
    }
    return _rewrite(assignment, values, by=by, verb="change_assignment", said="Affectation modifiée")


@transaction.atomic
def cancel_assignment(*, assignment: Assignment, reason: str, by: User | None) -> None:
    """Take away an assignment recorded by mistake; its history stays. Raises InvalidAssignment without a reason."""
    reason = reason.strip()
    if not reason:
        raise InvalidAssignment("Une affectation annulée a un motif.")
    row = Assignment.objects.select_for_update(of=("self",)).select_related("post").get(pk=assignment.pk)
    remove_assignments([row], by=by, reason=f"Annulation : {reason}")
    record_event(
        verb="cancel_assignment", target=row.post, by=by, summary="Affectation annulée.", details={"reason": reason}
    )


@transaction.atomic
def state_vacancy(*, post: Post, since: datetime.date | None, by: User | None) -> Post:
    """State that nobody holds the post since that day, or (None) that this is not known. Raises PostHeld, PostGone."""
    row = lock_holders(posts=[post.uid], agents=[])[0][post.uid]
    if since is not None:
        if row.gone_on is not None:
            raise PostGone(row, row.gone_on)
        if Assignment.objects.overlapping(since, None).filter(post=row).exists():
            raise PostHeld(row)
    row.stated_vacant_since = since
    bulk_update_with_history([row], Post, ["stated_vacant_since"], **_history(by, "Vacance"))
    record_event(
        verb="state_vacancy",
        target=row,
        by=by,
        summary="Poste déclaré vacant." if since else "Occupation du poste : non renseignée.",
    )
    return row


def _rewrite(assignment: Assignment, values: dict[str, Any], *, by: User | None, verb: str, said: str) -> Assignment:
    posts, agents = lock_holders(posts=[assignment.post_id], agents=[assignment.agent_id])
    row = Assignment.objects.get(pk=assignment.pk)
    row.post, row.agent = posts[row.post_id], agents[row.agent_id]
    for field, value in values.items():
        setattr(row, field, value)
    _check(row)
    check_capacity([row], leaving_out=[row.pk])
    bulk_update_with_history([row], Assignment, [*values], **_history(by, said))
    _end_stated_vacancy(row, by)
    record_event(verb=verb, target=row.post, by=by, summary=f"{said}.")
    return row


def _check(assignment: Assignment) -> None:
    try:
        assignment.full_clean(exclude=["agent", "post"])
    except ValidationError as error:
        raise InvalidAssignment(" ".join(error.messages)) from None
    gone = assignment.post.gone_on
    if gone is not None and (assignment.ends_on is None or assignment.ends_on >= gone):
        raise PostGone(assignment.post, gone)


def _end_stated_vacancy(assignment: Assignment, by: User | None) -> None:
    post = assignment.post
    if ends_stated_vacancy(assignment, post):
        post.stated_vacant_since = None
        bulk_update_with_history([post], Post, ["stated_vacant_since"], **_history(by, "Affectation"))


def _history(by: User | None, reason: str) -> dict[str, Any]:
    return {"default_user": by, "default_change_reason": reason, "default_date": timezone.now()}
