"""What is suppressed and what is created in exchange (« contreparties »): pairs, n ↔ n, of any unit and category."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .. import french
from ..changes import Change, SuppressPost
from ..naming import Names
from ..structure import Structure
from ..values import PostId, UnitId
from ..wording import gone_in_exchange, made_in_exchange
from .blocks import Column, Group, Table
from .listed import level_text

COLUMNS = (
    Column("Poste supprimé", width=18),
    Column("Son unité", width=18),
    Column("Sa catégorie et sa cotation", width=14),
    Column("Poste créé", width=18),
    Column("Unité du poste créé", width=18),
    Column("Catégorie et cotation du poste créé"),
)


class Exchange(NamedTuple):
    """Posts that answer each other, directly or by one another; `pairs` are (suppressed, created)."""

    pairs: tuple[tuple[PostId, PostId], ...]

    @property
    def suppressed(self) -> tuple[PostId, ...]:
        return tuple(dict.fromkeys(gone for gone, _ in self.pairs))

    @property
    def created(self) -> tuple[PostId, ...]:
        return tuple(dict.fromkeys(made for _, made in self.pairs))


class Exchanges:
    """Those of one draft. A pair of which one side stands neither before nor after is not one any more."""

    def __init__(self, changes: Iterable[Change], names: Names) -> None:
        self.names = names
        self.pairs = tuple(
            (change.post, made)
            for change in changes
            if isinstance(change, SuppressPost) and change.post in names.before.post_by_id
            for made in change.counterparts
            if made in names.after.post_by_id
        )

    @cached_property
    def given(self) -> Mapping[PostId, tuple[PostId, ...]]:
        """Created post → those suppressed in exchange."""
        return _gathered((made, gone) for gone, made in self.pairs)

    @cached_property
    def obtained(self) -> Mapping[PostId, tuple[PostId, ...]]:
        """Suppressed post → those created in exchange."""
        return _gathered(self.pairs)

    def words(self, post: PostId) -> str:
        """« contrepartie : création du poste de juriste (A 3) dans la cellule X », « contrepartie : suppression… »; or
        nothing.
        """
        if post in self.obtained:
            return made_in_exchange(self.obtained[post], self.names)
        return gone_in_exchange(self.given.get(post, ()), self.names)

    def all(self) -> tuple[Exchange, ...]:
        """The pairs that have a post in common together, in the order of the draft."""
        first: dict[PostId, int] = {}
        for rank, pair in enumerate(self.pairs):
            joined = {first[post] for post in pair if post in first}
            lowest = min(joined, default=rank)
            first |= {post: lowest for post, number in first.items() if number in joined} | dict.fromkeys(pair, lowest)
        found: dict[int, list[tuple[PostId, PostId]]] = {}
        for pair in self.pairs:
            found.setdefault(first[pair[0]], []).append(pair)
        return tuple(Exchange(tuple(pairs)) for pairs in found.values())

    def tables(self, inside: set[UnitId]) -> tuple[Table, ...]:
        """One line for each pair, gathered by exchange: those with a post of `inside`; without any, no table."""
        before, after = self.names.before, self.names.after
        groups = []
        for exchange in self.all():
            units = {before.post_by_id[post].unit for post in exchange.suppressed}
            units |= {after.post_by_id[post].unit for post in exchange.created}
            if units & inside:
                groups.append(self._group(exchange))
        return (Table("Suppressions et créations en contrepartie", COLUMNS, tuple(groups)),) if groups else ()

    def _group(self, exchange: Exchange) -> Group:
        gone, made = exchange.suppressed, exchange.created
        title = (
            f"{french.count(len(gone), 'poste supprimé', 'postes supprimés')}, "
            f"{french.count(len(made), 'poste créé', 'postes créés')} en contrepartie"
        )
        old, new = _cells(self.names.before, gone), _cells(self.names.after, made)
        return Group(title, tuple((*old[first], *new[second]) for first, second in exchange.pairs))


def _gathered(pairs: Iterable[tuple[PostId, PostId]]) -> dict[PostId, tuple[PostId, ...]]:
    found: dict[PostId, tuple[PostId, ...]] = {}
    for one, other in pairs:
        found[one] = (*found.get(one, ()), other)
    return found


def _cells(structure: Structure, posts: Sequence[PostId]) -> dict[PostId, tuple[str, str, str]]:
    """Post → its title, unit, category and cotation.

    « Appariteur (1 sur 2) » where several read the same, so that each pair can be told.
    """
    read: dict[tuple[str, str, str], list[PostId]] = {}
    for post in posts:
        found = structure.post_by_id[post]
        title = french.upper_first(structure.title_of(found))
        unit = french.typographic(structure.unit_label(found.unit))
        read.setdefault((title, unit, level_text(structure, found)), []).append(post)
    return {
        post: (f"{title} ({number}\u00a0sur\u00a0{len(alike)})" if len(alike) > 1 else title, unit, level)
        for (title, unit, level), alike in read.items()
        for number, post in enumerate(alike, 1)
    }
