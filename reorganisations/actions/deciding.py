"""The decision, the dates of its stages, and what its execution had to change."""

import datetime
from typing import Any, cast

import msgspec
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.models import Version
from orgchart import french
from orgchart.changes import AnyChange
from orgchart.fold import stages

from ..exceptions import AlreadyApplied, ImpossibleTransition, NotChronological, Refused
from ..models import Confirmation, Decision, ExecutionAdjustment, Opinion, Reorganisation, StageRecord
from ..permissions import check_actor, check_can_run_workflow
from ..queries.execution import Execution, decided_execution, last_opinion
from ..queries.fiction import is_fictitious
from ..sealing import unseal
from ..status import Status
from ..workflow import check_transition
from .draft_lock import locked
from .submitting import move_to

BEING_CARRIED_OUT = (Status.DECIDED, Status.PARTLY_IN_FORCE)
DECIDED = (*BEING_CARRIED_OUT, Status.IN_FORCE)


class SameAct(Refused):
    def __init__(self) -> None:
        super().__init__("Cet acte est déjà enregistré\u00a0: même nature, même numéro, même date.")


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__("Indiquez le motif.")


class AdjustmentRefused(Refused):
    """What is to be adjusted is not to come, or the adjustment says nothing."""


@transaction.atomic
def decide(
    *,
    reorganisation: Reorganisation,
    kind: Decision.Kind | str,
    dated_on: datetime.date,
    by: User | None,
    number: str = "",
    signatory: str = "",
    transmitted_on: datetime.date | None = None,
    published_on: datetime.date | None = None,
    effective_on: datetime.date | None = None,
    fictitious: bool = False,
) -> Decision:
    """Record the act on the text voted, and lay out its stages. A decision dated before the opinion is flagged.

    `effective_on`: the date the act itself gives, the one of the text otherwise.
    Raises ImpossibleTransition, NotAllowed.
    """
    row = locked(reorganisation)
    check_transition(row, Status.DECIDED, action="decide", by=by)
    # No arrow leads here without an opinion, nor to an opinion without a text.
    opinion = cast("Opinion", last_opinion(row))
    text = unseal(opinion.sealed_text)
    decision = Decision.objects.create(
        reorganisation=row,
        kind=Decision.Kind(kind),
        number=number,
        dated_on=dated_on,
        signatory=signatory,
        transmitted_on=transmitted_on,
        published_on=published_on,
        before_opinion=_before(dated_on, opinion),
        fictitious=fictitious,
        recorded_by=by,
    )
    StageRecord.objects.bulk_create(
        StageRecord(
            reorganisation=row,
            position=position,
            change_uids=[change.id for change in stage.changes],
            effective_on=stage.date,
            eventual=stage.eventual,
        )
        for position, stage in enumerate(stages(text.changes, effective_on or text.facts.effective_on))
    )
    move_to(row, reorganisation, Status.DECIDED)
    record_event(
        verb="decide",
        target=row,
        by=by,
        summary=f"Décision enregistrée\u00a0: {decision}."[:500],
        details={"before_opinion": decision.before_opinion, "text": opinion.sealed_text.number},
    )
    return decision


@transaction.atomic
def record_act(
    *,
    reorganisation: Reorganisation,
    kind: Decision.Kind | str,
    dated_on: datetime.date,
    by: User | None,
    number: str = "",
    signatory: str = "",
    transmitted_on: datetime.date | None = None,
    published_on: datetime.date | None = None,
    fictitious: bool = False,
) -> Decision:
    """Another act on the same text, beside the one that decided: a délibération for the posts, an arrêté for the
    organisation of the services. Stages stay as they are.

    Raises NotAllowed, ImpossibleTransition while nothing is decided, SameAct.
    """
    check_actor(by, check_can_run_workflow)
    row = locked(reorganisation)
    if row.status not in DECIDED:
        state = Status(row.status).label
        raise ImpossibleTransition(f"Dans l’état «\u00a0{state}\u00a0», rien n’est encore décidé.")
    known = row.decisions.filter(set_aside_at__isnull=True)
    if known.filter(kind=Decision.Kind(kind), number=number, dated_on=dated_on).exists():
        raise SameAct
    decision = Decision.objects.create(
        reorganisation=row,
        kind=Decision.Kind(kind),
        number=number,
        dated_on=dated_on,
        signatory=signatory,
        transmitted_on=transmitted_on,
        published_on=published_on,
        before_opinion=_before(dated_on, cast("Opinion", last_opinion(row))),
        fictitious=fictitious,
        recorded_by=by,
    )
    record_event(
        verb="record_act",
        target=row,
        by=by,
        summary=f"Acte enregistré\u00a0: {decision}."[:500],
        details={"before_opinion": decision.before_opinion},
    )
    return decision


@transaction.atomic
def confirm(
    *, reorganisation: Reorganisation, subject: Confirmation.Subject | str, reason: str, by: User | None
) -> Confirmation:
    """What the application flagged is so, and for a reason: it goes on saying it, with the reason.

    Raises NotAllowed, ImpossibleTransition while nothing is decided, ReasonMissing.
    """
    check_actor(by, check_can_run_workflow)
    row = locked(reorganisation)
    if row.status not in DECIDED:
        state = Status(row.status).label
        raise ImpossibleTransition(f"Dans l’état «\u00a0{state}\u00a0», rien n’est encore décidé.")
    if not reason.strip():
        raise ReasonMissing
    known = Confirmation.Subject(subject)
    row.confirmations.filter(subject=known).delete()
    found = Confirmation.objects.create(
        reorganisation=row,
        subject=known,
        reason=reason.strip(),
        fictitious=is_fictitious(row),
        confirmed_by=by,
    )
    record_event(
        verb="confirm", target=row, by=by, summary=f"{known.label}\u00a0: confirmé.", details={"reason": found.reason}
    )
    return found


def _before(dated_on: datetime.date, opinion: Opinion) -> bool:
    """Dated before the session that gave the opinion."""
    return dated_on < opinion.agenda_item.session.held_on


@transaction.atomic
def set_stage_date(*, stage: StageRecord, on: datetime.date, by: User | None) -> None:
    """Give a stage its date: « à terme », not known yet, or put off.

    Raises NotAllowed, ImpossibleTransition, AlreadyApplied, and NotChronological before the newest version.
    """
    check_actor(by, check_can_run_workflow)
    row = locked(stage.reorganisation)
    _check_being_carried_out(row)
    fresh = StageRecord.objects.get(pk=stage.pk)
    if fresh.applied_at is not None:
        raise AlreadyApplied
    check_date(on)
    stage.effective_on = on
    stage.save(update_fields=["effective_on"])
    record_event(
        verb="set_stage_date",
        target=row,
        by=by,
        summary=f"Étape {stage.position + 1} datée du {french.date(on)}.",
        details={"stage": stage.uid, "on": on.isoformat()},
    )


@transaction.atomic
def adjust_execution(
    *,
    reorganisation: Reorganisation,
    reason: str,
    by: User | None,
    replaces: str | None = None,
    change: AnyChange | None = None,
) -> ExecutionAdjustment:
    """Do otherwise than the text voted, which stays as it is: `change` instead of `replaces`, or in addition; without
    a change, `replaces` is given up.

    Raises NotAllowed, ImpossibleTransition, and AdjustmentRefused when that change is not to come or nothing is said.
    """
    check_actor(by, check_can_run_workflow)
    row = locked(reorganisation)
    _check_being_carried_out(row)
    if not reason.strip():
        raise AdjustmentRefused("Indiquez le motif de l’adaptation.")
    execution = decided_execution(row)
    payload: dict[str, Any] | None = msgspec.json.decode(msgspec.json.encode(change)) if change is not None else None
    if replaces is not None:
        _check_waiting(execution, replaces)
    elif change is not None:
        _add_to_next_stage(execution, change)
    else:
        raise AdjustmentRefused("Indiquez l’ajustement à remplacer, ou celui qui s’ajoute.")
    if replaces is not None:
        # The last word on a change is the one that counts; the trail keeps the others.
        row.execution_adjustments.filter(change_uid=replaces).delete()
    adjustment = ExecutionAdjustment.objects.create(
        reorganisation=row, change_uid=replaces, payload=payload, reason=reason.strip(), recorded_by=by
    )
    record_event(
        verb="adjust_execution",
        target=row,
        by=by,
        summary="Adaptation d’exécution enregistrée.",
        details={"replaces": replaces, "reason": adjustment.reason},
    )
    return adjustment


def check_date(on: datetime.date) -> None:
    """A date of effect may be past, but not before the newest version's. Raises NotChronological."""
    newest = Version.objects.without_snapshot().order_by("-number")[0]
    if on < newest.effective_on:
        raise NotChronological(
            f"Cette date précède celle de la version en vigueur ({french.date(newest.effective_on)})."
        )


def _check_being_carried_out(row: Reorganisation) -> None:
    if row.status not in BEING_CARRIED_OUT:
        state = Status(row.status).label
        raise ImpossibleTransition(f"Dans l’état «\u00a0{state}\u00a0», il n’y a rien à exécuter.")


def _check_waiting(execution: Execution, uid: str) -> None:
    if not any(uid in stage.change_uids for stage in execution.waiting):
        raise AdjustmentRefused("Cet ajustement n’est pas, ou n’est plus, à mettre en vigueur.")


def _add_to_next_stage(execution: Execution, change: AnyChange) -> None:
    """A stage is waiting, or the whole would be in force."""
    stage = execution.waiting[0]
    if any(change.id in each.change_uids for each in execution.stages):
        raise AdjustmentRefused("Cet ajustement est déjà dans le texte.")
    stage.change_uids = [*stage.change_uids, change.id]
    stage.save(update_fields=["change_uids"])
