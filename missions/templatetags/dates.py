"""Dates as French writes them: Django's own formats know no « 1er »."""

from django import template

from ..moments import day, hour, moment

register = template.Library()
register.filter("day", day)
register.filter("moment", moment)
register.filter("hour", hour)
