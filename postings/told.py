"""The time by which the actions record what they do: the server's, or that of what is being told again from a file."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[datetime.datetime | None] = ContextVar("told_at", default=None)


def now() -> datetime.datetime:
    return _told.get() or timezone.now()


def today() -> datetime.date:
    """In Paris."""
    return timezone.localtime(now()).date()


def is_again() -> bool:
    """A file tells it: nobody is written to about what happened long ago."""
    return _told.get() is not None


@contextmanager
def told_at(at: datetime.datetime) -> Iterator[None]:
    """What is done inside was done then: for what a file tells again. The trail keeps the time of the server."""
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)
