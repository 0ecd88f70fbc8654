"""What is written of a draft, row by row, as the values that `orgchart` reads."""

import datetime

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from missions import models as missions
from orgchart.changes import AnyChange
from orgchart.checks import Announced
from orgchart.dossier import Milestone

from ..models import Reorganisation
from .kept import KEPT, Kept


def changes_of(reorganisation: Reorganisation) -> tuple[AnyChange, ...]:
    """In the order of the list, which is that of the fold among changes of one date."""
    written = reorganisation.change_records.order_by("position").annotate(text=Cast("payload", TextField()))
    return kept(reorganisation).changes(tuple(written.values_list("text", flat=True)))


def kept(reorganisation: Reorganisation) -> Kept:
    return KEPT.of(reorganisation.uid, Kept)


def announced_of(reorganisation: Reorganisation) -> tuple[Announced, ...]:
    return msgspec.convert(reorganisation.announced, type=tuple[Announced, ...])


def milestones_of(reorganisation: Reorganisation, until: datetime.date | None) -> tuple[Milestone, ...]:
    """What happened to the unit up to the session, as precisely as it is known; invented events in invented cases."""
    found = missions.Milestone.objects.filter(unit__uid=reorganisation.unit_uid)
    if not reorganisation.fictitious:
        found = found.filter(fictitious=False)
    dated = [(each, [part for part in (each.year, each.month, each.day) if part is not None]) for each in found]
    return tuple(
        Milestone(
            on="-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]),
            label=each.label,
            posts_announced=each.posts_announced,
        )
        for each, parts in dated
        if until is None or parts <= [until.year, until.month, until.day]
    )
