"""Filters of the report's templates."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from missions.drawing.documents import Page
from orgchart.dossier import Column, Picture, Table
from orgchart.dossier.acts import BLANK

from ..documents.prose import prose_html

register = template.Library()


@register.filter
def prose(markdown: str, level: int = 3) -> SafeString:
    """`{{ block.markdown|prose:4 }}`: safe HTML, its first headings at this level."""
    return prose_html(markdown, level=level)


@register.filter
def blanks(text: str) -> str:
    """What is left to be filled by hand, « [date à compléter] », is marked so that nobody misses it."""
    if "à compléter]" not in text:
        return text
    parts = BLANK.split(text)
    return format_html_join("", "{}", ((_marked(part) if BLANK.fullmatch(part) else part,) for part in parts))


def _marked(part: str) -> SafeString:
    return format_html('<span class="blank">{}</span>', part)


@register.filter
def columns_of(table: Table, cells: tuple[str, ...]) -> list[tuple[Column, str]]:
    """Each cell of a row with its column."""
    return list(zip(table.columns, cells, strict=True))


@register.filter
def drawn(picture: Picture, pictures: Mapping[str, list[Page]]) -> list[Page]:
    """The pages of the organigramme that the picture stands for."""
    return pictures[picture.side]
