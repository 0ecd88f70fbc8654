"""Two variants side by side: what each makes of the perimeter, and what was done otherwise in one and the other."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from orgchart.changes import AnyChange
from orgchart.checks import Severity
from orgchart.fates import FateKind
from orgchart.french import UNKNOWN, UNKNOWN_FEMININE, count, decimal, grouped, upper_first
from orgchart.measures import Measures
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.values import UnitId

from .queries import Draft

ABSENT = "–"


class Line(NamedTuple):
    """One measure: today, then each variant. `differs`: the two variants do not say the same."""

    label: str
    today: str
    one: str
    other: str
    differs: bool


class Group(NamedTuple):
    label: str
    lines: tuple[Line, ...]


class Apart(NamedTuple):
    """What only one variant does, or does otherwise than the other, in words."""

    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    otherwise: tuple[tuple[str, str], ...]
    common: int


class Comparison:
    """Both drafts are written over the same chart. `people`: whether the user reads what happens to the holders."""

    def __init__(self, one: Draft, other: Draft, *, people: bool) -> None:
        self.one, self.other = one, other
        self.people = people
        self.root = UnitId(one.reorganisation.unit_uid)

    @cached_property
    def sides(self) -> tuple[Measures | None, Measures | None, Measures | None]:
        charts: tuple[Structure, ...] = (self.one.before, self.one.after, self.other.after)
        today, one, other = (Measures(each, self.root) if self.root in each.unit_by_id else None for each in charts)
        return today, one, other

    @property
    def groups(self) -> tuple[Group, ...]:
        found = [Group("Effectif et encadrement", tuple(self._measures())), Group("Cotations", tuple(self._grades()))]
        if self.people:
            found.append(Group("Situations des agents connus", tuple(self._situations())))
        found.append(Group("Projet", tuple(self._draft())))
        return tuple(found)

    def _line(self, label: str, say: Callable[[Measures], str]) -> Line:
        today, one, other = (say(each) if each else ABSENT for each in self.sides)
        return Line(label, today, one, other, one != other)

    def _measures(self) -> Iterator[Line]:
        yield self._line("Postes", lambda each: _posts(each.total))
        yield self._line("ETP", lambda each: _etp(each.total))
        yield self._line("Unités", lambda each: grouped(len(each.units)))
        yield self._line("Niveaux", lambda each: grouped(each.depth))
        yield self._line("Postes qui dirigent une unité", lambda each: grouped(len(each.leads)))
        yield self._line("Taux d’encadrement", lambda each: _percent(each.management_ratio))
        yield self._line("Agents par encadrant, en moyenne", lambda each: _average(each.average_span))
        yield self._line("Agents par encadrant, au plus", _widest)
        yield self._line("Unités sans encadrant à elles", lambda each: grouped(len(each.led_from_above)))

    def _grades(self) -> Iterator[Line]:
        rank = self.one.before.nomenclature.grade_rank
        tallies = [each.grades if each else {} for each in self.sides]
        known = {grade for tally in tallies for grade in tally if grade}
        for grade in [*sorted(known, key=lambda code: (rank(code), code)), None]:
            today, one, other = (grouped(tally.get(grade, Total()).posts) for tally in tallies)
            if grade or (today, one, other) != ("0", "0", "0"):
                yield Line(grade or upper_first(UNKNOWN_FEMININE), today, one, other, one != other)

    def _situations(self) -> Iterator[Line]:
        one, other = (Counter(fate.kind for fate in draft.fates) for draft in (self.one, self.other))
        for kind in FateKind:
            if one[kind] or other[kind]:
                yield _pair(upper_first(kind.label), one[kind], other[kind])
        unsettled = (len({fate.holder for fate in draft.unresolved}) for draft in (self.one, self.other))
        yield _pair("Agents dont la situation reste à préciser", *unsettled)

    def _draft(self) -> Iterator[Line]:
        both = (self.one, self.other)
        yield _pair("Ajustements", *(len(draft.changes) for draft in both))
        yield _pair("Points bloquants", *(_number_of(draft, Severity.BLOCKING) for draft in both))
        yield _pair("Points à vérifier", *(_number_of(draft, Severity.WARNING) for draft in both))

    @cached_property
    def apart(self) -> Apart:
        """Changes are the same in both when the one was copied from the other and neither was edited since."""
        mine, theirs = ({change.id: change for change in draft.changes} for draft in (self.one, self.other))
        both = [uid for uid in mine if uid in theirs]
        return Apart(
            only_one=_words(self.one, [change for uid, change in mine.items() if uid not in theirs]),
            only_other=_words(self.other, [change for uid, change in theirs.items() if uid not in mine]),
            otherwise=tuple(
                (self.one.wording(mine[uid]).sentence, self.other.wording(theirs[uid]).sentence)
                for uid in both
                if mine[uid] != theirs[uid]
            ),
            common=sum(mine[uid] == theirs[uid] for uid in both),
        )


def _pair(label: str, one: int, other: int) -> Line:
    """Of what only a draft has."""
    return Line(label, ABSENT, grouped(one), grouped(other), one != other)


def _posts(total: Total | None) -> str:
    return upper_first(UNKNOWN) if total is None else grouped(total.posts)


def _etp(total: Total | None) -> str:
    """« 3,5 (2 postes non renseignés) »."""
    if total is None or total.unknown_etp == total.posts:
        return upper_first(UNKNOWN)
    if not total.unknown_etp:
        return decimal(total.etp)
    return f"{decimal(total.etp)} ({count(total.unknown_etp, 'poste non renseigné', 'postes non renseignés')})"


def _percent(ratio: Fraction | None) -> str:
    return ABSENT if ratio is None else f"{decimal(ratio * 100, 1)}\u00a0%"


def _average(span: Fraction | None) -> str:
    return ABSENT if span is None else decimal(span, 1)


def _widest(measures: Measures) -> str:
    """« 10 (directrice) »."""
    if not measures.spans:
        return ABSENT
    widest = measures.spans[0]
    return f"{grouped(widest.reports)} ({measures.structure.post_label(widest.lead)})"


def _number_of(draft: Draft, severity: Severity) -> int:
    return sum(problem.severity is severity for problem in draft.checks)


def _words(draft: Draft, changes: Sequence[AnyChange]) -> tuple[str, ...]:
    return tuple(draft.wording(change).sentence for change in changes)
