"""The interviews of a bourse, and what else their jury has at that time."""

import datetime
from collections.abc import Iterable

from missions.moments import moment
from orgchart import french

from ..models import Interview, Posting
from ..status import ApplicationStatus


def planned(posting: Posting) -> list[Interview]:
    """Those that stand, in the order of the day. One query."""
    found = Interview.objects.filter(application__posting=posting)
    standing = found.exclude(application__status=ApplicationStatus.WITHDRAWN)
    return list(standing.select_related("application__agent", "application__posting").order_by("starts_at", "pk"))


def taken_elsewhere(posting: Posting, slots: Iterable[tuple[datetime.datetime, datetime.datetime]]) -> list[str]:
    """Sentences: a member of this jury hears somebody for another bourse on one of these slots. One query."""
    wanted = list(slots)
    if not wanted:
        return []
    first, last = min(start for start, _ in wanted), max(end for _, end in wanted)
    users = posting.jury.filter(user__isnull=False).values("user")
    others = (
        Interview.objects.exclude(application__posting=posting)
        .exclude(application__status=ApplicationStatus.WITHDRAWN)
        .filter(starts_at__lt=last, ends_at__gt=first, application__posting__jury__user__in=users)
        .select_related("application__posting")
        .distinct()
    )
    return [
        f"Le {moment(each.starts_at)}, un membre de ce jury entend déjà un candidat de la bourse "
        f"{french.quoted(each.application.posting.title)}."
        for each in others
        if any(each.starts_at < end and start < each.ends_at for start, end in wanted)
    ]
