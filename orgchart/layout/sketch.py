"""The words of a box wrapped at a width and set line by line: from a `Content` to the size, then to a placed `Box`."""

import math
from typing import NamedTuple

from ..french import count
from ..values import GradeCode
from .chart import Content, Line
from .drawing import Box, Chip, DrawnRow, Mark, Measure, Role, Sign, Text, Toggle, Weight
from .happenings import Happened

# Millimetres. At 100 % on a screen a millimetre is 3.78 pixels: labels of 15 px, posts of 14, facts of 12.5.
NARROWEST, WIDEST = 50.0, 77.0
PAD_LEFT, PAD_RIGHT, PAD_TOP, PAD_BOTTOM = 4.2, 3.4, 3.2, 3.0
LABEL, TOP_LABEL, FACTS, POST, NOTE, CHIP = 4.0, 4.4, 3.3, 3.6, 3.1, 3.05
LEADING = 1.24
ASCENT = 0.84
SECTION_GAP, ROW_GAP, NOTE_GAP = 2.1, 1.9, 0.2
CHIP_HEIGHT, CHIP_PAD, CHIP_GAP = 4.5, 1.7, 2.2
SIGN, SIGN_GAP = 3.1, 1.2
TOGGLE_RADIUS = 2.2

BREAKS_AFTER = "/-’"


class Wrapped(NamedTuple):
    """Lines of one size, and how they look."""

    lines: tuple[str, ...]
    size: float
    weight: Weight
    role: Role

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


class WrappedRow(NamedTuple):
    line: Line
    label: Wrapped
    under: tuple[Wrapped, ...]
    chip: float

    @property
    def height(self) -> float:
        text = self.label.height + sum(NOTE_GAP + each.height for each in self.under)
        return max(text, CHIP_HEIGHT if self.chip else 0)


class Sketch(NamedTuple):
    """A box with its lines wrapped and its size known, not placed yet."""

    content: Content
    width: float
    height: float
    head: tuple[Wrapped, ...]
    rows: tuple[WrappedRow, ...]
    foot: tuple[Wrapped, ...]
    fold: Wrapped | None
    folded: int
    top: bool


def natural_width(content: Content, measure: Measure, *, top: bool) -> float:
    """The width at which nothing wraps, between the narrowest and the widest box."""
    label = TOP_LABEL if top else LABEL
    widths = [measure.width(content.label, label, Weight.SEMIBOLD) + _state_width(content.happened, measure)]
    widths.extend(measure.width(fact, FACTS, Weight.REGULAR) for fact in content.facts)
    for line in content.lines:
        sign = SIGN + SIGN_GAP if line.happened else 0
        chip = _chip_width(line.grade, measure)
        widths.append(sign + measure.width(line.label, POST, _row_weight(line)) + (chip + CHIP_GAP if chip else 0))
    # Rounded up: a line that just fits must not wrap for a hundredth.
    return min(WIDEST, max(NARROWEST, math.ceil(10 * (PAD_LEFT + PAD_RIGHT + max(widths)) + 1) / 10))


def sketch(content: Content, measure: Measure, width: float, *, top: bool, folded: int) -> Sketch:
    """Wrap the words at `width`. `folded`: how many units below are not drawn."""
    inner = width - PAD_LEFT - PAD_RIGHT
    label_size = TOP_LABEL if top else LABEL
    room = inner - _state_width(content.happened, measure)
    head = [_wrapped(content.label, label_size, Weight.SEMIBOLD, Role.LABEL, room, measure)]
    head.extend(_wrapped(fact, FACTS, Weight.REGULAR, Role.FACTS, inner, measure) for fact in content.facts)
    rows = tuple(_wrapped_row(line, inner, measure) for line in content.lines)
    foot = tuple(_wrapped(words, NOTE, Weight.REGULAR, Role.NOTE, inner, measure) for words in content.foot)
    fold = None
    if folded:
        fold = _wrapped(count(folded, "unité"), NOTE, Weight.MEDIUM, Role.MORE, inner, measure)
    height = PAD_TOP + sum(each.height for each in head) + PAD_BOTTOM
    if rows or foot:
        height += 2 * SECTION_GAP + ROW_GAP * (len(rows) + len(foot) - 1)
        height += sum(row.height for row in rows) + sum(each.height for each in foot)
    if fold:
        height += SECTION_GAP + fold.height
    return Sketch(content, width, height, tuple(head), rows, foot, fold, folded, top)


def set_box(made: Sketch, measure: Measure, x: float, y: float, *, unfolds: int, stem: float, planned: bool) -> Box:
    """The box with its lines at their place. `unfolds`: how many units are drawn under it, from `stem` down."""
    content = made.content
    left, right = x + PAD_LEFT, x + made.width - PAD_RIGHT
    head, at = [], y + PAD_TOP
    for each in made.head:
        texts, at = _set(each, left, at)
        head.extend(texts)
    sign = None
    if content.happened:
        base = y + PAD_TOP + made.head[0].size * ASCENT
        word = content.happened.word
        start = right - measure.width(word, NOTE, Weight.MEDIUM)
        head.append(Text(x=right, y=base, text=word, size=NOTE, weight=Weight.MEDIUM, role=Role.STATE, ends=True))
        sign = Sign(
            x=start - SIGN_GAP * 0.6 - SIGN, y=base - SIGN * 0.86, size=SIGN, mark=content.happened.mark, word=word
        )
    rule, rows, foot = None, [], []
    if made.rows or made.foot:
        rule = at + SECTION_GAP
        at += 2 * SECTION_GAP
        for row in made.rows:
            rows.append(_set_row(row, measure, left, right, at))
            at += row.height + ROW_GAP
        for each in made.foot:
            texts, at = _set(each, left, at)
            foot.extend(texts)
            at += ROW_GAP
        at -= ROW_GAP
    toggle = None
    if made.fold:
        at += SECTION_GAP
        texts, _ = _set(made.fold, left + SIGN + SIGN_GAP, at)
        foot.extend(texts)
        middle = at + made.fold.height / 2
        toggle = Toggle(x=left + SIGN / 2, y=middle, radius=SIGN / 2, folded=True, units=made.folded)
    elif unfolds:
        toggle = Toggle(x=stem, y=y + made.height, radius=TOGGLE_RADIUS, folded=False, units=unfolds)
    return Box(
        unit=content.unit,
        label=content.label,
        x=x,
        y=y,
        width=made.width,
        height=made.height,
        head=tuple(head),
        rule=rule,
        rows=tuple(rows),
        foot=tuple(foot),
        mark=content.happened.mark if content.happened else None,
        sign=sign,
        toggle=toggle,
        top=made.top and not content.partial and not (content.happened and content.happened.mark is Mark.CLOSED),
        partial=content.partial,
        planned=planned,
        ghost=content.ghost,
    )


def wrap(text: str, room: float, size: float, weight: Weight, measure: Measure) -> tuple[str, ...]:
    """Lines no wider than `room`: broken at spaces, else after / - ’, else inside a word that is too long."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if measure.width(joined, size, weight) <= room:
            current = joined
            continue
        if current:
            lines.append(current)
        *whole, current = _pieces(word, room, size, weight, measure)
        lines.extend(whole)
    lines.append(current)
    return tuple(lines)


def _pieces(word: str, room: float, size: float, weight: Weight, measure: Measure) -> list[str]:
    """A word cut so that each piece fits; never an empty one: a character wider than the room stands alone."""
    pieces: list[str] = []
    while measure.width(word, size, weight) > room and len(word) > 1:
        fits = 1
        while fits < len(word) - 1 and measure.width(word[: fits + 1], size, weight) <= room:
            fits += 1
        breaks = max(word.rfind(mark, 0, fits) for mark in BREAKS_AFTER) + 1
        cut = breaks or fits
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def _wrapped(text: str, size: float, weight: Weight, role: Role, room: float, measure: Measure) -> Wrapped:
    return Wrapped(wrap(text, room, size, weight, measure), size, weight, role)


def _wrapped_row(line: Line, inner: float, measure: Measure) -> WrappedRow:
    chip = _chip_width(line.grade, measure)
    room = inner - (chip + CHIP_GAP if chip else 0) - (SIGN + SIGN_GAP if line.happened else 0)
    under = [_wrapped(note, NOTE, Weight.REGULAR, Role.NOTE, room, measure) for note in line.notes]
    if line.happened:
        under.insert(0, _wrapped(line.happened.words, NOTE, Weight.MEDIUM, Role.STATE, room, measure))
    if line.warning:
        under.append(_wrapped(line.warning, NOTE, Weight.REGULAR, Role.WARNING, room, measure))
    label = _wrapped(line.label, POST, _row_weight(line), Role.POST, room, measure)
    return WrappedRow(line, label, tuple(under), chip)


def _row_weight(line: Line) -> Weight:
    return Weight.SEMIBOLD if line.leads else Weight.REGULAR


def _chip_width(grade: GradeCode | None, measure: Measure) -> float:
    return measure.width(grade, CHIP, Weight.MEDIUM) + 2 * CHIP_PAD if grade else 0


def _state_width(happened: Happened | None, measure: Measure) -> float:
    return measure.width(happened.word, NOTE, Weight.MEDIUM) + SIGN + 2 * SIGN_GAP if happened else 0


def _set(wrapped: Wrapped, x: float, y: float) -> tuple[list[Text], float]:
    """The lines from the top `y` down, and where they end."""
    texts = []
    for line in wrapped.lines:
        base = y + wrapped.size * ASCENT
        texts.append(Text(x=x, y=base, text=line, size=wrapped.size, weight=wrapped.weight, role=wrapped.role))
        y += wrapped.size * LEADING
    return texts, y


def _set_row(row: WrappedRow, measure: Measure, left: float, right: float, y: float) -> DrawnRow:
    first = row.label.size * LEADING
    # A single line stands in the middle of its cotation.
    start = y + max(0.0, (CHIP_HEIGHT - first) / 2) if row.chip else y
    shift = SIGN + SIGN_GAP if row.line.happened else 0
    texts, below = _set(row.label, left + shift, start)
    strikes: tuple[tuple[float, float, float], ...] = ()
    if row.line.gone and row.line.happened and row.line.happened.mark is Mark.CLOSED:
        strikes = tuple(
            (text.x, text.x + measure.width(text.text, text.size, text.weight), text.y - text.size * 0.27)
            for text in texts
        )
    for each in row.under:
        more, below = _set(each, left + shift, below + NOTE_GAP)
        texts.extend(more)
    chip = None
    if row.line.grade:
        text = Text(
            x=right - row.chip / 2,
            y=y + CHIP_HEIGHT / 2 + CHIP * 0.33,
            text=row.line.grade,
            size=CHIP,
            weight=Weight.MEDIUM,
            role=Role.POST,
        )
        chip = Chip(x=right - row.chip, y=y, width=row.chip, height=CHIP_HEIGHT, text=text, grade=row.line.grade)
    sign = None
    if row.line.happened:
        middle = start + first / 2
        sign = Sign(x=left, y=middle - SIGN / 2, size=SIGN, mark=row.line.happened.mark, word=row.line.happened.word)
    return DrawnRow(
        x=left,
        y=y,
        width=right - left,
        height=row.height,
        posts=row.line.posts,
        texts=tuple(texts),
        chip=chip,
        sign=sign,
        leads=row.line.leads,
        gone=row.line.gone,
        strikes=strikes,
    )
