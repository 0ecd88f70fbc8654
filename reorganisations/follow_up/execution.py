"""The decision and how it is carried out: stages, transformations to be determined, adjustments."""

from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from orgchart.changes import TransformUndetermined, read_change
from orgchart.french import date

from ..bourses import BourseLink, links
from ..models import Decision, FruitlessBourse, StageRecord, TransformationResolution
from ..permissions import can_run_workflow
from ..queries.follow_up import Executed, FollowUp
from .standing import address, several


class DecisionLine(NamedTuple):
    """`facts`: pairs (name, value), the value empty when it is not known. The words agree with the kind of act; those
    that do not apply are empty."""

    title: str
    facts: tuple[tuple[str, str], ...]
    before_opinion: str
    set_aside: str
    fictitious: str


class StageLine(NamedTuple):
    """`mark` shows the state that `when` says; a version once it is applied, addresses to date and apply it before."""

    label: str
    mark: str
    when: str
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    version: str
    version_url: str
    date_url: str
    apply_url: str


class PendingLine(NamedTuple):
    """`never_opened`: the transformation is in force and no bourse was opened on it."""

    words: str
    state: str
    settled: bool
    never_opened: bool
    version_url: str
    url: str
    fruitless: tuple[str, ...]
    bourse: BourseLink | None


class AdjustmentLine(NamedTuple):
    words: str
    reason: str
    recorded: str


def decision_line(decision: Decision) -> DecisionLine:
    def day(value: object) -> str:
        return date(value) if value else ""  # type: ignore[arg-type]  # a date or None

    feminine = Decision.Kind(decision.kind).feminine
    e = "e" if feminine else ""
    return DecisionLine(
        title=f"{decision.get_kind_display()} du {date(decision.dated_on)}",
        facts=(
            ("Numéro", decision.number),
            ("Signataire", decision.signatory),
            (f"Transmis{e} au contrôle de légalité", day(decision.transmitted_on)),
            (f"Publié{e}", day(decision.published_on)),
        ),
        before_opinion=f"Daté{e} d’avant l’avis" if decision.before_opinion else "",
        set_aside=f"écarté{e} le {day(decision.set_aside_at)}" if decision.set_aside_at else "",
        fictitious=("fictive" if feminine else "fictif") if decision.fictitious else "",
    )


def stage_lines(draft: FollowUp, user: User) -> tuple[StageLine, ...]:
    return tuple(stage_line(draft, stage, runs=can_run_workflow(user)) for stage in draft.executed.execution.stages)


def stage_line(draft: FollowUp, stage: StageRecord, *, runs: bool) -> StageLine:
    executed, version = draft.executed, stage.version
    waits = runs and version is None
    first = bool(executed.execution.waiting) and executed.execution.waiting[0].pk == stage.pk
    return StageLine(
        label=str(stage) if several(executed) else "Ensemble de la réorganisation",
        mark="created" if version else "planned",
        when=stage_when(executed, stage),
        changes=tuple(
            (executed.words(change), executed.details(change)) for change in executed.execution.changes_of(stage)
        ),
        version=f"Version {version.number}" if version else "",
        version_url=reverse("missions:version", args=[version.number]) if version else "",
        date_url=address(draft, "set_stage_date", stage.uid) if waits else "",
        apply_url=address(draft, "apply_stage", stage.uid) if waits and first and executed.due(stage) else "",
    )


def stage_when(executed: Executed, stage: StageRecord) -> str:
    if stage.effective_on is None:
        return "à terme, sans date" if stage.eventual else "date non renseignée"
    if stage.applied_at:
        return f"en vigueur depuis le {date(stage.effective_on)}"
    return f"{'à mettre en vigueur au' if executed.due(stage) else 'prévue le'} {date(stage.effective_on)}"


def pending_lines(draft: FollowUp, user: User) -> tuple[PendingLine, ...]:
    runs = can_run_workflow(user)
    undetermined = draft.executed.undetermined
    bourses = links(user, draft.reorganisation, [change.id for change, _ in undetermined])
    return tuple(
        pending_line(draft, change, said, runs=runs, bourse=bourses.get(change.id)) for change, said in undetermined
    )


def pending_line(
    draft: FollowUp,
    change: TransformUndetermined,
    said: TransformationResolution | None,
    *,
    runs: bool,
    bourse: BourseLink | None,
) -> PendingLine:
    version = said.version if said else None
    never_opened = said is None and bourse is not None and not bourse.opened and is_applied(draft, change)
    if never_opened:
        state = "transformé, jamais ouvert"
    elif said is None:
        state = "à déterminer par la bourse interne"
    elif version:
        state = f"déterminée le {date(said.on)}, version {version.number}"
    else:
        state = f"déterminée le {date(said.on)}, prise en compte à l’entrée en vigueur"
    if said is not None and said.from_elsewhere:
        state = f"{state}\u00a0; la personne retenue venait d’ailleurs, un poste vacant a été désigné"
    return PendingLine(
        words=draft.executed.words(change),
        state=state,
        settled=said is not None,
        never_opened=never_opened,
        version_url=reverse("missions:version", args=[version.number]) if version else "",
        url=address(draft, "resolve_transformation", change.id) if runs and said is None else "",
        fruitless=tuple(
            fruitless_words(each) for each in draft.executed.execution.fruitless if each.pending == change.id
        ),
        bourse=bourse if said is None or bourse is None or bourse.opened else None,
    )


def is_applied(draft: FollowUp, change: TransformUndetermined) -> bool:
    """The stage that it belongs to is in force."""
    stages = draft.executed.execution.stages
    return any(stage.applied_at is not None and change.id in stage.change_uids for stage in stages)


def fruitless_words(bourse: FruitlessBourse) -> str:
    """« Bourse infructueuse le 3 mars 2026 : aucun candidat. Suite : rouvrir la bourse. »"""
    outcome, then = bourse.get_outcome_display().lower(), bourse.get_next_display().lower()
    words = f"Bourse infructueuse le {date(bourse.on)}\u00a0: {outcome}. Suite\u00a0: {then}."
    return f"{words} {bourse.note}" if bourse.note else words


def adjustment_lines(draft: FollowUp, *, names: bool) -> tuple[AdjustmentLine, ...]:
    """`names`: whether the user reads who recorded them."""
    found = []
    text = {change.id: change for change in draft.executed.execution.text.changes}
    for each in draft.executed.execution.adjustments:
        instead = draft.executed.words(read_change(each.payload)) if each.payload is not None else ""
        voted = next((draft.executed.words(change) for uid, change in text.items() if uid == each.change_uid), "")
        if not voted:
            words = f"En plus du texte voté\u00a0: {instead}"
        elif instead:
            words = f"Fait autrement\u00a0: {instead}"
        else:
            words = f"Abandonné\u00a0: {voted}"
        by = f", par {each.recorded_by}" if names and each.recorded_by else ""
        found.append(AdjustmentLine(words, each.reason, f"le {date(each.recorded_at.date())}{by}"))
    return tuple(found)
