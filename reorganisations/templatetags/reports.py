"""Filters of the report's templates."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from missions.drawing.documents import Page
from orgchart.dossier import Column, Picture, Table

from ..documents.prose import prose_html

register = template.Library()


@register.filter
def prose(markdown: str, level: int = 3) -> SafeString:
    """`{{ block.markdown|prose:4 }}`: safe HTML, its first headings at this level."""
    return prose_html(markdown, level=level)


@register.filter
def columns_of(table: Table, cells: tuple[str, ...]) -> list[tuple[Column, str]]:
    """Each cell of a row with its column."""
    return list(zip(table.columns, cells, strict=True))


@register.filter
def drawn(picture: Picture, pictures: Mapping[str, list[Page]]) -> list[Page]:
    """The pages of the organigramme that the picture stands for."""
    return pictures[picture.side]
