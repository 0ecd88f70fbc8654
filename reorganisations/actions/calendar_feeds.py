"""The secret address of a calendar application: made, replaced, revoked by the person it belongs to."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User

from ..models import CalendarFeed
from ..permissions import check_can_manage_committees


@transaction.atomic
def make_calendar_address(*, by: User) -> str:
    """A new secret, shown this once: only its hash is kept. The one before, if any, no longer answers.

    Raises NotAllowed.
    """
    check_can_manage_committees(by)
    token = secrets.token_urlsafe(32)
    feed, _ = CalendarFeed.objects.update_or_create(
        user=by, defaults={"token_sha256": CalendarFeed.digest(token), "made_at": timezone.now()}
    )
    record_event(verb="make_calendar_address", target=feed, by=by, summary="Adresse d’agenda créée.")
    return token


@transaction.atomic
def revoke_calendar_address(*, by: User) -> None:
    """The address answers no more. Raises NotAllowed."""
    check_can_manage_committees(by)
    feed = CalendarFeed.objects.filter(user=by).first()
    if feed is None:
        return
    record_event(verb="revoke_calendar_address", target=feed, by=by, summary="Adresse d’agenda révoquée.")
    feed.delete()
