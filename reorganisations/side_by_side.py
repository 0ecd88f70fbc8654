"""Two sealed texts side by side, in words: facts, changes, written parts line by line, totals of what each makes."""

import datetime
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, repeat
from typing import Any, NamedTuple

from orgchart import french
from orgchart.changes import AnyChange
from orgchart.checks import Announced
from orgchart.diff import compare
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.french import UNKNOWN_FEMININE
from orgchart.gaps import GapRow
from orgchart.structure import Structure
from orgchart.total import Total
from orgchart.wording import ChangeWording, sentence

from .models import AgendaItem
from .sealing import FACT_LABELS, Section, Text, differences


class Fact(NamedTuple):
    label: str
    one: str
    other: str


class Change(NamedTuple):
    """`one` and `other`: the sentence in each text, empty where it is not in it; `details` of each beside it."""

    mark: str
    state: str
    one: str
    other: str
    one_details: tuple[str, ...]
    other_details: tuple[str, ...]


class Pair(NamedTuple):
    """A line of each text, None where it has none. `differs`: they are not the same."""

    one: str | None
    other: str | None
    differs: bool


class Part(NamedTuple):
    """A written part; `same` counts the lines that are not shown because both texts have them."""

    title: str
    state: str
    pairs: tuple[Pair, ...]
    same: int


class Sum(NamedTuple):
    label: str
    one: str
    other: str
    gap: str


class SideBySide:
    """`one` is the older text. Nothing that both say alike is shown, but for the totals."""

    def __init__(self, one: Text, other: Text) -> None:
        self.one, self.other = one, other
        self.found = differences(one, other)

    @property
    def empty(self) -> bool:
        return self.found.empty

    @property
    def reordered(self) -> bool:
        return self.found.reordered

    @property
    def other_start(self) -> bool:
        """They are not written over the same chart."""
        return self.found.before

    @cached_property
    def afters(self) -> tuple[Structure, Structure]:
        one, other = (fold_leniently(text.before, _ordered(text)).structure for text in (self.one, self.other))
        return one, other

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        one, other = self.one.facts, self.other.facts
        return tuple(
            Fact(french.upper_first(label), _told(field, getattr(one, field)), _told(field, getattr(other, field)))
            for field, label in FACT_LABELS.items()
            if getattr(one, field) != getattr(other, field)
        )

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Those taken away, those written otherwise, those added."""
        old = {each.id: each for each in self.one.changes}
        new = {each.id: each for each in self.other.changes}
        found = self.found
        return (
            *(self._change("closed", "retiré", old[uid], None) for uid in found.removed),
            *(self._change("transformed", "modifié", old[uid], new[uid]) for uid in found.edited),
            *(self._change("created", "ajouté", None, new[uid]) for uid in found.added),
        )

    def _change(self, mark: str, state: str, one: AnyChange | None, other: AnyChange | None) -> Change:
        said = (
            sentence(one, self.one.before, self.afters[0]) if one else None,
            sentence(other, self.other.before, self.afters[1]) if other else None,
        )
        before, after = (_details(words, change) for words, change in zip(said, (one, other), strict=True))
        return Change(
            mark,
            state,
            said[0].sentence if said[0] else "",
            said[1].sentence if said[1] else "",
            before,
            after,
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        old = {part.key: part for part in self.one.sections}
        new = {part.key: part for part in self.other.sections}
        keys = dict.fromkeys([*old, *new])
        return tuple(_part(old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key))

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Posts of the perimeter once each text is carried out, whole then by cotation, and what parts them."""
        one, other = self.afters
        unit = self.other.facts.unit
        totals = compare(one, other).totals(unit if unit in other.unit_by_id else None)
        return tuple(_sum(row) for row in (totals.headcount, *totals.grades))


def _ordered(text: Text) -> tuple[Any, ...]:
    return tuple(in_fold_order(text.changes, text.facts.effective_on))


def _told(field: str, value: Any) -> str:
    if field == "item":
        return AgendaItem.Kind(value).label.lower()
    if field == "announced":
        return "\u00a0; ".join(_announced(each) for each in value) or "aucun"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.date):
        return french.date(value)
    return str(value) if value else UNKNOWN_FEMININE


def _announced(each: Announced) -> str:
    return "\u00a0; ".join(f"{french.count(part.posts, 'poste')} ({part.label})" for part in each.parts)


def _details(words: ChangeWording | None, change: AnyChange | None) -> tuple[str, ...]:
    """What the sentence leaves out and that may be all that differs: details, motive, date."""
    if words is None or change is None:
        return ()
    dated = f"à la date du {french.date(change.on)}" if change.on else ""
    motive = f"motif\u00a0: {change.motive}" if change.motive else ""
    return tuple(each for each in (*words.details, dated, "à terme" if change.eventually else "", motive) if each)


def _part(one: Section | None, other: Section | None) -> Part:
    old, new = ((part.markdown.splitlines() if part else []) for part in (one, other))
    pairs = tuple(_pairs(old, new))
    known = other or one
    state = "ajoutée" if one is None else "retirée" if other is None else "réécrite"
    if one and other and one.markdown == other.markdown:
        state = "renommée" if one.title != other.title else "déplacée"
    title = known.title if known else ""
    if one and other and one.title != other.title:
        title = f"{one.title} → {other.title}"
    return Part(title, state, tuple(pair for pair in pairs if pair.differs), sum(not pair.differs for pair in pairs))


def _pairs(old: list[str], new: list[str]) -> Iterator[Pair]:
    """Lines that answer to each other on one row."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        lines = max(i2 - i1, j2 - j1)
        left: Iterator[str | None] = chain(old[i1:i2], repeat(None))
        right: Iterator[str | None] = chain(new[j1:j2], repeat(None))
        for _ in range(lines):
            yield Pair(next(left), next(right), tag != "equal")


def _sum(row: GapRow) -> Sum:
    return Sum(row.label, _figure(row.before), _figure(row.after), french.signed(row.gap.posts))


def _figure(total: Total | None) -> str:
    """Of a unit known in part only the gap is told."""
    return french.grouped(total.posts) if total is not None else "–"
