"""The agent's side: draft, submission until the closing, wishes, withdrawal."""

import datetime
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import Max

from accounts.actions import record_event
from accounts.models import User
from accounts.permissions import NotAllowed
from missions.models import Agent

from .. import storage, told
from ..exceptions import InvalidApplication, NotEditable, NotEligible, TooLate
from ..models import Application, Notice, Posting
from ..permissions import check_actor, check_can_apply, check_can_edit_application
from ..queries.group import verdict_for
from ..status import FINISHED, LIVE, ApplicationStatus, PostingStatus
from ..workflow import check_application
from .locking import locked, locked_application
from .telling import tell

LONGEST_LETTER = 20_000


@transaction.atomic
def save_application(
    *, posting: Posting, agent: Agent, by: User | None, letter: str = "", gender: str = ""
) -> Application:
    """The draft of this agent's application, begun or changed. Nothing is checked yet but its size.

    Raises NotAllowed, NotEditable, InvalidApplication.
    """
    _check_self(agent, by)
    row = locked(posting)
    if row.status in FINISHED or row.status == PostingStatus.PREPARATION:
        raise NotEditable("Cette bourse ne reçoit pas de candidature.")
    if len(letter) > LONGEST_LETTER:
        raise InvalidApplication(f"La lettre dépasse {LONGEST_LETTER} caractères.", "letter")
    if gender not in ("", *Application.Gender.values):
        raise InvalidApplication("Ce choix n’existe pas.", "gender")
    standing = row.applications.exclude(status=ApplicationStatus.WITHDRAWN).filter(agent=agent)
    application = standing.select_for_update(of=("self",)).first() or Application(
        posting=row, agent=agent, created_at=told.now()
    )
    if application.status != ApplicationStatus.DRAFT:
        raise NotEditable("Votre candidature est déposée\u00a0: retirez-la pour en déposer une autre.")
    begun = application.pk is None
    application.letter, application.gender, application.saved_at = letter, gender, told.now()
    if application.wish_rank is None:
        application.wish_rank = _next_wish(agent)
    application.save()
    if begun:
        record_event(verb="begin_application", target=application, by=by, summary="Candidature commencée.")
    return application


@transaction.atomic
def discard_draft(*, application: Application, by: User | None) -> None:
    """The draft and its files go. Raises NotAllowed."""
    row = locked_application(application)
    check_actor(by, lambda user: check_can_edit_application(user, row))
    if row.status != ApplicationStatus.DRAFT:
        raise NotEditable("Seul un brouillon s’efface\u00a0: retirez une candidature déposée.")
    paths = list(row.files.values_list("path", flat=True))
    record_event(verb="discard_draft", target=row, by=by, summary="Brouillon effacé.")
    row.delete()
    for path in paths:
        transaction.on_commit(partial(storage.remove, path))


def submit_application(
    *, application: Application, by: User | None, now: datetime.datetime | None = None
) -> Application:
    """Before the closing, by the time at which it arrives. A late one is refused, its text stays as a draft.

    Raises NotAllowed, ImpossibleTransition, TooLate, NotEligible with the reasons, NeedsNotMet.
    """
    at = now or told.now()
    with transaction.atomic():
        row = locked_application(application)
        check_actor(by, lambda user: _check_author(user, row))
        closes_at = row.posting.closes_at
        if closes_at is None or at < closes_at or row.status != ApplicationStatus.DRAFT:
            return _submit(row, application, by=by, at=at)
        row.late_at = application.late_at = at
        row.save(update_fields=["late_at"])
        record_event(
            verb="late_application",
            target=row,
            by=by,
            summary="Candidature refusée, arrivée après la clôture.",
            details={"at": at.isoformat(), "closes_at": closes_at.isoformat()},
        )
    # The refusal is on the trail and the text in the draft: what was written stays.
    raise TooLate(at, closes_at)


def _submit(row: Application, given: Application, *, by: User | None, at: datetime.datetime) -> Application:
    check_application(row, ApplicationStatus.SUBMITTED, action="submit_application", by=by, now=at)
    verdict = verdict_for(row.posting, row.agent)
    if not verdict.eligible:
        raise NotEligible(verdict.texts)
    last = row.posting.applications.aggregate(last=Max("number"))["last"] or 0
    row.number, row.submitted_at, row.submitted_by = last + 1, at, by
    row.late_at = None
    move_application(row, given, ApplicationStatus.SUBMITTED)
    record_event(verb="submit_application", target=row, by=by, summary=f"Candidature n°\u00a0{row.number} déposée.")
    tell(posting=row.posting, kind=Notice.Kind.RECEIVED, agents=[row.agent_id], again=True)
    return row


@transaction.atomic
def withdraw(*, application: Application, by: User | None) -> Application:
    """Until the decision. Raises ImpossibleTransition (it is decided meanwhile), NotAllowed."""
    row = locked_application(application)
    check_application(row, ApplicationStatus.WITHDRAWN, action="withdraw", by=by)
    row.withdrawn_at, row.withdrawn_by = told.now(), by
    move_application(row, application, ApplicationStatus.WITHDRAWN)
    record_event(verb="withdraw_application", target=row, by=by, summary=f"{row} retirée.")
    return row


@transaction.atomic
def set_wishes(*, agent: Agent, applications: Sequence[Application], by: User | None) -> None:
    """In the order the agent prefers them: all their drafts and standing applications, each once.

    Raises NotAllowed, InvalidApplication.
    """
    _check_self(agent, by)
    rows = {
        row.pk: row
        for row in Application.objects.select_for_update()
        .filter(agent=agent, status__in=[ApplicationStatus.DRAFT, *LIVE])
        .order_by("pk")
    }
    wanted = [each.pk for each in applications]
    if sorted(wanted) != sorted(rows):
        raise InvalidApplication("L’ordre des vœux comprend chacune de vos candidatures, une fois.", "wishes")
    for rank, key in enumerate(wanted, 1):
        rows[key].wish_rank = rank
    Application.objects.bulk_update(rows.values(), ["wish_rank"])
    record_event(verb="set_wishes", target=agent, by=by, summary="Ordre des vœux modifié.")


def move_application(row: Application, given: Application, status: ApplicationStatus) -> None:
    """The transition was checked. `given` is the object that the caller holds: it learns what the row now is."""
    row.status = status
    row.save()
    for field in Application._meta.concrete_fields:
        setattr(given, field.attname, getattr(row, field.attname))


def _check_self(agent: Agent, by: User | None) -> None:
    if by is None:
        return
    check_can_apply(by)
    if agent.user_id != by.pk:
        raise NotAllowed("Chacun ne candidate que pour soi.")


def _check_author(user: User, row: Application) -> None:
    if row.agent.user_id != user.pk or not user.is_active:
        raise NotAllowed("Seul son auteur dépose une candidature.")


def _next_wish(agent: Agent) -> int:
    standing = Application.objects.filter(agent=agent, status__in=[ApplicationStatus.DRAFT, *LIVE])
    return (standing.aggregate(last=Max("wish_rank"))["last"] or 0) + 1
