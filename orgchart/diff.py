"""What parts two charts: every unit and post created, gone or changed, in a form that can be shown and replayed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, cast

from .derivation import origin_from
from .gaps import Totals
from .records import Pending, Post, Unit
from .structure import Structure
from .values import PostId, UnitId

UNSEEN = frozenset({"position", "deduced"})
"""Fields that no reader of a chart sees: the difference keeps them for those who write it."""


class State(StrEnum):
    """What became of a unit or a post, the strongest first."""

    CREATED = "cree"
    CLOSED = "ferme"
    TRANSFORMED = "transforme"
    REPLACED = "remplace"
    TRANSFERRED = "transfere"
    CANDIDATE = "candidat"
    MOVED = "deplace"
    RENAMED = "renomme"
    CHANGED = "modifie"
    UNCHANGED = "inchange"


class Delta[I: (UnitId, PostId), R: (Unit, Post)](NamedTuple):
    """One unit or post on both sides; `fields` names what differs when it stands on both. The candidates of a
    transformation to be determined may differ in nothing else."""

    id: I
    before: R | None
    after: R | None
    fields: tuple[str, ...]
    states: tuple[State, ...]

    @property
    def state(self) -> State:
        return self.states[0]

    @property
    def visible_fields(self) -> tuple[str, ...]:
        return tuple(field for field in self.fields if field not in UNSEEN)

    @property
    def known(self) -> R:
        """As it is after, or as it was."""
        return cast("R", self.after or self.before)


UnitDelta = Delta[UnitId, Unit]
PostDelta = Delta[PostId, Post]


class TreeRow(NamedTuple):
    """A unit of the difference shown as a tree. A closed unit stays where it was, a moved one is where it went.

    `posts`: the changed posts it now holds; `gone`: those it held and holds no more.
    """

    unit: Unit
    state: State
    states: tuple[State, ...]
    level: int
    posts: tuple[PostDelta, ...]
    gone: tuple[PostDelta, ...]
    children: tuple["TreeRow", ...]


@dataclass(frozen=True)
class Difference:
    """`units` and `posts` hold the changed ones only, by id. A pending transformation that lost a candidate is both
    closed (as it was) and opened (as it is)."""

    before: Structure
    after: Structure
    units: Mapping[UnitId, UnitDelta]
    posts: Mapping[PostId, PostDelta]
    pendings_opened: tuple[Pending, ...]
    pendings_closed: tuple[Pending, ...]

    @property
    def empty(self) -> bool:
        """Nothing of the chart differs; the nomenclature may."""
        return not (self.units or self.posts or self.pendings_opened or self.pendings_closed)

    def units_in(self, state: State) -> tuple[UnitDelta, ...]:
        return tuple(delta for delta in self.units.values() if state in delta.states)

    def posts_in(self, state: State) -> tuple[PostDelta, ...]:
        return tuple(delta for delta in self.posts.values() if state in delta.states)

    def created_units(self) -> tuple[UnitDelta, ...]:
        return self.units_in(State.CREATED)

    def closed_units(self) -> tuple[UnitDelta, ...]:
        return self.units_in(State.CLOSED)

    def transformed_posts(self) -> tuple[PostDelta, ...]:
        return self.posts_in(State.TRANSFORMED)

    def state_of_unit(self, unit: UnitId) -> State:
        delta = self.units.get(unit)
        return delta.state if delta else State.UNCHANGED

    def state_of_post(self, post: PostId) -> State:
        delta = self.posts.get(post)
        return delta.state if delta else State.UNCHANGED

    def totals(self, unit: UnitId | None = None) -> Totals:
        """Before, after and gap of a unit and all below it, or of the whole chart; counted once."""
        if unit not in self._totals:
            self._totals[unit] = Totals(self.before, self.after, unit)
        return self._totals[unit]

    @cached_property
    def _totals(self) -> dict[UnitId | None, Totals]:
        return {}

    @cached_property
    def computed(self) -> dict[str, tuple[PostId, ...]]:
        """What is asked of it several times, under the name of what computes it."""
        return {}

    def replay(self, on: Structure) -> Structure:
        """The same records put, replaced and taken away on another chart; on `before` it gives `after`."""
        units = {**on.unit_by_id}
        posts = {**on.post_by_id}
        pendings = {pending.id: pending for pending in on.pendings}
        for unit in self.units.values():
            _put(units, unit.id, unit.after)
        for post in self.posts.values():
            _put(posts, post.id, post.after)
        for pending in self.pendings_closed:
            _put(pendings, pending.id, None)
        for pending in self.pendings_opened:
            _put(pendings, pending.id, pending)
        return Structure.of(units.values(), posts.values(), pendings.values(), self.after.nomenclature)

    def tree(self, *, everything: bool = False) -> tuple[TreeRow, ...]:
        """The changed units and those that hold or held a changed post, under all their ancestors.

        `everything` keeps the units in which nothing changes too.
        """
        kept = set(self._tree_parents) if everything else self._kept()
        return tuple(self._rows(None, kept, 0))

    @cached_property
    def _tree_parents(self) -> dict[UnitId, UnitId | None]:
        """Unit → parent: that of after, or for a closed unit the one it had."""
        parents = {unit.id: unit.parent for unit in self.after.units}
        for delta in self.closed_units():
            parents[delta.id] = delta.known.parent
        return {unit: parent if parent in parents else None for unit, parent in parents.items()}

    @cached_property
    def _tree_children(self) -> dict[UnitId | None, list[Unit]]:
        children: dict[UnitId | None, list[Unit]] = {}
        for unit, parent in self._tree_parents.items():
            known = self.after.unit_by_id.get(unit) or self.before.unit_by_id[unit]
            children.setdefault(parent, []).append(known)
        for units in children.values():
            units.sort(key=lambda unit: (unit.position, unit.id))
        return children

    @cached_property
    def _arrived(self) -> dict[UnitId, list[PostDelta]]:
        found: dict[UnitId, list[PostDelta]] = {}
        for delta in self.posts.values():
            if delta.after:
                found.setdefault(delta.after.unit, []).append(delta)
        return found

    @cached_property
    def _gone(self) -> dict[UnitId, list[PostDelta]]:
        found: dict[UnitId, list[PostDelta]] = {}
        for delta in self.posts.values():
            if delta.before and (delta.after is None or delta.after.unit != delta.before.unit):
                found.setdefault(delta.before.unit, []).append(delta)
        return found

    def _kept(self) -> set[UnitId]:
        kept: set[UnitId] = set()
        for unit in (*self.units, *self._arrived, *self._gone):
            current: UnitId | None = unit
            while current is not None and current not in kept:
                kept.add(current)
                current = self._tree_parents.get(current)
        return kept

    def _rows(self, parent: UnitId | None, kept: set[UnitId], level: int) -> Iterator[TreeRow]:
        for unit in self._tree_children.get(parent, ()):
            if unit.id in kept:
                delta = self.units.get(unit.id)
                states = delta.states if delta else (State.UNCHANGED,)
                yield TreeRow(
                    unit=unit,
                    state=states[0],
                    states=states,
                    level=level,
                    posts=tuple(self._arrived.get(unit.id, ())),
                    gone=tuple(self._gone.get(unit.id, ())),
                    children=tuple(self._rows(unit.id, kept, level + 1)),
                )


def compare(before: Structure, after: Structure) -> Difference:
    """Unit by unit and post by post, in the order of their ids. Reads records only where they are not the same one."""
    opened = _absent_from(after.pendings, before.pendings)
    closed = _absent_from(before.pendings, after.pendings)
    touched = origin_from(before, after)
    units = _pairs(before.unit_by_id, after.unit_by_id, touched.units if touched else None)
    posts = _pairs(before.post_by_id, after.post_by_id, touched.posts if touched else None)
    reading = _Reading(before, after, opened, closed)
    candidates = {post: (before.post_by_id[post], after.post_by_id[post]) for post in reading.standing_candidates}
    return Difference(
        before=before,
        after=after,
        units={unit: reading.unit(unit, *units[unit]) for unit in sorted(units)},
        posts={post: reading.post(post, *pair) for post, pair in sorted((candidates | posts).items())},
        pendings_opened=opened,
        pendings_closed=closed,
    )


def crosses(before: Structure, unit_before: UnitId, after: Structure, unit_after: UnitId) -> bool:
    """Whether a post that goes from one unit to another leaves its perimeter (direction, mission), or a part of the
    chart known in part: then it is a transfer. The unit that comes from a perimeter stands for it."""
    left, entered = _home(before, unit_before), _home(after, unit_after)
    if left == entered:
        return False
    heir = after.unit_by_id.get(entered) if entered is not None else None
    return not (heir and left in heir.origins)


def _home(structure: Structure, unit: UnitId) -> UnitId | None:
    """The nearest unit, from this one up, that heads a perimeter, is known in part, or is of another employer."""
    if unit not in structure.homes:
        kinds = structure.nomenclature.kind_by_code
        above = ((each, kinds.get(each.kind)) for each in reversed(structure.ancestors(unit, include_self=True)))
        heads = (each.id for each, kind in above if each.partial or (kind and (kind.heads_perimeter or kind.external)))
        structure.homes[unit] = next(heads, None)
    return structure.homes[unit]


class _Reading:
    """The states of the records of one comparison."""

    def __init__(
        self, before: Structure, after: Structure, opened: tuple[Pending, ...], closed: tuple[Pending, ...]
    ) -> None:
        self.before = before
        self.after = after
        waiting = {(pending.id, post) for pending in closed for post in pending.candidates}
        self.candidates = {
            post for pending in opened for post in pending.candidates if (pending.id, post) not in waiting
        }
        self.standing_candidates = self.candidates & before.post_by_id.keys() & after.post_by_id.keys()
        self.expected = {pending.into for pending in opened}

    @cached_property
    def replaced(self) -> set[PostId]:
        """Posts gone that another one comes from."""
        gone = self.before.post_by_id.keys() - self.after.post_by_id.keys()
        return {origin for post in self.after.posts for origin in post.origins if origin in gone}

    def unit(self, unit: UnitId, before: Unit | None, after: Unit | None) -> UnitDelta:
        if before is None or after is None:
            return Delta(unit, before, after, (), (State.CREATED if before is None else State.CLOSED,))
        fields = _changed_fields(before, after)
        states = []
        if "parent" in fields:
            states.append(State.MOVED)
        if {"label", "acronym"} & {*fields}:
            states.append(State.RENAMED)
        if {*fields} - UNSEEN - {"parent", "label", "acronym", "aliases", "provisional"}:
            states.append(State.CHANGED)
        if not states and {*fields} - UNSEEN:
            states.append(State.CHANGED)
        return Delta(unit, before, after, fields, tuple(states) or (State.UNCHANGED,))

    def post(self, post: PostId, before: Post | None, after: Post | None) -> PostDelta:
        if after is None:
            return Delta(post, before, after, (), (State.REPLACED if post in self.replaced else State.CLOSED,))
        fields = _changed_fields(before, after) if before else ()
        states = []
        known = {*before.origins} if before else set()
        origins = [origin for origin in after.origins if origin in self.replaced and origin not in known]
        if origins or (before is None and post in self.expected):
            states.append(State.TRANSFORMED)
        elif before is None:
            states.append(State.CREATED)
        source = before or (self.before.post_by_id[origins[0]] if origins else after)
        left = source.unit
        if left != after.unit:
            states.append(State.TRANSFERRED if crosses(self.before, left, self.after, after.unit) else State.MOVED)
        if post in self.candidates:
            states.append(State.CANDIDATE)
        if {"title", "form", "label", "label_plural"} & {*fields}:
            states.append(State.RENAMED)
        if {*fields} - UNSEEN - {"unit", "shares", "origins", "title", "form", "label", "label_plural"} or (
            "shares" in fields and left == after.unit
        ):
            states.append(State.CHANGED)
        return Delta(post, before, after, fields, tuple(sorted(states, key=RANK.__getitem__)) or (State.UNCHANGED,))


RANK = {state: rank for rank, state in enumerate(State)}


def _pairs[K: str, R: Unit | Post](
    before: Mapping[K, R], after: Mapping[K, R], touched: Iterable[K] | None
) -> dict[K, tuple[R | None, R | None]]:
    """Key → the record on both sides, where they differ; looked for among those `touched` when they are known."""
    found: dict[K, tuple[R | None, R | None]] = {}
    for key in {**before, **after} if touched is None else touched:
        old, new = before.get(key), after.get(key)
        if old is not new and old != new:
            found[key] = (old, new)
    return found


def _changed_fields(before: Unit | Post, after: Unit | Post) -> tuple[str, ...]:
    return tuple(field for field in before.__struct_fields__ if getattr(before, field) != getattr(after, field))


def _absent_from(pendings: tuple[Pending, ...], others: tuple[Pending, ...]) -> tuple[Pending, ...]:
    known = {pending.id: pending for pending in others}
    return tuple(pending for pending in pendings if known.get(pending.id) != pending)


def _put[K: str, R](records: dict[K, R], key: K, record: R | None) -> None:
    if record is None:
        records.pop(key, None)
    else:
        records[key] = record
