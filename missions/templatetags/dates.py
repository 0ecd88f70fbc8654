"""Dates as French writes them: Django's own formats know no « 1er »."""

import datetime

from django import template
from django.utils import timezone

from orgchart import french

register = template.Library()


@register.filter
def day(value: datetime.date | datetime.datetime) -> str:
    """« 1er janvier 2022 »."""
    return french.date(timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value)


@register.filter
def moment(value: datetime.datetime) -> str:
    """« 24 novembre 2026 à 14 h 32 »."""
    return french.moment(timezone.localtime(value))


@register.filter
def hour(value: datetime.datetime) -> str:
    """« 14 h 32 »."""
    return french.clock(timezone.localtime(value))
