"""What posts remember, and the milestones of units. Rooms above speak here on the chart's pages."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import RecordEvent, record_event
from accounts.models import User
from accounts.models.user import new_uid

from ..models import Milestone, PostEvent, Unit


class InvalidMilestone(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class NewPostEvent(NamedTuple):
    """One thing a post shall remember. `wording` names nobody; `url` is a path inside the application."""

    post_uid: str
    kind: str
    on: datetime.date | None
    wording: str
    url: str = ""
    reorganisation_code: str = ""


def record_post_event(
    *,
    post_uid: str,
    kind: str,
    on: datetime.date | None,
    wording: str,
    by: User | None,
    url: str = "",
    reorganisation_code: str = "",
) -> PostEvent:
    event = NewPostEvent(post_uid, kind, on, wording, url, reorganisation_code)
    return record_post_events(events=[event], by=by)[0]


@transaction.atomic
def record_post_events(
    *, events: Iterable[NewPostEvent], by: User | None, record: RecordEvent = record_event
) -> list[PostEvent]:
    """All at once: two queries whatever the number."""
    rows = PostEvent.objects.bulk_create(PostEvent(**event._asdict()) for event in events)
    if rows:
        record(
            verb="record_post_events",
            target=rows[0],
            by=by,
            summary=f"{len(rows)} événements de poste enregistrés." if len(rows) > 1 else "Événement de poste.",
            details={"posts": [row.post_uid for row in rows]},
        )
    return rows


@transaction.atomic
def add_milestone(
    *,
    label: str,
    year: int,
    by: User | None,
    month: int | None = None,
    day: int | None = None,
    unit: Unit | None = None,
    posts_announced: int | None = None,
    source: str = "",
    fictitious: bool = False,
    uid: str | None = None,
) -> Milestone:
    """A known event whose chart is not known; its date as precise as its source. Raises InvalidMilestone."""
    milestone = Milestone(
        uid=uid or new_uid(),
        unit=unit,
        label=label.strip(),
        year=year,
        month=month,
        day=day,
        posts_announced=posts_announced,
        source=source,
        fictitious=fictitious,
    )
    try:
        milestone.full_clean()
        datetime.date(year, month or 1, day or 1)
    except ValidationError as error:
        raise InvalidMilestone(" ".join(error.messages)) from None
    except ValueError:
        raise InvalidMilestone("Cette date n’existe pas.") from None
    milestone.save()
    record_event(verb="add_milestone", target=milestone, by=by, summary=f"Jalon : {milestone.label}."[:500])
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User | None) -> None:
    record_event(verb="remove_milestone", target=milestone, by=by, summary=f"Jalon retiré : {milestone.label}."[:500])
    milestone.delete()
