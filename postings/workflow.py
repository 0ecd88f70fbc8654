"""The two workflows as data, of a bourse and of an application: guards, buttons, tests and diagrams come from there."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.permissions import NotAllowed
from reorganisations.workflow_svg import draw

from . import told
from .exceptions import ImpossibleTransition, NeedsNotMet
from .models import Application, Posting
from .needs import (
    ASSESSED,
    CLOSING_DUE,
    CONTACT,
    CRITERIA,
    DATES,
    EARLY_REASON,
    EFFECTIVE,
    EXAMINED,
    FICHE,
    INTERVIEWED,
    IS_OPEN,
    JURY_READY,
    LETTER,
    NO_CANDIDATE,
    OPENING_DUE,
    PROPOSED,
    RULE,
    SETTLED,
    Need,
)
from .permissions import Actor, actors_of, has_conflict
from .status import ApplicationStatus, PostingStatus

HR = frozenset({Actor.HR})
LEAD = frozenset({Actor.HR, Actor.PRESIDENT})
CANDIDATE = frozenset({Actor.CANDIDATE})


class Transition(NamedTuple):
    """`label` is the button, `action` the function of `actions` that makes it. `clock`: the time makes it too."""

    label: str
    action: str
    actors: frozenset[Actor] = HR
    needs: tuple[Need[Any], ...] = ()
    clock: bool = False


class Offer(NamedTuple):
    """A transition that a user may ask for now; `missing` says what still prevents it."""

    target: TextChoices
    transition: Transition
    missing: tuple[str, ...]


class Workflow(NamedTuple):
    """`ranks`: the way of one that succeeds, then where others stop. `noun`: what takes it, « Une bourse »."""

    name: str
    title: str
    noun: str
    ranks: tuple[TextChoices, ...]
    transitions: Mapping[tuple[Any, Any], Transition]


P, A = PostingStatus, ApplicationStatus

POSTING = Workflow(
    name="posting-workflow",
    title="De la préparation d’une bourse à l’affectation",
    noun="Une bourse",
    ranks=(
        P.PREPARATION,
        P.PUBLISHED,
        P.OPEN,
        P.CLOSED,
        P.EXAMINATION,
        P.DECIDED,
        P.ASSIGNED,
        P.UNFILLED,
        P.REOPENED,
        P.CANCELLED,
    ),
    transitions={
        (P.PREPARATION, P.PUBLISHED): Transition(
            "Publier", "publish", needs=(FICHE, DATES, CONTACT, CRITERIA, RULE, EARLY_REASON)
        ),
        (P.PREPARATION, P.CANCELLED): Transition("Annuler", "cancel_posting"),
        (P.PUBLISHED, P.OPEN): Transition("Ouvrir", "open_posting", needs=(OPENING_DUE,), clock=True),
        (P.PUBLISHED, P.CANCELLED): Transition("Annuler", "cancel_posting"),
        (P.OPEN, P.CLOSED): Transition("Clore", "close_posting", needs=(CLOSING_DUE,), clock=True),
        (P.OPEN, P.CANCELLED): Transition("Annuler", "cancel_posting"),
        (P.CLOSED, P.EXAMINATION): Transition("Ouvrir l’examen", "start_examination", needs=(JURY_READY,)),
        (P.CLOSED, P.UNFILLED): Transition(
            "Constater l’absence de candidature", "record_outcome", needs=(NO_CANDIDATE,)
        ),
        (P.CLOSED, P.CANCELLED): Transition("Annuler", "cancel_posting"),
        (P.EXAMINATION, P.DECIDED): Transition("Décider", "record_outcome", needs=(SETTLED, PROPOSED)),
        (P.EXAMINATION, P.UNFILLED): Transition("Déclarer infructueuse", "record_outcome", needs=(SETTLED, PROPOSED)),
        (P.EXAMINATION, P.CANCELLED): Transition("Annuler", "cancel_posting"),
        (P.DECIDED, P.ASSIGNED): Transition("Affecter", "assign_retained", needs=(EFFECTIVE,), clock=True),
        (P.UNFILLED, P.REOPENED): Transition("Relancer", "reopen_posting"),
    },
)

APPLICATION = Workflow(
    name="application-workflow",
    title="Du brouillon d’une candidature à la décision",
    noun="Une candidature",
    ranks=(
        A.DRAFT,
        A.SUBMITTED,
        A.ADMISSIBLE,
        A.SHORTLISTED,
        A.HEARD,
        A.RANKED,
        A.RETAINED,
        A.NOT_RETAINED,
        A.INADMISSIBLE,
        A.WITHDRAWN,
    ),
    transitions={
        (A.DRAFT, A.SUBMITTED): Transition("Déposer", "submit_application", CANDIDATE, (IS_OPEN, LETTER)),
        (A.SUBMITTED, A.ADMISSIBLE): Transition("Déclarer recevable", "admit", LEAD, (EXAMINED,)),
        (A.SUBMITTED, A.INADMISSIBLE): Transition("Déclarer irrecevable", "refuse_admission", LEAD, (EXAMINED,)),
        (A.SUBMITTED, A.WITHDRAWN): Transition("Retirer", "withdraw", CANDIDATE),
        (A.ADMISSIBLE, A.SHORTLISTED): Transition("Présélectionner", "shortlist", LEAD, (EXAMINED,)),
        (A.ADMISSIBLE, A.RANKED): Transition("Classer", "rank", LEAD, (EXAMINED, ASSESSED)),
        (A.ADMISSIBLE, A.NOT_RETAINED): Transition("Ne pas retenir", "record_outcome"),
        (A.ADMISSIBLE, A.WITHDRAWN): Transition("Retirer", "withdraw", CANDIDATE),
        (A.INADMISSIBLE, A.ADMISSIBLE): Transition("Déclarer recevable", "admit", LEAD, (EXAMINED,)),
        (A.SHORTLISTED, A.HEARD): Transition(
            "Noter l’entretien tenu", "record_interview", LEAD, (EXAMINED, INTERVIEWED)
        ),
        (A.SHORTLISTED, A.RANKED): Transition("Classer sans entretien", "rank", LEAD, (EXAMINED, ASSESSED)),
        (A.SHORTLISTED, A.NOT_RETAINED): Transition("Ne pas retenir", "record_outcome"),
        (A.SHORTLISTED, A.WITHDRAWN): Transition("Retirer", "withdraw", CANDIDATE),
        (A.HEARD, A.RANKED): Transition("Classer", "rank", LEAD, (EXAMINED, ASSESSED)),
        (A.HEARD, A.NOT_RETAINED): Transition("Ne pas retenir", "record_outcome"),
        (A.HEARD, A.WITHDRAWN): Transition("Retirer", "withdraw", CANDIDATE),
        (A.RANKED, A.RANKED): Transition("Revoir le classement", "rank", LEAD, (EXAMINED,)),
        (A.RANKED, A.RETAINED): Transition("Retenir", "record_outcome"),
        (A.RANKED, A.NOT_RETAINED): Transition("Ne pas retenir", "record_outcome"),
        (A.RANKED, A.WITHDRAWN): Transition("Retirer", "withdraw", CANDIDATE),
    },
)


def missing(transition: Transition, subject: Posting | Application, now: datetime.datetime) -> tuple[str, ...]:
    return tuple(reason for need in transition.needs if (reason := need.missing(subject, now)))


def check_posting(
    posting: Posting, target: PostingStatus, *, action: str, by: User | None, now: datetime.datetime | None = None
) -> Transition:
    """The arrow that `action` takes from the present status to `target`. `by` is None when the application acts.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet.
    """
    actors = actors_of(by, posting) if by is not None else frozenset(Actor)
    return _check(POSTING, posting, posting.known_status, target, action=action, actors=actors, now=now)


def check_application(
    application: Application,
    target: ApplicationStatus,
    *,
    action: str,
    by: User | None,
    now: datetime.datetime | None = None,
) -> Transition:
    """As `check_posting`, for an application."""
    actors = actors_of(by, application.posting, application) if by is not None else frozenset(Actor)
    if by is not None and not actors and has_conflict(by, application):
        raise NotAllowed("Vous avez déclaré un lien avec ce candidat\u00a0: une autre personne décide de la suite.")
    return _check(APPLICATION, application, application.known_status, target, action=action, actors=actors, now=now)


def _check(
    workflow: Workflow,
    subject: Posting | Application,
    source: TextChoices,
    target: TextChoices,
    *,
    action: str,
    actors: frozenset[Actor],
    now: datetime.datetime | None,
) -> Transition:
    transition = workflow.transitions.get((source, target))
    if transition is None or transition.action != action:
        raise ImpossibleTransition(
            f"{workflow.noun} dans l’état «\u00a0{source.label}\u00a0» ne peut pas passer à l’état "
            f"«\u00a0{target.label}\u00a0»."
        )
    if actors.isdisjoint(transition.actors):
        raise NotAllowed(f"Vous ne pouvez pas faire cette action\u00a0: {transition.label.lower()}.")
    if reasons := missing(transition, subject, now or told.now()):
        raise NeedsNotMet(reasons)
    return transition


def posting_offers(
    posting: Posting, user: User, now: datetime.datetime | None = None, *, actors: frozenset[Actor] | None = None
) -> tuple[Offer, ...]:
    """What the user may do next with the bourse: one line for each action, in the order of the table.

    `actors`: as whom the user acts, where it is known already.
    """
    known = actors_of(user, posting) if actors is None else actors
    return _offers(POSTING, posting, posting.known_status, known, now)


def application_offers(application: Application, user: User, now: datetime.datetime | None = None) -> tuple[Offer, ...]:
    return offers_as(application, actors_of(user, application.posting, application), now)


def offers_as(
    application: Application, actors: frozenset[Actor], now: datetime.datetime | None = None
) -> tuple[Offer, ...]:
    """`application_offers` for whom one already knows as whom they act."""
    return _offers(APPLICATION, application, application.known_status, actors, now)


def _offers(
    workflow: Workflow,
    subject: Posting | Application,
    source: TextChoices,
    actors: frozenset[Actor],
    now: datetime.datetime | None,
) -> tuple[Offer, ...]:
    at = now or timezone.now()
    return tuple(
        Offer(target, transition, missing(transition, subject, at))
        for (status, target), transition in workflow.transitions.items()
        if status == source and not actors.isdisjoint(transition.actors)
    )


# The diagrams


def svg(workflow: Workflow, current: TextChoices | None = None) -> SafeString:
    """As a fragment; `current` is marked as where one stands."""
    return draw(workflow.transitions, current, ranks=workflow.ranks, title=workflow.title, name=workflow.name)


def mermaid(workflow: Workflow) -> str:
    """The state diagram, in the words of the pages."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {status.value}\u00a0: {status.label}" for status in workflow.ranks]
    lines.append(f"    [*] --> {workflow.ranks[0].value}")
    lines += [
        f"    {source.value} --> {target.value}\u00a0: {transition.label}"
        for (source, target), transition in workflow.transitions.items()
    ]
    sources = {source for source, _ in workflow.transitions}
    lines += [f"    {status.value} --> [*]" for status in workflow.ranks if status not in sources]
    return "\n".join(lines)


class Line(NamedTuple):
    """One row of the table that says the same as the diagram."""

    source: str
    target: str
    label: str
    actors: str
    needs: str


def table(workflow: Workflow) -> tuple[Line, ...]:
    return tuple(
        Line(
            source.label,
            target.label,
            transition.label,
            ", ".join(
                [*(actor.label for actor in Actor if actor in transition.actors), *["l’horloge"] * transition.clock]
            ),
            "\u00a0; ".join(need.label for need in transition.needs),
        )
        for (source, target), transition in workflow.transitions.items()
    )


def markdown(workflow: Workflow) -> str:
    """The part of docs/posting-workflow.md, docs/application-workflow.md that is generated."""
    rows = [f"| {' | '.join(cell or '–' for cell in line)} |" for line in table(workflow)]
    return "\n".join(
        [
            f"![{workflow.title}]({workflow.name}.svg)",
            "",
            "```mermaid",
            mermaid(workflow),
            "```",
            "",
            "| De | Vers | Action | Qui | Ce qu’il faut |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )
