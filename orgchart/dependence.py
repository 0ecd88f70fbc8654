"""Which changes of a draft can turn out otherwise on another chart: those that look at what differs there, those that
look at what these write, and those they rest on. The others are known already."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from .changes import Change
from .journal import Footprint
from .structure import Structure
from .traces import Trace, trace
from .values import ChangeId


class Dependence:
    """The changes of one draft as it was folded on its base: which of them reads what which of them writes."""

    def __init__(self, changes: Sequence[Change], known: Trace) -> None:
        self.changes = changes
        self.known = known

    @cached_property
    def _readers(self) -> dict[str, list[int]]:
        return self._ranks(lambda footprint: footprint.reads)

    @cached_property
    def _writers(self) -> dict[str, list[int]]:
        return self._ranks(lambda footprint: footprint.writes)

    def _ranks(self, tokens: Callable[[Footprint], Iterable[str]]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for rank, change in enumerate(self.changes):
            for token in tokens(self.known.footprints[change.id]):
                found.setdefault(token, []).append(rank)
        return found

    def refused_on(self, chart: Structure, written: Iterable[str]) -> dict[ChangeId, str]:
        """Those that cannot be made on `chart`, where what is `written` may differ from the base, with the reasons:
        what a whole fold says, found by folding those concerned."""
        dirty = {*written}
        seen: dict[int, Footprint] = {}
        while True:
            wanted = self._concerned(dirty, seen)
            found = trace(chart, [self.changes[rank] for rank in sorted(wanted)])
            # What turned out otherwise may read and write more than on the base: then there may be more to look at.
            for rank in wanted:
                known, now = seen.get(rank, self._footprint(rank)), found.footprints[self.changes[rank].id]
                seen[rank] = Footprint(known.reads | now.reads, known.writes | now.writes)
            if self._concerned(dirty, seen) == wanted:
                break
        apart = {self.changes[rank].id for rank in wanted}
        kept = {change: reason for change, reason in self.known.refused.items() if change not in apart}
        return kept | found.refused

    def _footprint(self, rank: int) -> Footprint:
        return self.known.footprints[self.changes[rank].id]

    def _concerned(self, written: set[str], seen: dict[int, Footprint]) -> set[int]:
        """The ranks of those to fold again. `seen`: what some of them read and wrote when that was last tried."""
        affected: set[int] = set()
        todo, dirty = [*written], {*written}
        while todo:
            for rank in self._readers.get(todo.pop(), ()):
                if rank not in affected:
                    affected.add(rank)
                    new = {*seen.get(rank, self._footprint(rank)).writes} - dirty
                    dirty |= new
                    todo.extend(new)
        needed = {*affected}
        rest = [*affected]
        while rest:
            rank = rest.pop()
            for token in seen.get(rank, self._footprint(rank)).reads:
                for earlier in self._writers.get(token, ()):
                    if earlier < rank and earlier not in needed:
                        needed.add(earlier)
                        rest.append(earlier)
        return needed
