"""What the posts remember of a bourse, in sentences without names."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from missions.actions import NewPostEvent, record_post_events
from orgchart import french

from .addresses import address
from .models import Posting


def remember(
    posting: Posting, *, kind: str, on: datetime.date, wording: str, by: User | None, posts: Iterable[str] = ()
) -> None:
    """On each of its posts, or on some, with the reorganisation it comes from."""
    code = posting.reorganisation.code if posting.reorganisation else ""
    events = [NewPostEvent(post, kind, on, wording[:500], address(posting), code) for post in posts or posting.posts]
    record_post_events(events=events, by=by)


def opened(posting: Posting, *, to: str, number: int, by: User | None) -> None:
    who = french.count(number, "agent éligible", "agents éligibles")
    wording = f"Bourse ouverte ({who}). {to}"
    remember(posting, kind="bourse_ouverte", on=_day(posting.opened_at), wording=wording, by=by)


def closed(posting: Posting, *, number: int, by: User | None) -> None:
    wording = f"Bourse close\u00a0: {french.count(number, 'candidature')}."
    remember(posting, kind="bourse_close", on=_day(posting.closed_at), wording=wording, by=by)


def filled(posting: Posting, *, on: datetime.date, posts: Iterable[str], by: User | None) -> None:
    wording = f"Pourvu par la bourse, tenu à partir du {french.date(on)}."
    remember(posting, kind="bourse_pourvue", on=on, wording=wording, by=by, posts=posts)


def unfilled(posting: Posting, *, on: datetime.date, words: str, by: User | None) -> None:
    remember(posting, kind="bourse_infructueuse", on=on, wording=f"Bourse infructueuse{words}.", by=by)


def cancelled(posting: Posting, *, on: datetime.date, by: User | None) -> None:
    remember(posting, kind="bourse_annulee", on=on, wording="Bourse annulée.", by=by)


def _day(at: datetime.datetime | None) -> datetime.date:
    return timezone.localtime(at).date() if at else timezone.localdate()
