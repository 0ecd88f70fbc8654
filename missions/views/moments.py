"""The time line: what is known and when, each moment a link to the chart of its day."""

import datetime
from typing import NamedTuple

from orgchart import french

from ..queries import Moment
from .addresses import ChartAddress


class Event(NamedTuple):
    """A point of the time line as `components/timeline.html` shows it."""

    date: str
    note: str
    url: str
    state: str


def date_words(year: int, month: int | None, day: int | None) -> str:
    """As precise as the source: « 2020 », « mars 2020 », « 6 juillet 2020 »."""
    if month is None:
        return str(year)
    if day is None:
        return french.month(year, month)
    return french.date(datetime.date(year, month, day))


def timeline(moments: tuple[Moment, ...], address: ChartAddress) -> list[Event]:
    """Oldest first; the version in force on the day shown is the current one."""
    sealed = [each for each in moments if each.kind == "version" and each.day <= address.on]
    planned = [each for each in moments if each.kind == "planned" and each.day <= address.on]
    current = planned[-1] if planned else sealed[-1] if sealed else None
    return [_event(each, address, is_current=each is current) for each in moments]


def _event(moment: Moment, address: ChartAddress, *, is_current: bool) -> Event:
    date = date_words(moment.year, moment.month, moment.day_of_month)
    state = {"milestone": "unknown", "version": "version", "planned": "planned"}[moment.kind]
    if moment.kind == "version" and is_current and address.is_today:
        date = f"en vigueur depuis le {date}"
    elif moment.kind == "planned":
        date = f"prévue le {date}"
    return Event(date, moment.label, address.dated(moment.day).page(), "current" if is_current else state)
