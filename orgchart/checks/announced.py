"""Numbers of posts that a report or other sources announce, against those of the chart. They warn, and never block."""

from collections.abc import Iterable, Iterator, Sequence

from ..changes import Change, CreateUnit
from ..french import NBSP, count, quoted
from ..structure import Structure
from ..values import UnitId, Value
from .problem import Problem, Severity


class AnnouncedPart(Value, frozen=True, kw_only=True):
    """Posts that a source counts: « 9 postes à la création »."""

    label: str
    posts: int
    source: str = ""


class Announced(Value, frozen=True, kw_only=True):
    """What the sources say of a unit's number of posts, part by part."""

    unit: UnitId
    parts: tuple[AnnouncedPart, ...]


def announced_parts(announced: Iterable[Announced], after: Structure) -> Iterator[Problem]:
    for each in announced:
        if each.unit not in after.unit_by_id or each.unit in after.known_in_part or not each.parts:
            continue
        told = sum(part.posts for part in each.parts)
        counted = after.headcounts[each.unit]
        numbers = _sum_text([part.posts for part in each.parts])
        if told == counted:
            message = f"Sources rapprochées{NBSP}: {numbers}, comme l’organigramme après."
            yield Problem("sources_reconcile", Severity.OK, "Sources", message, (each.unit,))
        else:
            message = f"{numbers} alors que le rapport compte {count(counted, 'poste')}{NBSP}: {_gap(told, counted)}."
            yield Problem("sources_gap", Severity.WARNING, "Totaux à rapprocher", message, (each.unit,))


def announced_units(changes: Iterable[Change], after: Structure) -> Iterator[Problem]:
    """What each creation announces; where all those under one unit are right, how they make its total."""
    right: dict[UnitId | None, list[UnitId]] = {}
    wrong: set[UnitId | None] = set()
    for change in changes:
        if not isinstance(change, CreateUnit) or change.announced is None:
            continue
        unit = after.unit_by_id.get(change.new.id)
        if unit is None or unit.id in after.known_in_part:
            continue
        counted = after.headcounts[unit.id]
        if counted == change.announced:
            right.setdefault(unit.parent, []).append(unit.id)
            continue
        wrong.add(unit.parent)
        announced = count(change.announced, "poste annoncé", "postes annoncés")
        message = f"{quoted(unit.label)}{NBSP}: {announced}, {count(counted, 'poste')} dans l’organigramme après."
        yield Problem("announced_gap", Severity.WARNING, "Totaux à rapprocher", message, (unit.id,), change=change.id)
    for parent, units in right.items():
        if parent is not None and parent not in wrong and parent not in after.known_in_part:
            yield _reconciled(after, parent, units)


def _reconciled(after: Structure, parent: UnitId, units: Sequence[UnitId]) -> Problem:
    children = [child.id for child in after.children_of[parent]]
    parts = [after.headcounts[child] for child in children if after.headcounts[child] or child in units]
    own = after.headcounts[parent] - sum(parts)
    numbers = _sum_text([own, *parts] if own else parts)
    return Problem("totals_reconcile", Severity.OK, "Totaux", f"Totaux rapprochés{NBSP}: {numbers}.", (parent, *units))


def _sum_text(parts: Sequence[int]) -> str:
    """« 4 + 6 + 7 = 17 », « 4 postes » when there is one part."""
    if len(parts) == 1:
        return count(parts[0], "poste")
    return f"{f'{NBSP}+{NBSP}'.join(map(str, parts))}{NBSP}={NBSP}{sum(parts)}"


def _gap(told: int, counted: int) -> str:
    gap = abs(counted - told)
    number = "un poste" if gap == 1 else count(gap, "poste")
    if counted > told:
        return f"{number} n’est pas expliqué" if gap == 1 else f"{number} ne sont pas expliqués"
    return f"{number} annoncé n’y figure pas" if gap == 1 else f"{number} annoncés n’y figurent pas"
