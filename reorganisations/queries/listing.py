"""The list of reorganisations, with the session each was put to last."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User

from ..models import AgendaItem, Reorganisation
from ..permissions import visible_to


def visible_reorganisations(user: User) -> QuerySet[Reorganisation]:
    """Those the user may see, the latest first; each has `items`, the latest session first."""
    items = AgendaItem.objects.select_related("session__committee").order_by("-session__held_on", "-pk")
    return (
        visible_to(user)
        .prefetch_related(Prefetch("agenda_items", queryset=items, to_attr="items"))
        .order_by("-created_at", "code")
    )
