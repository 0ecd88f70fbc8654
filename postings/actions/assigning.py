"""The affectation: assignments end and begin on their date, the undetermined transformation is determined.

Called inside a transaction that holds the chart, then the row of the bourse.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import cast

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.actions import (
    AgentOverfilled,
    InvalidAssignment,
    PostGone,
    PostHeld,
    PostOverfilled,
    assign_agent,
    cancel_assignment,
    end_assignment,
    lock_chart,
    state_vacancy,
)
from missions.models import Agent, Assignment, AssignmentKind, PendingTransformation, Post
from missions.queries import holders_on
from orgchart.values import PostId
from reorganisations.actions import resolve_transformation
from reorganisations.exceptions import Refused as ReorganisationRefused
from reorganisations.models import Reorganisation

from .. import post_events, told
from ..exceptions import CannotBeAssigned, InvalidOutcome
from ..models import ApplicationOutcome, Outcome, Posting, VacatedPost
from ..queries.targets import DECIDED, is_in_force, transformation
from ..status import PostingStatus
from ..workflow import check_posting
from .locking import locked
from .publishing import move_posting

REASON = "Issue de la bourse"
FULL = Decimal(100)


@transaction.atomic
def assign_retained(*, posting: Posting, by: User | None, now: datetime.datetime | None = None) -> Outcome:
    """On the day: write what could not be written before, and the bourse is « Affectée ». `by` None: the clock.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet before its date, CannotBeAssigned with what refuses.
    """
    lock_chart()
    row = locked(posting)
    check_posting(row, PostingStatus.ASSIGNED, action="assign_retained", by=by, now=now)
    outcome = row.outcome
    if not write_assignments(row, outcome, by=by):
        raise CannotBeAssigned(_why_not(row))
    arrive(row, posting, by=by)
    return outcome


def arrive(row: Posting, given: Posting, *, by: User | None) -> None:
    """Everything is written and its date has come."""
    move_posting(row, given, PostingStatus.ASSIGNED)
    record_event(verb="assign_retained", target=row, by=by, summary="Affectation prononcée à l’issue de la bourse.")


def write_assignments(row: Posting, outcome: Outcome, *, by: User | None) -> bool:
    """As soon as it can be: whether all is written. The determination of a transformation in force waits for its date.

    Raises CannotBeAssigned; then the caller writes nothing.
    """
    if outcome.assigned_at is not None:
        return True
    # A constraint: what is filled has a date.
    on = cast("datetime.date", outcome.effective_on)
    retained = list(outcome.decisions.filter(retained=True).select_related("application__agent").order_by("pk"))
    with _in_french():
        if row.pending and outcome.resolution is None:
            if not _can_determine(row, on):
                return False
            _determine(row, outcome, retained[0].application.agent, on, by=by)
        if not is_in_force(row):
            return False
        left: list[str] = []
        for decision in retained:
            left += _move(decision, max(on, _came_into_force(row) or on), by=by)
        _record_vacancies(outcome, left, on, by=by)
    outcome.assigned_at, outcome.assigned_by = told.now(), by
    outcome.save(update_fields=["assigned_at", "assigned_by"])
    post_events.filled(row, on=on, posts=[decision.post_uid for decision in retained], by=by)
    return True


def _can_determine(row: Posting, on: datetime.date) -> bool:
    """Decided by the reorganisation; once in force, its version cannot be of a day to come."""
    if row.reorganisation is None or row.reorganisation.status not in DECIDED:
        return False
    in_force = PendingTransformation.objects.filter(uid=row.pending).exists()
    return not in_force or on <= told.today()


def _determine(row: Posting, outcome: Outcome, agent: Agent, on: datetime.date, *, by: User | None) -> None:
    """The retained person's former post is the one that disappears; from elsewhere, a vacant one that HR names."""
    post, from_elsewhere = _candidate(row, outcome, agent, on)
    resolution = resolve_transformation(
        reorganisation=cast("Reorganisation", row.reorganisation),
        pending=row.pending,
        post=post,
        by=by,
        on=on,
        from_elsewhere=from_elsewhere,
    )
    outcome.resolution, outcome.candidate_post = resolution, post
    outcome.save(update_fields=["resolution", "candidate_post"])


def _candidate(row: Posting, outcome: Outcome, agent: Agent, on: datetime.date) -> tuple[str, bool]:
    change = transformation(row.reorganisation, row.pending) if row.reorganisation else None
    candidates = change.candidates if change else ()
    holders = holders_on(on, candidates)
    held = [post for post in candidates if agent.uid in holders.get(post, ())]
    named = outcome.candidate_post
    if not named and len(held) != 1:
        raise InvalidOutcome(
            "La personne retenue tient plusieurs des postes candidats\u00a0: désignez celui qui est transformé."
            if held
            else "La personne retenue ne tient aucun des postes candidats\u00a0: désignez-en un qui soit vacant. S’ils "
            "sont tous occupés, un nouvel examen par le comité peut être nécessaire."
        )
    post = PostId(named) if named else held[0]
    if post in held and len(set(holders[post])) > 1:
        raise CannotBeAssigned("Le poste qui serait transformé a un autre titulaire\u00a0: son affectation d’abord.")
    return post, post not in held


def _move(decision: ApplicationOutcome, on: datetime.date, *, by: User | None) -> list[str]:
    """The assignments that run end the day before, those to come are withdrawn, the new one begins. What is left."""
    agent, post = decision.application.agent, Post.objects.get(uid=decision.post_uid)
    current = list(Assignment.objects.overlapping(on, None).filter(agent=agent).order_by("begins_on", "pk"))
    there = next((each for each in current if each.post_id == post.uid and each.kind != AssignmentKind.INTERIM), None)
    if there is None:
        _leave(current, on, by=by)
        ordinary = [each for each in current if each.kind != AssignmentKind.INTERIM]
        there = assign_agent(
            agent=agent,
            post=post,
            begins_on=on,
            kind=ordinary[0].kind if ordinary else AssignmentKind.ORDINARY,
            working_time=ordinary[0].working_time if ordinary else FULL,
            by=by,
        )
        left = [each.post_id for each in ordinary]
    else:
        # The determination took the holder along from the post transformed.
        left = []
    decision.assignment_uid = there.uid
    decision.save(update_fields=["assignment_uid"])
    return left


def _leave(current: list[Assignment], on: datetime.date, *, by: User | None) -> None:
    for each in current:
        if each.begins_on < on:
            end_assignment(assignment=each, ends_on=on - datetime.timedelta(days=1), by=by)
        else:
            cancel_assignment(assignment=each, reason=REASON, by=by)


def _record_vacancies(outcome: Outcome, left: list[str], on: datetime.date, *, by: User | None) -> None:
    """The chain: the posts that nobody holds any more, stated vacant."""
    for uid in dict.fromkeys(left):
        post = Post.objects.get(uid=uid)
        try:
            state_vacancy(post=post, since=on, by=by)
        except PostHeld:
            continue
        VacatedPost.objects.create(outcome=outcome, post_uid=uid, since=on)


def _came_into_force(row: Posting) -> datetime.date | None:
    """When the stage that made the post was applied; None for a post that was there before."""
    stages = row.reorganisation.stages.filter(applied_at__isnull=False) if row.reorganisation and row.pending else ()
    return next((stage.effective_on for stage in stages if row.pending in stage.change_uids), None)


def _why_not(row: Posting) -> str:
    if row.pending and (row.reorganisation is None or row.reorganisation.status not in DECIDED):
        return "La réorganisation dont vient ce poste n’est pas décidée\u00a0: l’affectation attend."
    return "Le poste n’est pas encore en vigueur\u00a0: l’affectation attend."


@contextmanager
def _in_french() -> Iterator[None]:
    """The refusals of the rooms below, as this room's."""
    try:
        yield
    except (
        ReorganisationRefused,
        AgentOverfilled,
        PostOverfilled,
        InvalidAssignment,
        PostGone,
    ) as refusal:
        raise CannotBeAssigned(str(refusal)) from refusal
