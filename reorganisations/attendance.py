"""Who counts as present at the opening of a session, college by college."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from .models import College, Presence


class Seat(Protocol):
    """What counting needs to know of one line of the attendance."""

    @property
    def college(self) -> str: ...
    @property
    def union(self) -> str: ...
    @property
    def substitute(self) -> bool: ...
    @property
    def presence(self) -> str: ...
    @property
    def arrived_at(self) -> datetime.time | None: ...


class Attended(NamedTuple):
    """Of one college: titulaires that the attendance names, and how many sat for them at the opening."""

    seats: int
    present: int


def attended(college: College | str, seats: Iterable[Seat], opened_at: datetime.time | None) -> Attended | None:
    """None when the attendance says nothing of this college.

    A suppléant sits for a titulaire of the same union who is not there, so no union counts more than its titulaires;
    where none of them is named, those who came count. A member represented is not present. Who arrived after the
    opening was not there: an hour of arrival is given for nobody else when the hour of the opening is not known.
    """
    lines = [seat for seat in seats if seat.college == college]
    if not lines:
        return None
    there = 0
    for union in {seat.union for seat in lines}:
        own = [seat for seat in lines if seat.union == union]
        titulaires = sum(not seat.substitute for seat in own)
        came = sum(_was_there(seat, opened_at) for seat in own)
        there += min(came, titulaires) if titulaires else came
    return Attended(sum(not seat.substitute for seat in lines), there)


def _was_there(seat: Seat, opened_at: datetime.time | None) -> bool:
    if seat.presence != Presence.PRESENT:
        return False
    return seat.arrived_at is None or (opened_at is not None and seat.arrived_at <= opened_at)
