"""The one mutable thing of the room: a chart being folded, indexed, and able to take back its last change."""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from msgspec.structs import replace

from .derivation import Origin
from .french import NBSP, count, quoted
from .indexes import Buckets, Indexes, shared_homes
from .records import Pending, Post, Unit
from .structure import Structure
from .values import PostId, Share, UnitId


class ImpossibleChange(ValueError):
    """The change makes no sense on this chart; the message states the fact, in the user's words."""


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


class WorkingCopy:
    """Frozen records in mutable indexes. Every write is noted, so that a change refused half-way leaves no trace."""

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

    def check_pendings(self) -> None:
        """Raises ImpossibleChange when the change just made parted the candidates of a pending transformation."""
        for identifier in self._touched & self._pendings.keys():
            pending = self._pendings[identifier]
            self._reads.update((identifier, *pending.candidates, pending.into))
            if not self._posts.keys() >= {*pending.candidates, pending.into}:
                raise ImpossibleChange(
                    "Ce poste est concerné par une transformation dont le poste reste à déterminer : "
                    "il ne peut pas être supprimé ni transformé avant."
                )
            check_candidates([self._posts[post] for post in pending.candidates])

    # Reading

    def unit(self, unit: UnitId) -> Unit:
        """Raises ImpossibleChange when there is no such unit at this point of the fold."""
        self._reads.add(unit)
        try:
            return self._units[unit]
        except KeyError:
            raise ImpossibleChange(f"L’unité « {unit} » n’existe pas ou n’existe plus à cette étape.") from None

    def post(self, post: PostId) -> Post:
        """Raises ImpossibleChange when there is no such post at this point of the fold."""
        self._reads.add(post)
        try:
            return self._posts[post]
        except KeyError:
            raise ImpossibleChange(f"Le poste « {post} » n’existe pas ou n’existe plus à cette étape.") from None

    def pending(self, pending: str) -> Pending:
        """Raises ImpossibleChange when no such transformation is pending."""
        self._reads.add(pending)
        try:
            return self._pendings[pending]
        except KeyError:
            raise ImpossibleChange("Cette transformation n’est pas ou n’est plus à déterminer.") from None

    def label(self, unit: UnitId) -> str:
        return self.unit(unit).label

    def title(self, post: PostId) -> str:
        found = self.post(post)
        return self._base.title_of(found)

    def has_unit(self, unit: UnitId) -> bool:
        self._reads.add(unit)
        return unit in self._units

    def has_post(self, post: PostId) -> bool:
        self._reads.add(post)
        return post in self._posts

    def has_pending(self, pending: str) -> bool:
        self._reads.add(pending)
        return pending in self._pendings

    def posts_below(self, unit: UnitId) -> Iterator[Post]:
        """The posts of the unit and of all below it, in no order: for those who count, no change reads it."""
        stack = [unit]
        while stack:
            current = stack.pop()
            yield from (self._posts[post] for post in self._holdings.get(current))
            stack.extend(self._children.get(current))

    def ancestors(self, unit: UnitId, *, include_self: bool = False) -> Iterator[UnitId]:
        """From the parent (or the unit itself) up to the root."""
        current: UnitId | None = unit if include_self else self.unit(unit).parent
        while current is not None and current in self._units:
            self._reads.add(current)
            yield current
            current = self._units[current].parent

    def children(self, unit: UnitId | None) -> list[Unit]:
        found = [self._units[child] for child in self._listed(self._children, unit)]
        return sorted(found, key=lambda each: (each.position, each.id))

    def posts_in(self, unit: UnitId) -> list[Post]:
        found = [self._posts[post] for post in self._listed(self._holdings, unit)]
        return sorted(found, key=lambda each: (each.position, each.id))

    def guests_of(self, unit: UnitId) -> list[Post]:
        """The posts of other units that work for this one in part."""
        return [self._posts[post] for post in sorted(self._listed(self._guests, unit))]

    def units_led_by(self, post: PostId) -> list[UnitId]:
        return sorted(self._listed(self._led, post))

    def pendings_with(self, candidate: PostId) -> list[Pending]:
        return [self._pendings[each] for each in sorted(self._listed(self._waiting, candidate))]

    def units_linked_to(self, unit: UnitId) -> list[Unit]:
        return [self._units[each] for each in sorted(self._listed(self._linked, unit))]

    def _listed[K: str | None, V: str](self, buckets: Buckets[K, V], key: K) -> Set[V]:
        found = buckets.get(key)
        self._reads.add(listing(key))
        self._reads.update(found)
        return found

    # Writing

    def add_unit(self, unit: Unit) -> None:
        """Raises ImpossibleChange when the id is taken or the parent missing."""
        if self.has_unit(unit.id):
            raise ImpossibleChange(f"L’unité « {unit.label} » existe déjà.")
        if unit.parent is not None:
            self.unit(unit.parent)
        self._set_unit(unit.id, unit)

    def replace_unit(self, unit: UnitId, **fields: object) -> None:
        self._set_unit(unit, replace(self.unit(unit), **fields))

    def remove_unit(self, unit: UnitId) -> None:
        """Raises ImpossibleChange when something still belongs to the unit. Dotted links to it go with it."""
        label = self.label(unit)
        if posts := len(self._listed(self._holdings, unit)):
            told = (
                f"un poste{NBSP}: rattachez-le ou supprimez-le"
                if posts == 1
                else (f"{count(posts, 'poste')}{NBSP}: rattachez-les ou supprimez-les")
            )
            raise ImpossibleChange(f"{quoted(label)} porte encore {told} d’abord.")
        if units := len(self._listed(self._children, unit)):
            told = (
                f"une unité{NBSP}: rattachez-la ou fermez-la"
                if units == 1
                else (f"{count(units, 'unité')}{NBSP}: rattachez-les ou fermez-les")
            )
            raise ImpossibleChange(f"{quoted(label)} porte encore {told} d’abord.")
        if guests := self.guests_of(unit):
            raise ImpossibleChange(
                f"Le poste « {self.title(guests[0].id)} » travaille encore en partie pour « {label} »."
            )
        for linked in self.units_linked_to(unit):
            self.replace_unit(linked.id, links=tuple(link for link in linked.links if link != unit))
        self._set_unit(unit, None)

    def place_unit(self, unit: UnitId, parent: UnitId | None, position: int | None) -> None:
        """Under `parent`, at `position` among its units (0 is first), or last."""
        siblings = [each.id for each in self.children(parent) if each.id != unit]
        self.replace_unit(unit, parent=parent)
        if position is None or position >= len(siblings):
            last = max((self._units[each].position for each in siblings), default=-1)
            self.replace_unit(unit, position=last + 1)
            return
        siblings.insert(position, unit)
        for rank, each in enumerate(siblings):
            if self._units[each].position != rank:
                self.replace_unit(each, position=rank)

    def add_post(self, post: Post) -> None:
        """Last in its unit. Raises ImpossibleChange when the id is taken or the unit missing."""
        if self.has_post(post.id):
            raise ImpossibleChange(f"Le poste « {post.id} » existe déjà.")
        self.unit(post.unit)
        self._set_post(post.id, replace(post, position=self._last_position(post.unit) + 1))

    def replace_post(self, post: PostId, **fields: object) -> None:
        self._set_post(post, replace(self.post(post), **fields))

    def remove_post(self, post: PostId, *, successor: PostId | None = None) -> None:
        """The units it leads, and the posts that answer to it, go to `successor`, or are no longer known to."""
        for unit in self.units_led_by(post):
            self.replace_unit(unit, lead=successor)
        for served in sorted(self._listed(self._served, post)):
            named = [successor if each == post else each for each in self.post(served).superiors]
            self.replace_post(
                served, superiors=tuple(dict.fromkeys(each for each in named if each not in (None, served)))
            )
        self.post(post)
        self._set_post(post, None)

    def move_post(self, post: PostId, to: UnitId) -> None:
        """Last in `to`. A shared post moves its own part. Raises ImpossibleChange when it already works there."""
        found = self.post(post)
        self.unit(to)
        if found.unit == to:
            raise ImpossibleChange(f"Le poste « {self.title(post)} » est déjà dans « {self.label(to)} ».")
        if any(share.unit == to for share in found.shares):
            raise ImpossibleChange(
                f"Le poste « {self.title(post)} » travaille déjà en partie pour « {self.label(to)} »."
            )
        shares = tuple(
            Share(unit=to, percent=share.percent) if share.unit == found.unit else share for share in found.shares
        )
        self.replace_post(post, unit=to, shares=shares, position=self._last_position(to) + 1)

    def add_pending(self, pending: Pending) -> None:
        if self.has_pending(pending.id):
            raise ImpossibleChange("Cette transformation est déjà ouverte.")
        self._set_pending(pending.id, pending)

    def remove_pending(self, pending: str) -> None:
        self.pending(pending)
        self._set_pending(pending, None)

    def _last_position(self, unit: UnitId) -> int:
        last = self._last.get(unit)
        if last is None:
            last = max((self._posts[post].position for post in self._holdings.get(unit)), default=-1)
            self._last[unit] = last
        return last

    # Indexes and journal

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


def check_candidates(posts: Iterable[Post]) -> None:
    """Raises ImpossibleChange unless the posts share unit, cotation, hours and sharing."""
    found = list(posts)
    first = found[0]
    for fact, same in (
        ("la même unité", all(post.unit == first.unit and post.shares == first.shares for post in found)),
        ("la même cotation", all(post.grade == first.grade for post in found)),
        ("la même durée", all(post.hours == first.hours for post in found)),
    ):
        if not same:
            raise ImpossibleChange(
                f"Les postes dont l’un sera transformé doivent avoir {fact} tant que la bourse n’est pas décidée."
            )
