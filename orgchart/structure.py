"""The chart at one moment: units and posts by id, who is under whom, and how many there are."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from typing import Self

import msgspec

from . import counting, derivation
from .derivation import Origin
from .indexes import Indexes, indexes_of
from .nomenclature import Category, Nomenclature
from .records import Pending, Post, Unit
from .total import Total
from .values import GradeCode, Hours, PostId, SiteCode, UnitId, Value, canonical


class Structure(Value, frozen=True, kw_only=True, dict=True):
    """Units, posts and pending transformations at one moment, each list in the order of its ids.

    Made with `Structure.of`; ids are unique, references are to something present (`checks.faults` says what is not).
    """

    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    pendings: tuple[Pending, ...] = ()
    nomenclature: Nomenclature = msgspec.field(default_factory=Nomenclature)

    @classmethod
    def of(
        cls,
        units: Iterable[Unit] = (),
        posts: Iterable[Post] = (),
        pendings: Iterable[Pending] = (),
        nomenclature: Nomenclature | None = None,
    ) -> Self:
        return cls(
            units=tuple(sorted(units, key=lambda unit: unit.id)),
            posts=tuple(sorted(posts, key=lambda post: post.id)),
            pendings=tuple(sorted(pendings, key=lambda pending: pending.id)),
            nomenclature=nomenclature or Nomenclature(),
        )

    @property
    def origin(self) -> Origin | None:
        """The chart this one was folded from, and what was written since; None: read or made from nothing."""
        return self.__dict__.get("_origin")

    def come_from(self, origin: Origin, indexes: Indexes) -> None:
        """Told by the fold that made it, before anybody else has it: what is asked of it costs what was touched."""
        self.__dict__["indexes"] = indexes
        if origin.depth <= derivation.LONGEST:
            self.__dict__["_origin"] = origin

    def rest_on(self, first: "Structure") -> None:
        """What was written since `first` is its origin from now on: those between may be forgotten, what they served
        to compute is kept."""
        if origin := derivation.origin_from(first, self):
            self.__dict__["_origin"] = origin

    # Looking up

    @cached_property
    def indexes(self) -> Indexes:
        return indexes_of(self.units, self.posts, self.pendings)

    @cached_property
    def unit_by_id(self) -> dict[UnitId, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def post_by_id(self) -> dict[PostId, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def pending_of(self) -> dict[PostId, Pending]:
        """Candidate or new post → the pending transformation it stands in (the first, if several on the same posts)."""
        found: dict[PostId, Pending] = {}
        for pending in self.pendings:
            for post in (*pending.candidates, pending.into):
                found.setdefault(post, pending)
        return found

    @cached_property
    def children_of(self) -> dict[UnitId | None, tuple[Unit, ...]]:
        """Parent → its units in the order of their positions; None → the roots (an absent parent makes a root)."""
        found: dict[UnitId | None, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent if unit.parent in self.unit_by_id else None, []).append(unit)
        return {
            parent: tuple(sorted(units, key=lambda unit: (unit.position, unit.id))) for parent, units in found.items()
        }

    @cached_property
    def posts_of(self) -> dict[UnitId, tuple[Post, ...]]:
        """Unit → its own posts, without those shared from elsewhere: the lead, then by cotation, then by position."""
        if self.origin:
            return derivation.posts_of(self, self.origin)
        found: dict[UnitId, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.unit, []).append(post)
        return {unit: tuple(sorted(posts, key=self.display_key)) for unit, posts in found.items()}

    @cached_property
    def shared_with(self) -> dict[UnitId, tuple[Post, ...]]:
        """Unit → the posts of other units that work for it in part."""
        found: dict[UnitId, list[Post]] = {}
        for post in self.posts:
            for share in post.shares:
                if share.unit != post.unit:
                    found.setdefault(share.unit, []).append(post)
        return {unit: tuple(sorted(posts, key=self.display_key)) for unit, posts in found.items()}

    @cached_property
    def led_by(self) -> dict[PostId, tuple[UnitId, ...]]:
        """Post → the units it leads."""
        found: dict[PostId, tuple[UnitId, ...]] = {}
        for unit in self.units:
            if unit.lead is not None:
                found[unit.lead] = (*found.get(unit.lead, ()), unit.id)
        return found

    def display_key(self, post: Post) -> tuple[bool, int, int, str]:
        unit = self.unit_by_id.get(post.unit)
        leads = unit is not None and unit.lead == post.id
        return (not leads, self.nomenclature.grade_rank(post.grade), post.position, post.id)

    # Walking

    @property
    def roots(self) -> tuple[Unit, ...]:
        return self.children_of.get(None, ())

    def ancestors(self, unit: UnitId, *, include_self: bool = False) -> tuple[Unit, ...]:
        """From the root down to the parent (or the unit itself). A loop is cut where it closes."""
        path: dict[UnitId, Unit] = {}
        current = self.unit_by_id.get(unit)
        while current is not None and current.id not in path:
            path[current.id] = current
            current = self.unit_by_id.get(current.parent) if current.parent else None
        found = list(path.values()) if include_self else list(path.values())[1:]
        return tuple(reversed(found))

    def subtree(self, unit: UnitId | None = None) -> Iterator[Unit]:
        """The unit and all below it, each before its own units; without a unit, the whole chart."""
        stack = [self.unit_by_id[unit]] if unit is not None else list(reversed(self.roots))
        while stack:
            current = stack.pop()
            yield current
            stack.extend(reversed(self.children_of.get(current.id, ())))

    def posts_below(self, unit: UnitId | None = None) -> Iterator[Post]:
        """The posts of the unit and of all below it, in the order of the tree."""
        for each in self.subtree(unit):
            yield from self.posts_of.get(each.id, ())

    def perimeter(self, unit: UnitId) -> UnitId | None:
        """The nearest unit, from this one up, whose kind heads a perimeter (direction, mission)."""
        for each in reversed(self.ancestors(unit, include_self=True)):
            kind = self.nomenclature.kind_by_code.get(each.kind)
            if kind and kind.heads_perimeter:
                return each.id
        return None

    @cached_property
    def homes(self) -> dict[UnitId, UnitId | None]:
        """What `diff.crosses` found of each unit."""
        return {}

    # Naming

    def unit_label(self, unit: UnitId) -> str:
        found = self.unit_by_id.get(unit)
        return found.label if found else unit

    def post_label(self, post: PostId) -> str:
        found = self.post_by_id.get(post)
        return self.title_of(found) if found else post

    def title_of(self, post: Post, *, plural: bool = False) -> str:
        """The post's title as it is printed: its own label, else its title in its form; « intitulé non renseigné »."""
        if post.label:
            return (post.label_plural or post.label) if plural else post.label
        title = self.nomenclature.title_by_code.get(post.title) if post.title else None
        if title is None:
            return "intitulé non renseigné"
        return title.plural(post.form) if plural else title.singular(post.form)

    def category_of(self, post: Post) -> Category | None:
        """The post's own category, else that of its cotation."""
        if post.category or post.grade is None:
            return post.category
        grade = self.nomenclature.grade_by_code.get(post.grade)
        return grade.category if grade else None

    def site_of(self, post: Post) -> SiteCode | None:
        """The post's site, else the only one of its unit."""
        unit = self.unit_by_id.get(post.unit)
        return post.site or (unit.sites[0] if unit and len(unit.sites) == 1 else None)

    # Counting

    def tally[K: Hashable](self, key: Callable[[Post], K], unit: UnitId | None = None) -> dict[K | None, Total]:
        """Key of a post → total, over a subtree, or over the whole chart without other employers.

        Each post counts once, in its own unit; its ETP by its shares. Candidates of a pending transformation that
        differ by this key are counted under None: which one remains is not known.
        """
        return counting.tally(self, key, unit)

    def grades(self, unit: UnitId | None = None) -> dict[GradeCode | None, Total]:
        """The tally by cotation, counted once; where nothing was written it is that of the chart it comes from."""
        if unit not in self._grades:
            self._grades[unit] = counting.grades(self, unit)
        return self._grades[unit]

    @cached_property
    def _grades(self) -> dict[UnitId | None, dict[GradeCode | None, Total]]:
        return {}

    def plain_grades(self, unit: UnitId | None) -> Counter[tuple[GradeCode | None, Hours | None]]:
        """(Cotation, hours) → number of posts of a subtree that are not shared."""
        if unit not in self._plain_grades:
            known = self.origin and derivation.plain_grades(self, self.origin, unit)
            self._plain_grades[unit] = counting.alike(self, counting.grade_of, unit) if known is None else known
        return self._plain_grades[unit]

    @cached_property
    def _plain_grades(self) -> dict[UnitId | None, Counter[tuple[GradeCode | None, Hours | None]]]:
        return {}

    def reach(self, unit: UnitId | None = None) -> frozenset[UnitId] | None:
        """The unit and all below it; without one, the units of the employer: None where they are all there are."""
        if unit not in self._reaches:
            self._reaches[unit] = self._employer if unit is None else frozenset(each.id for each in self.subtree(unit))
        return self._reaches[unit]

    @cached_property
    def _reaches(self) -> dict[UnitId | None, frozenset[UnitId] | None]:
        return {}

    @cached_property
    def external(self) -> frozenset[UnitId]:
        """The units of other employers: those at the top of the chart whose kind says so, and all below them."""
        kinds = {kind.code for kind in self.nomenclature.kinds if kind.external}
        tops = [unit.id for unit in self.roots if unit.kind in kinds] if kinds else []
        return frozenset(each.id for top in tops for each in self.subtree(top))

    @property
    def _employer(self) -> frozenset[UnitId] | None:
        """The units of the employer; None where they are all the units there are."""
        return frozenset(unit.id for unit in self.units if unit.id not in self.external) if self.external else None

    @property
    def whole(self) -> Total:
        """The employer's posts, whether or not each unit is known whole; those of other employers are not counted."""
        return sum((self.subtree_totals[root.id] for root in self.roots if root.id not in self.external), Total())

    @cached_property
    def shared(self) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.shares)

    @cached_property
    def pending_groups(self) -> dict[tuple[PostId, ...], int]:
        """Candidates (sorted) → how many of them are to be transformed."""
        groups: dict[tuple[PostId, ...], int] = {}
        for pending in self.pendings:
            candidates = tuple(sorted(pending.candidates))
            groups[candidates] = groups.get(candidates, 0) + 1
        return groups

    @cached_property
    def own_totals(self) -> dict[UnitId, Total]:
        """Unit → total of its own posts, without those of the units below; the ETP of a shared post by its parts."""
        if self.origin:
            return derivation.own_totals(self, self.origin)
        firsts = ((self.post_by_id[candidates[0]], number) for candidates, number in self.pending_groups.items())
        return counting.add_up(self.posts, firsts, {})

    @cached_property
    def subtree_totals(self) -> dict[UnitId, Total]:
        """Unit → total of the posts of the unit and all below it, whether or not it may be printed (see `total`)."""
        if self.origin:
            return derivation.subtree_totals(self, self.origin)
        return counting.subtree_totals(self)

    @cached_property
    def headcounts(self) -> dict[UnitId, int]:
        """Unit → number of posts of the unit and all below it: as `subtree_totals`, for a fraction of the work."""
        return counting.headcounts(self)

    @cached_property
    def known_in_part(self) -> frozenset[UnitId]:
        """The units known in part, other employers among them, and those above: what is below is part of a total."""
        found: set[UnitId] = set()
        for unit in self.units:
            if unit.partial or unit.id in self.external:
                found.update(each.id for each in self.ancestors(unit.id, include_self=True))
        return frozenset(found)

    def total(self, unit: UnitId) -> Total | None:
        """The unit's total, or None when it is known in part only: « effectif total non renseigné »."""
        return None if unit in self.known_in_part else self.subtree_totals[unit]

    # Sealing

    @cached_property
    def canonical(self) -> bytes:
        return canonical(self)


def read_structure(text: bytes) -> Structure:
    """Raises msgspec.ValidationError, naming the path, when the text is not that of a structure."""
    return msgspec.json.decode(text, type=Structure)
