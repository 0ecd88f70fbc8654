"""What an agent sees of their own: applications in the order of their wishes, and what they were told."""

import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from missions.models import Agent

from ..models import Application, Notice, Posting
from ..progress import Progress, progress
from ..status import LIVE, ApplicationStatus

STANDING = LIVE | {ApplicationStatus.DRAFT}
# What the page keeps in view; the older ones are on their bourse's own page.
MOST_NOTICES = 30


class Mine(NamedTuple):
    application: Application
    progress: Progress


class MyApplications(NamedTuple):
    """`wishes`: drafts and standing applications, the preferred one first. `past`: the others, newest first."""

    wishes: tuple[Mine, ...]
    past: tuple[Mine, ...]


def with_what_comes(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("posting", "interview", "admissibility", "decision__outcome")


def my_applications(agent: Agent, now: datetime.datetime) -> MyApplications:
    """One query."""
    found = with_what_comes(Application.objects.filter(agent=agent)).order_by("wish_rank", "pk")
    rows = [Mine(each, progress(each, now)) for each in found]
    standing = tuple(each for each in rows if each.application.status in STANDING)
    past = [each for each in rows if each.application.status not in STANDING]
    past.sort(key=lambda each: each.application.created_at, reverse=True)
    return MyApplications(standing, tuple(past))


def my_wishes(agent: Agent) -> list[Application]:
    """In the order of `set_wishes`."""
    standing = Application.objects.filter(agent=agent, status__in=STANDING)
    return list(standing.select_related("posting").order_by("wish_rank", "pk"))


def my_application_to(posting: Posting, agent: Agent) -> Application | None:
    """The one that stands, or the last that was withdrawn."""
    found = with_what_comes(posting.applications.filter(agent=agent)).order_by("pk")
    rows = list(found)
    standing = [each for each in rows if each.status != ApplicationStatus.WITHDRAWN]
    return next(reversed(standing or rows), None)


def get_my_application(uid: str, user: User) -> Application:
    """Raises Http404 for somebody else's as for what does not exist."""
    found = with_what_comes(Application.objects.filter(agent__user=user, uid=uid)).select_related("agent__user")
    row = found.prefetch_related("files").first() if user.is_active else None
    if row is None:
        raise Http404("Cette candidature n’existe pas.")
    return row


def my_notices(agent: Agent) -> list[Notice]:
    """In the application, newest first."""
    told = Notice.objects.filter(agent=agent, channel=Notice.Channel.IN_APP)
    return list(told.select_related("posting").order_by("-at", "-pk")[:MOST_NOTICES])
