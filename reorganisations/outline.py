"""The outline of the organisation proposed: units and posts of *after*, with what happened to each."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from orgchart.diff import Difference, State
from orgchart.records import Unit
from orgchart.rows import Row, rows
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import PostId, UnitId

# So many units and posts are shown at once. A larger perimeter opens the units that change, from the top, while there
# is room, and the rest on demand; a unit left closed says that something changes in it.
ALL_OPEN_UP_TO = 200

MARKS = {
    State.CREATED: "created",
    State.CLOSED: "closed",
    State.TRANSFORMED: "transformed",
    State.REPLACED: "closed",
    State.TRANSFERRED: "moved",
    State.CANDIDATE: "transformed",
    State.MOVED: "moved",
    State.RENAMED: "transformed",
    State.CHANGED: "transformed",
    State.UNCHANGED: "unchanged",
}

# In the feminine and in the masculine, for the gender of the kind of unit.
UNIT_WORDS = {
    State.CREATED: ("créée", "créé"),
    State.CLOSED: ("supprimée", "supprimé"),
    State.MOVED: ("rattachée ailleurs", "rattaché ailleurs"),
    State.RENAMED: ("renommée", "renommé"),
    State.CHANGED: ("modifiée", "modifié"),
}
POST_WORDS = {
    State.CREATED: "créé",
    State.CLOSED: "supprimé",
    State.TRANSFORMED: "issu d’une transformation",
    State.REPLACED: "transformé",
    State.TRANSFERRED: "transféré",
    State.CANDIDATE: "l’un d’eux sera transformé",
    State.MOVED: "rattaché ailleurs",
    State.RENAMED: "nouvel intitulé",
    State.CHANGED: "modifié",
}


class PostLine(NamedTuple):
    """Posts that print alike. `several`: each of them alone, when they are more than one."""

    row: Row
    mark: str
    word: str
    names: tuple[str, ...]
    key: str
    several: tuple["PostLine", ...] = ()

    @property
    def ids(self) -> str:
        return ",".join(self.row.posts)


class UnitLine(NamedTuple):
    """A unit of the outline. `total` is None when it is known in part. `open`: what it holds is shown."""

    unit: Unit
    total: Total | None
    mark: str
    word: str
    open: bool
    closed: bool
    posts: tuple[PostLine, ...]
    units: tuple["UnitLine", ...]
    holds: bool
    changes_inside: bool = False


def outline(
    difference: Difference,
    root: UnitId | None,
    *,
    opened: Collection[str] = (),
    names: Mapping[PostId, str] | None = None,
) -> tuple[UnitLine, ...]:
    """The lines under `root` (the whole chart without one). Closed units stay where they were, struck out.

    `names` says who holds a post, for those who may know.
    """
    tops = [root] if root in difference.after.unit_by_id else [unit.id for unit in difference.after.roots]
    shown = [difference.after.unit_by_id[top] for top in tops if top]
    writer = _Writer(difference, shown, {*opened}, names or {})
    return tuple(writer.unit(unit) for unit in shown)


class _Writer:
    def __init__(
        self, difference: Difference, tops: Sequence[Unit], asked: set[str], names: Mapping[PostId, str]
    ) -> None:
        self.difference, self.after, self.names = difference, difference.after, names
        self.closed_under: dict[UnitId | None, list[Unit]] = {}
        for delta in difference.closed_units():
            self.closed_under.setdefault(delta.known.parent, []).append(delta.known)
        self.touched = self._touched()
        self.opened = self._opened(tops, asked)

    def _touched(self) -> set[UnitId]:
        """The units that change, that hold posts that do, and those above them."""
        touched: set[UnitId] = {*self.difference.units} & {*self.after.unit_by_id}
        touched |= {delta.after.unit for delta in self.difference.posts.values() if delta.after}
        touched |= {unit for unit in self.closed_under if unit in self.after.unit_by_id and unit is not None}
        return {above.id for unit in touched for above in self.after.ancestors(unit, include_self=True)}

    def _opened(self, tops: Sequence[Unit], asked: set[str]) -> set[UnitId]:
        """The tops, what was asked for and the way to it; then the others, level by level, while there is room."""
        everything = len(self.after.posts) <= ALL_OPEN_UP_TO
        opened = {unit.id for unit in tops}
        for name in asked & {*self.after.unit_by_id}:
            opened |= {above.id for above in self.after.ancestors(UnitId(name), include_self=True)}
        room = ALL_OPEN_UP_TO - sum(map(self._lines, opened))
        level = list(tops)
        while level:
            below = [child for unit in level if unit.id in opened for child in self.after.children_of.get(unit.id, ())]
            for unit in below:
                if unit.id not in opened and (everything or (unit.id in self.touched and self._lines(unit.id) <= room)):
                    room -= self._lines(unit.id)
                    opened.add(unit.id)
            level = below
        return opened

    def _lines(self, unit: UnitId) -> int:
        """How many lines the unit adds when it is open."""
        return len(self.after.posts_of.get(unit, ())) + len(self.after.children_of.get(unit, ()))

    def unit(self, unit: Unit) -> UnitLine:
        state = self.difference.state_of_unit(unit.id)
        is_open = unit.id in self.opened
        children = self.after.children_of.get(unit.id, ())
        gone = self.closed_under.get(unit.id, [])
        return UnitLine(
            unit=unit,
            total=self.after.total(unit.id),
            mark=MARKS[state],
            word=unit_word(self.after, unit, state),
            open=is_open,
            closed=False,
            posts=self.posts(unit.id) if is_open else (),
            units=(*(self.unit(child) for child in children), *(self.gone(each) for each in gone)) if is_open else (),
            holds=bool(children or gone or self.after.posts_of.get(unit.id)),
            changes_inside=not is_open and unit.id in self.touched,
        )

    def gone(self, unit: Unit) -> UnitLine:
        word = unit_word(self.difference.before, unit, State.CLOSED)
        return UnitLine(unit, None, MARKS[State.CLOSED], word, True, True, (), (), False)

    def posts(self, unit: UnitId) -> tuple[PostLine, ...]:
        alone = {row.posts[0]: row for row in rows(self.after, unit, together=False)}
        found = []
        for row in rows(self.after, unit):
            several = tuple(self.line(alone[post]) for post in row.posts) if len(row.posts) > 1 else ()
            found.append(self.line(row, several))
        return tuple(found)

    def line(self, row: Row, several: tuple[PostLine, ...] = ()) -> PostLine:
        states = {self.difference.state_of_post(post) for post in row.posts}
        # Posts that only followed their unit are not marked one by one.
        state = next(iter(states)) if len(states) == 1 else State.UNCHANGED
        if state is State.MOVED and self._came_with_a_unit(row):
            state = State.UNCHANGED
        held = tuple(self.names[post] for post in row.posts if post in self.names)
        return PostLine(
            row, MARKS[state], POST_WORDS.get(state, ""), held, f"p-{row.posts[0]}-{len(row.posts)}", several
        )

    def _came_with_a_unit(self, row: Row) -> bool:
        """The posts were regrouped by the creation of the unit they are now in: the unit's own mark says it."""
        unit = self.after.post_by_id[row.posts[0]].unit
        return self.difference.state_of_unit(unit) is State.CREATED


def unit_word(structure: Structure, unit: Unit, state: State) -> str:
    """What happened to a unit, in the gender of its kind; empty when nothing did."""
    if state not in UNIT_WORDS:
        return ""
    kind = structure.nomenclature.kind_by_code.get(unit.kind)
    feminine, masculine = UNIT_WORDS[state]
    return feminine if kind is None or kind.feminine else masculine
