"""What was decided and how it is carried out: the text voted, its adjustments, its stages and their changes."""

import datetime
from collections.abc import Iterator
from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.urls import reverse

from missions.planned import PlannedStage
from orgchart.changes import AnyChange, ResolveTransformation, read_change
from orgchart.fold import fold_leniently
from orgchart.structure import Structure
from orgchart.values import ChangeId, PostId

from ..models import (
    Decision,
    ExecutionAdjustment,
    FruitlessBourse,
    Opinion,
    Reorganisation,
    SealedText,
    StageRecord,
    Status,
    TransformationResolution,
)
from ..sealing import Text, unseal


def standing_decision(reorganisation: Reorganisation) -> Decision | None:
    return reorganisation.decisions.filter(set_aside_at__isnull=True).first()


def last_opinion(reorganisation: Reorganisation) -> Opinion | None:
    found = Opinion.objects.filter(agenda_item__reorganisation=reorganisation)
    about = (
        "agenda_item__session__committee",
        "agenda_item__new_examination_of__session",
        "sealed_text__reorganisation",
    )
    return found.select_related(*about).order_by("recorded_at").last()


def voted_text(reorganisation: Reorganisation) -> SealedText | None:
    """The text of the last opinion."""
    opinion = last_opinion(reorganisation)
    return opinion.sealed_text if opinion else None


BESIDE = {
    "has_adjustments": Exists(ExecutionAdjustment.objects.filter(reorganisation=OuterRef("reorganisation"))),
    "has_fruitless": Exists(FruitlessBourse.objects.filter(reorganisation=OuterRef("reorganisation"))),
    "has_resolutions": Exists(TransformationResolution.objects.filter(reorganisation=OuterRef("reorganisation"))),
}


class Execution:
    """The text voted with what was recorded beside it. `adjusted`: the changes that HR recorded instead of its own."""

    def __init__(self, reorganisation: Reorganisation, text: Text) -> None:
        self.reorganisation = reorganisation
        self.text = text
        stages = reorganisation.stages.select_related("version").defer("version__snapshot")
        found: list[Any] = list(stages.annotate(**BESIDE).order_by("position"))
        self.stages: tuple[StageRecord, ...] = tuple(found)
        # Most texts are carried out as they are: only what is known to be recorded beside them is read.
        adjusted = any(stage.has_adjustments for stage in found)
        recorded = reorganisation.execution_adjustments.order_by("recorded_at", "pk").select_related("recorded_by")
        self.adjustments: tuple[ExecutionAdjustment, ...] = tuple(recorded) if adjusted else ()
        determined = any(stage.has_resolutions for stage in found)
        resolutions = reorganisation.resolutions.select_related("version").defer("version__snapshot").order_by("pk")
        self.resolutions: tuple[TransformationResolution, ...] = tuple(resolutions) if determined else ()
        fruitless = any(stage.has_fruitless for stage in found)
        bourses = reorganisation.fruitless_bourses.order_by("on", "recorded_at", "pk")
        self.fruitless: tuple[FruitlessBourse, ...] = tuple(bourses) if fruitless else ()
        self.adjusted: set[ChangeId] = set()
        self._changes: dict[str, AnyChange | None] = {change.id: change for change in text.changes}
        for adjustment in self.adjustments:
            change = read_change(adjustment.payload) if adjustment.payload is not None else None
            if change is not None:
                self.adjusted.add(change.id)
            # One that replaces nothing adds something: a constraint says so.
            self._changes[adjustment.change_uid or cast("AnyChange", change).id] = change
        self._resolved = {row.pending: row for row in self.resolutions if row.version is None}

    def changes_of(self, stage: StageRecord) -> tuple[AnyChange, ...]:
        """Sealed changes with their adjustments, then what the bourse determined before the entry into force."""
        changes = [change for uid in stage.change_uids if (change := self._changes[uid]) is not None]
        rows = [self._resolved[change.id] for change in changes if change.id in self._resolved]
        resolutions = [
            ResolveTransformation(id=ChangeId(row.uid), pending=row.pending, post=PostId(row.post_uid)) for row in rows
        ]
        return (*changes, *resolutions)

    @property
    def waiting(self) -> tuple[StageRecord, ...]:
        """Stages to come, by date, those without one last."""
        found = [stage for stage in self.stages if stage.applied_at is None]
        return tuple(sorted(found, key=lambda each: (each.effective_on is None, each.effective_on, each.position)))

    def base_of(self, stage: StageRecord) -> Structure:
        """The chart as the text expected it to be when this stage comes: its own, with the stages applied before."""
        earlier = [each for each in self.stages if each.applied_at is not None and each.pk != stage.pk]
        ordered = sorted(earlier, key=lambda each: (each.applied_at, each.position))
        return fold_leniently(
            self.text.before, (change for each in ordered for change in self.changes_of(each))
        ).structure


def execution_of(reorganisation: Reorganisation) -> Execution | None:
    """None while no text was voted."""
    text = voted_text(reorganisation)
    return Execution(reorganisation, unseal(text)) if text else None


def decided_execution(reorganisation: Reorganisation) -> Execution:
    """Of a reorganisation that was decided: nothing is without a text voted."""
    return cast("Execution", execution_of(reorganisation))


def planned_stages() -> Iterator[PlannedStage]:
    """The stages decided and not yet applied that have a date, for the chart on a day to come: one query, and the text
    voted of those whose changes are gone through."""
    waiting = StageRecord.objects.waiting().filter(
        effective_on__isnull=False, reorganisation__status__in=[Status.DECIDED, Status.PARTLY_IN_FORCE]
    )
    executions: dict[int, Execution] = {}
    ordered = waiting.select_related("reorganisation").order_by("reorganisation", "effective_on", "position")
    for stage in ordered:
        yield PlannedStage(
            date=cast("datetime.date", stage.effective_on),
            changes=_ChangesWhenAsked(stage, executions),
            label=stage.reorganisation.title,
            url=reverse("reorganisations:what_changes", args=[stage.reorganisation.code]),
        )


class _ChangesWhenAsked:
    """The changes of a stage. `executions`: those read already, by reorganisation."""

    def __init__(self, stage: StageRecord, executions: dict[int, Execution]) -> None:
        self.stage, self.executions = stage, executions

    def __iter__(self) -> Iterator[AnyChange]:
        key = self.stage.reorganisation_id
        if key not in self.executions:
            self.executions[key] = decided_execution(self.stage.reorganisation)
        return iter(self.executions[key].changes_of(self.stage))
