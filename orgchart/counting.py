"""How the posts of a chart are counted: by unit, by any key, ETP by shares, less the candidates of transformations.

A whole chart is counted here; `derivation` counts what was touched only.
"""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from .records import Post
from .total import Total, total_of
from .values import GradeCode, Hours, UnitId

if TYPE_CHECKING:
    from .structure import Structure


def tally[K: Hashable](structure: "Structure", key: Callable[[Post], K], unit: UnitId | None) -> dict[K | None, Total]:
    """See `Structure.tally`."""
    return _summed(structure, key, unit, alike(structure, key, unit))


def grades(structure: "Structure", unit: UnitId | None) -> dict[GradeCode | None, Total]:
    return _summed(structure, grade_of, unit, structure.plain_grades(unit))


def grade_of(post: Post) -> GradeCode | None:
    return post.grade


def alike[K: Hashable](
    structure: "Structure", key: Callable[[Post], K], unit: UnitId | None
) -> Counter[tuple[K, Hours | None]]:
    """(Key, hours) → number of posts of the subtree that are not shared."""
    inside = structure.reach(unit)
    if inside is None:
        held: Iterable[Post] = structure.posts
    else:
        held = (post for each in inside for post in structure.posts_of.get(each, ()))
    return Counter((key(post), post.hours) for post in held if not post.shares)


def _summed[K: Hashable](
    structure: "Structure",
    key: Callable[[Post], K],
    unit: UnitId | None,
    plain: Counter[tuple[K, Hours | None]],
) -> dict[K | None, Total]:
    """The posts that are not shared, counted already, then the others, less the candidates to be transformed."""
    inside = structure.reach(unit)
    totals: dict[K | None, Total] = {}

    def add(where: K | None, total: Total) -> None:
        totals[where] = totals.get(where, Total()) + total

    for (where, hours), number in plain.items():
        add(where, total_of(hours).times(number))
    for post in structure.shared:
        add(key(post), total_in(post, inside))
    for candidates, number in structure.pending_groups.items():
        posts = [structure.post_by_id[each] for each in candidates]
        keys = {key(post) for post in posts}
        one = total_in(posts[0], inside)
        if len(keys) == 1:
            add(keys.pop(), one.times(-number))
        else:
            for post in posts:
                add(key(post), one.times(-1))
            add(None, one.times(len(posts) - number))
    return {where: total for where, total in totals.items() if total != Total()}


def add_up(
    posts: Iterable[Post],
    pendings: Iterable[tuple[Post, int]],
    totals: dict[UnitId, Total],
    *,
    within: Container[UnitId] | None = None,
) -> dict[UnitId, Total]:
    """Adds to each unit what these posts make there, less the candidates to be transformed.

    `within`: the units to add to, those of all the posts that are not shared among them; the parts that shared posts
    and candidates have in others are left out.
    """
    whole: Counter[tuple[UnitId, Hours | None]] = Counter()
    parts = [(post, -number) for post, number in pendings]
    for post in posts:
        if post.shares:
            parts.append((post, 1))
        else:
            whole[post.unit, post.hours] += 1
    for (unit, hours), number in whole.items():
        totals[unit] = totals.get(unit, Total()) + total_of(hours).times(number)
    for post, number in parts:
        for unit, total in portions(post):
            if within is None or unit in within:
                totals[unit] = totals.get(unit, Total()) + total.times(number)
    return totals


def subtree_totals(structure: "Structure") -> dict[UnitId, Total]:
    totals = {unit.id: structure.own_totals.get(unit.id, Total()) for unit in structure.units}
    for unit in reversed(list(structure.subtree())):
        if unit.parent in totals:
            totals[unit.parent] = totals[unit.parent] + totals[unit.id]
    return totals


def headcounts(structure: "Structure") -> dict[UnitId, int]:
    own = Counter(post.unit for post in structure.posts)
    for candidates, number in structure.pending_groups.items():
        own[structure.post_by_id[candidates[0]].unit] -= number
    counts = {unit.id: own[unit.id] for unit in structure.units}
    for unit in reversed(list(structure.subtree())):
        if unit.parent in counts:
            counts[unit.parent] += counts[unit.id]
    return counts


def portions(post: Post) -> list[tuple[UnitId, Total]]:
    """What a post adds to each unit it works for: the post itself in its own unit, its ETP by shares."""
    if not post.shares:
        return [(post.unit, total_of(post.hours))]
    found = []
    for share in post.shares:
        own = int(share.unit == post.unit)
        if post.etp is None:
            found.append((share.unit, Total(own, Fraction(), own)))
        else:
            found.append((share.unit, Total(own, post.etp * Fraction(share.percent) / 100, 0)))
    return found


def total_in(post: Post, inside: Container[UnitId] | None) -> Total:
    """What a post adds to a set of units (None: everywhere)."""
    if inside is None and not post.shares:
        return total_of(post.hours)
    return sum((total for unit, total in portions(post) if inside is None or unit in inside), Total())
