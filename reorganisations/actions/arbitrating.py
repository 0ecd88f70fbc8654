"""A conflict is settled: the change stands, gives way, or is to be reworked; the choice is remembered."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from orgchart.arbitration import impossible_on, taken
from orgchart.changes import AnyChange, Change

from ..exceptions import Refused
from ..models import ConflictChoice, Reorganisation
from ..queries.arbitration import Dispute
from ..queries.draft import Draft
from .draft_lock import open_draft
from .editing import delete_change, edit_change

Choice = ConflictChoice.Choice


class ConflictIsGone(Refused):
    def __init__(self) -> None:
        super().__init__("Ce conflit n’existe plus, ou ce sur quoi il portait a changé\u00a0: relisez la liste.")


class CannotStand(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Cet ajustement ne peut plus se faire sur l’organigramme en vigueur\u00a0: il ne peut pas être conservé."
        )


@transaction.atomic
def settle_conflict(
    *,
    reorganisation: Reorganisation,
    key: str,
    choice: ConflictChoice.Choice | str,
    by: User | None,
    seen: int,
    reason: str = "",
) -> ConflictChoice:
    """Settle a conflict of the draft, `key` as `Dispute` gives it. The last choice on one is what counts.

    KEEP: mine stands, it is not asked again. TAKE: the other side stands, the change is dropped or amended, which can
    be undone as any edit. REWORK: it remains to be done, in the form of the change.
    Raises NotAllowed, NotEditable, StaleDraft, ConflictIsGone, CannotStand.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    draft = Draft(row)
    dispute = next((each for each in draft.disputes if each.key == key), None)
    if dispute is None:
        raise ConflictIsGone
    choice = Choice(choice)
    if choice is Choice.KEEP and not can_stand(draft, dispute):
        raise CannotStand
    if choice is Choice.TAKE:
        amended = amended_by_taking(draft, dispute)
        if amended is None:
            delete_change(reorganisation=reorganisation, uid=dispute.conflict.change, by=by, seen=row.revision)
        else:
            edit_change(reorganisation=reorganisation, change=amended, by=by, seen=row.revision)
    made, _ = ConflictChoice.objects.update_or_create(
        reorganisation=row,
        key=key,
        defaults={
            "other": dispute.other,
            "change_uid": dispute.conflict.change,
            "other_change_uid": dispute.conflict.other or "",
            "field": dispute.conflict.field or "",
            "wording": dispute.conflict.message,
            "choice": choice,
            "reason": reason.strip(),
            "at": timezone.now(),
            "by": by,
        },
    )
    against = dispute.other.code if dispute.other else ""
    record_event(
        verb="settle_conflict",
        target=row,
        by=by,
        summary=f"{choice.label}\u00a0: {dispute.conflict.message}"[:500],
        details={"choice": choice.value, "other": against, "reason": made.reason, "change": dispute.conflict.change},
    )
    return made


def can_stand(draft: Draft, dispute: Dispute) -> bool:
    """Against another draft, a change always may; against the chart in force, if it still can be made there."""
    if dispute.other is not None or draft.now is None:
        return True
    return dispute.conflict.change not in impossible_on(draft.now, draft.in_fold_order)


def amended_by_taking(draft: Draft, dispute: Dispute) -> AnyChange | None:
    """What is left of the change of the draft once the other side is taken; None: it is dropped."""
    amended: Change | None = taken(draft.before, draft.in_fold_order, dispute.conflict, draft.other_side(dispute.other))
    return amended  # type: ignore[return-value]  # a change of the catalogue, amended
