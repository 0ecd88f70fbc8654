"""The part of the chart that a page shows: the levels drawn and no more, with the totals of all that is below.

Live rows answer for today: the units of the part are read whole, those below only counted. Another day is read from
its version, which is sealed in one piece.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery

from orgchart.counting import portions
from orgchart.records import Unit as UnitRecord
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import Hours, PostId, UnitId

from ..models import Assignment, PendingTransformation, Post, Unit
from ..records import (
    PENDING_COLUMNS,
    POST_COLUMNS,
    UNIT_COLUMNS,
    pending_from_row,
    post_from_row,
    unit_from_row,
)
from .chart import nomenclature
from .search import printed

# Levels are added while no more units than this are drawn; one can always unfold further.
MOST = 48


class Occupied(NamedTuple):
    """How many of the posts are held and stated vacant; of the others nothing is known. None: not asked of that day."""

    held: int
    vacant: int | None


class Part(NamedTuple):
    """What a page shows of a chart.

    `root` None: the whole chart. `path`: the units above it, from the top. `folded`: shown units whose own units are
    not. `units`: how many stand below the root, or in the chart. Of a structure loaded in part only, `totals`, `hidden`
    and `inside` (all units of the part, read or not) say the rest, `names` the labels of what it names of elsewhere.
    """

    structure: Structure
    root: UnitId | None
    path: tuple[UnitRecord, ...]
    folded: frozenset[UnitId]
    total: Total | None
    units: int
    occupied: Occupied
    vacant: frozenset[PostId] = frozenset()
    totals: Mapping[UnitId, Total | None] | None = None
    hidden: Mapping[UnitId, int] | None = None
    inside: frozenset[UnitId] = frozenset()
    names: Mapping[str, str] | None = None

    def total_of(self, unit: UnitId) -> Total | None:
        return self.structure.total(unit) if self.totals is None else self.totals.get(unit)

    def units_below(self, unit: UnitId) -> int:
        if self.hidden is not None:
            return self.hidden.get(unit, 0)
        return sum(1 for _ in self.structure.subtree(unit)) - 1


class _Thin(NamedTuple):
    """A unit of the subtree as the count reads it."""

    key: int
    uid: UnitId
    parent: int | None
    left: int
    right: int
    partial: bool
    external: bool


def part_in_force(
    root: UnitId | str | None,
    day: datetime.date,
    *,
    folded: Iterable[UnitId] = (),
    opened: Iterable[UnitId] = (),
    depth: int | None = None,
) -> Part | None:
    """The part of the live chart under `root`; None: no such unit in force. Eight queries, whatever the size, and two
    at most for what is named of elsewhere.

    `depth`: so many levels under the root, instead of as many as a drawing bears.
    """
    thin, counts, occupied = _counted(root, day)
    if root is not None and not thin:
        return None
    children: dict[UnitId | None, list[UnitId]] = {}
    uids = {each.key: each.uid for each in thin}
    for each in thin:
        parent = uids.get(each.parent) if each.parent is not None and each.uid != root else None
        children.setdefault(parent, []).append(each.uid)
    shown, closed = shown_units(children, frozenset(folded), frozenset(opened), depth)
    units = [unit_from_row(row) for row in _with_those_above(root, shown).values_list(*UNIT_COLUMNS)]
    pendings = [pending_from_row(row) for row in PendingTransformation.objects.order_by().values_list(*PENDING_COLUMNS)]
    named = {unit.lead for unit in units if unit.lead}
    for pending in pendings:
        named |= {pending.into, *pending.candidates}
    rows = (
        Post.objects.in_force()
        .order_by()
        .filter(Q(unit__in=shown) | Q(uid__in=named) | ~Q(shares=[]))
        .annotate(is_held=Exists(Assignment.objects.in_force_on(day).filter(post=OuterRef("uid"))))
        .values_list("is_held", "stated_vacant_since", "unit__label", *POST_COLUMNS)
    )
    posts, vacant = [], set()
    names: dict[str, str] = {}
    for is_held, since, home, *values in rows:
        posts.append(post_from_row(tuple(values)))
        names[posts[-1].unit] = home
        if not is_held and since is not None and since <= day:
            vacant.add(posts[-1].id)
    known = {post.id for post in posts}
    structure = Structure.of(
        units,
        posts,
        [each for each in pendings if known >= {each.into, *each.candidates}],
        nomenclature(),
    )
    names |= _names_elsewhere(structure)
    totals = _totals(thin, counts, structure)
    partial = _known_in_part(thin)
    external = frozenset(each.uid for each in thin if each.external and each.parent is None)
    return Part(
        structure=structure,
        names=names,
        root=UnitId(root) if root is not None else None,
        path=tuple(unit for unit in units if unit.id not in shown),
        folded=closed,
        total=_whole(_employer(children.get(None, ()), root, external), totals, partial),
        units=len(thin) - (1 if root is not None else 0),
        occupied=occupied,
        vacant=frozenset(vacant),
        totals={unit: None if unit in partial else totals[unit] for unit in shown},
        hidden={each.uid: (each.right - each.left - 1) // 2 for each in thin if each.uid in shown},
        inside=frozenset(totals),
    )


def _names_elsewhere(structure: Structure) -> dict[str, str]:
    """The labels of the units that those shown are linked to, and of the superiors of their posts, that are not in this
    part; no query where nothing of elsewhere is named."""
    names: dict[str, str] = {}
    units = {link for unit in structure.units for link in unit.links} - structure.unit_by_id.keys()
    posts = {each for post in structure.posts for each in post.superiors} - structure.post_by_id.keys()
    if units:
        names |= dict(Unit.objects.filter(uid__in=units).values_list("uid", "label"))
    if posts:
        for post in Post.objects.filter(uid__in=posts).select_related("title", "unit"):
            names[post.uid] = f"{printed(post)}, {post.unit.label}"
    return names


def part_of(
    structure: Structure,
    root: UnitId | str | None,
    *,
    folded: Iterable[UnitId] = (),
    opened: Iterable[UnitId] = (),
    held: Iterable[str] = (),
) -> Part | None:
    """The same of a structure read whole: a version, or what is planned. `held`: the posts held that day."""
    if root is not None and root not in structure.unit_by_id:
        return None
    here = UnitId(root) if root is not None else None
    inside = list(structure.subtree(here))
    children: dict[UnitId | None, list[UnitId]] = {
        unit.id: [child.id for child in structure.children_of.get(unit.id, ())] for unit in inside
    }
    tops = [unit.id for unit in structure.roots] if here is None else [here]
    children[None] = tops
    _, closed = shown_units(children, frozenset(folded), frozenset(opened))
    posts = {post.id for post in structure.posts_below(here)}
    return Part(
        structure=structure,
        root=here,
        path=structure.ancestors(here) if here is not None else (),
        folded=closed,
        total=_whole(_employer(tops, root, structure.external), structure.subtree_totals, structure.known_in_part),
        units=len(inside) - (1 if here is not None else 0),
        occupied=Occupied(len(posts & set(map(PostId, held))), None),
    )


def shown_units(
    children: Mapping[UnitId | None, Sequence[UnitId]],
    folded: frozenset[UnitId],
    opened: frozenset[UnitId],
    depth: int | None = None,
) -> tuple[frozenset[UnitId], frozenset[UnitId]]:
    """The units drawn, and those of them whose own units are not.

    Whole levels, the first two at least, while the chart stays small enough; then what the reader folded or opened.
    """
    levels = _levels(children) if depth is None else depth
    shown: set[UnitId] = set()
    closed: set[UnitId] = set()
    level, current = 0, list(children.get(None, ()))
    while current:
        shown.update(current)
        below: list[UnitId] = []
        for unit in current:
            its_own = children.get(unit, ())
            if its_own and (unit in folded or (level >= levels and unit not in opened)):
                closed.add(unit)
            else:
                below.extend(its_own)
        level, current = level + 1, below
    return frozenset(shown), frozenset(closed)


def _levels(children: Mapping[UnitId | None, Sequence[UnitId]]) -> int:
    """How many levels under the top ones stay under `MOST` units; one at least."""
    number, depth = 0, 0
    current = list(children.get(None, ()))
    while current:
        number += len(current)
        if number > MOST and depth > 1:
            return depth - 1
        current = [child for unit in current for child in children.get(unit, ())]
        depth += 1
    return max(depth - 1, 1)


def levels_drawn(structure: Structure, root: UnitId | None = None) -> int:
    """How many levels under the root, or under the top units, a drawing shows that must stay small."""
    children: dict[UnitId | None, list[UnitId]] = {
        unit.id: [child.id for child in structure.children_of.get(unit.id, ())] for unit in structure.subtree(root)
    }
    children[None] = [unit.id for unit in structure.roots] if root is None else [root]
    return _levels(children)


def _counted(root: UnitId | str | None, day: datetime.date) -> tuple[list[_Thin], dict[UnitId, Total], Occupied]:
    """The units of the subtree in tree order, what each holds itself, how many are occupied: one query."""
    held = Exists(Assignment.objects.in_force_on(day).filter(post=OuterRef("live__uid")))
    rows = (
        _subtree(Unit.objects.in_force(), root)
        .order_by("tree_id", "lft")
        .annotate(live=FilteredRelation("posts", condition=Q(posts__gone_on__isnull=True)))
        .values_list(
            "pk",
            "uid",
            "parent_id",
            "lft",
            "rght",
            "partial",
            "kind__external",
            "live__worked_hours",
            "live__reference_hours",
        )
        .annotate(
            number=Count("live"),
            held=Count("live", filter=held),
            vacant=Count("live", filter=~held & Q(live__stated_vacant_since__lte=day)),
        )
    )
    thin: list[_Thin] = []
    totals: dict[UnitId, Total] = {}
    occupied = Occupied(0, 0)
    for *unit, worked, reference, number, held_here, vacant_here in rows:
        each = _Thin(*unit)
        if each.uid not in totals:
            thin.append(each)
            totals[each.uid] = Total()
        one = Total(1, Fraction(), 1) if worked is None else Total(1, Hours(worked=worked, reference=reference).etp, 0)
        totals[each.uid] += one.times(number)
        occupied = Occupied(occupied.held + held_here, (occupied.vacant or 0) + vacant_here)
    return thin, totals, occupied


def _subtree(units: Any, root: UnitId | str | None) -> Any:
    if root is None:
        return units
    top = Unit.objects.in_force().filter(uid=root)
    return units.filter(
        tree_id=Subquery(top.values("tree_id")[:1]),
        lft__gte=Subquery(top.values("lft")[:1]),
        rght__lte=Subquery(top.values("rght")[:1]),
    )


def _with_those_above(root: UnitId | str | None, shown: Iterable[UnitId]) -> Any:
    wanted = Q(uid__in=list(shown))
    if root is not None:
        top = Unit.objects.in_force().filter(uid=root)
        wanted |= Q(
            tree_id=Subquery(top.values("tree_id")[:1]),
            lft__lt=Subquery(top.values("lft")[:1]),
            rght__gt=Subquery(top.values("rght")[:1]),
        )
    return Unit.objects.in_force().order_by("tree_id", "lft").filter(wanted)


def _totals(thin: Sequence[_Thin], counts: Mapping[UnitId, Total], structure: Structure) -> dict[UnitId, Total]:
    """Unit → total of its subtree, pending transformations and shared posts counted as `Structure` counts them."""
    own = dict(counts)
    for post in structure.posts:
        if post.shares:
            whole = Total(1, post.etp or Fraction(), int(post.etp is None))
            for unit, part in [(post.unit, Total() - whole), *portions(post)]:
                if unit in own:
                    own[unit] += part
    for candidates, number in structure.pending_groups.items():
        for unit, part in portions(structure.post_by_id[candidates[0]]):
            if unit in own:
                own[unit] -= part.times(number)
    uids = {each.key: each.uid for each in thin}
    for each in reversed(thin):
        parent = uids.get(each.parent) if each.parent is not None else None
        if parent is not None:
            own[parent] += own[each.uid]
    return own


def _known_in_part(thin: Sequence[_Thin]) -> set[UnitId]:
    """Those known in part or of another employer, and those above them."""
    uids = {each.key: each.uid for each in thin}
    found: set[UnitId] = set()
    for each in reversed(thin):
        if each.partial or each.external or each.uid in found:
            found.add(each.uid)
            if each.parent in uids:
                found.add(uids[each.parent])
    return found


def _employer(tops: Iterable[UnitId], root: object, external: Collection[UnitId]) -> list[UnitId]:
    """The tops whose posts the whole chart counts: other employers stand beside it. A part is counted as it is."""
    return [unit for unit in tops if root is not None or unit not in external]


def _whole(tops: Iterable[UnitId], totals: Mapping[UnitId, Total], partial: Collection[UnitId]) -> Total | None:
    """The total of the part; None as soon as one of its top units is known in part."""
    found = list(tops)
    if any(unit in partial for unit in found):
        return None
    return sum((totals[unit] for unit in found), Total())
