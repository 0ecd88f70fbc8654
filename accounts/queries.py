"""Reads shaped for the pages of accounts."""

from django.db.models import QuerySet

from .models import Event, User


def accounts_listed() -> QuerySet[User]:
    """Every account with its roles, active ones first."""
    return User.objects.order_by("-is_active", "name", "email").prefetch_related("role_grants")


def trail_listed(*, verb: str = "") -> QuerySet[Event]:
    """The trail with the authors, newest first; `verb` keeps one kind of line."""
    events = Event.objects.select_related("by")
    return events.filter(verb=verb) if verb else events
