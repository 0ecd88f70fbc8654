"""The dossiers of a committee member: each with its texts, the last one first to read."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User

from ..models import AgendaItem, SealedText
from .records import dossiers_for


def dossier_lines(user: User) -> QuerySet[AgendaItem]:
    """Points of the sessions of their committees; the reorganisation of each has `texts`, in their order."""
    texts = SealedText.objects.defer("content").order_by("number")
    return (
        dossiers_for(user)
        .select_related("opinion__sealed_text")
        .defer("opinion__sealed_text__content")
        .prefetch_related(Prefetch("reorganisation__sealed_texts", queryset=texts, to_attr="texts"))
        .distinct()
    )
