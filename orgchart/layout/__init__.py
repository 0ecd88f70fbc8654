"""The drawing of a chart: computed positions in millimetres, the one source of the screen, the PDF and the export."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..diff import Difference
from ..structure import Structure, Total
from ..values import PostId, UnitId
from .chart import Chart
from .drawing import Box, Chip, Connector, Drawing, DrawnRow, Mark, Measure, Role, Sign, Text, Toggle, Weight
from .sketch import Sketch, natural_width, set_box, sketch
from .tree import Node, place

# White around the picture, so that strokes and round buttons on the edge are whole.
MARGIN = 3.0


class Shown(NamedTuple):
    """A unit to draw, what is drawn under it, and how many units below are not."""

    unit: UnitId
    children: list["Shown"]
    folded: int
    top: bool


def layout(
    structure: Structure,
    measure: Measure,
    *,
    root: UnitId | None = None,
    depth: int | None = None,
    difference: Difference | None = None,
    folded: Collection[UnitId] = frozenset(),
    planned: Collection[UnitId] = frozenset(),
    vacant: Collection[PostId] = frozenset(),
    totals: Mapping[UnitId, Total | None] | None = None,
    hidden: Mapping[UnitId, int] | None = None,
) -> Drawing:
    """The picture of `root` and what is under it, or of the whole chart.

    `depth`: how many levels under the root (None: all); the units under a `folded` one are counted, not drawn. With a
    `difference`, whose *after* is `structure`, states are marked and what is closed stays where it was. `planned` units
    have a dashed frame, `vacant` posts say so. `totals` and `hidden` tell what a structure loaded in part does not
    hold: the total of a unit and how many units stand below it. Raises KeyError when `root` is not in the chart.
    """
    chart = Chart(structure, difference=difference, totals=totals, hidden=hidden, vacant=vacant)
    tops = chart.children(None) if root is None else [chart.unit(root).id]
    shown = [_shown(chart, unit, depth, frozenset(folded), top=True) for unit in tops]
    drawn = {each.unit: each for top in shown for each in _all(top)}
    sketches: dict[UnitId, Sketch] = {}
    _sketch_siblings(chart, shown, measure, drawn, sketches)
    places, paths = place([_node(each, sketches) for each in shown])
    stems = {path.source: path.points[0][0] + MARGIN for path in reversed(paths)}
    boxes = [
        set_box(
            sketches[spot.node.unit],
            measure,
            round(spot.x + MARGIN, 2),
            round(spot.y + MARGIN, 2),
            unfolds=0 if each.top and root is not None else len(each.children),
            stem=stems.get(each.unit, 0.0),
            planned=each.unit in planned,
        )
        for spot, each in ((spot, drawn[spot.node.unit]) for spot in places)
    ]
    connectors = [
        Connector(
            points=tuple((round(x + MARGIN, 2), round(y + MARGIN, 2)) for x, y in path.points), source=path.source
        )
        for path in paths
    ]
    connectors.extend(_functional(chart, boxes))
    xs = [box.right for box in boxes] + [x for line in connectors for x, _ in line.points]
    ys = [box.bottom for box in boxes] + [y for line in connectors for _, y in line.points]
    return Drawing(
        width=round(max(xs, default=0.0) + MARGIN, 2),
        height=round(max(ys, default=0.0) + MARGIN, 2),
        boxes=tuple(boxes),
        connectors=tuple(connectors),
    )


def _shown(chart: Chart, unit: UnitId, depth: int | None, folded: frozenset[UnitId], *, top: bool) -> Shown:
    if unit in folded or depth == 0:
        return Shown(unit, [], chart.units_below(unit), top)
    deeper = None if depth is None else depth - 1
    children = [_shown(chart, child, deeper, folded, top=False) for child in chart.children(unit)]
    return Shown(unit, children, 0 if children else chart.units_below(unit), top)


def _all(shown: Shown) -> list[Shown]:
    found = [shown]
    for each in found:
        found.extend(each.children)
    return found


def _sketch_siblings(
    chart: Chart, siblings: list[Shown], measure: Measure, drawn: Collection[UnitId], sketches: dict[UnitId, Sketch]
) -> None:
    """Sketch units of one parent at one width, the widest of theirs, and those below them."""
    contents = [chart.content(each.unit, top=each.top, drawn=drawn) for each in siblings]
    width = max(
        (natural_width(content, measure, top=each.top) for content, each in zip(contents, siblings, strict=True)),
        default=0.0,
    )
    for content, each in zip(contents, siblings, strict=True):
        sketches[each.unit] = sketch(content, measure, round(width, 2), top=each.top, folded=each.folded)
        _sketch_siblings(chart, each.children, measure, drawn, sketches)


def _node(shown: Shown, sketches: dict[UnitId, Sketch]) -> Node:
    made = sketches[shown.unit]
    return Node(shown.unit, made.width, made.height, [_node(child, sketches) for child in shown.children])


def _functional(chart: Chart, boxes: list[Box]) -> list[Connector]:
    """Dotted lines between drawn units: out of one side, up or down in the white between boxes, into the other."""
    by_unit = {box.unit: box for box in boxes}
    found = []
    for box in boxes:
        for link in chart.links(box.unit):
            if link in by_unit:
                found.append(_dotted(box, by_unit[link]))
    return found


def _dotted(start: Box, end: Box) -> Connector:
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    if start.right <= end.x or end.right <= start.x:
        goes_right = start.right <= end.x
        x1, x2 = (start.right, end.x) if goes_right else (start.x, end.right)
        turn = x2 + (-2.5 if goes_right else 2.5)
    else:
        x1, x2 = start.right, end.right
        turn = max(x1, x2) + 2.5
    points = ((x1, y1), (turn, y1), (turn, y2), (x2, y2))
    return Connector(
        points=tuple((round(x, 2), round(y, 2)) for x, y in points),
        source=start.unit,
        target=end.unit,
        dotted=True,
    )


__all__ = [
    "Box",
    "Chip",
    "Connector",
    "Drawing",
    "DrawnRow",
    "Mark",
    "Measure",
    "Role",
    "Sign",
    "Text",
    "Toggle",
    "Weight",
    "layout",
]
