"""Documents that the worker writes, as their page needs them."""

import datetime

from django.utils import timezone

from accounts.models import User

from ..models import Rendering, RenderingState

# Nobody begins a document for so long, and nobody writes another one: there is no worker.
PATIENCE = datetime.timedelta(seconds=20)


def rendering_of(user: User, uid: str) -> Rendering | None:
    """One that this user asked for, without its content; those of others do not exist."""
    found = Rendering.objects.without_content().filter(uid=uid, requested_by=user)
    return found.select_related("document").first()


def is_forsaken(rendering: Rendering) -> bool:
    """It waits, and no worker was heard of for a while: neither about it nor about another document."""
    if rendering.state != RenderingState.WAITING or timezone.now() - rendering.requested_at < PATIENCE:
        return False
    return not Rendering.objects.alive().exists()


def content_of_rendering(rendering: Rendering) -> bytes:
    document = rendering.document
    content = document.content.content if document is not None else rendering.content
    return bytes(content or b"")
