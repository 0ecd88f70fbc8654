"""Reads shaped for the pages of accounts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch

from . import trail
from .models import Event, User


def accounts_listed() -> QuerySet[User]:
    """Every account with its roles, active ones first."""
    return User.objects.order_by("-is_active", "name", "email").prefetch_related("role_grants")


def trail_listed(*, verb: str = "") -> QuerySet[Event]:
    """The trail with the authors, newest first; `verb` keeps one kind of line."""
    events = Event.objects.select_related("by")
    return events.filter(verb=verb) if verb else events


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """A line with the thing it is about, as it is called today; both are empty when the thing is gone."""

    event: Event
    target: str
    url: str


def trail_lines(events: Iterable[Event]) -> list[TrailLine]:
    """Looks the things up, one query for each kind of them: the trail itself holds no names."""
    events = list(events)
    wanted: defaultdict[type[Model], set[str]] = defaultdict(set)
    for event in events:
        if event.target_model:
            wanted[event.target_model].add(event.target_uid)
    found: dict[tuple[str, str], Model] = {}
    for model, uids in wanted.items():
        field = trail.identifier_of(model)
        # What a thing is called may come from what it points to: a post from its title.
        pointed_to = [relation.name for relation in model._meta.concrete_fields if relation.is_relation]
        targets = model._default_manager.filter(**{f"{field}__in": uids})
        for target in targets.select_related(*pointed_to) if pointed_to else targets:
            found[model._meta.label_lower, str(getattr(target, field))] = target
    return [_line(event, found.get((event.target_type, event.target_uid))) for event in events]


def _line(event: Event, target: Model | None) -> TrailLine:
    return TrailLine(event=event, target=str(target) if target else "", url=_address(target))


def _address(target: Model | None) -> str:
    address = getattr(target, "get_absolute_url", None)
    try:
        return address() if address else ""
    except NoReverseMatch:
        # The room has no page for it: its name says enough.
        return ""
