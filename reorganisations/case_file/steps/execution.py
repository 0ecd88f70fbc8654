"""Acts, stages, what the bourse determined and what was done otherwise."""

import datetime
from typing import Annotated, Literal

from msgspec import Meta

from orgchart.changes import AnyChange
from orgchart.values import ChangeId, PostId

from .base import Code, Number, Step


class Decide(Step, frozen=True, kw_only=True, tag="decide"):
    reorganisation: Code
    kind: Literal["arrete", "deliberation", "decision"]
    dated_on: datetime.date
    number: str = ""
    signatory: str = ""
    transmitted_on: datetime.date | None = None
    published_on: datetime.date | None = None


class RecordAct(Step, frozen=True, kw_only=True, tag="record_act"):
    """Another act on the same text, beside the one that decided."""

    reorganisation: Code
    kind: Literal["arrete", "deliberation", "decision"]
    dated_on: datetime.date
    number: str = ""
    signatory: str = ""
    transmitted_on: datetime.date | None = None
    published_on: datetime.date | None = None


class Confirm(Step, frozen=True, kw_only=True, tag="confirm"):
    """What the application flagged is so, and why."""

    reorganisation: Code
    subject: Literal["sans-deliberation"]
    reason: Annotated[str, Meta(min_length=1)]


class SetStageDate(Step, frozen=True, kw_only=True, tag="set_stage_date"):
    """`stage` counts from 0, as in the sealed text."""

    reorganisation: Code
    stage: Number
    effective_on: datetime.date


class ApplyStage(Step, frozen=True, kw_only=True, tag="apply_stage"):
    """The stage comes into force and seals its version."""

    reorganisation: Code
    stage: Number


class ResolveByBourse(Step, frozen=True, kw_only=True, tag="resolve_transformation"):
    """The bourse is decided: `post` is the candidate that gives way. `pending` is the change that left it open.

    `from_elsewhere`: the person retained held none of the candidates, `post` was vacant.
    """

    reorganisation: Code
    pending: ChangeId
    post: PostId
    on: datetime.date
    from_elsewhere: bool = False


class RecordFruitlessBourse(Step, frozen=True, kw_only=True, tag="fruitless_bourse"):
    """The bourse determined nothing: why, and what HR does next; the transformation stays open."""

    reorganisation: Code
    pending: ChangeId
    outcome: Literal["aucun_candidat", "aucun_retenu"]
    next: Literal["rouvrir", "vacant", "nouvel_examen"]
    on: datetime.date
    note: str = ""


class AdjustExecution(Step, frozen=True, kw_only=True, tag="adjust_execution"):
    """What had to be done otherwise than the text voted: instead of change `replaces`, or in addition."""

    reorganisation: Code
    reason: Annotated[str, Meta(min_length=1)]
    replaces: ChangeId | None = None
    change: AnyChange | None = None
