"""What became of the units and posts of a difference, in the short words that a box has room for."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ..diff import Difference, PostDelta, State, UnitDelta
from ..french import NBSP, UNKNOWN_FEMININE, count, join
from ..records import Post, Unit
from ..structure import Structure
from ..values import GradeCode, PostId, UnitId
from .drawing import Mark

MARKS = {
    State.CREATED: Mark.CREATED,
    State.MOVED: Mark.MOVED,
    State.TRANSFERRED: Mark.TRANSFERRED,
    State.TRANSFORMED: Mark.TRANSFORMED,
    State.CHANGED: Mark.TRANSFORMED,
    State.RENAMED: Mark.TRANSFORMED,
    State.CLOSED: Mark.CLOSED,
    State.REPLACED: Mark.TRANSFORMED,
}
WORDS = {
    State.CREATED: ("créé", "créée"),
    State.MOVED: ("rattaché", "rattachée"),
    State.TRANSFERRED: ("transféré", "transférée"),
    State.TRANSFORMED: ("transformé", "transformée"),
    State.CHANGED: ("modifié", "modifiée"),
    State.RENAMED: ("renommé", "renommée"),
    State.CLOSED: ("supprimé", "supprimée"),
    State.REPLACED: ("transformé", "transformée"),
}
LEFT = (State.TRANSFERRED, State.REPLACED, State.CLOSED)


class Happened(NamedTuple):
    """A mark and its word, in the gender and number of what it is said of; `detail`: from where, out of what."""

    mark: Mark
    word: str
    detail: str = ""

    @property
    def words(self) -> str:
        return f"{self.word} {self.detail}".rstrip()


class Happenings:
    """A difference whose *after* is the structure drawn; without one, nothing happened."""

    def __init__(self, structure: Structure, difference: Difference | None) -> None:
        self._structure = structure
        self._difference = difference

    @property
    def before(self) -> Structure:
        return self._difference.before if self._difference else self._structure

    def label(self, unit: UnitId) -> str:
        found = self._structure.unit_by_id.get(unit) or self.before.unit_by_id.get(unit)
        return found.label if found else unit

    # Units

    def _delta(self, unit: UnitId) -> UnitDelta | None:
        return self._difference.units.get(unit) if self._difference else None

    def to_unit(self, unit: Unit) -> Happened | None:
        delta = self._delta(unit.id)
        if delta is None or delta.state not in MARKS or set(delta.visible_fields) == {"origins"}:
            return None
        kind = self._structure.nomenclature.kind_by_code.get(unit.kind)
        return Happened(MARKS[delta.state], WORDS[delta.state][bool(kind and kind.feminine)])

    def unit_facts(self, unit: Unit) -> Iterator[str]:
        """Where it was attached, how it was called, what it comes from."""
        delta = self._delta(unit.id)
        if delta is None or delta.after is None:
            return
        known = {*delta.before.origins} if delta.before else set()
        origins = [self.label(each) for each in unit.origins if each in self.before.unit_by_id and each not in known]
        if origins:
            kind = self._structure.nomenclature.kind_by_code.get(unit.kind)
            issued = "issue de" if kind and kind.feminine else "issu de"
            yield f"{'reprend' if delta.before else issued}{NBSP}: {join(origins)}"
        if delta.before is None:
            return
        if State.MOVED in delta.states:
            yield f"depuis{NBSP}: {self.label(delta.before.parent) if delta.before.parent else 'le premier niveau'}"
        if delta.before.label != unit.label:
            yield f"avant{NBSP}: {delta.before.label}"

    def successors(self, unit: UnitId) -> list[str]:
        return [each.label for each in self._structure.units if unit in each.origins]

    # Posts

    def _post(self, post: PostId) -> PostDelta | None:
        return self._difference.posts.get(post) if self._difference else None

    def to_post(self, post: PostId, unit: Unit) -> Happened | None:
        """A post that a new unit takes along from the same perimeter is not marked: the unit says how many it took."""
        delta = self._post(post)
        if delta is None or delta.after is None or delta.state not in MARKS:
            return None
        if delta.state is State.MOVED and self._came_along(delta, unit):
            return None
        return Happened(MARKS[delta.state], WORDS[delta.state][0], self._detail(delta, delta.after))

    def _came_along(self, delta: PostDelta, unit: Unit) -> bool:
        return State.MOVED in delta.states and unit.id not in self.before.unit_by_id

    def _detail(self, delta: PostDelta, post: Post) -> str:
        match delta.state:
            case State.MOVED | State.TRANSFERRED if delta.before:
                return f"depuis {self.label(delta.before.unit)}"
            case State.TRANSFORMED:
                return self._made_of(post)
            case State.RENAMED if delta.before:
                return f"(avant{NBSP}: {self.before.title_of(delta.before)})"
            case State.CHANGED if delta.before and delta.before.grade != post.grade:
                old, new = (_unbroken(grade) or UNKNOWN_FEMININE for grade in (delta.before.grade, post.grade))
                return f"({old} → {new})"
            case _:
                return ""

    def _made_of(self, post: Post) -> str:
        """« (avant : chargé de mission, A 3) depuis Cellule X »; several candidates: « à déterminer »."""
        old = next((self.before.post_by_id[each] for each in post.origins if each in self.before.post_by_id), None)
        if old is None:
            return "(à déterminer par la bourse)"
        was = ", ".join(part for part in (self.before.title_of(old), _unbroken(old.grade)) if part)
        return f"(avant{NBSP}: {was})" + (f" depuis {self.label(old.unit)}" if old.unit != post.unit else "")

    def gone(self, post: Post) -> Happened | None:
        """What became of a post of before that its unit holds no more; those only attached elsewhere are counted."""
        delta = self._post(post.id)
        if delta is None or delta.state not in LEFT:
            return None
        home = delta.after.unit if delta.after else self._heir(post.id)
        if home == post.unit or (delta.state is State.REPLACED and home is None):
            return None
        return Happened(MARKS[delta.state], WORDS[delta.state][0], f"vers {self.label(home)}" if home else "")

    def _heir(self, post: PostId) -> UnitId | None:
        return self._heirs.get(post)

    @cached_property
    def _heirs(self) -> dict[PostId, UnitId]:
        """Post → the unit of the one that came of it, the nearest one first."""
        found: dict[PostId, UnitId] = {}
        for post in self._structure.posts:
            for origin in post.origins:
                found.setdefault(origin, post.unit)
        return found

    def comings_and_goings(self, unit: UnitId) -> Iterator[str]:
        """« 4 postes depuis Cellule X » for those a new unit took along; « 2 postes rattachés à Y » for those gone."""
        if self._difference is None:
            return
        came: Counter[UnitId] = Counter()
        went: Counter[UnitId] = Counter()
        for post in self._structure.posts_of.get(unit, ()):
            delta = self._post(post.id)
            if delta and delta.before and self._came_along(delta, self._structure.unit_by_id[unit]):
                came[delta.before.unit] += 1
        for post in self.before.posts_of.get(unit, ()):
            delta = self._post(post.id)
            if delta and delta.after and State.MOVED in delta.states:
                went[delta.after.unit] += 1
        for other, number in came.items():
            yield f"{count(number, 'poste')} depuis {self.label(other)}"
        for other, number in went.items():
            yield f"{count(number, 'poste rattaché', 'postes rattachés')} à {self.label(other)}"

    def moves(self) -> dict[tuple[UnitId, UnitId], int]:
        """(from, to) → how many posts went, transformed on the way or not."""
        found: Counter[tuple[UnitId, UnitId]] = Counter()
        for delta in self._difference.posts.values() if self._difference else ():
            if delta.after is None:
                continue
            old = delta.before or next(
                (self.before.post_by_id[each] for each in delta.after.origins if each in self.before.post_by_id), None
            )
            if old and old.unit != delta.after.unit:
                found[old.unit, delta.after.unit] += 1
        return dict(found)

    def moved_units(self) -> list[tuple[UnitId, UnitId | None]]:
        """(unit, former parent) of the units attached elsewhere."""
        deltas = self._difference.units.values() if self._difference else ()
        return [
            (delta.id, delta.before.parent)
            for delta in deltas
            if delta.before and delta.after and "parent" in delta.fields
        ]


def _unbroken(grade: GradeCode | None) -> str:
    return grade.replace(" ", NBSP) if grade else ""
