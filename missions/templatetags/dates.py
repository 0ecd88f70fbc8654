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
    local = timezone.localtime(value)
    return f"{french.date(local.date())} à {local.hour}{french.NBSP}h{french.NBSP}{local.minute:02}"
