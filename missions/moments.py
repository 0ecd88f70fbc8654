"""Days and hours as a reader in Paris has them on their clock, in French."""

import datetime

from django.utils import timezone

from orgchart import french


def day(value: datetime.date | datetime.datetime) -> str:
    """« 1er janvier 2022 »."""
    return french.date(timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value)


def moment(value: datetime.datetime) -> str:
    """« 24 novembre 2026 à 14 h 32 »."""
    return french.moment(timezone.localtime(value))


def hour(value: datetime.datetime) -> str:
    """« 14 h 32 »."""
    return french.clock(timezone.localtime(value))
