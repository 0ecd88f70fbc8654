"""What a drawing is made of: boxes with their lines, connectors, in millimetres from the top left corner.

A drawing holds positions and words only. How it is painted (classes on screen, attributes in a PDF) is not known here.
"""

from enum import IntEnum, StrEnum
from typing import Protocol

from ..values import GradeCode, PostId, UnitId, Value


class Weight(IntEnum):
    """Of the letters, as the font files name them."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600


class Measure(Protocol):
    """Measures text with the metrics of the font that will draw it."""

    def width(self, text: str, size: float, weight: Weight) -> float:
        """Width in mm of `text` set at `size` mm."""


class Mark(StrEnum):
    """What happened to a unit or a post, drawn as a path beside it; a word always stands with it."""

    CREATED = "created"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    TRANSFORMED = "transformed"
    CLOSED = "closed"


class Role(StrEnum):
    """What a line of text says, from which its look comes."""

    LABEL = "label"
    FACTS = "facts"
    POST = "post"
    NOTE = "note"
    WARNING = "warning"
    STATE = "state"
    MORE = "more"


class Text(Value, frozen=True, kw_only=True):
    """One line, already wrapped: `x` its start (its end when `ends`), `y` its base line, in mm on the drawing."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight = Weight.REGULAR
    role: Role = Role.LABEL
    ends: bool = False


class Chip(Value, frozen=True, kw_only=True):
    """A cotation in its rounded frame."""

    x: float
    y: float
    width: float
    height: float
    text: Text
    grade: GradeCode


class Sign(Value, frozen=True, kw_only=True):
    """A mark of state in a square of `size` mm."""

    x: float
    y: float
    size: float
    mark: Mark
    word: str


class DrawnRow(Value, frozen=True, kw_only=True):
    """Posts of a unit that print alike, over the whole width of the box. `gone`: they are not in the unit any more;
    `strikes` (from, to, height): the lines through the words of those that are nowhere any more."""

    x: float
    y: float
    width: float
    height: float
    posts: tuple[PostId, ...]
    texts: tuple[Text, ...]
    chip: Chip | None = None
    sign: Sign | None = None
    leads: bool = False
    gone: bool = False
    strikes: tuple[tuple[float, float, float], ...] = ()


class Toggle(Value, frozen=True, kw_only=True):
    """Where the units below are folded or unfolded: a round button of radius `radius` under the box."""

    x: float
    y: float
    radius: float
    folded: bool
    units: int


class Box(Value, frozen=True, kw_only=True):
    """A unit. `mark` and `sign`: what happened to it; `planned`: dashed; `partial`: known in part; `ghost`: the place
    that a unit left."""

    unit: UnitId
    label: str
    x: float
    y: float
    width: float
    height: float
    head: tuple[Text, ...]
    rule: float | None = None
    rows: tuple[DrawnRow, ...] = ()
    foot: tuple[Text, ...] = ()
    mark: Mark | None = None
    sign: Sign | None = None
    toggle: Toggle | None = None
    top: bool = False
    partial: bool = False
    planned: bool = False
    ghost: bool = False

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Connector(Value, frozen=True, kw_only=True):
    """A broken line. `dotted`: a functional link; `former`: from where something left to where it went, `label` saying
    how many posts; otherwise the hierarchy, from `source` to the units under it."""

    points: tuple[tuple[float, float], ...]
    source: UnitId
    target: UnitId | None = None
    dotted: bool = False
    former: bool = False
    label: Text | None = None


class Key(Value, frozen=True, kw_only=True):
    """One entry of the legend: a sample of what is drawn, and its words."""

    x: float
    y: float
    sample: str
    text: Text


class Drawing(Value, frozen=True, kw_only=True):
    """The whole picture; each unit has one box, parents come before the units under them."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    connectors: tuple[Connector, ...] = ()
    keys: tuple[Key, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks present, each once, for the legend."""
        signs = [box.sign for box in self.boxes] + [row.sign for box in self.boxes for row in box.rows]
        present = {sign.mark for sign in signs if sign}
        return tuple(mark for mark in Mark if mark in present)

    @property
    def samples(self) -> tuple[str, ...]:
        """What the legend explains, in order: the marks present, then the other ways of drawing."""
        found = [mark.value for mark in self.marks]
        if any(box.ghost for box in self.boxes) or any(line.former for line in self.connectors):
            found.append("former")
        if any(line.dotted for line in self.connectors):
            found.append("functional")
        if any(box.partial for box in self.boxes):
            found.append("partial")
        return tuple(found)
