"""One SVG fragment from a drawing: classes on screen, presentation attributes in a PDF or an exported file.

On screen the boxes and rows are links that take the keyboard; the fragment scales to its place by its `viewBox`.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from orgchart.layout import SAMPLES, Box, Connector, Drawing, DrawnRow, Key, Role, Sign, Text, Toggle
from orgchart.layout.legend import SAMPLE_HEIGHT, SAMPLE_WIDTH
from orgchart.values import PostId, UnitId

from .font import FAMILY
from .frames import RADIUS, arrow, hatching, inner, outline
from .frames import mm as _mm
from .paint import SIGNS, attributes

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

    `toggle`: the same page with a unit folded, or unfolded; `swap`: the place that htmx replaces with it; `part`: from
    the address of a page to that of the part that takes that place, where they differ: the units then swap it too;
    `pushes`: whether the address of the page follows.
    """

    unit: Callable[[UnitId], str]
    posts: Callable[[UnitId, tuple[PostId, ...]], str]
    toggle: Callable[[UnitId, bool], str] | None = None
    swap: str = ""
    part: Callable[[str], str] | None = None
    pushes: bool = True


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


def sample_svg(sample: str) -> SafeString:
    """One sample of the legend, for a list in a page: the word stands beside it."""
    width, height = _mm(SAMPLE_WIDTH + 0.8), _mm(SAMPLE_HEIGHT + 0.8)
    inside = "".join(_Painter(links=None, painted=False).sample(sample, 0.4, 0.4))
    return SafeString(
        f'<svg class="chart chart-sample" viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm" '
        f'aria-hidden="true">{inside}</svg>'
    )


def legend_of(drawing: Drawing) -> list[tuple[SafeString, str]]:
    """The legend of a drawing on a page: a sample of each way of drawing that it shows, and its word."""
    return [(sample_svg(sample), SAMPLES[sample]) for sample in drawing.samples]


class _Painter:
    def __init__(self, *, links: Links | None, painted: bool, scale: float = 1.0) -> None:
        self._links = links
        self._painted = painted
        self._scale = scale
        self._apart = ""

    def picture(self, drawing: Drawing, title: str, description: str, name: str) -> Iterator[str]:
        width, height = _mm(drawing.width), _mm(drawing.height)
        # The drawing of a page that holds one keeps its short ids: links and scripts know them.
        self._apart = "" if name == "chart" else f"{name}-"
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
        # The lines pass under the boxes, what they say stands over them.
        for connector in drawing.connectors:
            if connector.former:
                yield self._former(connector)
        for key in drawing.keys:
            yield from self._key(key)
        yield "</svg>"

    def _attributes(self, classes: str) -> str:
        if not self._painted:
            return f' class="{classes}"'
        return f' class="{classes}"' + "".join(f' {key}="{value}"' for key, value in attributes(classes).items())

    def _connector(self, connector: Connector) -> str:
        steps = "L".join(f"{_mm(x)} {_mm(y)}" for x, y in connector.points)
        kind = " chart-line--functional" if connector.dotted else " chart-line--former" if connector.former else ""
        classes = f"chart-line{kind}"
        return f'<path d="M{steps}"{self._attributes(classes)}/>'

    def _former(self, connector: Connector) -> str:
        """The head of the arrow, and how many posts went that way."""
        (x1, _), (x2, y2) = connector.points[-2:]
        words = ""
        if connector.label:
            label = connector.label
            words = (
                f'<text x="{_mm(label.x)}" y="{_mm(label.y)}" font-size="{_mm(label.size)}" '
                f'font-weight="{int(label.weight)}"{self._attributes("chart-text chart-text--moved chart-halo")}>'
                f"{escape(label.text)}</text>"
            )
        head = arrow(x2, y2, right=x1 < x2)
        return f'<path d="{head}"{self._attributes("chart-line chart-line--arrow")}/>{words}'

    def _key(self, key: Key) -> Iterator[str]:
        yield from self.sample(key.sample, key.x, key.y)
        yield (
            f'<text x="{_mm(key.text.x)}" y="{_mm(key.text.y)}" font-size="{_mm(key.text.size)}"'
            f"{self._attributes('chart-text chart-soft')}>{escape(key.text.text)}</text>"
        )

    def sample(self, sample: str, x: float, y: float) -> Iterator[str]:
        """A small box of that look with its sign, or a piece of that line."""
        width, height, middle = SAMPLE_WIDTH, SAMPLE_HEIGHT, y + SAMPLE_HEIGHT / 2
        if sample in SIGNS:
            yield self._outline(sample, [f"chart-box--{sample}"], x, y, width, height)
            path, stroke = SIGNS[sample]
            size = height * 0.62
            place = f"translate({_mm(x + (width - size) / 2)} {_mm(middle - size / 2)}) scale({size / 24:.4f})"
            look = self._attributes(f"chart-sign chart-sign--{sample}")
            yield f'<path d="{path}" transform="{place}" stroke-width="{stroke}"{look}/>'
        elif sample == "partial":
            yield self._outline("", ["chart-box--partial"], x, y, width, height)
        else:
            line = f"M{_mm(x)} {_mm(middle)}H{_mm(x + width)}"
            yield f'<path d="{line}"{self._attributes(f"chart-line chart-line--{sample}")}/>'
            if sample == "former":
                head = arrow(x + width, middle, right=True)
                yield f'<path d="{head}"{self._attributes("chart-line chart-line--arrow")}/>'

    def _outline(self, mark: str, classes: list[str], x: float, y: float, width: float, height: float) -> str:
        """The frame of a box, in the shape and with the pattern of its mark."""
        names = " ".join(["chart-box", *classes])
        frame = f'<path d="{outline(mark, x, y, width, height)}"{self._attributes(names)}/>'
        if mark == "closed":
            small = height < 2 * SAMPLE_HEIGHT
            lines = hatching(x, y, width, height, *([1.2] if small else []))
            frame += f'<path d="{lines}"{self._attributes("chart-hatch")}/>'
        if mark == "created":
            double = "chart-double" + ("--on-top" if "chart-box--top" in classes else "")
            frame += f'<path d="{inner(x, y, width, height)}"{self._attributes(double)}/>'
        return frame

    def _box(self, box: Box) -> Iterator[str]:
        mark = box.mark.value if box.mark else ""
        yield f'<g class="chart-unit" data-unit="{escape(box.unit)}">'
        words = ", ".join([box.label, *(text.text for text in box.head if text.role is Role.FACTS)])
        if box.sign:
            words = f"{words}, {box.sign.word}"
        linked = self._links is not None and not box.ghost
        swaps = self._links is not None and self._links.part is not None
        yield from self._opened(self._links.unit(box.unit) if self._links and linked else "", words, swaps=swaps)
        yield self._frame(box, mark)
        yield from (self._text(text, box, mark) for text in box.head)
        if box.sign:
            yield self._sign(box.sign, on_top=box.top)
        yield self._closed() if linked else ""
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
        classes = []
        if box.top:
            classes.append("chart-box--top")
        if mark:
            classes.append(f"chart-box--{mark}")
        if box.partial:
            classes.append("chart-box--partial")
        if box.planned:
            classes.append("chart-box--planned")
        if box.ghost:
            classes.append("chart-box--ghost")
        band = ""
        if box.top and box.rule is not None:
            # Posts stay on white: only the head is filled, round above and straight below.
            classes.append("chart-box--open")
            x, y, bend = _mm(box.x), _mm(box.y + RADIUS), _mm(RADIUS)
            band = (
                f'<path d="M{x} {_mm(box.rule)}V{y}a{bend} {bend} 0 0 1 {bend} -{bend}H{_mm(box.right - RADIUS)}'
                f'a{bend} {bend} 0 0 1 {bend} {bend}V{_mm(box.rule)}z"{self._attributes("chart-band")}/>'
            )
        # The head of a top box is filled to its corners.
        shape = "" if box.top and mark not in ("created", "closed") else mark
        frame = self._outline(shape, classes, box.x, box.y, box.width, box.height)
        if box.top:
            return frame + band
        if box.ghost or mark == "closed":
            return frame
        top, height = box.y + 3.8, box.height - 7.6
        if box.partial:
            x = _mm(box.x + SPINE / 2 + 0.4)
            return f'{frame}<path d="M{x} {_mm(top)}v{_mm(height)}"{self._attributes("chart-spine--partial")}/>'
        spine = f"chart-spine chart-spine--{mark}" if mark else "chart-spine"
        if not mark:
            top, height = box.y + RADIUS, box.height - 2 * RADIUS
        return (
            f'{frame}<rect x="{_mm(box.x)}" y="{_mm(top)}" width="{SPINE}" height="{_mm(height)}" rx="0.4"'
            f"{self._attributes(spine)}/>"
        )

    def _row(self, row: DrawnRow, box: Box) -> Iterator[str]:
        titles = " ".join(text.text for text in row.texts if text.role is Role.POST)
        beside = " ".join(text.text for text in row.texts if text.role is not Role.POST)
        words = ", ".join(part for part in (titles, row.chip.grade if row.chip else "", beside) if part)
        yield from self._opened(self._links.posts(box.unit, row.posts) if self._links else "", words)
        if self._links:
            yield (
                f'<rect x="{_mm(row.x - 1)}" y="{_mm(row.y - 0.6)}" width="{_mm(row.width + 2)}" '
                f'height="{_mm(row.height + 1.2)}" rx="1"{self._attributes("chart-hit")} fill-opacity="0"/>'
            )
        mark = row.sign.mark.value if row.sign else ""
        yield from (self._text(text, box, mark, gone=row.gone) for text in row.texts)
        for start, end, height in row.strikes:
            strike = f"M{_mm(start)} {_mm(height)}H{_mm(end)}"
            yield f'<path d="{strike}"{self._attributes("chart-strike")}/>'
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
        elif gone and text.role is Role.POST:
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
        url = self._links.toggle(box.unit, not toggle.folded)
        swap = self._swap(url)
        yield (
            f'<a class="chart-toggle" id="{self._apart}fold-{escape(box.unit)}" href="{escape(url)}"{swap} '
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

    def _swap(self, url: str) -> str:
        if self._links is None or not self._links.swap:
            return ""
        part = self._links.part(url) if self._links.part else url
        push = ' hx-push-url="true"' if self._links.pushes else ""
        return f' hx-get="{escape(part)}" hx-target="{self._links.swap}" hx-swap="outerHTML"{push}'

    def _opened(self, url: str, words: str, *, swaps: bool = False) -> Iterator[str]:
        if url:
            swap = self._swap(url) if swaps else ""
            yield f'<a class="chart-link" href="{escape(url)}"{swap} aria-label="{escape(words)}">'

    def _closed(self) -> str:
        return "</a>" if self._links else ""
