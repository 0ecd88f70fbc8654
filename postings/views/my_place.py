"""On the page of a bourse, what it is for the agent who reads it: may they apply, until when, where are they."""

import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from missions.moments import moment
from orgchart.structure import Structure

from ..models import Application, Posting
from ..permissions import can_apply
from ..progress import Progress, is_over, progress, takes_applications
from ..queries.group import verdict_for
from ..status import PUBLIC, ApplicationStatus


class MyPlace(NamedTuple):
    """`eligible` is None when it no longer matters. `action`: the one button; `primary`: it leads somewhere new."""

    title: str
    eligible: bool | None
    unknown: bool
    reasons: tuple[str, ...]
    when: str
    progress: Progress | None
    action: str
    url: str
    primary: bool


def my_place(
    user: User, posting: Posting, application: Application | None, chart: Structure | None = None
) -> MyPlace | None:
    """None for somebody who has no agent's record, and before the bourse is published.

    `application`: theirs, as `my_application_to` finds it. `chart`: of the day of the rule, if known.
    """
    if posting.known_status not in PUBLIC or not can_apply(user):
        return None
    now = timezone.now()
    stands = application is not None and application.status != ApplicationStatus.WITHDRAWN
    known = progress(application, now) if application is not None else None
    if application is not None and (stands or is_over(posting, now)):
        return _standing(posting, application.uid, application.known_status, known, now)
    if is_over(posting, now):
        return None
    verdict = verdict_for(posting, user.agent, chart)
    is_open = takes_applications(posting, now)
    return MyPlace(
        title="Vous pouvez candidater" if verdict.eligible else "Vous ne pouvez pas candidater",
        eligible=verdict.eligible,
        unknown=verdict.unknown,
        reasons=tuple(verdict.texts),
        when=_when(posting, is_open) if verdict.eligible else "",
        progress=known,
        action=("Candidater" if is_open else "Préparer ma candidature") if verdict.eligible else "",
        url=reverse("postings:apply", args=[posting.code]) if verdict.eligible else "",
        primary=True,
    )


def _standing(
    posting: Posting, uid: str, status: ApplicationStatus, known: Progress | None, now: datetime.datetime
) -> MyPlace:
    unfinished = status is ApplicationStatus.DRAFT and not is_over(posting, now)
    return MyPlace(
        title="Votre candidature",
        eligible=None,
        unknown=False,
        reasons=(),
        when="",
        progress=known,
        action="Poursuivre ma candidature" if unfinished else "Voir ma candidature",
        url=reverse("postings:apply", args=[posting.code])
        if unfinished
        else reverse("postings:my_application", args=[uid]),
        primary=unfinished,
    )


def _when(posting: Posting, is_open: bool) -> str:
    at = posting.closes_at if is_open else posting.opens_at
    if at is None:
        return "Dates non renseignées."
    return f"{'Jusqu’au' if is_open else 'À partir du'} {moment(at)}, heure de Paris."
