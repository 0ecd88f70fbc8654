"""« Ce qui change »: each variation of each cotation and each unit, by its causes. The causes sum to the gap."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from .changes import Change, ResolveTransformation, tag_of
from .fold import make
from .french import UNKNOWN_FEMININE
from .gaps import known_in_part, stands
from .records import Pending, Post, Unit
from .structure import Structure
from .total import Total
from .values import ChangeId, GradeCode, PostId, UnitId
from .working_copy import WorkingCopy

KIND_WORDS = {
    "create_unit": "regroupement",
    "move_unit": "rattachement",
    "merge_units": "fusion",
    "split_unit": "scission",
    "create_post": "création",
    "suppress_post": "suppression",
    "transform_post": "transformation",
    "transform_undetermined": "transformation",
    "attach_posts": "rattachement",
    "transfer_post": "transfert",
    "redeploy_post": "redéploiement",
    "regrade_post": "changement de cotation",
}
UNEXPLAINED = "sans ajustement"


class Item(NamedTuple):
    """So many posts more or less, by which change; no change: nothing in the draft explains it.

    `posts` names those concerned; a transformation to be determined names all its candidates for one post less.
    """

    number: int
    change: ChangeId | None
    kind: str
    posts: tuple[PostId, ...]


class Cause(NamedTuple):
    """One cotation or one unit (with all below it). `before` and `after` are None where the unit is known in part."""

    key: str | None
    label: str
    before: int | None
    after: int | None
    items: tuple[Item, ...]

    @property
    def gap(self) -> int:
        return sum(item.number for item in self.items)


class Causes(NamedTuple):
    """Rows that vary or whose posts are not the same: cotations by rank, units in the order of the chart."""

    grades: tuple[Cause, ...]
    units: tuple[Cause, ...]

    def unit(self, unit: UnitId) -> Cause | None:
        return next((row for row in self.units if row.key == unit), None)


def causes(before: Structure, changes: Iterable[Change], after: Structure, *, within: UnitId | None = None) -> Causes:
    """`changes` in the order of the fold; those that cannot be made where they come are passed over, as in the fold.

    A new unit that alone succeeds to closed ones is counted with what they held: the row of a unit that replaces
    another shows what it gains and loses, not everything it took over. `within`: cotations are those of this unit and
    all below it, where a transfer from elsewhere is a gain; without it, those of the whole chart.
    """
    heirs = _heirs(before, after)
    root = heirs.get(within, within) if within is not None else None
    grades: dict[GradeCode | None, list[Item]] = {}
    units: dict[UnitId, list[Item]] = {}
    chart = WorkingCopy(before)
    for change in changes:
        if make(chart, change) or isinstance(change, ResolveTransformation):
            continue
        kind = KIND_WORDS.get(tag_of(change), "")
        step = _step(chart, heirs, root)
        for grade, items in step.grades.items():
            grades.setdefault(grade, []).extend(items.of(change.id, kind))
        for unit, moves in step.units.items():
            units.setdefault(unit, []).extend(moves.of(change.id, kind))
    return Causes(_grade_rows(before, after, heirs, root, grades), _unit_rows(before, after, heirs, units))


def gaps_outside(before: Structure, after: Structure, inside: Container[UnitId]) -> tuple[tuple[str, int], ...]:
    """The units that are not `inside` and gain or lose posts of their own, each with the gap that `causes` explains."""
    heirs = _heirs(before, after)
    found = []
    for unit in dict.fromkeys(each.id for structure in (after, before) for each in structure.subtree()):
        own = after.own_totals.get(unit, Total()).posts - before.own_totals.get(unit, Total()).posts
        if unit in inside or unit in heirs or not own:
            continue
        then = sum(before.subtree_totals[each].posts for each in _standing(before, heirs, unit) if each is not None)
        gap = (after.subtree_totals[unit].posts if unit in after.unit_by_id else 0) - then
        if gap:
            found.append((after.unit_label(unit) if unit in after.unit_by_id else before.unit_label(unit), gap))
    return tuple(found)


@dataclass
class _Moves:
    gains: list[tuple[int, tuple[PostId, ...]]] = field(default_factory=list)
    losses: list[tuple[int, tuple[PostId, ...]]] = field(default_factory=list)

    def of(self, change: ChangeId, kind: str) -> Iterator[Item]:
        for moves in (self.gains, self.losses):
            if moves:
                posts = dict.fromkeys(chain.from_iterable(posts for _, posts in moves))
                yield Item(sum(number for number, _ in moves), change, kind, tuple(posts))


class _Step(NamedTuple):
    grades: dict[GradeCode | None, _Moves]
    units: dict[UnitId, _Moves]


class _Place(NamedTuple):
    """Where a post counts: the units it is below, and its cotation if that is inside what is looked at."""

    grade: GradeCode | None
    units: frozenset[UnitId]
    counted: bool


NOWHERE = _Place(None, frozenset(), False)


def _step(chart: WorkingCopy, heirs: dict[UnitId, UnitId], root: UnitId | None) -> _Step:
    """What the change just made moved from where to where."""
    step = _Step({}, {})
    was = chart.replaced()
    moved = {unit for unit, old in was.units.items() if old and chart.has_unit(unit) and _moved(old, chart)}
    posts = {*was.posts, *(post.id for unit in moved for post in chart.posts_below(unit))}
    pendings = {*was.pendings, *(pending.id for post in posts for pending in chart.pendings_with(post))}

    def path(unit: UnitId | None, *, old: bool) -> frozenset[UnitId]:
        found: set[UnitId] = set()
        while unit is not None:
            found.add(heirs.get(unit, unit))
            record = was.units[unit] if old and unit in was.units else chart.unit(unit)
            unit = record.parent if record else None
        return frozenset(found)

    def place(post: Post | None, *, old: bool) -> _Place:
        if post is None:
            return NOWHERE
        units = path(post.unit, old=old)
        return _Place(post.grade, units, root is None or root in units)

    def old_post(post: PostId) -> Post | None:
        return was.posts[post] if post in was.posts else chart.post(post)

    def new_post(post: PostId) -> Post | None:
        return chart.post(post) if chart.has_post(post) else None

    for identifier in sorted(posts):
        old, new = old_post(identifier), new_post(identifier)
        _note(step, 1, (identifier,), place(old, old=True), place(new, old=False), carried=False)
    for name in sorted(pendings):
        now = chart.pending(name) if chart.has_pending(name) else None
        then: Pending | None = was.pendings.get(name, now)
        old = old_post(then.candidates[0]) if then else None
        new = new_post(now.candidates[0]) if now else None
        candidates = now.candidates if now else ()
        carried = then is not None and now is not None
        _note(step, -1, candidates, place(old, old=True), place(new, old=False), carried=carried)
    return step


def _moved(old: Unit, chart: WorkingCopy) -> bool:
    return old.parent != chart.unit(old.id).parent


def _note(step: _Step, number: int, posts: tuple[PostId, ...], was: _Place, now: _Place, *, carried: bool) -> None:
    """`number` posts (less, for a pending transformation) left one place and came to another.

    `carried`: the pending goes with its candidates, and counts on their side: 6 posts leave, one of them uncounted.
    """
    if (was.counted, was.grade) != (now.counted, now.grade):
        if was.counted:
            _add(step.grades.setdefault(was.grade, _Moves()), -number, posts, carried)
        if now.counted:
            _add(step.grades.setdefault(now.grade, _Moves()), number, posts, carried)
    for unit in was.units - now.units:
        _add(step.units.setdefault(unit, _Moves()), -number, posts, carried)
    for unit in now.units - was.units:
        _add(step.units.setdefault(unit, _Moves()), number, posts, carried)


def _add(moves: _Moves, number: int, posts: tuple[PostId, ...], carried: bool) -> None:
    (moves.gains if (number > 0) != carried else moves.losses).append((number, posts))


def _heirs(before: Structure, after: Structure) -> dict[UnitId, UnitId]:
    """Unit closed → the one new unit that succeeds to it alone."""
    successors: dict[UnitId, list[Unit]] = {}
    for unit in after.units:
        for origin in unit.origins:
            if origin not in after.unit_by_id:
                successors.setdefault(origin, []).append(unit)
    return {
        closed: units[0].id
        for closed, units in successors.items()
        if len(units) == 1 and units[0].id not in before.unit_by_id
    }


def _grade_rows(
    before: Structure,
    after: Structure,
    heirs: dict[UnitId, UnitId],
    root: UnitId | None,
    items: dict[GradeCode | None, list[Item]],
) -> tuple[Cause, ...]:
    was: Counter[GradeCode | None] = Counter()
    now: Counter[GradeCode | None] = Counter()
    for side, structure, units in ((was, before, _standing(before, heirs, root)), (now, after, (root,))):
        for unit in units:
            if stands(structure, unit):
                side.update({grade: total.posts for grade, total in structure.tally(_grade, unit).items()})
    partial = any(known_in_part(before, unit) for unit in _standing(before, heirs, root)) or known_in_part(after, root)
    rows = []
    for grade in sorted({*was, *now, *items}, key=lambda code: (after.nomenclature.grade_rank(code), code or "")):
        rows.append(_row(grade, grade or UNKNOWN_FEMININE, was[grade], now[grade], partial, items.get(grade, [])))
    return tuple(row for row in rows if row.items)


def _grade(post: Post) -> GradeCode | None:
    return post.grade


def _standing(before: Structure, heirs: dict[UnitId, UnitId], unit: UnitId | None) -> tuple[UnitId | None, ...]:
    """What stood for the unit: itself, or for a new one the units it alone succeeds to (the topmost of them)."""
    if stands(before, unit):
        return (unit,)
    closed = (each for each, heir in heirs.items() if heir == unit and each in before.unit_by_id)
    return tuple(each for each in closed if not _inside_another(before, each, heirs))


def _unit_rows(
    before: Structure, after: Structure, heirs: dict[UnitId, UnitId], items: dict[UnitId, list[Item]]
) -> tuple[Cause, ...]:
    rows = []
    for unit in dict.fromkeys(each.id for structure in (after, before) for each in structure.subtree()):
        if unit in heirs or (unit not in items and not _gap(before, after, unit)):
            continue
        stood = _standing(before, heirs, unit)
        then = sum(before.subtree_totals[each].posts for each in stood if each is not None)
        since = after.subtree_totals[unit].posts if unit in after.unit_by_id else 0
        partial = any(known_in_part(before, each) for each in stood) or known_in_part(after, unit)
        label = after.unit_label(unit) if unit in after.unit_by_id else before.unit_label(unit)
        rows.append(_row(unit, label, then, since, partial, items.get(unit, [])))
    return tuple(row for row in rows if row.items)


def _gap(before: Structure, after: Structure, unit: UnitId) -> int:
    was, now = before.subtree_totals.get(unit, Total()), after.subtree_totals.get(unit, Total())
    return now.posts - was.posts


def _inside_another(before: Structure, closed: UnitId, heirs: dict[UnitId, UnitId]) -> bool:
    """Whether a unit above this one has the same heir: its total holds this one's."""
    return any(heirs.get(above.id) == heirs[closed] for above in before.ancestors(closed))


def _row(key: str | None, label: str, before: int, after: int, partial: bool, items: Sequence[Item]) -> Cause:
    rest = after - before - sum(item.number for item in items)
    told = (*items, Item(rest, None, UNEXPLAINED, ())) if rest else tuple(items)
    return Cause(key, label, None if partial else before, None if partial else after, told)
