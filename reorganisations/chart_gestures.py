"""What this room offers on the pages of the chart: to prepare an adjustment in a draft that covers the unit."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from missions.gestures import Gesture

from .permissions import can_edit_drafts


def prepare_adjustment(user: User, path: Sequence[str], post: str) -> Iterator[Gesture]:
    """One link, without a query: the page it leads to finds the drafts that cover the unit."""
    if path and can_edit_drafts(user):
        query = urlencode({"unite": path[-1]} | ({"postes": post} if post else {}))
        yield Gesture("Préparer un ajustement", f"{reverse('reorganisations:prepare')}?{query}")
