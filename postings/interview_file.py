"""Interviews as an iCalendar file: the slot in the time of Paris, the place, the bourse; no name but those given."""

from collections.abc import Iterable, Mapping
from typing import cast

import icalendar
from django.utils import timezone

from .addresses import absolute, address
from .models import Interview

PRODUCT = "-//Organigramme//Entretiens//FR"
HOST = "organigramme"


def interview_file(interviews: Iterable[Interview], called: Mapping[str, str] | None = None) -> bytes:
    """The same identifier each time, dated by its last planning: an agenda replaces what has moved.

    `called`: for the jury, uid of an interview → whom it hears, as its reader may know them.
    """
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    for each in interviews:
        posting = each.application.posting
        event = icalendar.Event()
        event.add("uid", f"{each.uid}@{HOST}")
        whom = (called or {}).get(each.uid, "")
        event.add("summary", f"Entretien\u00a0: {posting.title}{f' ({whom})' if whom else ''}")
        event.add("dtstart", timezone.localtime(each.starts_at))
        event.add("dtend", timezone.localtime(each.ends_at))
        event.add("dtstamp", each.planned_at)
        event.add("last-modified", each.planned_at)
        event.add("location", each.place)
        event.add("url", absolute(address(posting)))
        found.add_component(event)
    found.add_missing_timezones()
    return cast("bytes", found.to_ical())
