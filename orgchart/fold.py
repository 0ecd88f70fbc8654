"""*After* is fold(*before*, changes): the one computation that screens, documents and writes all come from."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .changes import Change
from .structure import Structure
from .working_copy import ImpossibleChange, WorkingCopy


class Stage(NamedTuple):
    """The changes that come into force together. `date` None: not known yet; `eventual`: « à terme »."""

    changes: tuple[Change, ...]
    date: datetime.date | None = None
    eventual: bool = False


class Refusal(NamedTuple):
    """A change that makes no sense where it comes in the fold, and why."""

    change: Change
    reason: str


class Folded(NamedTuple):
    """What a draft gives as it stands: the chart with every change that could be made, and those that could not."""

    structure: Structure
    refusals: tuple[Refusal, ...]


class NoLongerFolds(ImpossibleChange):
    """A change of a list cannot be made; `change` is the one."""

    def __init__(self, change: Change, reason: str) -> None:
        super().__init__(reason)
        self.change = change


def stages(changes: Sequence[Change], effective: datetime.date | None = None) -> tuple[Stage, ...]:
    """The changes by the date they come into force, in the order of the fold: (date, position), « à terme » last.

    `effective`: the date of the reorganisation, which changes without one of their own take; unknown, it comes first.
    """
    groups: dict[tuple[bool, datetime.date | None], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.eventually, None if change.eventually else change.on or effective), []).append(change)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or datetime.date.min))
    return tuple(Stage(tuple(group), date, eventual) for (eventual, date), group in ordered)


def in_fold_order(changes: Sequence[Change], effective: datetime.date | None = None) -> tuple[Change, ...]:
    return tuple(change for stage in stages(changes, effective) for change in stage.changes)


def fold(before: Structure, changes: Iterable[Change]) -> Structure:
    """The chart once every change is made, in the order given. Raises NoLongerFolds at the first that cannot be."""
    chart = WorkingCopy(before)
    for change in changes:
        if reason := make(chart, change):
            raise NoLongerFolds(change, reason)
    return chart.freeze()


def fold_leniently(before: Structure, changes: Iterable[Change]) -> Folded:
    """The chart of a draft being written: a change that cannot be made is left out and told."""
    chart = WorkingCopy(before)
    refusals = []
    for change in changes:
        if reason := make(chart, change):
            refusals.append(Refusal(change, reason))
    return Folded(chart.freeze(), tuple(refusals))


def make(chart: WorkingCopy, change: Change) -> str:
    """Make one change whole, or leave the chart as it was and give the reason."""
    chart.begin()
    try:
        change.apply(chart)
        chart.check_pendings()
    except ImpossibleChange as refusal:
        chart.undo()
        return str(refusal)
    return ""
