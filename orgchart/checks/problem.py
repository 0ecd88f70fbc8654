"""One finding about a chart or a draft, in the user's words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ..values import ChangeId, PostId, UnitId


class Severity(StrEnum):
    """Blocking: not to be submitted so. OK: checked and found right."""

    BLOCKING = "bloquant"
    WARNING = "alerte"
    INFO = "information"
    OK = "verifie"


class Problem(NamedTuple):
    """`code` names the rule; `units`, `posts` and `change` say where to look."""

    code: str
    severity: Severity
    title: str
    message: str
    units: tuple[UnitId, ...] = ()
    posts: tuple[PostId, ...] = ()
    change: ChangeId | None = None


def worst_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Blocking, warnings, information, then what was found right; in each the order given."""
    rank = {severity: position for position, severity in enumerate(Severity)}
    return tuple(sorted(problems, key=lambda problem: rank[problem.severity]))
