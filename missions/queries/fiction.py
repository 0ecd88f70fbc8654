"""Whether what the pages show is invented, for a demonstration."""

import datetime

from ..models import Agent, Version


def shows_fiction(day: datetime.date) -> bool:
    """Whether some version in force by that day is made up, or some person. One query."""
    versions = Version.objects.filter(effective_on__lte=day, fictitious=True).order_by().values("pk")
    return versions.union(Agent.objects.filter(fictitious=True).order_by().values("pk")).exists()
