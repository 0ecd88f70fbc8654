"""The drawing of a chart: computed positions in millimetres, the one source of the screen, the PDF and the export."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..diff import Difference
from ..structure import Structure
from ..total import Total
from ..values import PostId, UnitId
from .chart import Chart, ghost_of
from .drawing import Box, Chip, Connector, Drawing, DrawnRow, Key, Mark, Measure, Role, Sign, Text, Toggle, Weight
from .legend import SAMPLES, legend
from .links import former, functional
from .sketch import Sketch, natural_width, set_box, sketch
from .tree import Node, place

# White around the picture, so that strokes and round buttons on the edge are whole.
MARGIN = 3.0


class Shown(NamedTuple):
    """A unit to draw, what is drawn under it, and how many units below are not. `ghost`: the place it left."""

    unit: UnitId
    children: list["Shown"]
    folded: int
    top: bool
    ghost: UnitId | None = None


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
    names: Mapping[str, str] | None = None,
    provenance: bool = False,
    keys: bool = False,
) -> Drawing:
    """The picture of `root` and what is under it, or of the whole chart.

    `depth`: how many levels under the root (None: all); the units under a `folded` one are counted, not drawn. With a
    `difference`, whose *after* is `structure`, states are marked and what is closed stays where it was; with
    `provenance` too, the place that a moved unit left is drawn, and lines lead from where units and posts were to where
    they are, when both are drawn. `planned` units have a dashed frame, `vacant` posts say so. `totals`, `hidden` and
    `names` tell what a structure loaded in part does not hold: the total of a unit, how many units stand below it, the
    labels of units and posts of elsewhere. `keys` adds the legend under the picture. Raises KeyError when `root` is not
    in the chart.
    """
    chart = Chart(structure, difference=difference, totals=totals, hidden=hidden, vacant=vacant, names=names)
    tops = chart.children(None) if root is None else [chart.unit(root).id]
    shown = [_shown(chart, unit, depth, frozenset(folded), top=True) for unit in tops]
    if provenance:
        _add_ghosts(chart, shown)
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
    connectors.extend(functional(chart, boxes))
    if provenance:
        connectors.extend(former(chart, boxes, measure))
    xs = [box.right for box in boxes] + [x for line in connectors for x, _ in line.points]
    ys = [box.bottom for box in boxes] + [y for line in connectors for _, y in line.points]
    drawing = Drawing(
        width=round(max(xs, default=0.0) + MARGIN, 2),
        height=round(max(ys, default=0.0) + MARGIN, 2),
        boxes=tuple(boxes),
        connectors=tuple(connectors),
    )
    return legend(drawing, measure, MARGIN) if keys else drawing


def _shown(chart: Chart, unit: UnitId, depth: int | None, folded: frozenset[UnitId], *, top: bool) -> Shown:
    if unit in folded or depth == 0:
        return Shown(unit, [], chart.units_below(unit), top)
    deeper = None if depth is None else depth - 1
    children = [_shown(chart, child, deeper, folded, top=False) for child in chart.children(unit)]
    return Shown(unit, children, 0 if children else chart.units_below(unit), top)


def _add_ghosts(chart: Chart, shown: list[Shown]) -> None:
    """Under the parent it had, the place of each moved unit that is drawn elsewhere."""
    drawn = {each.unit: each for top in shown for each in _all(top)}
    for unit, parent in chart.happenings.moved_units():
        home = drawn.get(parent) if parent is not None else None
        if unit in drawn and home is not None and not home.folded:
            home.children.append(Shown(ghost_of(unit), [], 0, top=False, ghost=unit))


def _all(shown: Shown) -> list[Shown]:
    found = [shown]
    for each in found:
        found.extend(each.children)
    return found


def _sketch_siblings(
    chart: Chart, siblings: list[Shown], measure: Measure, drawn: Collection[UnitId], sketches: dict[UnitId, Sketch]
) -> None:
    """Sketch units of one parent at one width, the widest of theirs, and those below them."""
    contents = [
        chart.ghost(each.ghost) if each.ghost else chart.content(each.unit, top=each.top, drawn=drawn)
        for each in siblings
    ]
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


__all__ = [
    "SAMPLES",
    "Box",
    "Chip",
    "Connector",
    "Drawing",
    "DrawnRow",
    "Key",
    "Mark",
    "Measure",
    "Role",
    "Sign",
    "Text",
    "Toggle",
    "Weight",
    "layout",
]
