"""What is made up, in a demonstration, and is marked so wherever it is shown."""

from ..models import Opinion, Reorganisation


def is_fictitious(reorganisation: Reorganisation) -> bool:
    """Made up from the start, or decided so: what then comes into force is marked."""
    return reorganisation.fictitious or reorganisation.decisions.filter(set_aside_at=None, fictitious=True).exists()


def has_fiction(reorganisation: Reorganisation) -> bool:
    """Something of it is made up: itself, an opinion or a decision on a real one. Its pages say so."""
    opinions = Opinion.objects.filter(agenda_item__reorganisation=reorganisation, fictitious=True)
    return is_fictitious(reorganisation) or opinions.exists()
