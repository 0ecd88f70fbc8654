"""Who is under what in a chart: made once for a frozen chart, lent to the working copies that fold over it."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from .records import Pending, Post, Unit
from .values import PostId, UnitId


class Buckets[K, V: str]:
    """Key → the ids under it. A set lent by a frozen chart is copied the first time it is written."""

    __slots__ = ("_own", "_sets")

    def __init__(self, sets: Mapping[K, Set[V]] | None = None) -> None:
        self._sets: dict[K, Set[V]] = dict(sets or {})
        self._own: dict[K, set[V]] = {}

    def get(self, key: K) -> Set[V]:
        return self._sets.get(key) or frozenset()

    def add(self, key: K, value: V) -> None:
        self._mine(key).add(value)

    def discard(self, key: K, value: V) -> None:
        self._mine(key).discard(value)

    def _mine(self, key: K) -> set[V]:
        own = self._own.get(key)
        if own is None:
            own = self._own[key] = set(self._sets.get(key, ()))
            self._sets[key] = own
        return own

    def lend(self) -> Mapping[K, Set[V]]:
        """As they are now, for a frozen chart: what is written next is written on copies."""
        lent, self._own = self._sets, {}
        self._sets = dict(lent)
        return lent


class Indexes(NamedTuple):
    """Parent → its units; unit → those linked to it, its own posts, those shared with it; post → the units it leads,
    the pending transformations it waits for, the posts that answer to it functionally."""

    children: Mapping[UnitId | None, Set[UnitId]]
    linked: Mapping[UnitId, Set[UnitId]]
    led: Mapping[PostId, Set[UnitId]]
    holdings: Mapping[UnitId, Set[PostId]]
    guests: Mapping[UnitId, Set[PostId]]
    waiting: Mapping[PostId, Set[str]]
    served: Mapping[PostId, Set[PostId]]


def indexes_of(units: tuple[Unit, ...], posts: tuple[Post, ...], pendings: tuple[Pending, ...]) -> Indexes:
    children: dict[UnitId | None, set[UnitId]] = {}
    linked: dict[UnitId, set[UnitId]] = {}
    led: dict[PostId, set[UnitId]] = {}
    holdings: dict[UnitId, set[PostId]] = {}
    guests: dict[UnitId, set[PostId]] = {}
    waiting: dict[PostId, set[str]] = {}
    served: dict[PostId, set[PostId]] = {}
    for unit in units:
        children.setdefault(unit.parent, set()).add(unit.id)
        if unit.lead is not None:
            led.setdefault(unit.lead, set()).add(unit.id)
        for link in unit.links:
            linked.setdefault(link, set()).add(unit.id)
    for post in posts:
        holdings.setdefault(post.unit, set()).add(post.id)
        for home in shared_homes(post):
            guests.setdefault(home, set()).add(post.id)
        for superior in post.superiors:
            served.setdefault(superior, set()).add(post.id)
    for pending in pendings:
        for each in (*pending.candidates, pending.into):
            waiting.setdefault(each, set()).add(pending.id)
    return Indexes(children, linked, led, holdings, guests, waiting, served)


def shared_homes(post: Post) -> Iterator[UnitId]:
    """The other units that the post works for in part."""
    return (share.unit for share in post.shares if share.unit != post.unit)
