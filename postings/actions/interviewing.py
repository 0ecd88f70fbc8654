"""Several interviews at once: one after the other, each with its candidate told."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User

from ..exceptions import InvalidExamination
from ..models import Application, Interview
from .examining import plan_interview


@transaction.atomic
def plan_interviews(
    *,
    applications: Sequence[Application],
    starts_at: datetime.datetime,
    length: datetime.timedelta,
    pause: datetime.timedelta = datetime.timedelta(0),
    place: str,
    by: User | None,
) -> list[Interview]:
    """In the order given, the first at `starts_at`, each of that `length` and a `pause` after it: all, or none.

    Those already planned among them move. Raises as `plan_interview`, and InvalidExamination for nobody to hear.
    """
    if not applications:
        raise InvalidExamination("Choisissez au moins une candidature présélectionnée.")
    # What moves frees its slot before any of the new ones is looked at.
    Interview.objects.filter(application__in=applications, held_at__isnull=True).update(
        starts_at=FREED, ends_at=FREED + datetime.timedelta(minutes=1)
    )
    return [
        plan_interview(
            application=each,
            starts_at=starts_at + rank * (length + pause),
            ends_at=starts_at + rank * (length + pause) + length,
            place=place,
            by=by,
        )
        for rank, each in enumerate(applications)
    ]


FREED = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""A slot that is nobody's, for as long as the transaction lasts."""
