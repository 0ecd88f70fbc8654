"""One SVG fragment from a drawing: classes on screen, presentation attributes in a PDF or an exported file.

On screen the boxes and rows are links that take the keyboard; the fragment scales to its place by its `viewBox`.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from orgchart.layout import Box, Connector, Drawing, DrawnRow, Role, Sign, Text, Toggle
from orgchart.values import PostId, UnitId

from .font import FAMILY
from .paint import SIGNS, attributes

RADIUS = 1.6
SPINE = 1.0
TEXT_CLASSES = {
    Role.LABEL: "chart-text",
    Role.FACTS: "chart-text chart-soft",
    Role.POST: "chart-text",
    Role.NOTE: "chart-text chart-soft",
    Role.WARNING: "chart-text chart-warning",
    Role.STATE: "chart-text",
    Role.MORE: "chart-text chart-more",
}


class Links(NamedTuple):
    """Where the drawing leads.

    `toggle`: the same page with a unit folded, or unfolded; `swap`: the place that htmx replaces with it.
    """

    unit: Callable[[UnitId], str]
    posts: Callable[[UnitId, tuple[PostId, ...]], str]
    toggle: Callable[[UnitId, bool], str] | None = None
    swap: str = ""


def screen_svg(drawing: Drawing, *, title: str, description: str, links: Links, name: str = "chart") -> SafeString:
    """The fragment of a page: the style sheet paints it. `name` makes its ids unique in the page."""
    return SafeString("".join(_Painter(links=links, painted=False).picture(drawing, title, description, name)))


def standalone_svg(
    drawing: Drawing,
    *,
    title: str,
    description: str,
    links: Links | None = None,
    name: str = "chart",
    scale: float = 1.0,
) -> SafeString:
    """The fragment that carries its own look: for a PDF, or a file. `scale`: of its natural size."""
    painter = _Painter(links=links, painted=True, scale=scale)
    return SafeString("".join(painter.picture(drawing, title, description, name)))


class _Painter:
    def __init__(self, *, links: Links | None, painted: bool, scale: float = 1.0) -> None:
        self._links = links
        self._painted = painted
        self._scale = scale

    def picture(self, drawing: Drawing, title: str, description: str, name: str) -> Iterator[str]:
        width, height = _mm(drawing.width), _mm(drawing.height)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height}" '
            f'width="{_mm(drawing.width * self._scale)}mm" height="{_mm(drawing.height * self._scale)}mm" '
            f'role="{"group" if self._links else "img"}" '
            f'aria-labelledby="{name}-title" aria-describedby="{name}-description" font-family="{FAMILY}, sans-serif">'
            f'<title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-description">{escape(description)}</desc>'
        )
        for connector in drawing.connectors:
            yield self._connector(connector)
        for box in drawing.boxes:
            yield from self._box(box)
        yield "</svg>"

    def _attributes(self, classes: str) -> str:
        if not self._painted:
            return f' class="{classes}"'
        return f' class="{classes}"' + "".join(f' {key}="{value}"' for key, value in attributes(classes).items())

    def _connector(self, connector: Connector) -> str:
        steps = "L".join(f"{_mm(x)} {_mm(y)}" for x, y in connector.points)
        classes = "chart-line chart-line--functional" if connector.dotted else "chart-line"
        return f'<path d="M{steps}"{self._attributes(classes)}/>'

    def _box(self, box: Box) -> Iterator[str]:
        mark = box.mark.value if box.mark else ""
        yield f'<g class="chart-unit" data-unit="{escape(box.unit)}">'
        words = ", ".join([box.label, *(text.text for text in box.head if text.role is Role.FACTS)])
        if box.sign:
            words = f"{words}, {box.sign.word}"
        yield from self._opened(self._links.unit(box.unit) if self._links else "", words)
        yield self._frame(box, mark)
        yield from (self._text(text, box, mark) for text in box.head)
        if box.sign:
            yield self._sign(box.sign, on_top=box.top)
        yield self._closed()
        if box.rule is not None and not box.top:
            rule = f"M{_mm(box.x + 4.2)} {_mm(box.rule)}H{_mm(box.right - 3.4)}"
            yield f'<path d="{rule}"{self._attributes("chart-rule")}/>'
        for row in box.rows:
            yield from self._row(row, box)
        yield from (self._text(text, box, mark) for text in box.foot if text.role is not Role.MORE)
        if box.toggle:
            yield from self._toggle(box.toggle, box)
        yield "</g>"

    def _frame(self, box: Box, mark: str) -> str:
        classes = ["chart-box"]
        if box.top:
            classes.append("chart-box--top")
        if mark:
            classes.append(f"chart-box--{mark}")
        if mark == "closed":
            classes.append("chart-gone")
        if box.partial:
            classes.append("chart-box--partial")
        if box.planned:
            classes.append("chart-box--planned")
        band = ""
        if box.top and box.rule is not None:
            # Posts stay on white: only the head is filled, round above and straight below.
            classes.append("chart-box--open")
            x, y, bend = _mm(box.x), _mm(box.y + RADIUS), _mm(RADIUS)
            band = (
                f'<path d="M{x} {_mm(box.rule)}V{y}a{bend} {bend} 0 0 1 {bend} -{bend}H{_mm(box.right - RADIUS)}'
                f'a{bend} {bend} 0 0 1 {bend} {bend}V{_mm(box.rule)}z"{self._attributes("chart-band")}/>'
            )
        frame = (
            f'<rect x="{_mm(box.x)}" y="{_mm(box.y)}" width="{_mm(box.width)}" height="{_mm(box.height)}" '
            f'rx="{RADIUS}"{self._attributes(" ".join(classes))}/>'
        )
        if box.top:
            return frame + band
        top, height = box.y + RADIUS, box.height - 2 * RADIUS
        if box.partial:
            x = _mm(box.x + SPINE / 2 + 0.4)
            return f'{frame}<path d="M{x} {_mm(top)}v{_mm(height)}"{self._attributes("chart-spine--partial")}/>'
        spine = f"chart-spine chart-spine--{mark}" if mark else "chart-spine"
        return (
            f'{frame}<rect x="{_mm(box.x)}" y="{_mm(top)}" width="{SPINE}" height="{_mm(height)}" rx="0.4"'
            f"{self._attributes(spine)}/>"
        )

    def _row(self, row: DrawnRow, box: Box) -> Iterator[str]:
        words = " ".join(text.text for text in row.texts) + (f", {row.chip.grade}" if row.chip else "")
        if row.sign:
            words = f"{words}, {row.sign.word}"
        yield from self._opened(self._links.posts(box.unit, row.posts) if self._links else "", words)
        if self._links:
            yield (
                f'<rect x="{_mm(row.x - 1)}" y="{_mm(row.y - 0.6)}" width="{_mm(row.width + 2)}" '
                f'height="{_mm(row.height + 1.2)}" rx="1"{self._attributes("chart-hit")} fill-opacity="0"/>'
            )
        mark = row.sign.mark.value if row.sign else ""
        yield from (self._text(text, box, mark, gone=row.gone) for text in row.texts)
        if row.sign:
            yield self._sign(row.sign)
        if row.chip:
            chip = row.chip
            yield (
                f'<rect x="{_mm(chip.x)}" y="{_mm(chip.y)}" width="{_mm(chip.width)}" height="{_mm(chip.height)}" '
                f'rx="{_mm(chip.height / 2)}"{self._attributes("chart-chip")}/>'
                f'<text x="{_mm(chip.text.x)}" y="{_mm(chip.text.y)}" font-size="{_mm(chip.text.size)}" '
                f'font-weight="{int(chip.text.weight)}" text-anchor="middle"{self._attributes("chart-chip-text")}>'
                f"{escape(chip.text.text)}</text>"
            )
        yield self._closed()

    def _text(self, text: Text, box: Box, mark: str, *, gone: bool = False) -> str:
        classes = TEXT_CLASSES[text.role]
        on_top = box.top and (text in box.head or box.rule is None)
        if on_top:
            classes = "chart-text chart-on-top" if text.role is Role.LABEL else "chart-text chart-on-top-soft"
        elif gone:
            classes = "chart-text chart-soft"
        elif mark and text.role in (Role.STATE, Role.POST):
            classes = f"chart-text chart-text--{mark}"
        anchor = ' text-anchor="end"' if text.ends else ""
        return (
            f'<text x="{_mm(text.x)}" y="{_mm(text.y)}" font-size="{_mm(text.size)}" '
            f'font-weight="{int(text.weight)}"{anchor}{self._attributes(classes)}>{escape(text.text)}</text>'
        )

    def _sign(self, sign: Sign, *, on_top: bool = False) -> str:
        path, stroke = SIGNS[sign.mark.value]
        classes = f"chart-sign chart-sign--{'on-top' if on_top else sign.mark.value}"
        return (
            f'<path d="{path}" transform="translate({_mm(sign.x)} {_mm(sign.y)}) scale({sign.size / 24:.4f})" '
            f'stroke-width="{stroke}"{self._attributes(classes)}/>'
        )

    def _toggle(self, toggle: Toggle, box: Box) -> Iterator[str]:
        """On screen a button; on paper the number of units that are not drawn, and no button."""
        words = [text for text in box.foot if text.role is Role.MORE]
        if self._links is None or self._links.toggle is None:
            yield from (self._text(text, box, "") for text in words)
            return
        verb = "Déplier" if toggle.folded else "Replier"
        url = escape(self._links.toggle(box.unit, not toggle.folded))
        swap = ""
        if self._links.swap:
            swap = f' hx-get="{url}" hx-target="{self._links.swap}" hx-swap="outerHTML" hx-push-url="true"'
        yield (
            f'<a class="chart-toggle" id="fold-{escape(box.unit)}" href="{url}"{swap} '
            f'aria-label="{verb} «\u00a0{escape(box.label)}\u00a0»\u00a0: '
            f'{toggle.units} unité{"s" if toggle.units > 1 else ""}">'
        )
        x, y, radius = toggle.x, toggle.y, toggle.radius
        arm = radius * 0.5
        plus = f"M{_mm(x - arm)} {_mm(y)}h{_mm(2 * arm)}"
        if toggle.folded:
            plus += f"M{_mm(x)} {_mm(y - arm)}v{_mm(2 * arm)}"
        yield (
            f'<circle cx="{_mm(x)}" cy="{_mm(y)}" r="{_mm(radius)}"{self._attributes("chart-toggle-ring")}/>'
            f'<path d="{plus}"{self._attributes("chart-toggle-sign")}/>'
        )
        yield from (self._text(text, box, "") for text in words)
        yield "</a>"

    def _opened(self, url: str, words: str) -> Iterator[str]:
        if url:
            yield f'<a class="chart-link" href="{escape(url)}" aria-label="{escape(words)}">'

    def _closed(self) -> str:
        return "</a>" if self._links else ""


def _mm(number: float) -> str:
    """Hundredths of a millimetre, written as short as can be."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
