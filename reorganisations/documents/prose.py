"""Markdown that people wrote, into the few tags a report needs. No HTML of theirs goes through."""

from collections.abc import Iterable, Iterator

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from orgchart import french

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable(["code", "fence"])


def tokens(markdown: str, *, level: int = 3) -> list[Token]:
    """The parsed text: French spaces in place, its highest headings at `level`."""
    found = _reader.parse(markdown)
    highest = min((int(token.tag[1]) for token in found if token.type == "heading_open"), default=1)
    for token in found:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - highest + level, 6)}"
        if token.children:
            token.children = list(_without_pictures(token.children))
            _space(token.children)
    return found


def _without_pictures(children: Iterable[Token]) -> Iterator[Token]:
    """A report fetches nothing: of a picture its alternative text stays."""
    for child in children:
        if child.type == "image":
            yield from _without_pictures(child.children or ())
        else:
            yield child


def _space(children: Iterable[Token]) -> None:
    for child in children:
        if child.type == "text":
            child.content = french.typographic(child.content)


def prose_html(markdown: str, *, level: int = 3) -> SafeString:
    """Safe HTML, whatever was typed. `level`: that of the first headings (3 under a part of the report)."""
    written = _reader.renderer.render(tokens(markdown, level=level), _reader.options, {})
    cleaned = nh3.clean(written, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    return SafeString(cleaned)
