"""The dossiers of a committee member, each with its texts."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User

from ..models import AgendaItem, Reorganisation, SealedText
from .records import dossiers_for


def dossier_lines(user: User) -> QuerySet[AgendaItem]:
    """Points of the sessions of their committees, with the texts of each reorganisation (`texts_of`)."""
    texts = SealedText.objects.defer("content").order_by("-number")
    return dossiers_for(user).prefetch_related(Prefetch("reorganisation__sealed_texts", queryset=texts)).distinct()


def texts_of(reorganisation: Reorganisation) -> list[SealedText]:
    """Without their content, the last one first."""
    return list(reorganisation.sealed_texts.all())
