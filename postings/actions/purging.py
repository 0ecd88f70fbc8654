"""Forgetting: applications are kept until appeals are over and a set period, then go with all they hold."""

import datetime
import time
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from accounts.actions import record_event

from .. import storage
from ..models import Application, ApplicationFile, EligiblePerson, NamedMinutes, Notice, Posting
from ..queries.figures import figures_of
from .locking import locked
from .minutes import seal_minutes

LEFT_OVER = datetime.timedelta(days=1)


class Due(NamedTuple):
    """What would be forgotten of one bourse: numbers, no names. `size` in bytes."""

    posting: Posting
    applications: int
    files: int
    size: int
    eligible: int
    notices: int


def purge_report(*, today: datetime.date | None = None) -> tuple[Due, ...]:
    """The dry run: what `purge_applications` would forget that day. Six queries, whatever the number."""
    due = _due(today or timezone.localdate())
    applications = _counted(Application.objects.filter(posting__in=due), "posting")
    files = _counted(ApplicationFile.objects.filter(application__posting__in=due), "application__posting")
    weights = ApplicationFile.objects.filter(application__posting__in=due).order_by().values("application__posting")
    sizes = dict(weights.annotate(size=Sum("size")).values_list("application__posting", "size"))
    eligible = _counted(EligiblePerson.objects.filter(posting__in=due), "posting")
    notices = _counted(Notice.objects.filter(posting__in=due), "posting")
    return tuple(
        Due(
            posting,
            applications.get(posting.pk, 0),
            files.get(posting.pk, 0),
            sizes.get(posting.pk, 0),
            eligible.get(posting.pk, 0),
            notices.get(posting.pk, 0),
        )
        for posting in due
    )


def _counted(rows: QuerySet[Any], posting: str) -> dict[int, int]:
    """Posting → how many of them."""
    return dict(rows.order_by().values(posting).annotate(number=Count("pk")).values_list(posting, "number"))


def purge_applications(*, today: datetime.date | None = None) -> int:
    """Forget the applications of the bourses whose day has come, their files, the list of the eligible, the notices,
    what the jury declared and the minutes with names. What is counted stays, and the minutes without names. Each bourse
    in its transaction. Returns how many applications went.
    """
    day = today or timezone.localdate()
    gone = 0
    for posting in _due(day):
        seal_minutes(posting=posting)
        gone += _purge(posting, day)
    _sweep()
    return gone


@transaction.atomic
def _purge(posting: Posting, day: datetime.date) -> int:
    row = locked(posting)
    if row.purged_at is not None or row.purge_on is None or row.purge_on > day:
        return 0
    row.figures = figures_of(row)._asdict()
    paths = list(ApplicationFile.objects.filter(application__posting=row).values_list("path", flat=True))
    number, files = row.applications.count(), len(paths)
    Application.objects.filter(posting=row).delete()
    row.eligible.all().delete()
    row.notices.all().delete()
    row.jury.update(declaration="")
    paths += NamedMinutes.objects.filter(posting=row).exclude(path="").values_list("path", flat=True)
    NamedMinutes.objects.filter(posting=row).update(path="")
    row.purged_at = timezone.now()
    row.save(update_fields=["figures", "purged_at"])
    record_event(
        verb="purge_applications",
        target=row,
        by=None,
        summary="Candidatures effacées.",
        details={"applications": number, "files": files},
    )
    transaction.on_commit(lambda: _remove(paths))
    return number


def _due(day: datetime.date) -> list[Posting]:
    return list(Posting.objects.filter(purge_on__lte=day, purged_at__isnull=True).order_by("pk"))


def _remove(paths: list[str]) -> None:
    for path in paths:
        storage.remove(path)


def _sweep() -> None:
    """Files of a transaction that did not end, a day later."""
    known = set(ApplicationFile.objects.values_list("path", flat=True))
    known |= set(NamedMinutes.objects.values_list("path", flat=True))
    limit = time.time() - LEFT_OVER.total_seconds()
    _remove([name for name, written_at in storage.names() if name not in known and written_at < limit])
