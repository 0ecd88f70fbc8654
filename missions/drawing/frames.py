"""The outline of a box by what happened to it, so that shape and pattern tell states apart without colour.

Created: a double line. Attached elsewhere: round corners. Transferred: round corners, dash and dot. Transformed: cut
corners. Closed: a dashed line over hatching. Everything is a path: WeasyPrint and the exported file need no definition.
"""

from collections.abc import Iterator

RADIUS = 1.6
ROUND = 3.6
CUT = 2.6
INSET = 0.8
HATCH = 2.4


def outline(mark: str, x: float, y: float, width: float, height: float) -> str:
    """The path of the frame, clockwise from the top left."""
    if mark == "transformed":
        return cut(x, y, width, height)
    return rounded(x, y, width, height, ROUND if mark in ("moved", "transferred") else RADIUS)


def inner(x: float, y: float, width: float, height: float) -> str:
    """The second line of what is created."""
    return rounded(x + INSET, y + INSET, width - 2 * INSET, height - 2 * INSET, RADIUS - INSET / 2)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    bend = min(radius, width / 2, height / 2)
    arc = f"a{mm(bend)} {mm(bend)} 0 0 1 "
    return (
        f"M{mm(x + bend)} {mm(y)}H{mm(x + width - bend)}{arc}{mm(bend)} {mm(bend)}"
        f"V{mm(y + height - bend)}{arc}{mm(-bend)} {mm(bend)}"
        f"H{mm(x + bend)}{arc}{mm(-bend)} {mm(-bend)}V{mm(y + bend)}{arc}{mm(bend)} {mm(-bend)}z"
    )


def cut(x: float, y: float, width: float, height: float) -> str:
    corner = min(CUT, width / 3, height / 3)
    left, right, top, bottom = x, x + width, y, y + height
    return (
        f"M{mm(left + corner)} {mm(top)}H{mm(right - corner)}L{mm(right)} {mm(top + corner)}V{mm(bottom - corner)}"
        f"L{mm(right - corner)} {mm(bottom)}H{mm(left + corner)}L{mm(left)} {mm(bottom - corner)}"
        f"V{mm(top + corner)}z"
    )


def hatching(x: float, y: float, width: float, height: float, step: float = HATCH) -> str:
    """Diagonals over the whole box, cut at its edges."""
    return "".join(_diagonals(x, y, width, height, step))


def _diagonals(x: float, y: float, width: float, height: float, step: float) -> Iterator[str]:
    reach = step
    while reach < width + height:
        # From the left or bottom edge up to the top or right one.
        x1, y1 = (x, y + reach) if reach <= height else (x + reach - height, y + height)
        x2, y2 = (x + reach, y) if reach <= width else (x + width, y + reach - width)
        yield f"M{mm(x1)} {mm(y1)}L{mm(x2)} {mm(y2)}"
        reach += step


def arrow(x: float, y: float, *, right: bool) -> str:
    """The head of an arrow that arrives there."""
    back = -1.5 if right else 1.5
    return f"M{mm(x + back)} {mm(y - 0.9)}L{mm(x)} {mm(y)}L{mm(x + back)} {mm(y + 0.9)}"


def mm(number: float) -> str:
    """Hundredths of a millimetre, written as short as can be."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
