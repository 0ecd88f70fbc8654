"""The one mutable thing of the room: a chart being folded, indexed, and able to take back its last change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from .french import NBSP, count, quoted
from .structure import Pending, Post, Structure, Unit
from .values import PostId, Share, UnitId


class ImpossibleChange(ValueError):
    """The change makes no sense on this chart; the message states the fact, in the user's words."""


type Record = Unit | Post | Pending


class Replaced(NamedTuple):
    """What the change just made wrote over: id → the record before it, None for what the change added."""

    units: dict[UnitId, Unit | None]
    posts: dict[PostId, Post | None]
    pendings: dict[str, Pending | None]


class WorkingCopy:
    """Frozen records in mutable indexes. Every write is noted, so that a change refused half-way leaves no trace."""

    def __init__(self, structure: Structure) -> None:
        self._nomenclature = structure.nomenclature
        self._units = dict(structure.unit_by_id)
        self._posts = dict(structure.post_by_id)
        self._pendings = {pending.id: pending for pending in structure.pendings}
        self._children: dict[UnitId | None, set[UnitId]] = {}
        self._linked: dict[UnitId, set[UnitId]] = {}
        self._led: dict[PostId, set[UnitId]] = {}
        self._holdings: dict[UnitId, set[PostId]] = {}
        self._guests: dict[UnitId, set[PostId]] = {}
        self._last: dict[UnitId, int] = {}
        self._waiting: dict[PostId, set[str]] = {}
        for unit in structure.units:
            self._index_unit(unit)
        # As `_index_post` does, written out: drafts are held against each other with a copy of 10,000 posts each.
        holdings = defaultdict[UnitId, set[PostId]](set)
        for post in structure.posts:
            holdings[post.unit].add(post.id)
            if post.shares:
                self._index_guest(post)
        self._holdings |= holdings
        for pending in structure.pendings:
            self._index_pending(pending)
        self._journal: list[tuple[type[Record], str, Record | None]] = []
        self._touched: set[str] = set()

    def freeze(self) -> Structure:
        return Structure.of(self._units.values(), self._posts.values(), self._pendings.values(), self._nomenclature)

    # One change at a time

    def begin(self) -> None:
        """What follows can be taken back by `undo`, up to the next `begin`."""
        self._journal.clear()
        self._touched.clear()

    def undo(self) -> None:
        for kind, identifier, record in reversed(list(self._journal)):
            if kind is Unit:
                self._write_unit(UnitId(identifier), record if isinstance(record, Unit) else None)
            elif kind is Post:
                self._write_post(PostId(identifier), record if isinstance(record, Post) else None)
            else:
                self._write_pending(identifier, record if isinstance(record, Pending) else None)
        self.begin()

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
            if not self._posts.keys() >= {*pending.candidates, pending.into}:
                raise ImpossibleChange(
                    "Ce poste est concerné par une transformation dont le poste reste à déterminer : "
                    "il ne peut pas être supprimé ni transformé avant."
                )
            check_candidates([self._posts[post] for post in pending.candidates])

    # Reading

    def unit(self, unit: UnitId) -> Unit:
        """Raises ImpossibleChange when there is no such unit at this point of the fold."""
        try:
            return self._units[unit]
        except KeyError:
            raise ImpossibleChange(f"L’unité « {unit} » n’existe pas ou n’existe plus à cette étape.") from None

    def post(self, post: PostId) -> Post:
        """Raises ImpossibleChange when there is no such post at this point of the fold."""
        try:
            return self._posts[post]
        except KeyError:
            raise ImpossibleChange(f"Le poste « {post} » n’existe pas ou n’existe plus à cette étape.") from None

    def pending(self, pending: str) -> Pending:
        """Raises ImpossibleChange when no such transformation is pending."""
        try:
            return self._pendings[pending]
        except KeyError:
            raise ImpossibleChange("Cette transformation n’est pas ou n’est plus à déterminer.") from None

    def label(self, unit: UnitId) -> str:
        return self.unit(unit).label

    def title(self, post: PostId) -> str:
        found = self.post(post)
        return Structure(nomenclature=self._nomenclature).title_of(found)

    def has_unit(self, unit: UnitId) -> bool:
        return unit in self._units

    def has_post(self, post: PostId) -> bool:
        return post in self._posts

    def has_pending(self, pending: str) -> bool:
        return pending in self._pendings

    def posts_below(self, unit: UnitId) -> Iterator[Post]:
        """The posts of the unit and of all below it, in no order."""
        stack = [unit]
        while stack:
            current = stack.pop()
            yield from (self._posts[post] for post in self._holdings.get(current, ()))
            stack.extend(self._children.get(current, ()))

    def ancestors(self, unit: UnitId, *, include_self: bool = False) -> Iterator[UnitId]:
        """From the parent (or the unit itself) up to the root."""
        current: UnitId | None = unit if include_self else self.unit(unit).parent
        while current is not None and current in self._units:
            yield current
            current = self._units[current].parent

    def children(self, unit: UnitId | None) -> list[Unit]:
        found = [self._units[child] for child in self._children.get(unit, ())]
        return sorted(found, key=lambda each: (each.position, each.id))

    def posts_in(self, unit: UnitId) -> list[Post]:
        found = [self._posts[post] for post in self._holdings.get(unit, ())]
        return sorted(found, key=lambda each: (each.position, each.id))

    def guests_of(self, unit: UnitId) -> list[Post]:
        """The posts of other units that work for this one in part."""
        return [self._posts[post] for post in sorted(self._guests.get(unit, ()))]

    def units_led_by(self, post: PostId) -> list[UnitId]:
        return sorted(self._led.get(post, ()))

    def pendings_with(self, candidate: PostId) -> list[Pending]:
        return [self._pendings[each] for each in sorted(self._waiting.get(candidate, ()))]

    def units_linked_to(self, unit: UnitId) -> list[Unit]:
        return [self._units[each] for each in sorted(self._linked.get(unit, ()))]

    # Writing

    def add_unit(self, unit: Unit) -> None:
        """Raises ImpossibleChange when the id is taken or the parent missing."""
        if unit.id in self._units:
            raise ImpossibleChange(f"L’unité « {unit.label} » existe déjà.")
        if unit.parent is not None:
            self.unit(unit.parent)
        self._set_unit(unit.id, unit)

    def replace_unit(self, unit: UnitId, **fields: object) -> None:
        self._set_unit(unit, replace(self.unit(unit), **fields))

    def remove_unit(self, unit: UnitId) -> None:
        """Raises ImpossibleChange when something still belongs to the unit. Dotted links to it go with it."""
        label = self.label(unit)
        if posts := len(self._holdings.get(unit, ())):
            told = (
                f"un poste{NBSP}: rattachez-le ou supprimez-le"
                if posts == 1
                else (f"{count(posts, 'poste')}{NBSP}: rattachez-les ou supprimez-les")
            )
            raise ImpossibleChange(f"{quoted(label)} porte encore {told} d’abord.")
        if units := len(self._children.get(unit, ())):
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
        if post.id in self._posts:
            raise ImpossibleChange(f"Le poste « {post.id} » existe déjà.")
        self.unit(post.unit)
        self._set_post(post.id, replace(post, position=self._last_position(post.unit) + 1))

    def replace_post(self, post: PostId, **fields: object) -> None:
        self._set_post(post, replace(self.post(post), **fields))

    def remove_post(self, post: PostId, *, successor: PostId | None = None) -> None:
        """The units it leads go to `successor`, or are no longer known to be led."""
        for unit in self.units_led_by(post):
            self.replace_unit(unit, lead=successor)
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
        if pending.id in self._pendings:
            raise ImpossibleChange("Cette transformation est déjà ouverte.")
        self._set_pending(pending.id, pending)

    def remove_pending(self, pending: str) -> None:
        self.pending(pending)
        self._set_pending(pending, None)

    def _last_position(self, unit: UnitId) -> int:
        last = self._last.get(unit)
        if last is None:
            last = max((self._posts[post].position for post in self._holdings.get(unit, ())), default=-1)
            self._last[unit] = last
        return last

    # Indexes and journal

    def _set_unit(self, identifier: UnitId, record: Unit | None) -> None:
        self._journal.append((Unit, identifier, self._units.get(identifier)))
        self._write_unit(identifier, record)

    def _set_post(self, identifier: PostId, record: Post | None) -> None:
        self._journal.append((Post, identifier, self._posts.get(identifier)))
        self._touched |= self._waiting.get(identifier, set())
        self._write_post(identifier, record)

    def _set_pending(self, identifier: str, record: Pending | None) -> None:
        self._journal.append((Pending, identifier, self._pendings.get(identifier)))
        self._touched.add(identifier)
        self._write_pending(identifier, record)

    def _write_unit(self, identifier: UnitId, record: Unit | None) -> None:
        if old := self._units.pop(identifier, None):
            self._children.get(old.parent, set()).discard(identifier)
            if old.lead is not None:
                self._led.get(old.lead, set()).discard(identifier)
            for link in old.links:
                self._linked.get(link, set()).discard(identifier)
        if record is not None:
            self._units[identifier] = record
            self._index_unit(record)

    def _write_post(self, identifier: PostId, record: Post | None) -> None:
        if old := self._posts.pop(identifier, None):
            self._holdings.get(old.unit, set()).discard(identifier)
            self._last.pop(old.unit, None)
            for share in old.shares:
                self._guests.get(share.unit, set()).discard(identifier)
        if record is not None:
            self._posts[identifier] = record
            self._index_post(record)

    def _write_pending(self, identifier: str, record: Pending | None) -> None:
        if old := self._pendings.pop(identifier, None):
            for post in (*old.candidates, old.into):
                self._waiting.get(post, set()).discard(identifier)
        if record is not None:
            self._pendings[identifier] = record
            self._index_pending(record)

    def _index_unit(self, unit: Unit) -> None:
        self._children.setdefault(unit.parent, set()).add(unit.id)
        if unit.lead is not None:
            self._led.setdefault(unit.lead, set()).add(unit.id)
        for link in unit.links:
            self._linked.setdefault(link, set()).add(unit.id)

    def _index_post(self, post: Post) -> None:
        self._holdings.setdefault(post.unit, set()).add(post.id)
        if post.unit in self._last:
            self._last[post.unit] = max(self._last[post.unit], post.position)
        self._index_guest(post)

    def _index_guest(self, post: Post) -> None:
        for share in post.shares:
            if share.unit != post.unit:
                self._guests.setdefault(share.unit, set()).add(post.id)

    def _index_pending(self, pending: Pending) -> None:
        for post in (*pending.candidates, pending.into):
            self._waiting.setdefault(post, set()).add(pending.id)


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
