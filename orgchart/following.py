"""What a newer version of the chart changes under a draft: around it, in its totals, its changes and its problems."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property

from .changes import Change
from .checks import Announced, Problem, Severity, check_draft
from .diff import Difference, PostDelta, State, UnitDelta, compare
from .fields import FIELDS, Words, changed
from .fold import Folded, Refusal, fold_leniently
from .french import NBSP, quoted
from .gaps import GapRow
from .structure import Structure
from .traces import trace
from .values import PostId, UnitId


class Since:
    """`old` and `new`: the chart the draft was written on, and the newer one. `changes` in the order of the fold.

    `root` heads the perimeter of the draft: what changed elsewhere is told only where the draft touches it.
    """

    def __init__(
        self,
        old: Structure,
        new: Structure,
        changes: Sequence[Change],
        root: UnitId,
        *,
        announced: Sequence[Announced] = (),
        effective: datetime.date | None = None,
    ) -> None:
        self.old, self.new, self.changes, self.root = old, new, tuple(changes), root
        self.announced, self.effective = tuple(announced), effective
        self.words = Words((old, new))

    @cached_property
    def difference(self) -> Difference:
        return compare(self.old, self.new)

    @cached_property
    def totals(self) -> tuple[GapRow, ...]:
        """The whole perimeter, then the cotations that vary: posts before and after, before any change of the draft."""
        found = self.difference.totals(self.root)
        return (found.headcount, *(row for row in found.grades if row.gap.posts))

    @cached_property
    def useless(self) -> tuple[Refusal, ...]:
        """The changes that could be made and no longer can, or need not: done already."""
        before = {refusal.change.id for refusal in self._was.refusals}
        return tuple(refusal for refusal in self._is.refusals if refusal.change.id not in before)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """What changed near the draft, a line each: units, then posts."""
        units = [delta for delta in self.difference.units.values() if self._near_unit(delta)]
        posts = [delta for delta in self.difference.posts.values() if self._near_post(delta)]
        return (*(line for unit in units for line in self._unit(unit)), *(self._post(post) for post in posts))

    @cached_property
    def gained(self) -> tuple[Problem, ...]:
        """Problems that the draft did not have; changes that have become useless are told apart."""
        return self._only(self._problems_now, self._problems_before)

    @cached_property
    def lost(self) -> tuple[Problem, ...]:
        return self._only(self._problems_before, self._problems_now)

    @property
    def silent(self) -> bool:
        """Nothing of all this says anything."""
        gaps = any(row.gap.posts for row in self.totals)
        return not (gaps or self.useless or self.around or self.gained or self.lost)

    # How it is found

    @cached_property
    def _was(self) -> Folded:
        return fold_leniently(self.old, self.changes)

    @cached_property
    def _is(self) -> Folded:
        return fold_leniently(self.new, self.changes)

    @cached_property
    def _problems_before(self) -> tuple[Problem, ...]:
        return self._problems(self.old, self._was)

    @cached_property
    def _problems_now(self) -> tuple[Problem, ...]:
        return self._problems(self.new, self._is)

    def _problems(self, before: Structure, folded: Folded) -> tuple[Problem, ...]:
        found = check_draft(before, self.changes, folded, announced=self.announced, effective=self.effective)
        return tuple(each for each in found if each.code != "refused" and each.severity is not Severity.OK)

    @staticmethod
    def _only(here: Sequence[Problem], there: Sequence[Problem]) -> tuple[Problem, ...]:
        known = {(each.code, each.change, each.message) for each in there}
        return tuple(each for each in here if (each.code, each.change, each.message) not in known)

    @cached_property
    def _touched(self) -> frozenset[str]:
        """The units and posts that the draft writes, and the units where it puts something."""
        writes = [write for each in trace(self.old, self.changes).writes.values() for write in each]
        kept = [record for write in writes for record in (write.before, write.after) if record is not None]
        places = [record.unit if hasattr(record, "unit") else record.parent for record in kept]
        return frozenset([*(write.key for write in writes), *(place for place in places if place)])

    @cached_property
    def _inside(self) -> frozenset[str]:
        return frozenset(
            unit.id
            for structure in (self.old, self.new)
            if self.root in structure.unit_by_id
            for unit in structure.subtree(self.root)
        )

    def _near_unit(self, delta: UnitDelta) -> bool:
        return delta.id in self._inside or delta.id in self._touched

    def _near_post(self, delta: PostDelta) -> bool:
        units = {record.unit for record in (delta.before, delta.after) if record is not None}
        stands = delta.before is not None and delta.after is not None
        near = bool(units & self._inside) or delta.id in self._touched
        return near and (not stands or bool(_told(delta)))

    def _unit(self, delta: UnitDelta) -> Iterator[str]:
        if delta.before is None:
            yield f"Unité créée{NBSP}: {quoted(delta.known.label)}"
        elif delta.after is None:
            yield f"Unité supprimée{NBSP}: {quoted(delta.known.label)}"
        else:
            for field in _told(delta):
                yield self._field(delta.id, field, delta.before, delta.after)

    def _post(self, delta: PostDelta) -> str:
        title, unit = self._title(delta), self.words.name(delta.known.unit)
        if delta.before is None or delta.after is None:
            word = "créé" if delta.before is None else "transformé" if State.REPLACED in delta.states else "supprimé"
            return f"Poste {word}{NBSP}: {title}, {unit}"
        fields = _told(delta)
        if len(fields) == 1:
            return self._field(delta.id, fields[0], delta.before, delta.after)
        return f"{self.words.label(delta.id)}{NBSP}: {changed(fields)}"

    def _title(self, delta: PostDelta) -> str:
        side = self.new if delta.after is not None else self.old
        return side.title_of(side.post_by_id[PostId(delta.id)])

    def _field(self, key: str, field: str, before: object, after: object) -> str:
        was, now = (self.words.value(field, getattr(record, field)) for record in (before, after))
        return f"{self.words.label(key)}{NBSP}: {changed([field])} ({was} → {now})"


def _told(delta: UnitDelta | PostDelta) -> tuple[str, ...]:
    """The fields that have a name: lineage and old names have none."""
    return tuple(field for field in delta.fields if field in FIELDS)
