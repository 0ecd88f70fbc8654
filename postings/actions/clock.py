"""Opening, closing and affectation at their time, by the server's clock: it is said in Europe/Paris."""

import datetime
import logging
from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone

from accounts.actions import record_event

from ..exceptions import Refused
from ..models import Posting
from ..status import PostingStatus
from .assigning import assign_retained
from .publishing import close_posting, open_posting

logger = logging.getLogger(__name__)

FAULT = "Une erreur de l’application l’a empêché\u00a0: son détail est dans le journal du serveur."


class Tick(NamedTuple):
    """What became of a bourse whose time had come: what was done, or why not."""

    posting: Posting
    done: str
    refusal: str = ""


def run_clock(*, now: datetime.datetime | None = None) -> list[Tick]:
    """Each bourse in its own transaction; one that is refused is told and tried again next time."""
    at = now or timezone.now()
    day = timezone.localtime(at).date()
    found: list[Tick] = []
    due = Posting.objects.filter(status=PostingStatus.PUBLISHED, opens_at__lte=at)
    found += [_run(each, "ouverte", lambda each: open_posting(posting=each, by=None, now=at)) for each in due]
    due = Posting.objects.filter(status=PostingStatus.OPEN, closes_at__lte=at)
    found += [_run(each, "close", lambda each: close_posting(posting=each, by=None, now=at)) for each in due]
    due = Posting.objects.filter(status=PostingStatus.DECIDED, outcome__effective_on__lte=day)
    found += [_run(each, "affectée", lambda each: assign_retained(posting=each, by=None, now=at)) for each in due]
    return found


def _run(posting: Posting, done: str, action: Callable[[Posting], object]) -> Tick:
    try:
        action(posting)
    except Refused as refusal:
        tick = Tick(posting, done, str(refusal))
    except Exception:  # one fault must not hold back the others
        logger.exception("Posting %s could not be brought on by the clock", posting.uid)
        tick = Tick(posting, done, FAULT)
    else:
        return Tick(posting, done)
    record_event(
        verb="clock_refused",
        target=posting,
        by=None,
        summary=f"La bourse n’a pas pu être {done}.",
        details={"reason": tick.refusal},
    )
    return tick
