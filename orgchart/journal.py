"""The records of a chart being folded, in mutable indexes: what the change just made looked at, what it wrote over."""

from collections.abc import Set
from typing import NamedTuple

from .derivation import Origin
from .indexes import Buckets, Indexes, shared_homes
from .records import Pending, Post, Unit
from .structure import Structure
from .values import PostId, UnitId

type Record = Unit | Post | Pending


class Replaced(NamedTuple):
    """What the change just made wrote over: id → the record before it, None for what the change added."""

    units: dict[UnitId, Unit | None]
    posts: dict[PostId, Post | None]
    pendings: dict[str, Pending | None]


class Footprint(NamedTuple):
    """What one change looked at and what it wrote: ids of records, and `listing(id)` for what is under one."""

    reads: frozenset[str]
    writes: frozenset[str]


class Journal:
    """Frozen records that are replaced, never changed. Every write is noted, so that a change refused half-way leaves
    no trace; every look is, so that a fold knows which changes concern which."""

    def __init__(self, structure: Structure) -> None:
        self._base = structure
        self._units = dict(structure.unit_by_id)
        self._posts = dict(structure.post_by_id)
        self._pendings = {pending.id: pending for pending in structure.pendings}
        lent = structure.indexes
        self._children = Buckets(lent.children)
        self._linked = Buckets(lent.linked)
        self._led = Buckets(lent.led)
        self._holdings = Buckets(lent.holdings)
        self._guests = Buckets(lent.guests)
        self._waiting = Buckets(lent.waiting)
        self._served = Buckets(lent.served)
        self._last: dict[UnitId, int] = {}
        self._journal: list[tuple[type[Record], str, Record | None]] = []
        self._touched: set[str] = set()
        self._written: tuple[set[UnitId], set[PostId], set[str]] = (set(), set(), set())
        self._reads: set[str] = set()
        self._writes: set[str] = set()

    def freeze(self) -> Structure:
        made = Structure(
            units=tuple(self._units[unit] for unit in sorted(self._units)),
            posts=tuple(self._posts[post] for post in sorted(self._posts)),
            pendings=tuple(self._pendings[pending] for pending in sorted(self._pendings)),
            nomenclature=self._base.nomenclature,
        )
        units, posts, pendings = self._written
        depth = self._base.origin.depth + 1 if self._base.origin else 1
        indexes = Indexes(
            children=self._children.lend(),
            linked=self._linked.lend(),
            led=self._led.lend(),
            holdings=self._holdings.lend(),
            guests=self._guests.lend(),
            waiting=self._waiting.lend(),
            served=self._served.lend(),
        )
        made.come_from(Origin(self._base, frozenset(units), frozenset(posts), frozenset(pendings), depth), indexes)
        return made

    # One change at a time

    def begin(self) -> None:
        """What follows can be taken back by `undo`, up to the next `begin`."""
        self._journal.clear()
        self._touched.clear()
        self._reads, self._writes = set(), set()

    def undo(self) -> None:
        for kind, identifier, record in reversed(list(self._journal)):
            if kind is Unit:
                self._write_unit(UnitId(identifier), record if isinstance(record, Unit) else None)
            elif kind is Post:
                self._write_post(PostId(identifier), record if isinstance(record, Post) else None)
            else:
                self._write_pending(identifier, record if isinstance(record, Pending) else None)
        self._journal.clear()
        self._touched.clear()

    def footprint(self) -> Footprint:
        """Since `begin`, even by a change that was taken back."""
        return Footprint(frozenset(self._reads), frozenset(self._writes))

    def replaced(self) -> Replaced:
        """Since `begin`, whether or not the record differs in the end."""
        was = Replaced({}, {}, {})
        for kind, identifier, record in self._journal:
            if kind is Unit:
                was.units.setdefault(UnitId(identifier), record if isinstance(record, Unit) else None)
            elif kind is Post:
                was.posts.setdefault(PostId(identifier), record if isinstance(record, Post) else None)
            else:
                was.pendings.setdefault(identifier, record if isinstance(record, Pending) else None)
        return was

    # Looking

    def _listed[K: str | None, V: str](self, buckets: Buckets[K, V], key: K) -> Set[V]:
        found = buckets.get(key)
        self._reads.add(listing(key))
        self._reads.update(found)
        return found

    def _last_position(self, unit: UnitId) -> int:
        last = self._last.get(unit)
        if last is None:
            last = max((self._posts[post].position for post in self._holdings.get(unit)), default=-1)
            self._last[unit] = last
        return last

    # Writing

    def _set_unit(self, identifier: UnitId, record: Unit | None) -> None:
        self._journal.append((Unit, identifier, self._units.get(identifier)))
        self._write_unit(identifier, record)

    def _set_post(self, identifier: PostId, record: Post | None) -> None:
        self._journal.append((Post, identifier, self._posts.get(identifier)))
        self._touched |= self._listed(self._waiting, identifier)
        self._write_post(identifier, record)

    def _set_pending(self, identifier: str, record: Pending | None) -> None:
        self._journal.append((Pending, identifier, self._pendings.get(identifier)))
        self._touched.add(identifier)
        self._write_pending(identifier, record)

    def _write_unit(self, identifier: UnitId, record: Unit | None) -> None:
        old = self._units.get(identifier)
        _put(self._units, identifier, record)
        self._written[0].add(identifier)
        self._writes.add(identifier)
        parents, leads, links = _unit_listings(old)
        new_parents, new_leads, new_links = _unit_listings(record)
        self._list(self._children, identifier, parents, new_parents)
        self._list(self._led, identifier, leads, new_leads)
        self._list(self._linked, identifier, links, new_links)

    def _write_post(self, identifier: PostId, record: Post | None) -> None:
        old = self._posts.get(identifier)
        _put(self._posts, identifier, record)
        self._written[1].add(identifier)
        self._writes.add(identifier)
        if old:
            self._last.pop(old.unit, None)
        if record and record.unit in self._last:
            self._last[record.unit] = max(self._last[record.unit], record.position)
        self._list(self._holdings, identifier, {old.unit} if old else set(), {record.unit} if record else set())
        self._list(
            self._guests,
            identifier,
            set(shared_homes(old)) if old else set(),
            set(shared_homes(record)) if record else set(),
        )
        self._list(self._served, identifier, *({*each.superiors} if each else set() for each in (old, record)))

    def _write_pending(self, identifier: str, record: Pending | None) -> None:
        old = self._pendings.get(identifier)
        _put(self._pendings, identifier, record)
        self._written[2].add(identifier)
        self._writes.add(identifier)
        was, now = (({*each.candidates, each.into} if each else set()) for each in (old, record))
        self._list(self._waiting, identifier, was, now)

    def _list[K: str | None, V: str](self, buckets: Buckets[K, V], value: V, was: Set[K], now: Set[K]) -> None:
        for key in was - now:
            buckets.discard(key, value)
            self._writes.add(listing(key))
        for key in now - was:
            buckets.add(key, value)
            self._writes.add(listing(key))


def _put[K: str, R](records: dict[K, R], key: K, record: R | None) -> None:
    if record is None:
        records.pop(key, None)
    else:
        records[key] = record


def _unit_listings(unit: Unit | None) -> tuple[Set[UnitId | None], Set[PostId], Set[UnitId]]:
    """Its parent, the post that leads it, the units it is linked to: what lists it."""
    if unit is None:
        return set(), set(), set()
    return {unit.parent}, set() if unit.lead is None else {unit.lead}, {*unit.links}


def listing(key: str | None) -> str:
    """How a footprint says « what is under this one », beside the record itself."""
    return f">{key or ''}"
