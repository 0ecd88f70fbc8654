"""Sessions and deadlines as an iCalendar file: whole days, no names, the same identifiers each time it is read."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import cast

import icalendar

from .deadlines import Deadline
from .queries.deadlines import SessionCalendar

PRODUCT = "-//Organigramme//Échéances//FR"
HOST = "organigramme"


def calendar_file(calendars: Iterable[SessionCalendar], *, base: str, today: datetime.date) -> bytes:
    """Every session, and its deadlines that are still open. `base`: the address before those of the pages.

    `today` dates the file: read twice in a day without anything new, it is the same, byte for byte.
    """
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("x-wr-calname", "Échéances des instances")
    found.add("refresh-interval", datetime.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    stamp = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    for calendar in calendars:
        session = calendar.session
        url = base + calendar.url
        name = session.committee.label
        found.add_component(_event(f"{session.uid}-seance", f"Séance\u00a0: {name}", session.held_on, stamp, url=url))
        met: Counter[str] = Counter()
        for deadline in calendar.deadlines:
            # Counted within its kind: a deadline that comes or goes before it would give it another name.
            met[deadline.kind] += 1
            if deadline.state.open and deadline.last is not None:
                uid = f"{session.uid}-{deadline.kind}-{met[deadline.kind]}"
                found.add_component(_deadline(uid, deadline, name, stamp, url))
    written: bytes = found.to_ical()
    return written


def _deadline(uid: str, deadline: Deadline, committee: str, stamp: datetime.datetime, url: str) -> icalendar.Event:
    """A window is the days from its first to its last; the rest is its last day."""
    last = cast("datetime.date", deadline.last)
    name, words = f"{deadline.label} ({committee})", f"{deadline.words}\n{deadline.source}"
    return _event(uid, name, deadline.first or last, stamp, url=url, last=last, words=words)


def _event(
    uid: str,
    summary: str,
    first: datetime.date,
    stamp: datetime.datetime,
    *,
    url: str,
    last: datetime.date | None = None,
    words: str = "",
) -> icalendar.Event:
    """The end of an event of whole days is the day after."""
    event = icalendar.Event()
    event.add("uid", f"{uid}@{HOST}")
    event.add("summary", summary)
    event.add("dtstart", first)
    event.add("dtend", (last or first) + datetime.timedelta(days=1))
    event.add("dtstamp", stamp)
    event.add("transp", "TRANSPARENT")
    event.add("url", url)
    if words:
        event.add("description", words)
    return event
