"""Instances and sessions, shaped for the pages of HR."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from ..models import Committee, Session


def committees() -> QuerySet[Committee]:
    """With `seats` and `sessions_count`."""
    return Committee.objects.annotate(
        seats=Count("members", distinct=True), sessions_count=Count("sessions", distinct=True)
    ).order_by("label", "uid")


def sessions() -> QuerySet[Session]:
    """The latest first, with `points` on the agenda and `opinions` given."""
    return (
        Session.objects.select_related("committee")
        .annotate(
            points=Count("agenda_items", distinct=True),
            opinions=Count("agenda_items", filter=Q(agenda_items__opinion__isnull=False), distinct=True),
        )
        .order_by("-held_on", "uid")
    )


def get_committee(uid: str) -> Committee:
    """Raises Http404."""
    found = Committee.objects.filter(uid=uid).first()
    if found is None:
        raise Http404("Cette instance n’existe pas.")
    return found


def get_session(uid: str) -> Session:
    """Raises Http404."""
    found = Session.objects.select_related("committee").filter(uid=uid).first()
    if found is None:
        raise Http404("Cette séance n’existe pas.")
    return found
