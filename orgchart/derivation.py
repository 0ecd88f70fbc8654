"""What a chart folded from another keeps of it: its indexes and totals are those of its base where nothing was written.

Nothing here is a rule: each function gives what `Structure` computes from scratch, for the price of what was touched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from .counting import add_up
from .records import Post
from .total import Total
from .values import GradeCode, Hours, PostId, UnitId

if TYPE_CHECKING:
    from .structure import Structure

LONGEST = 8
"""So many charts folded from one another are kept: a longer line is computed from scratch, and lets go of the first."""


class Origin(NamedTuple):
    """`base`: the chart folded from; then the ids of what was written since, whether or not it differs in the end."""

    base: "Structure"
    units: frozenset[UnitId]
    posts: frozenset[PostId]
    pendings: frozenset[str]
    depth: int = 1


def origin_from(before: "Structure", after: "Structure") -> Origin | None:
    """What was written from `before` to `after`, in one step; None when the one does not come from the other."""
    found = Origin(before, frozenset(), frozenset(), frozenset())
    while after is not before:
        origin = after.origin
        if origin is None:
            return None
        found = Origin(before, found.units | origin.units, found.posts | origin.posts, found.pendings | origin.pendings)
        after = origin.base
    return found


def homes(structure: "Structure", origin: Origin) -> set[UnitId]:
    """The units whose own posts, their order or their number may differ from those of the base."""
    found: set[UnitId] = {*origin.units}
    for side in (origin.base, structure):
        posts = {*origin.posts}
        for pending in side.pendings:
            if pending.id in origin.pendings:
                posts.update(pending.candidates)
        for each in posts:
            if post := side.post_by_id.get(each):
                found.add(post.unit)
                found.update(share.unit for share in post.shares)
    return found


def posts_of(structure: "Structure", origin: Origin) -> dict[UnitId, tuple[Post, ...]]:
    found = dict(origin.base.posts_of)
    for unit in homes(structure, origin):
        held = structure.indexes.holdings.get(unit)
        if held:
            found[unit] = tuple(sorted((structure.post_by_id[post] for post in held), key=structure.display_key))
        else:
            found.pop(unit, None)
    return found


def own_totals(structure: "Structure", origin: Origin) -> dict[UnitId, Total]:
    found = dict(origin.base.own_totals)
    wanted = homes(structure, origin)
    for unit in wanted:
        found.pop(unit, None)
    indexes, known = structure.indexes, structure.post_by_id
    held = {post for unit in wanted for side in (indexes.holdings, indexes.guests) for post in side.get(unit, ())}
    return add_up((known[post] for post in held), _pending_groups(structure, wanted), found, within=wanted)


def _pending_groups(structure: "Structure", wanted: set[UnitId]) -> Iterator[tuple[Post, int]]:
    """The first candidate of each pending transformation, and how many of them are to be transformed."""
    for candidates, number in structure.pending_groups.items():
        first = structure.post_by_id[candidates[0]]
        if {first.unit, *(share.unit for share in first.shares)} & wanted:
            yield first, number


def plain_grades(
    structure: "Structure", origin: Origin, unit: UnitId | None
) -> Counter[tuple[GradeCode | None, Hours | None]] | None:
    """None where the base has not the unit, or not the same employers: then it is counted from scratch."""
    base = origin.base
    if unit is not None and unit not in base.unit_by_id:
        return None
    was, now = base.reach(unit), structure.reach(unit)
    if (was is None) is not (now is None):
        return None
    found = base.plain_grades(unit).copy()
    moved = frozenset() if was is None or now is None else was ^ now
    for side, inside, gain in ((base, was, -1), (structure, now, 1)):
        posts = {*origin.posts, *(post.id for each in moved for post in side.posts_of.get(each, ()))}
        for each in posts:
            post = side.post_by_id.get(each)
            if post and not post.shares and (inside is None or post.unit in inside):
                found[post.grade, post.hours] += gain
    return found


def subtree_totals(structure: "Structure", origin: Origin) -> dict[UnitId, Total]:
    base, known = origin.base, structure.unit_by_id
    found = {unit: total for unit, total in base.subtree_totals.items() if unit in known}
    changed = homes(structure, origin)
    for unit in origin.units:
        parents = (side.unit_by_id[unit].parent for side in (base, structure) if unit in side.unit_by_id)
        changed.update(parent for parent in parents if parent is not None)
    above = {unit.id for each in changed for unit in structure.ancestors(each, include_self=True)}
    for unit in _deepest_first(structure, above):
        total = structure.own_totals.get(unit, Total())
        for child in structure.children_of.get(unit, ()):
            total = total + found[child.id]
        found[unit] = total
    return {unit.id: found[unit.id] for unit in structure.units}


def _deepest_first(structure: "Structure", units: Iterable[UnitId]) -> list[UnitId]:
    return sorted(units, key=lambda unit: -len(structure.ancestors(unit)))
