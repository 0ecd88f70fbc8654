"""Identifiers of a case file: each given once, and each reference to something that is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NewType, get_args, get_origin

import msgspec

from orgchart.nomenclature import Grade, Kind, Site, Title
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, SiteCode, TitleCode, UnitId

from .annotations import alternatives, fields_of
from .messages import suggestion
from .problems import Path, Problem
from .reading import Read
from .steps import (
    AgendaItemId,
    AgentId,
    AttendanceId,
    CommitteeId,
    MilestoneId,
    OpenReorganisation,
    ReorganisationCode,
    SessionId,
    StatementId,
)
from .types import CaseFile

type IdentifierKind = Any
"""A NewType of str, which has no type of its own."""

# What each kind of identifier is called: the thing, and the sentence when nothing has it.
WORDS: Mapping[IdentifierKind, str] = {
    UnitId: "aucune unité n’a l’identifiant",
    PostId: "aucun poste n’a l’identifiant",
    ChangeId: "aucun ajustement n’a l’identifiant",
    KindCode: "aucun type d’unité n’a le code",
    GradeCode: "aucune cotation n’a le code",
    TitleCode: "aucun intitulé n’a le code",
    SiteCode: "aucun site n’a le code",
    CommitteeId: "aucune instance n’a l’identifiant",
    SessionId: "aucune séance n’a l’identifiant",
    AgentId: "aucun agent n’a l’identifiant",
    MilestoneId: "aucun jalon n’a l’identifiant",
    AgendaItemId: "aucun point d’ordre du jour n’a l’identifiant",
    AttendanceId: "aucune présence n’a l’identifiant",
    StatementId: "aucune déclaration n’a l’identifiant",
    ReorganisationCode: "aucune réorganisation n’a le code",
}

# The records that give their identifier under another key than `id` or `ids`.
NAMED_BY_CODE = (Kind, Grade, Title, Site, OpenReorganisation)


class Mention(NamedTuple):
    """An identifier where it stands: given to a record (`gives`), or pointing to one."""

    kind: IdentifierKind
    identifier: str
    path: Path
    gives: bool


@dataclass(frozen=True)
class Known:
    """The identifiers of each kind that exist before the file is read."""

    identifiers: Mapping[IdentifierKind, frozenset[str]] = field(default_factory=dict)

    def has(self, kind: IdentifierKind, identifier: str) -> bool:
        return identifier in self.identifiers.get(kind, ())

    def and_those_of(self, case: CaseFile) -> "Known":
        pendings = case.chart.pendings if case.chart else ()
        opened = (Mention(ChangeId, pending.id, (), gives=True) for pending in pendings)
        return self.and_given((*mentions(case), *opened))

    def and_given(self, mentioned: Iterable[Mention]) -> "Known":
        """With those that the mentions give to a record."""
        found = {kind: set(each) for kind, each in self.identifiers.items()}
        for mention in mentioned:
            if mention.gives:
                found.setdefault(mention.kind, set()).add(mention.identifier)
        return Known({kind: frozenset(each) for kind, each in found.items()})


def mistaken_identifiers(read: Read, known: Known | None = None) -> list[Problem]:
    """The identifiers given twice, and those that point to nothing in the file nor among those `known`."""
    problems = []
    reachable = (known or Known()).and_those_of(read.case)
    given: dict[tuple[IdentifierKind, str], Path] = {}
    for mention in mentions(read.case):
        kind, identifier, path, gives = mention
        if gives:
            first = given.setdefault((kind, identifier), path)
            if first != path and not _same_draft(read.case, first, path):
                problems.append(
                    read.lines.problem(path, f"« {identifier} » est déjà donné ligne {read.lines.of(first)}.")
                )
        elif not reachable.has(kind, identifier):
            close = suggestion(identifier, reachable.identifiers.get(kind, ()))
            problems.append(read.lines.problem(path, f"{WORDS[kind]} « {identifier} »{close}"))
    return problems


def mentions(case: CaseFile) -> Iterator[Mention]:
    return identifiers_in(case, CaseFile)


def identifiers_in(value: Any, kind: Any, path: Path = (), *, gives: bool = False) -> Iterator[Mention]:
    """Every identifier in a value of that type, wherever it stands."""
    if value is None:
        return
    if isinstance(value, msgspec.Struct):
        for name, part_kind in fields_of(type(value)).items():
            own = name in (("code",) if isinstance(value, NAMED_BY_CODE) else ("id", "ids"))
            yield from identifiers_in(getattr(value, name), part_kind, (*path, name), gives=own)
    elif isinstance(value, tuple):
        item_kind = next(get_args(each)[0] for each in alternatives(kind) if get_origin(each) is tuple)
        for rank, item in enumerate(value):
            yield from identifiers_in(item, item_kind, (*path, rank), gives=gives)
    elif isinstance(value, str):
        for each in alternatives(kind):
            if isinstance(each, NewType):
                yield Mention(each, value, path, gives)


def _same_draft(case: CaseFile, first: Path, second: Path) -> bool:
    """The same change, written again by a later step of the same reorganisation or in a variant of it."""
    if first[0] != "steps" or second[0] != "steps" or first[1] == second[1]:
        return False
    one, other = (case.steps[int(path[1])] for path in (first, second))
    return _family_of(case, one) == _family_of(case, other)


def _family_of(case: CaseFile, step: Any) -> str:
    code = str(step.code if isinstance(step, OpenReorganisation) else getattr(step, "reorganisation", id(step)))
    opened = (each for each in case.steps if isinstance(each, OpenReorganisation) and each.code == code)
    return next((each.variant_of for each in opened if each.variant_of), None) or code
