"""The bourse is decided: an undetermined transformation knows which post it takes."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from missions.actions import lock_chart, record_post_event, record_post_events, seal_version
from missions.models import Version, VersionKind
from missions.queries import holders_on
from missions.queries.rows import ChartRows, chart_rows
from orgchart.changes import ResolveTransformation, TransformUndetermined
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.records import Pending
from orgchart.values import ChangeId, PostId

from ..exceptions import CandidateHeld, NotACandidate, NotDue
from ..ids import mint_resolution
from ..models import Reorganisation, TransformationResolution
from ..permissions import check_actor, check_can_run_workflow
from ..post_events import address, events
from ..queries.execution import Execution, execution_of
from ..queries.fiction import is_fictitious
from ..status import Status
from .deciding import check_date
from .draft_lock import locked
from .following import follow_version
from .handover import write_chart

RESOLUTION_TITLE = "Issue de la bourse"
DECIDED = (Status.DECIDED, Status.PARTLY_IN_FORCE, Status.IN_FORCE)


@transaction.atomic
def resolve_transformation(
    *,
    reorganisation: Reorganisation,
    pending: str,
    post: str,
    by: User | None,
    on: datetime.date,
    from_elsewhere: bool = False,
) -> TransformationResolution:
    """Name the candidate post that gives way, once the bourse is decided.

    Before the transformation is in force, it is noted and folded after the sealed changes of its stage. Afterwards, a
    version « issue de la bourse » is sealed under the same decision; the holder of the post follows to the new one.
    `from_elsewhere`: the person retained holds none of the candidates, so that the one named must be held by nobody.
    Raises NotAllowed, NotACandidate, CandidateHeld, and afterwards NotDue, NotChronological, CannotBeWritten.
    """
    check_actor(by, check_can_run_workflow)
    lock_chart()
    row = locked(reorganisation)
    rows = chart_rows()
    execution = execution_of(row) if row.status in DECIDED else None
    opened = next((each for each in rows.structure.pendings if each.id == pending), None)
    if opened is not None and not _came_from(execution, pending):
        # Another reorganisation opened it: its decision, not this one, says who determines it.
        opened = None
    candidates = opened.candidates if opened else _to_come(row, execution, pending)
    if post not in candidates:
        raise NotACandidate("Ce poste n’est pas un de ceux dont l’un sera transformé.")
    if from_elsewhere:
        _check_vacant(candidates, post, on)
    resolution = TransformationResolution(
        uid=mint_resolution(),
        reorganisation=row,
        pending=pending,
        post_uid=post,
        on=on,
        from_elsewhere=from_elsewhere,
        recorded_by=by,
    )
    if opened is not None:
        resolution.version = _seal(row, rows, opened, resolution, by=by)
    resolution.save()
    if from_elsewhere:
        _remember_elsewhere(row, opened, execution, resolution, by=by)
    record_event(
        verb="resolve_transformation",
        target=row,
        by=by,
        summary="Transformation déterminée par la bourse.",
        details={
            "pending": pending,
            "post": post,
            "from_elsewhere": from_elsewhere,
            "version": resolution.version.number if resolution.version else None,
        },
    )
    return resolution


def _check_vacant(candidates: Sequence[PostId], post: str, on: datetime.date) -> None:
    """Raises CandidateHeld."""
    held = holders_on(on, candidates)
    if held.get(PostId(post)):
        raise CandidateHeld(every=all(held.get(each) for each in candidates))


def _remember_elsewhere(
    row: Reorganisation,
    opened: Pending | None,
    execution: Execution | None,
    resolution: TransformationResolution,
    *,
    by: User | None,
) -> None:
    """What the new post remembers of it."""
    if opened is not None:
        into = opened.into
    else:
        changes = execution.text.changes if execution else ()
        into = next(
            change.into.id
            for change in changes
            if change.id == resolution.pending and isinstance(change, TransformUndetermined)
        )
    record_post_event(
        post_uid=into,
        kind="bourse",
        on=resolution.on,
        wording="La personne retenue ne tenait aucun des postes candidats\u00a0: un poste vacant a laissé place à "
        f"celui-ci, par la réorganisation «\u00a0{row.title}\u00a0»."[:400],
        url=address(row),
        reorganisation_code=row.code,
        by=by,
    )


def _came_from(execution: Execution | None, pending: str) -> bool:
    """A stage already in force, of this reorganisation, opened the transformation."""
    return execution is not None and any(
        change.id == pending
        for stage in execution.stages
        if stage.applied_at is not None
        for change in execution.changes_of(stage)
    )


def _to_come(row: Reorganisation, execution: Execution | None, pending: str) -> tuple[PostId, ...]:
    """The candidates of a transformation decided and not yet in force. Raises NotACandidate when there is none."""
    if not row.resolutions.filter(pending=pending).exists():
        for stage in execution.waiting if execution else ():
            for change in execution.changes_of(stage) if execution else ():
                if change.id == pending and isinstance(change, TransformUndetermined):
                    return change.candidates
    raise NotACandidate("Cette transformation n’est pas, ou n’est plus, à déterminer.")


def _seal(
    row: Reorganisation, rows: ChartRows, opened: Pending, resolution: TransformationResolution, *, by: User | None
) -> Version:
    on = resolution.on
    if on > timezone.localdate():
        raise NotDue("La bourse ne peut pas être décidée à une date à venir.")
    check_date(on)
    change = ResolveTransformation(id=ChangeId(resolution.uid), pending=opened.id, post=PostId(resolution.post_uid))
    after = fold(rows.structure, [change])
    difference = compare(rows.structure, after)
    write_chart(row, difference, (change,), on=on, by=by, reason=RESOLUTION_TITLE, rows=rows, record=record_event)
    version = seal_version(
        structure=after,
        effective_on=on,
        kind=VersionKind.RESOLUTION,
        title=RESOLUTION_TITLE,
        by=by,
        source_code=row.code,
        source_label=row.title,
        partly=row.stages.waiting().exists(),
        fictitious=is_fictitious(row),
        locked=True,
    )
    record_post_events(events=events(difference, row, on), by=by)
    follow_version(version=version, structure=after)
    return version
