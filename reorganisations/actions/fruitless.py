"""The bourse is over and determined nothing: the transformation stays open, what HR does next is recorded."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from missions import actions as chart_actions
from missions.actions import lock_chart, record_post_event
from missions.models import Post
from orgchart.changes import TransformUndetermined

from ..exceptions import CannotBeWritten, NotACandidate, NotDue
from ..models import FruitlessBourse, Reorganisation
from ..permissions import check_actor, check_can_run_workflow
from ..post_events import address
from ..queries.execution import execution_of
from ..status import Status
from .draft_lock import locked

DECIDED = (Status.DECIDED, Status.PARTLY_IN_FORCE, Status.IN_FORCE)
NEXT_WORDS = {
    FruitlessBourse.Next.REOPEN: "la bourse sera rouverte",
    FruitlessBourse.Next.LEAVE_VACANT: "le poste reste vacant",
    FruitlessBourse.Next.EXAMINE_AGAIN: "un nouvel examen par le comité est demandé",
}


@transaction.atomic
def record_fruitless_bourse(
    *,
    reorganisation: Reorganisation,
    pending: str,
    outcome: FruitlessBourse.Outcome | str,
    next_step: FruitlessBourse.Next | str,
    on: datetime.date,
    by: User | None,
    note: str = "",
) -> FruitlessBourse:
    """« Aucun candidat », or none retained. Nothing of the chart moves: the new post counts and one of the candidates
    does not, until the transformation is determined. Left vacant, the new post is stated so once it is in force.

    Raises NotAllowed, NotDue, CannotBeWritten when the post is held, and NotACandidate when nothing is left open.
    """
    check_actor(by, check_can_run_workflow)
    lock_chart()
    row = locked(reorganisation)
    if on > timezone.localdate():
        raise NotDue("La bourse ne peut pas être close à une date à venir.")
    change = _open_transformation(row, pending)
    found = FruitlessBourse.objects.create(
        reorganisation=row,
        pending=pending,
        outcome=FruitlessBourse.Outcome(outcome),
        next=FruitlessBourse.Next(next_step),
        on=on,
        note=note.strip(),
        recorded_by=by,
    )
    if found.next == FruitlessBourse.Next.LEAVE_VACANT:
        _state_vacant(change, on, by)
    said = f"{found.get_outcome_display().lower()}\u00a0; {NEXT_WORDS[FruitlessBourse.Next(found.next)]}"
    record_post_event(
        post_uid=change.into.id,
        kind="bourse_infructueuse",
        on=on,
        wording=f"Bourse infructueuse\u00a0: {said}.",
        url=address(row),
        reorganisation_code=row.code,
        by=by,
    )
    record_event(
        verb="fruitless_bourse",
        target=row,
        by=by,
        summary=f"Bourse infructueuse\u00a0: {said}.",
        details={"pending": pending, "outcome": found.outcome, "next": found.next, "note": found.note},
    )
    return found


def _open_transformation(row: Reorganisation, pending: str) -> TransformUndetermined:
    """Decided, and not determined yet. Raises NotACandidate."""
    execution = execution_of(row) if row.status in DECIDED else None
    determined = {each.pending for each in execution.resolutions} if execution else set()
    for stage in execution.stages if execution else ():
        for change in execution.changes_of(stage) if execution else ():
            if change.id == pending and isinstance(change, TransformUndetermined) and pending not in determined:
                return change
    raise NotACandidate("Cette transformation n’est pas, ou n’est plus, à déterminer.")


def _state_vacant(change: TransformUndetermined, on: datetime.date, by: User | None) -> None:
    post = Post.objects.filter(uid=change.into.id, gone_on__isnull=True).first()
    if post is None:
        return
    try:
        chart_actions.state_vacancy(post=post, since=on, by=by)
    except chart_actions.PostHeld as refusal:
        raise CannotBeWritten(str(refusal)) from refusal
