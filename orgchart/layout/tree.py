"""Where boxes stand: a tidy tree of boxes of any size, upper levels across, last levels down (« en râteau »).

Subtrees are pushed together along their contours, a parent stands in the middle of what is under it. Each contour is
read once per level, so that the whole is linear in the number of boxes for the depth of a real chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..values import UnitId

# Millimetres between boxes: side by side, between two levels, one under the other in a râteau, between two subtrees.
ACROSS, DOWN, STACKED, APART = 5.0, 10.0, 4.0, 9.0
# A râteau: its stem from the parent's left edge, its boxes from the stem.
STEM, TOOTH = 4.0, 5.0
# So many units without anything under them stay side by side under the top one.
SIDE_BY_SIDE = 5
COLUMN = 6


@dataclass(eq=False)
class Node:
    """A box to place, and what is drawn under it."""

    unit: UnitId
    width: float
    height: float
    children: list["Node"] = field(default_factory=list)


class Place(NamedTuple):
    """A node at its place, in mm."""

    node: Node
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.x + self.node.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.node.height


class Path(NamedTuple):
    """A broken line of the hierarchy from `source`."""

    points: tuple[tuple[float, float], ...]
    source: UnitId


class Segment(NamedTuple):
    """A piece of contour: from `top` to `bottom`, the outermost x."""

    top: float
    bottom: float
    x: float


@dataclass(eq=False)
class Block:
    """Boxes that keep together, in their own coordinates. `anchor`: where the connector from above arrives."""

    left: list[Segment]
    right: list[Segment]
    anchor: float
    middle: float
    node: Node | None = None
    node_x: float = 0.0
    column: list[tuple[Node, float]] = field(default_factory=list)
    parts: list[tuple["Block", float]] = field(default_factory=list)


def place(roots: Sequence[Node]) -> tuple[list[Place], list[Path]]:
    """Every node at its place and the connectors between them; parents first, the left edge and the top at 0."""
    blocks = [_subtree(root, top=True) for root in roots]
    shifts, left, _ = _side_by_side(blocks, APART)
    origin = min((segment.x for segment in left), default=0.0)
    places: list[Place] = []
    paths: list[Path] = []
    for block, shift in zip(blocks, shifts, strict=True):
        _settle(block, shift - origin, 0.0, places, paths)
    return places, paths


def _subtree(node: Node, *, top: bool) -> Block:
    """A node over its subtrees."""
    blocks = list(_groups(node, top=top))
    if not blocks:
        edge = node.height + STACKED
        return Block(
            left=[Segment(0, edge, 0)],
            right=[Segment(0, edge, node.width)],
            anchor=node.width / 2,
            middle=node.width / 2,
            node=node,
        )
    below = node.height + DOWN
    gap = ACROSS if all(not block.parts for block in blocks) else APART
    shifts, left, right = _side_by_side(blocks, gap)
    if len(blocks) == 1 and blocks[0].column:
        x = blocks[0].anchor - STEM
    else:
        x = (blocks[0].middle + blocks[-1].middle + shifts[-1]) / 2 - node.width / 2
    return Block(
        left=[Segment(0, below, x), *_lowered(left, below)],
        right=[Segment(0, below, x + node.width), *_lowered(right, below)],
        anchor=x + node.width / 2,
        middle=x + node.width / 2,
        node=node,
        node_x=x,
        parts=list(zip(blocks, shifts, strict=True)),
    )


def _groups(node: Node, *, top: bool) -> Iterator[Block]:
    """What stands under a node: subtrees across, and runs of units without anything under them in columns."""
    children = node.children
    if top and len(children) <= SIDE_BY_SIDE:
        # What stands alone under the top one spreads as the top one would.
        yield from (_subtree(child, top=len(children) == 1) for child in children)
        return
    alone = all(not child.children for child in children)
    run: list[Node] = []
    for child in children:
        if child.children:
            yield from _columns(run, at_least=1)
            run = []
            yield _subtree(child, top=False)
        else:
            run.append(child)
    yield from _columns(run, at_least=min(4, len(run)) if top and alone else 1)


def _columns(run: list[Node], *, at_least: int) -> Iterator[Block]:
    """A run of boxes in columns as even as can be, filled one after the other."""
    if len(run) == 1:
        yield _subtree(run[0], top=False)
        return
    number = max(at_least, -(-len(run) // COLUMN))
    start = 0
    for rank in range(number if run else 0):
        size = (len(run) - start + number - rank - 1) // (number - rank)
        yield _column(run[start : start + size])
        start += size


def _column(nodes: list[Node]) -> Block:
    column, y = [], 0.0
    for node in nodes:
        column.append((node, y))
        y += node.height + STACKED
    width = TOOTH + max(node.width for node in nodes)
    return Block(
        left=[Segment(0, y, 0)],
        right=[Segment(0, y, width)],
        anchor=0.0,
        middle=TOOTH + (width - TOOTH) / 2,
        column=column,
    )


def _side_by_side(blocks: Sequence[Block], gap: float) -> tuple[list[float], list[Segment], list[Segment]]:
    """How far each block is pushed to the right so that none meets those before it, and the contours of the whole."""
    shifts: list[float] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for block in blocks:
        shift = _clearance(right, block.left) + gap if right else 0.0
        shifts.append(shift)
        left = _outer(left, _shifted(block.left, shift))
        right = _outer(_shifted(block.right, shift), right)
    return shifts, left, right


def _clearance(right: list[Segment], left: list[Segment]) -> float:
    """The least shift that brings a left contour past a right one."""
    clearance, i, j = float("-inf"), 0, 0
    while i < len(right) and j < len(left):
        clearance = max(clearance, right[i].x - left[j].x)
        if right[i].bottom < left[j].bottom:
            i += 1
        else:
            j += 1
    return clearance


def _outer(near: list[Segment], far: list[Segment]) -> list[Segment]:
    """The contour seen from the side of `near`: it hides `far` as deep as it goes."""
    if not near:
        return far
    depth = near[-1].bottom
    deeper = [segment._replace(top=max(segment.top, depth)) for segment in far if segment.bottom > depth]
    return [*near, *deeper]


def _shifted(contour: list[Segment], shift: float) -> list[Segment]:
    return [segment._replace(x=segment.x + shift) for segment in contour]


def _lowered(contour: list[Segment], by: float) -> list[Segment]:
    return [Segment(segment.top + by, segment.bottom + by, segment.x) for segment in contour]


def _settle(block: Block, x: float, y: float, places: list[Place], paths: list[Path]) -> None:
    """Give a block's boxes their place, parents first, with the connectors under each."""
    for node, down in block.column:
        places.append(Place(node, x + TOOTH, y + down))
    if block.node is None:
        return
    here = Place(block.node, x + block.node_x, y)
    places.append(here)
    if not block.parts:
        return
    below = here.bottom + DOWN
    paths.extend(_paths(here, [(part, x + shift) for part, shift in block.parts], below))
    for part, shift in block.parts:
        _settle(part, x + shift, below, places, paths)


def _paths(parent: Place, parts: list[tuple[Block, float]], below: float) -> Iterator[Path]:
    """From a parent down to what is under it: a stem, a bar, a branch to each subtree; the teeth of each column."""
    source = parent.node.unit
    bar = parent.bottom + DOWN / 2
    single = len(parts) == 1 and bool(parts[0][0].column)
    if not single:
        arrivals = [x + part.anchor for part, x in parts]
        yield Path(((parent.middle, parent.bottom), (parent.middle, bar)), source)
        if min(arrivals) < max(arrivals):
            yield Path(((min(arrivals), bar), (max(arrivals), bar)), source)
    for part, x in parts:
        start = parent.bottom if single else bar
        if not part.column:
            yield Path(((x + part.anchor, start), (x + part.anchor, below)), source)
            continue
        teeth = [below + down + min(node.height / 2, 7.0) for node, down in part.column]
        yield Path(((x, start), (x, teeth[-1])), source)
        for tooth in teeth:
            yield Path(((x, tooth), (x + TOOTH, tooth)), source)
