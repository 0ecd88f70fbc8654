"""Lines beside the hierarchy: dotted functional links, and dashed ones from where something was to where it is."""

from collections.abc import Iterator, Sequence

from ..french import count
from ..values import UnitId
from .chart import Chart, ghost_of
from .drawing import Box, Connector, Measure, Role, Text, Weight

# How far from a box its lines turn, and how far apart lines into one box arrive.
TURN, APART = 2.5, 1.3
LABEL = 3.1


def functional(chart: Chart, boxes: Sequence[Box]) -> Iterator[Connector]:
    """Dotted, between drawn units: from one to those it also depends on, and to where the second superiors of its posts
    are."""
    by_unit = {box.unit: box for box in boxes}
    for box in boxes:
        if box.ghost:
            continue
        ends = dict.fromkeys([*chart.links(box.unit), *chart.answers_to(box.unit)])
        for end in ends:
            if end in by_unit:
                yield Connector(
                    points=_route(box, by_unit[end], 0.0), source=box.unit, target=by_unit[end].unit, dotted=True
                )


def former(chart: Chart, boxes: Sequence[Box], measure: Measure) -> Iterator[Connector]:
    """Dashed, with an arrow: from the place a unit left, and from the unit that posts left, saying how many where there
    is room. What comes from the unit above is told by the hierarchy already."""
    by_unit = {box.unit: box for box in boxes}
    arrived: dict[UnitId, int] = {}
    ends = [(ghost_of(unit), unit, 0) for unit, _ in chart.happenings.moved_units()]
    ends += [(source, target, number) for (source, target), number in chart.happenings.moves().items()]
    for source, target, number in ends:
        start, end = by_unit.get(source), by_unit.get(target)
        if start is None or end is None or chart.stands_above(source, target):
            continue
        rank = arrived[target] = arrived.get(target, -1) + 1
        points = _route(start, end, rank * APART)
        label = _label(number, points, boxes, measure) if number else None
        yield Connector(points=points, source=source, target=target, former=True, label=label)


def _label(number: int, points: tuple[tuple[float, float], ...], boxes: Sequence[Box], measure: Measure) -> Text | None:
    """How many posts went that way, over the start of the line; nothing where it would cover a box."""
    words = count(number, "poste")
    room = measure.width(words, LABEL, Weight.MEDIUM)
    (x, y), (turn, _) = points[:2]
    left, base = (x + 0.8 if turn >= x else x - 0.8 - room), y - 0.9
    if left < 0 or any(
        left < box.right and box.x < left + room and base - LABEL < box.bottom and box.y < base for box in boxes
    ):
        return None
    return Text(x=round(left, 2), y=round(base, 2), text=words, size=LABEL, weight=Weight.MEDIUM, role=Role.NOTE)


def _route(start: Box, end: Box, shift: float) -> tuple[tuple[float, float], ...]:
    """Out of one side, up or down in the white between boxes, into the other; `shift` keeps lines apart."""
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    y2 += min(shift, end.height / 2 - 1)
    if start.right <= end.x or end.right <= start.x:
        goes_right = start.right <= end.x
        x1, x2 = (start.right, end.x) if goes_right else (start.x, end.right)
        turn = x2 + (-TURN - shift / 4 if goes_right else TURN + shift / 4)
    else:
        x1, x2 = start.right, end.right
        turn = max(x1, x2) + TURN + shift
    points = ((x1, y1), (turn, y1), (turn, y2), (x2, y2))
    return tuple((round(x, 2), round(y, 2)) for x, y in points)
