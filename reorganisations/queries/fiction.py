"""What is made up, in a demonstration, and is marked so wherever it is shown."""

from django.db.models import Exists, OuterRef

from ..models import Decision, Opinion, Reorganisation


def is_fictitious(reorganisation: Reorganisation) -> bool:
    """Made up from the start, or decided so: what then comes into force is marked."""
    return reorganisation.fictitious or reorganisation.decisions.filter(set_aside_at=None, fictitious=True).exists()


def has_fiction(reorganisation: Reorganisation) -> bool:
    """Something of it is made up: itself, an opinion or a decision on a real one. Its pages say so."""
    if reorganisation.fictitious:
        return True
    decisions = Decision.objects.filter(reorganisation=OuterRef("pk"), set_aside_at=None, fictitious=True)
    opinions = Opinion.objects.filter(agenda_item__reorganisation=OuterRef("pk"), fictitious=True)
    marked = Reorganisation.objects.filter(Exists(decisions) | Exists(opinions), pk=reorganisation.pk)
    return marked.exists()
