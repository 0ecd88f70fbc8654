"""Entry into force: each stage alone, in one transaction, seals its own version."""

import datetime
import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.actions import Trail, record_event
from accounts.models import User
from missions import actions as chart_actions
from missions.actions import lock_chart, record_post_events, seal_version
from missions.models import Version, VersionKind
from missions.queries.rows import chart_rows
from orgchart import french
from orgchart.changes import AnyChange, minted_ids
from orgchart.conflicts import Conflict, conflicts_with_chart
from orgchart.diff import compare
from orgchart.fold import NoLongerFolds, fold
from orgchart.structure import Structure

from ..exceptions import AlreadyApplied, NoLongerApplies, NotChronological, NotDue, Refused, StageIsGone
from ..models import Reorganisation, StageRecord
from ..post_events import events
from ..queries.execution import Execution
from ..sealing import unseal
from ..status import Status
from ..workflow import check_transition
from .draft_lock import locked_with_text
from .following import follow_version
from .handover import write_chart
from .late_placing import place_late
from .submitting import move_to

logger = logging.getLogger(__name__)

FAULT = "Une erreur de l’application l’a empêchée\u00a0: son détail est dans le journal du serveur."


@transaction.atomic
def apply_stage(*, stage: StageRecord, by: User | None, today: datetime.date | None = None) -> Version:
    """Bring one stage of a decided reorganisation into force and seal its version; the drafts without conflict follow.

    The date may be past, not before the newest version's. The holders of transformed posts follow, others go where HR
    said, and the assignments of suppressed posts end otherwise.
    Raises ImpossibleTransition, NotAllowed, StageIsGone, AlreadyApplied, NotDue, NotChronological, NoLongerApplies
    (with the conflicts), CannotBeWritten; then nothing is written.
    """
    lock_chart()
    text, row, fictitious = locked_with_text(stage.reorganisation_id)
    execution = Execution(row, unseal(text))
    fresh = still_waiting(execution, stage)
    target = Status.IN_FORCE if len(execution.waiting) == 1 else Status.PARTLY_IN_FORCE
    check_transition(row, target, action="apply_stage", by=by)
    on = _checked_date(execution, fresh, today or timezone.localdate())
    changes = execution.changes_of(fresh)
    rows = chart_rows(minted_ids(changes))
    after = _fold(execution, fresh, changes, rows.structure)
    difference = compare(rows.structure, after)
    trail = Trail()
    write_chart(row, difference, changes, on=on, by=by, reason=row.title, rows=rows, record=trail.note)
    if earlier := [each for each in execution.stages if each.applied_at is not None]:
        place_late(row, earlier, difference, on=on, by=by)
    version = _seal(
        structure=after,
        effective_on=on,
        kind=VersionKind.REORGANISATION,
        title=row.title,
        by=by,
        source_code=row.code,
        source_label=row.title,
        stage_label=str(fresh) if len(execution.stages) > 1 else "",
        partly=target == Status.PARTLY_IN_FORCE,
        fictitious=fictitious,
        locked=True,
        record=trail.note,
    )
    for each in (fresh, stage):
        each.version, each.applied_at, each.applied_by = version, timezone.now(), by
    fresh.save(update_fields=["version", "applied_at", "applied_by"])
    record_post_events(events=events(difference, row, on), by=by, record=trail.note)
    follow_version(version=version, structure=after)
    move_to(row, stage.reorganisation, target)
    trail.note(
        verb="apply_stage",
        target=row,
        by=by,
        summary=f"{fresh} mise en vigueur au {french.date(on)}\u00a0: version {version.number}.",
        details={"stage": fresh.uid, "version": version.number, "changes": len(changes)},
    )
    trail.record()
    return version


def _seal(**given: Any) -> Version:
    """Raises NotChronological, in the words of the room below."""
    try:
        return seal_version(**given)
    except chart_actions.NotChronological as refusal:
        raise NotChronological(str(refusal)) from refusal


def still_waiting(execution: Execution, stage: StageRecord) -> StageRecord:
    """The stage as it is now, under the lock. Raises StageIsGone, AlreadyApplied."""
    fresh = next((each for each in execution.stages if each.pk == stage.pk), None)
    if fresh is None:
        raise StageIsGone
    if fresh.applied_at is not None:
        raise AlreadyApplied
    return fresh


def _checked_date(execution: Execution, stage: StageRecord, today: datetime.date) -> datetime.date:
    if stage.effective_on is None:
        raise NotDue("Cette étape n’a pas encore de date\u00a0: donnez-la d’abord.")
    if stage.effective_on > today:
        raise NotDue(
            f"Cette étape entre en vigueur le {french.date(stage.effective_on)}\u00a0: elle attend cette date."
        )
    first = execution.waiting[0]
    if first.pk != stage.pk:
        raise NotChronological(f"{first} vient avant\u00a0: les étapes entrent en vigueur dans l’ordre de leurs dates.")
    return stage.effective_on


def _fold(execution: Execution, stage: StageRecord, changes: tuple[AnyChange, ...], before: Structure) -> Structure:
    """A change that HR adjusted was seen over this chart: it need only fold."""
    conflicts = [
        conflict
        for conflict in conflicts_with_chart(execution.base_of(stage), changes, before)
        if conflict.change not in execution.adjusted
    ]
    if conflicts:
        raise NoLongerApplies(conflicts)
    try:
        return fold(before, changes)
    except NoLongerFolds as refusal:
        raise NoLongerApplies((), str(refusal)) from None


class Due(NamedTuple):
    """What became of a stage whose date had come: its version, or why it was not applied.

    `failed`: not by a refusal, by a fault of the application, which the log tells.
    """

    reorganisation: Reorganisation
    stage: StageRecord
    version: Version | None = None
    refusal: str = ""
    conflicts: tuple[Conflict, ...] = ()
    failed: bool = False


def apply_due(*, today: datetime.date | None = None, by: User | None = None) -> list[Due]:
    """Apply the stages whose date has come, the earliest first, each in its own transaction.

    One that is refused, or that fails, is told and stays; the later stages of its reorganisation wait behind it, those
    of others do not.
    """
    day = today or timezone.localdate()
    found: list[Due] = []
    blocked: set[int] = set()
    for stage in _due(day):
        if stage.reorganisation_id in blocked:
            continue
        try:
            version = apply_stage(stage=stage, by=by, today=day)
        except Refused as refusal:
            conflicts = refusal.conflicts if isinstance(refusal, NoLongerApplies) else ()
            due = Due(stage.reorganisation, stage, refusal=str(refusal), conflicts=conflicts)
        except Exception:  # one fault must not hold back what others decided
            logger.exception("Stage %s could not be applied", stage.uid)
            due = Due(stage.reorganisation, stage, refusal=FAULT, failed=True)
        else:
            due = Due(stage.reorganisation, stage, version)
        found.append(due)
        if due.version is None:
            blocked.add(stage.reorganisation_id)
            record_event(
                verb="stage_refused",
                target=stage.reorganisation,
                by=by,
                summary=f"{stage} n’a pas pu entrer en vigueur."[:500],
                details={"stage": stage.uid, "reason": due.refusal},
            )
    return found


def _due(day: datetime.date) -> Iterator[StageRecord]:
    """As they are due at the start: `apply_stage` reads each again under the lock, and refuses what no longer holds."""
    stages = StageRecord.objects.waiting().filter(
        effective_on__lte=day, reorganisation__status__in=[Status.DECIDED, Status.PARTLY_IN_FORCE]
    )
    yield from stages.select_related("reorganisation").order_by("effective_on", "reorganisation_id", "position")
