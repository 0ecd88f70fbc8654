"""Forgetting: what was settled for a person is kept until appeals are over and a set period."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event

from ..models import DraftEdit, Reorganisation, Situation
from ..status import Status

SITUATIONS_KEPT = timedelta(days=2 * 365)


@transaction.atomic
def purge_situations() -> int:
    """Forget the situations of reorganisations wholly in force or withdrawn for two years. Returns how many went."""
    limit = timezone.now() - SITUATIONS_KEPT
    finished = Reorganisation.objects.filter(status=Status.WITHDRAWN, withdrawn_at__lt=limit) | (
        Reorganisation.objects.filter(status=Status.IN_FORCE).exclude(stages__applied_at__gte=limit)
    )
    gone = 0
    for reorganisation in finished.filter(situations__isnull=False).distinct():
        deleted, _ = Situation.objects.filter(reorganisation=reorganisation).delete()
        gone += deleted
        reorganisation.edits.filter(kind=DraftEdit.Kind.SITUATION).update(payload_before=None)
        record_event(verb="purge_situations", target=reorganisation, by=None, summary="Situations des agents effacées.")
    return gone
