"""What is drawn of a structure, or of a difference: which units under which, with which words. No position here."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ..diff import Difference
from ..french import NBSP, count, decimal, grouped, plural, signed, upper_first
from ..records import Unit
from ..rows import Row, rows
from ..structure import Structure
from ..total import Total
from ..values import GradeCode, PostId, UnitId
from .happenings import Happened, Happenings

# More rows than this in a box, and the last ones are only counted.
ROWS_SHOWN = 10


class Line(NamedTuple):
    """Posts that print alike, as a box lists them.

    `notes`: whom they also answer to; `warning`: a word about their occupation; `gone`: they are not here any more.
    """

    label: str
    grade: GradeCode | None
    posts: tuple[PostId, ...]
    leads: bool = False
    happened: Happened | None = None
    notes: tuple[str, ...] = ()
    warning: str = ""
    gone: bool = False


class Content(NamedTuple):
    """The words of a box, not wrapped yet."""

    unit: UnitId
    label: str
    facts: tuple[str, ...]
    lines: tuple[Line, ...]
    foot: tuple[str, ...]
    happened: Happened | None
    partial: bool
    ghost: bool = False


class Chart:
    """A structure ready to be drawn; with a difference, what it closes is kept where it was.

    `totals` and `hidden` stand in for what a structure loaded in part does not hold: unit → its total (None: known in
    part), and unit → number of units below it. `vacant`: the posts stated vacant. `names`: the labels of units and
    posts that are named, and are not in the structure.
    """

    def __init__(
        self,
        structure: Structure,
        *,
        difference: Difference | None = None,
        totals: Mapping[UnitId, Total | None] | None = None,
        hidden: Mapping[UnitId, int] | None = None,
        vacant: Collection[PostId] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._structure = structure
        self._names = names or {}
        self.happenings = Happenings(structure, difference)
        self._difference = difference
        self._totals = totals
        self._hidden = hidden or {}
        self._vacant = frozenset(vacant)
        self._closed: dict[UnitId | None, list[Unit]] = {}
        if difference is not None:
            known = structure.unit_by_id.keys() | difference.before.unit_by_id.keys()
            for identifier, unit in difference.before.unit_by_id.items():
                if identifier not in structure.unit_by_id:
                    self._closed.setdefault(unit.parent if unit.parent in known else None, []).append(unit)

    def unit(self, unit: UnitId) -> Unit:
        found = self._structure.unit_by_id.get(unit)
        if found is None and self._difference is not None:
            found = self._difference.before.unit_by_id.get(unit)
        if found is None:
            raise KeyError(unit)
        return found

    def children(self, unit: UnitId | None) -> list[UnitId]:
        """The units under one in their order, the closed ones where they stood."""
        found = [*self._structure.children_of.get(unit, ()), *self._closed.get(unit, ())]
        return [each.id for each in sorted(found, key=lambda each: (each.position, each.id))]

    def stands_above(self, unit: UnitId, other: UnitId) -> bool:
        return any(each.id == unit for each in self._structure.ancestors(other))

    def units_below(self, unit: UnitId) -> int:
        """How many units stand below, drawn or not."""
        if unit in self._hidden:
            return self._hidden[unit]
        number, stack = 0, self.children(unit)
        while stack:
            number += 1
            stack.extend(self.children(stack.pop()))
        return number

    def links(self, unit: UnitId) -> tuple[UnitId, ...]:
        return self.unit(unit).links

    def content(self, unit: UnitId, *, top: bool, drawn: Collection[UnitId]) -> Content:
        """The words of one box. A functional link to a unit that is not drawn is written in it."""
        record = self.unit(unit)
        closed = unit not in self._structure.unit_by_id
        lines = [*([] if closed else self._lines(record)), *self._gone(unit)]
        shown = lines if len(lines) <= ROWS_SHOWN else lines[: ROWS_SHOWN - 1]
        foot = []
        if more := sum(len(line.posts) for line in lines[len(shown) :]):
            foot.append(f"et {more}{NBSP}{plural(more, 'autre poste', 'autres postes')}")
        foot.extend(f"Lien fonctionnel{NBSP}: {self._label(link)}" for link in record.links if link not in drawn)
        foot.extend(self.happenings.comings_and_goings(unit))
        if closed:
            foot.extend(f"Reprise par{NBSP}: {label}" for label in self.happenings.successors(unit))
        return Content(
            unit=unit,
            label=f"{upper_first(record.label)}{' (nom provisoire)' if record.provisional else ''}",
            facts=tuple(self._facts(record, top=top, closed=closed)),
            lines=tuple(shown),
            foot=tuple(foot),
            happened=self.happenings.to_unit(record),
            partial=record.partial,
        )

    def ghost(self, unit: UnitId) -> Content:
        """The place a unit left, where it stood: its name, and where it is now."""
        record = self.unit(unit)
        now = self._label(record.parent) if record.parent else "premier niveau"
        label = self.happenings.before.unit_label(unit)
        return Content(
            unit=ghost_of(unit),
            label=upper_first(label),
            facts=(f"ancienne place, maintenant{NBSP}: {now}",),
            lines=(),
            foot=(),
            happened=None,
            partial=False,
            ghost=True,
        )

    # Facts

    def _facts(self, unit: Unit, *, top: bool, closed: bool) -> Iterator[str]:
        """The lines under the label: how many posts and where, who leads it from elsewhere."""
        first = [*self._numbers(unit, top=top, closed=closed)]
        if not top:
            first.append(", ".join(self._structure.nomenclature.site_label(site) for site in unit.sites))
        yield " · ".join(part for part in first if part)
        lead = self._structure.post_by_id.get(unit.lead) if unit.lead and not closed else None
        if lead and lead.unit != unit.id:
            kind = self._structure.nomenclature.kind_by_code.get(unit.kind)
            led = "pilotée" if kind and kind.feminine else "piloté"
            yield f"{led} depuis {self._label(lead.unit)} ({self._structure.title_of(lead)})"
        yield from self.happenings.unit_facts(unit)

    def _numbers(self, unit: Unit, *, top: bool, closed: bool) -> Iterator[str]:
        gap = self._gap(unit.id)
        total = Total() if closed else self._total(unit.id)
        if unit.partial or total is None:
            yield "connue en partie" if unit.partial else "effectif non renseigné"
            # Not above other units: another one known in part, whose place is not known, may stand below it as well
            # and have given what it seems to gain.
            if gap and not self.children(unit.id):
                yield f"{signed(gap)}{NBSP}{plural(gap, 'poste')}"
            return
        if gap and unit.id in self._before_units():
            yield f"{grouped(total.posts - gap)} → {count(total.posts, 'poste')}"
        else:
            yield count(total.posts, "poste")
        if total.posts and not total.unknown_etp and (top or total.etp != total.posts):
            yield f"{decimal(total.etp)}{NBSP}ETP"

    def _total(self, unit: UnitId) -> Total | None:
        return self._structure.total(unit) if self._totals is None else self._totals.get(unit)

    def _before_units(self) -> Collection[UnitId]:
        return self._difference.before.unit_by_id if self._difference else ()

    def _gap(self, unit: UnitId) -> int:
        """The unit's posts after less its posts before; 0 without a difference."""
        if self._difference is None:
            return 0
        before, after = self._difference.before.subtree_totals, self._difference.after.subtree_totals
        return after.get(unit, Total()).posts - before.get(unit, Total()).posts

    def _label(self, unit: UnitId) -> str:
        return self._names.get(unit) or self.happenings.label(unit)

    def answers_to(self, unit: UnitId) -> list[UnitId]:
        """The other units where the second superiors of its posts are."""
        posts = self._structure.posts_of.get(unit, ())
        homes = [self._structure.post_by_id.get(superior) for post in posts for superior in post.superiors]
        return list(dict.fromkeys(home.unit for home in homes if home and home.unit != unit))

    # Posts

    def _lines(self, unit: Unit) -> Iterator[Line]:
        for row in rows(self._structure, unit.id):
            for number, posts in self._parts(unit, row):
                label = self._structure.title_of(self._structure.post_by_id[posts[0]], plural=number > 1)
                vacant = sum(post in self._vacant for post in posts)
                yield Line(
                    label=f"{number}{NBSP}{label}" if number != 1 else upper_first(label),
                    grade=row.grade,
                    posts=posts,
                    leads=row.leads,
                    happened=self._happened_to(posts, unit),
                    notes=tuple(f"relève aussi de{NBSP}: {self._superior(each)}" for each in row.superiors),
                    warning=_vacancy(vacant, number) or ("gelé" if row.frozen else ""),
                )

    def _parts(self, unit: Unit, row: Row) -> list[tuple[int, tuple[PostId, ...]]]:
        """The posts of a row by what happened to them; candidates of a pending transformation stay together."""
        if row.number != len(row.posts):
            return [(row.number, row.posts)]
        parts: dict[Happened | None, list[PostId]] = {}
        for post in row.posts:
            parts.setdefault(self.happenings.to_post(post, unit), []).append(post)
        return [(len(posts), tuple(posts)) for posts in parts.values()]

    def _happened_to(self, posts: tuple[PostId, ...], unit: Unit) -> Happened | None:
        return _several(self.happenings.to_post(posts[0], unit), len(posts))

    def _superior(self, post: PostId) -> str:
        """« directrice, Direction de la mer »."""
        found = self._structure.post_by_id.get(post)
        if found is None:
            return self._names.get(post, post)
        return f"{self._structure.title_of(found)}, {self._label(found.unit)}"

    def _gone(self, unit: UnitId) -> Iterator[Line]:
        """The posts that left for another perimeter, were transformed elsewhere, or are suppressed."""
        before = self.happenings.before
        if self._difference is None or unit not in before.unit_by_id:
            return
        for row in rows(before, unit):
            parts: dict[Happened, list[PostId]] = {}
            for post in row.posts:
                if happened := self.happenings.gone(before.post_by_id[post]):
                    parts.setdefault(happened, []).append(post)
            for happened, posts in parts.items():
                label = before.title_of(before.post_by_id[posts[0]], plural=len(posts) > 1)
                yield Line(
                    label=f"{len(posts)}{NBSP}{label}" if len(posts) > 1 else upper_first(label),
                    grade=row.grade,
                    posts=tuple(posts),
                    happened=_several(happened, len(posts)),
                    gone=True,
                )


def ghost_of(unit: UnitId) -> UnitId:
    """The key of the place it left."""
    return UnitId(f"{unit} (ancienne place)")


def _several(happened: Happened | None, number: int) -> Happened | None:
    return happened._replace(word=f"{happened.word}s") if happened and number > 1 else happened


def _vacancy(vacant: int, number: int) -> str:
    if not vacant:
        return ""
    return plural(number, "vacant", "vacants") if vacant >= number else f"dont {count(vacant, 'vacant')}"
