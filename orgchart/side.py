"""A draft folded on a chart, and which of its changes wrote what: conflicts, pages and the next edit start from it."""

from collections.abc import Sequence
from functools import cached_property

from .changes import Change
from .dependence import Dependence
from .diff import Difference, compare
from .fold import Folded, Refusal
from .structure import Structure
from .traces import Trace, Write, carry_on, empty
from .values import ChangeId, PostId
from .working_copy import WorkingCopy


class Side:
    """`changes` in the order of the fold, over `base`. What begins as `earlier` did on the same base is not folded
    again: only the rest is."""

    def __init__(self, base: Structure, changes: Sequence[Change], *, earlier: "Side | None" = None) -> None:
        self.base = base
        self.changes = tuple(changes)
        known, start, begun = empty(), base, 0
        if earlier is not None and earlier.base is base and self.changes[: len(earlier.changes)] == earlier.changes:
            known, start, begun = earlier.trace.copy(), earlier.structure, len(earlier.changes)
            # However many edits follow one another, two charts are kept: the base and the one just before.
            start.rest_on(base)
        chart = WorkingCopy(start)
        carry_on(known, chart, self.changes[begun:])
        self.trace: Trace = known
        self.structure: Structure = chart.freeze()

    @cached_property
    def folded(self) -> Folded:
        refused = self.trace.refused
        refusals = (Refusal(change, refused[change.id]) for change in self.changes if change.id in refused)
        return Folded(self.structure, tuple(refusals))

    @cached_property
    def difference(self) -> Difference:
        return compare(self.base, self.structure)

    @cached_property
    def ranks(self) -> dict[ChangeId, int]:
        return {change.id: rank for rank, change in enumerate(self.changes)}

    @cached_property
    def writes_of(self) -> dict[str, list[tuple[ChangeId, Write]]]:
        """Record → what the changes wrote of it, in their order."""
        found: dict[str, list[tuple[ChangeId, Write]]] = {}
        for change, writes in self.trace.writes.items():
            for write in writes:
                found.setdefault(write.key, []).append((change, write))
        return found

    def author(self, key: str, field: str) -> ChangeId | None:
        """The last change that wrote this field, or that added or took away the record."""
        found = (change for change, write in reversed(self.writes_of.get(key, [])) if field in write.fields)
        return next(found, None)

    @cached_property
    def heirs(self) -> dict[PostId, set[PostId]]:
        return heirs(self.structure)

    @cached_property
    def written(self) -> frozenset[str]:
        """The records that its changes wrote, and what is listed under them."""
        return frozenset().union(*(each.writes for each in self.trace.footprints.values()))

    @cached_property
    def dependence(self) -> Dependence:
        return Dependence(self.changes, self.trace)


def heirs(structure: Structure) -> dict[PostId, set[PostId]]:
    """Post → those of the chart that come from it."""
    found: dict[PostId, set[PostId]] = {}
    for post in structure.posts:
        for origin in post.origins:
            found.setdefault(origin, set()).add(post.id)
    return found
