"""The diagram of the workflow as SVG: statuses in a column, an arrow for each transition, all of it from the table.

A transition to the next status goes straight down; the others leave the box by the side, with their label, and join
the lane of their target: on the right those that go forward, on the left those that go back. Classes for the screen,
presentation attributes where there is no style sheet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple, Protocol

from django.db.models import TextChoices
from django.utils.safestring import SafeString

from .status import Status

RANKS = (
    Status.DRAFT,
    Status.SUBMITTED,
    Status.OPINION_GIVEN,
    Status.DECIDED,
    Status.PARTLY_IN_FORCE,
    Status.IN_FORCE,
    Status.POSTPONED,
    Status.WITHDRAWN,
)
"""The way of a reorganisation that succeeds, then where others stop."""

BOX, STUB, LANE, PORT, GAP, MARGIN = 200, 220, 16, 26, 46, 12
HEAD = 5
INK, SOFT, LINE, ACCENT, GROUND = "#1b2430", "#5a6675", "#808c9b", "#0b5c6b", "#ffffff"

type State = TextChoices
type Arrow = tuple[State, State]


class Labelled(Protocol):
    @property
    def label(self) -> str: ...


class Place(NamedTuple):
    """A box; `ports`: the side and the arrow (None: what comes in) → the height where the line meets the box."""

    y: int
    height: int
    ports: Mapping[tuple[bool, Arrow | None], int]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def draw(
    transitions: Mapping[tuple[Any, Any], Labelled],
    current: State | None = None,
    *,
    ranks: Sequence[State] = RANKS,
    title: str = "Du projet à l’entrée en vigueur",
    name: str = "workflow",
) -> SafeString:
    """`ranks`: the states from top to bottom. `current`: where something stands, which is marked. `name`: begins the
    ids inside, other than those of another drawing on the page."""
    straight = [arrow for arrow in transitions if ranks.index(arrow[1]) - ranks.index(arrow[0]) == 1]
    aside = [arrow for arrow in transitions if arrow not in straight]
    right = {arrow: ranks.index(arrow[1]) >= ranks.index(arrow[0]) for arrow in aside}
    places = _places(ranks, right)
    lanes = {side: _lanes(ranks, [arrow for arrow in aside if right[arrow] == side]) for side in (False, True)}
    left = MARGIN + LANE * len(lanes[False]) + STUB
    width = left + BOX + STUB + LANE * len(lanes[True]) + MARGIN
    height = places[ranks[-1]].y + places[ranks[-1]].height + MARGIN
    parts = [
        *(_down(places, arrow, left + BOX // 2, transitions[arrow].label) for arrow in straight),
        *(
            _around(places, arrow, left, lanes[right[arrow]], transitions[arrow].label, right=right[arrow])
            for arrow in aside
        ),
        *(_box(status, places[status], left, current=status == current) for status in ranks),
    ]
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="workflow" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="sans-serif" font-size="14">\n'
        f'<title id="{name}-title">{escape(_title(title, current))}</title>\n'
        f'<desc id="{name}-desc">{escape(_description(transitions))}</desc>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _title(title: str, current: State | None) -> str:
    where = f"\u00a0; état actuel\u00a0: {current.label}" if current else ""
    return f"{title}{where}"


def _description(transitions: Mapping[Arrow, Labelled]) -> str:
    found = (f"{source.label} → {target.label}\u00a0: {each.label}." for (source, target), each in transitions.items())
    return " ".join(found)


def _places(ranks: Sequence[State], sides: Mapping[Arrow, bool]) -> dict[State, Place]:
    """`sides`: the arrows that go around → whether by the right."""
    places: dict[State, Place] = {}
    y = MARGIN
    for status in ranks:
        ports: dict[tuple[bool, Arrow | None], int] = {}
        most = 0
        for right in (False, True):
            found = list(_ports(status, [arrow for arrow, side in sides.items() if side == right]))
            ports |= {(right, port): y + PORT * rank + PORT for rank, port in enumerate(found)}
            most = max(most, len(found))
        height = max(PORT * 2, PORT * (most + 1))
        places[status] = Place(y, height, ports)
        y += height + GAP
    return places


def _ports(status: State, arrows: Iterable[Arrow]) -> Iterator[Arrow | None]:
    """What comes in by one place, then what goes out, each by its own."""
    arrows = list(arrows)
    if any(target == status for _, target in arrows):
        yield None
    yield from (arrow for arrow in arrows if arrow[0] == status)


def _lanes(ranks: Sequence[State], arrows: Sequence[Arrow]) -> list[State]:
    """The targets, the one whose lane is the shortest first: it is the nearest to the boxes."""

    def span(target: State) -> int:
        found = [ranks.index(source) for source, each in arrows if each == target]
        return max(abs(rank - ranks.index(target)) for rank in found)

    return sorted(dict.fromkeys(target for _, target in arrows), key=span)


def _down(places: Mapping[State, Place], arrow: Arrow, x: int, label: str) -> str:
    source, target = places[arrow[0]], places[arrow[1]]
    top, bottom = source.y + source.height, target.y
    return _line(f"M{x} {top}V{bottom - HEAD}", f"M{x - HEAD} {bottom - 2 * HEAD}L{x} {bottom}l{HEAD}-{2 * HEAD}z") + (
        _label(x + 10, (top + bottom) // 2 + 5, label)
    )


def _around(
    places: Mapping[State, Place], arrow: Arrow, left: int, lanes: Sequence[State], label: str, *, right: bool
) -> str:
    source, target = arrow
    side, away = (left + BOX, 1) if right else (left, -1)
    lane = side + away * (STUB + LANE * lanes.index(target) + LANE // 2)
    leaves, enters = places[source].ports[right, arrow], places[target].ports[right, None]
    tip = f"M{side + away * 2 * HEAD} {enters - HEAD}L{side} {enters}l{away * 2 * HEAD} {HEAD}z"
    return _line(f"M{side} {leaves}H{lane}V{enters}H{side + away * HEAD}", tip) + _label(
        side + away * 14, leaves - 5, label, end=not right
    )


def _line(path: str, head: str) -> str:
    return (
        f'<path class="workflow-arrow" d="{path}" fill="none" stroke="{LINE}" stroke-width="1.2"/>'
        f'<path class="workflow-head" d="{head}" fill="{LINE}"/>'
    )


def _label(x: int, y: int, label: str, *, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return f'<text class="workflow-label" x="{x}" y="{y}" font-size="13" fill="{SOFT}"{anchor}>{escape(label)}</text>'


def _box(status: State, place: Place, left: int, *, current: bool) -> str:
    middle = left + BOX // 2
    stroke, weight = (ACCENT, 3) if current else (LINE, 1)
    name = place.middle - 4 if current else place.middle + 5
    said = (
        f'<text class="workflow-here" x="{middle}" y="{name + 18}" font-size="12" fill="{ACCENT}" '
        f'text-anchor="middle">état actuel</text>'
        if current
        else ""
    )
    return (
        f'<g class="workflow-state{" workflow-current" if current else ""}">'
        f'<rect x="{left}" y="{place.y}" width="{BOX}" height="{place.height}" rx="6" fill="{GROUND}" '
        f'stroke="{stroke}" stroke-width="{weight}"/>'
        f'<text x="{middle}" y="{name}" fill="{INK}" text-anchor="middle">{escape(status.label)}</text>{said}</g>'
    )
