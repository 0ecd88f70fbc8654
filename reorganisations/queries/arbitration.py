"""The conflicts of a draft with what was settled of each, on this side and on the other."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from orgchart import french
from orgchart.arbitration import conflict_key
from orgchart.changes import Change
from orgchart.checks import Problem, Severity
from orgchart.conflicts import Conflict
from orgchart.values import ChangeId

from ..models import ConflictChoice, Reorganisation

if TYPE_CHECKING:
    from .draft import Draft

CHART_CHANGED = "L’organigramme a changé"
SETTLED = "conflict_settled"


class Dispute(NamedTuple):
    """A conflict, with whom (None: the chart in force), and what was settled of it. `told`: by the other draft."""

    conflict: Conflict
    other: Reorganisation | None
    key: str
    choice: ConflictChoice | None = None
    told: ConflictChoice | None = None

    @property
    def settled(self) -> bool:
        """The change stands, HR said so: it is not asked again. A change to rework still is to be."""
        return self.choice is not None and self.choice.choice == ConflictChoice.Choice.KEEP

    @property
    def words(self) -> str:
        """« arbitré : conservé le 3 mars 2026 », and what the other draft settled; nothing when nobody did."""
        said = [] if self.choice is None else [choice_words(self.choice)]
        if self.told is not None:
            said.append(told_words(self.told))
        return " ".join(said)


def choice_words(choice: ConflictChoice) -> str:
    what = {
        ConflictChoice.Choice.KEEP: "Arbitré\u00a0: conservé le",
        ConflictChoice.Choice.TAKE: "Arbitré\u00a0: l’autre valeur prise le",
        ConflictChoice.Choice.REWORK: "À retravailler depuis le",
    }[ConflictChoice.Choice(choice.choice)]
    return f"{what} {_day(choice)}."


def told_words(choice: ConflictChoice) -> str:
    """The same told on the other side."""
    what = {
        ConflictChoice.Choice.KEEP: "L’autre projet a choisi de conserver son ajustement le",
        ConflictChoice.Choice.TAKE: "L’autre projet s’est aligné sur celui-ci le",
        ConflictChoice.Choice.REWORK: "L’autre projet retravaille son ajustement depuis le",
    }[ConflictChoice.Choice(choice.choice)]
    return f"{what} {_day(choice)}."


def _day(choice: ConflictChoice) -> str:
    return french.date(timezone.localtime(choice.at).date())


def disputes_of(draft: "Draft") -> tuple[Dispute, ...]:
    """With the chart in force first, then with the other drafts. One query, and none without a conflict."""
    mine = {change.id: change for change in draft.changes}
    found = [
        Dispute(conflict, None, conflict_key(conflict, mine[conflict.change], None)) for conflict in draft.conflicts
    ]
    theirs: dict[int, dict[ChangeId, Change]] = {
        other.pk: {change.id: change for change in changes} for other, changes in draft.others
    }
    for other, conflict in draft.conflicts_with_others:
        against = theirs[other.pk].get(conflict.other) if conflict.other else None
        found.append(Dispute(conflict, other, conflict_key(conflict, mine[conflict.change], against)))
    if not found:
        return ()
    row = draft.reorganisation
    known = ConflictChoice.objects.filter(
        Q(reorganisation=row) | Q(other=row), key__in={dispute.key for dispute in found}
    )
    choices, told = {}, {}
    for choice in known:
        if choice.reorganisation_id == row.pk:
            choices[choice.key] = choice
        else:
            told[choice.reorganisation_id, choice.key] = choice
    return tuple(
        dispute._replace(
            choice=choices.get(dispute.key),
            told=told.get((dispute.other.pk, dispute.key)) if dispute.other else None,
        )
        for dispute in found
    )


def settled_keys(reorganisation: Reorganisation) -> frozenset[str]:
    """The conflicts of which HR said that the change stands: one query."""
    kept = reorganisation.conflict_choices.filter(choice=ConflictChoice.Choice.KEEP)
    return frozenset(kept.values_list("key", flat=True))


def problem_of(dispute: Dispute) -> Problem:
    """A conflict settled is no longer a warning; one with the chart blocks until it is."""
    conflict, other = dispute.conflict, dispute.other
    severity = Severity.BLOCKING if other is None else Severity.WARNING
    words = f" {dispute.words}" if dispute.words else ""
    return Problem(
        code=SETTLED if dispute.settled else conflict.code,
        severity=Severity.OK if dispute.settled else severity,
        title=CHART_CHANGED if other is None else f"Autre projet\u00a0: {other.title}",
        message=f"{conflict.message}{words}",
        units=conflict.units,
        posts=conflict.posts,
        change=conflict.change,
    )


def choices_about(reorganisation: Reorganisation) -> tuple[ConflictChoice, ...]:
    """What this draft settled, and what the others settled of their conflicts with it, the latest first: one query."""
    found = ConflictChoice.objects.filter(Q(reorganisation=reorganisation) | Q(other=reorganisation))
    return tuple(found.select_related("reorganisation").order_by("-at", "-pk"))
