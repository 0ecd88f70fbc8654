"""A rule of eligibility as it is being written, row by row. Pure: rule → draft → the same rule.

A draft is groups of conditions (« toutes », « l’une des »), joined the same way; then exclusions, then additions. What
is nested deeper than that is kept whole as one row (`Kind.KEPT`), read in words and removed or left.
"""

import datetime
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, cast, get_args

import msgspec

from orgchart.nomenclature import Category
from orgchart.values import GradeCode, PostId, SiteCode, TitleCode, UnitId

from .eligibility import (
    Addition,
    AllOf,
    AnyOf,
    AnyRule,
    AtSite,
    Eligibility,
    Exclusion,
    HasCategory,
    HasGrade,
    HasStatutoryGrade,
    HasTitle,
    HoldsPost,
    InUnit,
    IsNamed,
    Not,
)

EXCLUSION = "exclusion"
ADDITION = "ajout"
MOST_ROWS = 60
MOST_GROUPS = 12


class Mode(StrEnum):
    """How conditions are joined."""

    ALL = "toutes"
    ANY = "une"


class Kind(StrEnum):
    """What a row asks."""

    UNIT = "unite"
    TITLE = "intitule"
    GRADE = "cotation"
    CATEGORY = "categorie"
    STATUTORY_GRADE = "grade"
    SITE = "site"
    POST = "poste"
    NAMED = "agents"
    KEPT = "gardee"


KIND_LABELS = {
    Kind.UNIT: "Unité, avec celles qui en dépendent",
    Kind.TITLE: "Intitulé du poste occupé",
    Kind.GRADE: "Cotation du poste occupé",
    Kind.CATEGORY: "Catégorie",
    Kind.STATUTORY_GRADE: "Grade statutaire de l’agent",
    Kind.SITE: "Site du poste occupé",
    Kind.POST: "Poste occupé",
    Kind.NAMED: "Agents nommés",
    Kind.KEPT: "Condition composée",
}


class Incomplete(Exception):
    """`faults`: row → what is wrong with it; None is the rule as a whole."""

    def __init__(self, faults: Mapping[int | None, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


class Row(NamedTuple):
    """`place`: « g0 », « g1 »… for a condition of that group, EXCLUSION or ADDITION. `search`: what is looked for."""

    place: str
    kind: Kind
    values: tuple[str, ...] = ()
    negated: bool = False
    reason: str = ""
    kept: str = ""
    search: str = ""


class RuleDraft(NamedTuple):
    """`mode` joins the groups; `groups`: how the conditions of each are joined."""

    mode: Mode = Mode.ALL
    groups: tuple[Mode, ...] = (Mode.ALL,)
    rows: tuple[Row, ...] = ()

    def with_row(self, place: str, kind: Kind) -> "RuleDraft":
        return self._replace(rows=(*self.rows, Row(place, kind))[:MOST_ROWS])

    def without_row(self, number: int) -> "RuleDraft":
        return self._replace(rows=tuple(row for rank, row in enumerate(self.rows) if rank != number))

    def with_group(self) -> "RuleDraft":
        return self._replace(groups=(*self.groups, Mode.ANY)[:MOST_GROUPS])

    def eligibility(self, on: datetime.date) -> Eligibility:
        """Raises Incomplete."""
        faults: dict[int | None, str] = {
            number: fault for number, row in enumerate(self.rows) if (fault := fault_of(row))
        }
        if faults:
            raise Incomplete(faults)
        try:
            return Eligibility(
                on=on,
                who=self._who(),
                excluded=tuple(
                    Exclusion(rule=condition(row), reason=row.reason.strip())
                    for row in self.rows
                    if row.place == EXCLUSION
                ),
                added=tuple(
                    Addition(agent=agent, reason=row.reason.strip())
                    for row in self.rows
                    if row.place == ADDITION
                    for agent in row.values
                ),
            )
        except ValueError as error:
            raise Incomplete({None: str(error)}) from None

    def _who(self) -> AnyRule:
        built = []
        for number, mode in enumerate(self.groups):
            parts = [condition(row) for row in self.rows if row.place == f"g{number}"]
            if parts:
                built.append(joined(mode, parts))
        return joined(self.mode, built) if built else AllOf(of=())


def draft_of(eligibility: Eligibility) -> RuleDraft:
    mode, groups = _groups(eligibility.who)
    rows = [row._replace(place=f"g{number}") for number, (_, found) in enumerate(groups) for row in found]
    rows += [row_of(each.rule)._replace(place=EXCLUSION, reason=each.reason) for each in eligibility.excluded]
    reasons = dict.fromkeys(each.reason for each in eligibility.added)
    rows += [
        Row(
            ADDITION,
            Kind.NAMED,
            tuple(each.agent for each in eligibility.added if each.reason == reason),
            reason=reason,
        )
        for reason in reasons
    ]
    return RuleDraft(mode, tuple(joint for joint, _ in groups), tuple(rows))


def _groups(who: AnyRule) -> tuple[Mode, list[tuple[Mode, list[Row]]]]:
    if not isinstance(who, AllOf | AnyOf) or row_of(who).kind is not Kind.KEPT or who == AnyOf(of=()):
        return Mode.ALL, [(Mode.ALL, [row_of(who)])]
    mode = _mode(who)
    alone = [row for each in who.of if (row := row_of(each)).kind is not Kind.KEPT]
    groups = [(mode, alone)] if alone or not who.of else []
    for each in who.of:
        if row_of(each).kind is not Kind.KEPT:
            continue
        if isinstance(each, AllOf | AnyOf) and each.of:
            groups.append((_mode(each), [row_of(part) for part in each.of]))
        else:
            groups.append((Mode.ALL, [row_of(each)]))
    return mode, groups


def _mode(rule: AllOf | AnyOf) -> Mode:
    return Mode.ALL if isinstance(rule, AllOf) else Mode.ANY


def joined(mode: Mode, parts: Sequence[AnyRule]) -> AnyRule:
    if len(parts) == 1:
        return parts[0]
    return AllOf(of=tuple(parts)) if mode is Mode.ALL else AnyOf(of=tuple(parts))


def row_of(rule: AnyRule) -> Row:
    """A condition as a row; kept whole when no row says it."""
    match rule:
        case InUnit(unit=unit):
            return Row("", Kind.UNIT, (unit,))
        case AnyOf(of=parts) if parts and all(isinstance(each, InUnit) for each in parts):
            return Row("", Kind.UNIT, tuple(each.unit for each in parts if isinstance(each, InUnit)))
        case HasTitle(titles=titles):
            found = Row("", Kind.TITLE, titles)
        case HasGrade(grades=grades):
            found = Row("", Kind.GRADE, grades)
        case HasCategory(categories=categories):
            found = Row("", Kind.CATEGORY, tuple(categories))
        case HasStatutoryGrade(grades=grades):
            found = Row("", Kind.STATUTORY_GRADE, grades)
        case AtSite(sites=sites):
            found = Row("", Kind.SITE, sites)
        case HoldsPost(posts=posts):
            found = Row("", Kind.POST, posts)
        case IsNamed(agents=agents):
            found = Row("", Kind.NAMED, agents)
        case Not(of=inner) if not isinstance(inner, Not) and row_of(inner).kind is not Kind.KEPT:
            return row_of(inner)._replace(negated=True)
        case _:
            return _kept(rule)
    # A condition without a value, that no form wrote, cannot be shown as one to fill in.
    return found if found.values else _kept(rule)


def _kept(rule: AnyRule) -> Row:
    return Row("", Kind.KEPT, kept=msgspec.json.encode(rule).decode())


def condition(row: Row) -> AnyRule:
    """The rule of a row without fault."""
    values = row.values
    rule: AnyRule
    match row.kind:
        case Kind.UNIT:
            units = tuple(InUnit(unit=UnitId(each)) for each in values)
            rule = units[0] if len(units) == 1 else AnyOf(of=units)
        case Kind.TITLE:
            rule = HasTitle(titles=tuple(map(TitleCode, values)))
        case Kind.GRADE:
            rule = HasGrade(grades=tuple(map(GradeCode, values)))
        case Kind.CATEGORY:
            rule = HasCategory(categories=cast("tuple[Category, ...]", values))
        case Kind.STATUTORY_GRADE:
            rule = HasStatutoryGrade(grades=values)
        case Kind.SITE:
            rule = AtSite(sites=tuple(map(SiteCode, values)))
        case Kind.POST:
            rule = HoldsPost(posts=tuple(map(PostId, values)))
        case Kind.NAMED:
            rule = IsNamed(agents=values)
        case Kind.KEPT:
            rule = kept_rule(row.kept)
    return Not(of=rule) if row.negated else rule


def kept_rule(text: str) -> AnyRule:
    """Raises msgspec.DecodeError, or its ValidationError."""
    found: AnyRule = msgspec.json.decode(text.encode(), type=AnyRule)
    return found


def fault_of(row: Row) -> str:
    """What is wrong with a row, or nothing."""
    if row.kind is Kind.KEPT:
        try:
            kept_rule(row.kept)
        except msgspec.DecodeError:
            return "Cette condition ne se lit plus\u00a0: retirez-la."
    elif not row.values:
        return EMPTY[row.kind]
    if row.kind is Kind.CATEGORY and not set(row.values) <= set(get_args(Category)):
        return EMPTY[row.kind]
    if row.place == EXCLUSION and not row.reason.strip():
        return "Dites pourquoi ces agents sont exclus."
    if row.place == ADDITION and not row.reason.strip():
        return "Dites pourquoi cet agent est ajouté."
    return ""


EMPTY = {
    Kind.UNIT: "Cochez une unité au moins.",
    Kind.TITLE: "Cochez un intitulé au moins.",
    Kind.GRADE: "Cochez une cotation au moins.",
    Kind.CATEGORY: "Cochez une catégorie au moins.",
    Kind.STATUTORY_GRADE: "Écrivez un grade au moins.",
    Kind.SITE: "Cochez un site au moins.",
    Kind.POST: "Cochez un poste au moins.",
    Kind.NAMED: "Cochez un agent au moins.",
}
