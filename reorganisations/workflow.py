"""The workflow as data: guard, buttons, tests and diagram all come from `TRANSITIONS`."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.utils.safestring import SafeString

from accounts.models import Role, User
from accounts.permissions import NotAllowed
from orgchart.checks import Severity

from .exceptions import ImpossibleTransition, NeedsNotMet
from .models import Reorganisation
from .queries import Draft
from .status import Status
from .workflow_svg import draw


class Need(NamedTuple):
    """What a transition asks of the draft. `missing` tells what is not there, or nothing."""

    label: str
    missing: Callable[[Draft], str]


class Transition(NamedTuple):
    """`label` is the button, `action` the function of `actions` that makes it. Without roles, the system does it."""

    label: str
    action: str
    roles: frozenset[Role] = frozenset({Role.HR})
    needs: tuple[Need, ...] = ()


class Offer(NamedTuple):
    """A transition that a user may ask for now; `missing` says what still prevents it."""

    target: Status
    transition: Transition
    missing: tuple[str, ...]


# Needs

TOLD_BY_OTHER_NEEDS = frozenset({"refused", "no_motive", "no_situation"})


def _changes(draft: Draft) -> str:
    return "" if draft.changes else "Le projet ne contient aucun ajustement."


def _no_refusal(draft: Draft) -> str:
    refused = draft.folded.refusals
    if not refused:
        return ""
    which = ", ".join(f"«\u00a0{draft.wording(refusal.change).short}\u00a0»" for refusal in refused)
    return f"Ces ajustements ne peuvent pas se faire\u00a0: {which}."


def _no_blocking_problem(draft: Draft) -> str:
    titles = [
        problem.title
        for problem in draft.checks
        if problem.severity is Severity.BLOCKING and problem.code not in TOLD_BY_OTHER_NEEDS
    ]
    return f"À corriger d’abord\u00a0: {'\u00a0; '.join(dict.fromkeys(titles))}." if titles else ""


def _motives(draft: Draft) -> str:
    """A suppression has a motive of its own."""
    silent = [problem.change for problem in draft.checks if problem.code == "no_motive"]
    if not silent:
        return ""
    which = ", ".join(f"«\u00a0{draft.wording(change).short}\u00a0»" for change in draft.changes if change.id in silent)
    return f"Il manque le motif de\u00a0: {which}."


def _fates(draft: Draft) -> str:
    number = len({fate.holder for fate in draft.unresolved})
    if not number:
        return ""
    if number == 1:
        return "La situation d’un agent reste à préciser."
    return f"La situation de {number} agents reste à préciser."


def _chart(draft: Draft) -> str:
    if not draft.conflicts and not draft.refused_now:
        return ""
    return "L’organigramme a changé depuis\u00a0: reprenez le projet sur l’organigramme en vigueur."


def _agenda(draft: Draft) -> str:
    return "" if draft.agenda_item else "La réorganisation n’est à l’ordre du jour d’aucune séance."


def _one_variant(draft: Draft) -> str:
    if not draft.has_open_variants:
        return ""
    return "Le projet a d’autres variantes : choisissez d’abord celle qui est retenue."


def _remarks(draft: Draft) -> str:
    return "Des remarques de relecture restent à traiter." if draft.has_open_remarks else ""


HAS_CHANGES = Need("au moins un ajustement", _changes)
NO_REFUSAL = Need("tous les ajustements possibles", _no_refusal)
NO_BLOCKING_PROBLEM = Need("aucun contrôle bloquant", _no_blocking_problem)
MOTIVES_GIVEN = Need("un motif pour chaque suppression", _motives)
ALL_FATES_RESOLVED = Need("la situation de chaque agent connu", _fates)
CHART_UNCHANGED = Need("aucun conflit avec l’organigramme en vigueur", _chart)
ON_AN_AGENDA = Need("une séance", _agenda)
ONE_VARIANT = Need("une seule variante", _one_variant)
REMARKS_SETTLED = Need("toutes les remarques traitées", _remarks)

TO_SUBMIT = (
    HAS_CHANGES,
    NO_REFUSAL,
    NO_BLOCKING_PROBLEM,
    MOTIVES_GIVEN,
    ALL_FATES_RESOLVED,
    CHART_UNCHANGED,
    ON_AN_AGENDA,
    ONE_VARIANT,
    REMARKS_SETTLED,
)

TRANSITIONS: Mapping[tuple[Status, Status], Transition] = {
    (Status.DRAFT, Status.SUBMITTED): Transition("Soumettre au comité", "submit", needs=TO_SUBMIT),
    (Status.DRAFT, Status.WITHDRAWN): Transition("Retirer", "withdraw"),
    (Status.SUBMITTED, Status.OPINION_GIVEN): Transition("Enregistrer l’avis", "record_opinion"),
    (Status.SUBMITTED, Status.POSTPONED): Transition("Reporter", "postpone"),
    (Status.SUBMITTED, Status.DRAFT): Transition("Renvoyer en projet", "send_back"),
    (Status.SUBMITTED, Status.WITHDRAWN): Transition("Retirer", "withdraw"),
    (Status.POSTPONED, Status.SUBMITTED): Transition("Présenter à une autre séance", "present_again"),
    (Status.POSTPONED, Status.DRAFT): Transition("Renvoyer en projet", "send_back"),
    (Status.POSTPONED, Status.WITHDRAWN): Transition("Retirer", "withdraw"),
    (Status.OPINION_GIVEN, Status.DECIDED): Transition("Enregistrer la décision", "decide"),
    (Status.OPINION_GIVEN, Status.SUBMITTED): Transition("Présenter à un nouvel examen", "present_again"),
    (Status.OPINION_GIVEN, Status.DRAFT): Transition("Renvoyer en projet", "send_back"),
    (Status.OPINION_GIVEN, Status.WITHDRAWN): Transition("Retirer", "withdraw"),
    (Status.DECIDED, Status.PARTLY_IN_FORCE): Transition("Mettre en vigueur une étape", "apply_stage"),
    (Status.DECIDED, Status.IN_FORCE): Transition("Mettre en vigueur", "apply_stage"),
    (Status.DECIDED, Status.DRAFT): Transition("Renvoyer au comité", "send_back"),
    (Status.DECIDED, Status.WITHDRAWN): Transition("Retirer", "withdraw"),
    (Status.PARTLY_IN_FORCE, Status.PARTLY_IN_FORCE): Transition("Mettre en vigueur une étape", "apply_stage"),
    (Status.PARTLY_IN_FORCE, Status.IN_FORCE): Transition("Mettre en vigueur la dernière étape", "apply_stage"),
}


def missing(transition: Transition, draft: Draft) -> tuple[str, ...]:
    return tuple(reason for need in transition.needs if (reason := need.missing(draft)))


def check_transition(
    reorganisation: Reorganisation, target: Status, *, action: str, by: User | None, draft: Draft | None = None
) -> Transition:
    """The arrow that `action` takes from the present status to `target`. `by` is None when the system acts (a case
    file, a due date).

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet.
    """
    source = Status(reorganisation.status)
    transition = TRANSITIONS.get((source, target))
    if transition is None or transition.action != action:
        raise ImpossibleTransition(
            f"Une réorganisation dans l’état «\u00a0{source.label}\u00a0» ne peut pas passer à l’état "
            f"«\u00a0{target.label}\u00a0»."
        )
    if by is not None and not by.has_role(*transition.roles):
        raise NotAllowed(f"Votre rôle ne permet pas cette action\u00a0: {transition.label.lower()}.")
    if reasons := missing(transition, draft or Draft(reorganisation)):
        raise NeedsNotMet(reasons)
    return transition


def offers(draft: Draft, user: User) -> tuple[Offer, ...]:
    """What the user may do next: one line for each action, in the order of the table."""
    source = Status(draft.reorganisation.status)
    found: dict[str, Offer] = {}
    for (status, target), transition in TRANSITIONS.items():
        if status == source and user.has_role(*transition.roles):
            found.setdefault(transition.action, Offer(target, transition, missing(transition, draft)))
    return tuple(found.values())


# The diagram


def mermaid() -> str:
    """The state diagram, in the words of the page."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {status.value} : {status.label}" for status in Status]
    lines.append(f"    [*] --> {Status.DRAFT.value}")
    lines += [
        f"    {source.value} --> {target.value} : {transition.label}"
        for (source, target), transition in TRANSITIONS.items()
    ]
    lines += [f"    {status.value} --> [*]" for status in Status if not any(key[0] == status for key in TRANSITIONS)]
    return "\n".join(lines)


def svg(current: Status | None = None) -> SafeString:
    """The same drawn, as a fragment; `current` is marked as where a reorganisation stands."""
    return draw(TRANSITIONS, current)


class Line(NamedTuple):
    """One row of the table that says the same as the diagram."""

    source: str
    target: str
    label: str
    roles: str
    needs: str


def table() -> tuple[Line, ...]:
    return tuple(
        Line(
            source.label,
            target.label,
            transition.label,
            ", ".join(role.label for role in Role if role in transition.roles),
            "\u00a0; ".join(need.label for need in transition.needs),
        )
        for (source, target), transition in TRANSITIONS.items()
    )


def markdown() -> str:
    """The part of docs/workflow.md that is generated."""
    rows = [f"| {' | '.join(cell or '–' for cell in line)} |" for line in table()]
    return "\n".join(
        [
            "![Du projet à l’entrée en vigueur](workflow.svg)",
            "",
            "```mermaid",
            mermaid(),
            "```",
            "",
            "| De | Vers | Action | Qui | Ce qu’il faut |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )
