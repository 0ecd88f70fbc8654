"""The base moves: a version is sealed, and the drafts that it leaves possible are read over it from then on."""

from collections.abc import Sequence

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.actions import lock_chart
from missions.models import Version
from orgchart.arbitration import conflict_key
from orgchart.changes import AnyChange, read_change
from orgchart.conflicts import conflicts_with_chart
from orgchart.fold import in_fold_order
from orgchart.structure import Structure

from ..exceptions import Refused
from ..models import ChangeRecord, DraftEdit, Reorganisation
from ..permissions import check_actor, check_can_edit_drafts
from ..queries.arbitration import settled_keys
from ..queries.bases import base_structure
from ..queries.draft import Draft
from ..status import Status
from .draft_lock import locked, note_edit, open_draft


class StillInConflict(Refused):
    """Conflicts with the chart in force wait for a choice. `number`: how many."""

    def __init__(self, number: int) -> None:
        self.number = number
        what = "Un conflit reste à arbitrer" if number == 1 else f"{number} conflits restent à arbitrer"
        super().__init__(f"{what} avec l’organigramme en vigueur\u00a0: choisissez d’abord ce qui est conservé.")


class NothingFollowed(Refused):
    def __init__(self) -> None:
        super().__init__("Ce qui a changé a déjà été lu.")


def follow_version(*, version: Version, structure: Structure) -> list[Reorganisation]:
    """Take every draft without a conflict left to settle over to `version`, just sealed with `structure`.

    Inside the transaction that seals it, which holds the lock of the chart: a draft is never on a version that was
    taken back. The application does it, whoever put the version into force; a text before a committee is never taken
    over silently. One query when no draft is open.
    """
    drafts = list(
        Reorganisation.objects.select_for_update(of=("self",))
        .filter(status=Status.DRAFT)
        .exclude(base_version=version)
        .select_related("base_version")
        .order_by("pk")
    )
    if not drafts:
        return []
    changes: dict[int, list[AnyChange]] = {row.pk: [] for row in drafts}
    records = ChangeRecord.objects.filter(reorganisation__in=changes).order_by("reorganisation", "position")
    for reorganisation, payload in records.values_list("reorganisation_id", "payload"):
        changes[reorganisation].append(read_change(payload))
    # Those over one version are written over one chart.
    one_of = {row.base_version_id: row for row in drafts}
    bases = {version_id: base_structure(row) for version_id, row in one_of.items()}
    followed = []
    for row in drafts:
        if not _unsettled(row, changes[row.pk], bases[row.base_version_id], structure):
            _take_over(row, row, version, by=None)
            followed.append(row)
    return followed


@transaction.atomic
def rebase_draft(*, reorganisation: Reorganisation, by: User | None, seen: int) -> None:
    """Take a draft over to the newest version, once its conflicts with it are settled. Its changes stay; those that
    have become useless are told.

    Raises NotAllowed, NotEditable, StaleDraft, StillInConflict.
    """
    lock_chart()
    row = open_draft(reorganisation, by=by, seen=seen)
    newest = Version.objects.without_snapshot().order_by("-number")[0]
    if newest.pk == row.base_version_id:
        return
    left = [dispute for dispute in Draft(row).disputes if dispute.other is None and not dispute.settled]
    if left:
        raise StillInConflict(len(left))
    _take_over(row, reorganisation, newest, by=by)


@transaction.atomic
def acknowledge_following(*, reorganisation: Reorganisation, by: User | None) -> None:
    """« Pris connaissance »: what following changed was read, the page no longer says it first.

    Raises NotAllowed, NothingFollowed.
    """
    check_actor(by, check_can_edit_drafts)
    row = locked(reorganisation)
    if row.followed_from_id is None:
        raise NothingFollowed
    for each in (row, reorganisation):
        each.followed_from = None
    row.save(update_fields=["followed_from"])
    record_event(
        verb="acknowledge_following",
        target=row,
        by=by,
        summary=f"Changements de la version {row.base_version.number} lus.",
        details={"version": row.base_version.number},
    )


def _unsettled(row: Reorganisation, changes: Sequence[AnyChange], base: Structure, now: Structure) -> bool:
    """Whether a conflict with that chart still waits for a choice."""
    found = conflicts_with_chart(base, in_fold_order(changes, row.effective_on), now)
    if not found:
        return False
    known, kept = {change.id: change for change in changes}, settled_keys(row)
    return any(conflict_key(conflict, known[conflict.change], None) not in kept for conflict in found)


def _take_over(row: Reorganisation, given: Reorganisation, version: Version, *, by: User | None) -> None:
    left = row.followed_from or row.base_version
    for each in (row, given):
        each.base_version, each.followed_from = version, left
    row.save(update_fields=["base_version", "followed_from"])
    note_edit(
        row, given, kind=DraftEdit.Kind.REBASED, subject="", summary=f"a suivi la version {version.number}", by=by
    )
