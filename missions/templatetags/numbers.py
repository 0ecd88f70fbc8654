"""Large numbers as French writes them."""

from django import template

from orgchart import french

register = template.Library()


@register.filter
def grouped(value: int) -> str:
    """« 10 000 »."""
    return french.grouped(value)
