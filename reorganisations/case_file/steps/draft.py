"""The draft of a reorganisation: opened, edited, its conflicts settled."""

import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from orgchart.changes import AnyChange
from orgchart.checks import Announced
from orgchart.values import ChangeId, PostId, UnitId, Value

from .base import AgentId, Code, Step


class Section(Value, frozen=True, kw_only=True):
    """A written part of the report, in Markdown. `change`: the change it explains. Off, the report leaves it out."""

    key: Annotated[str, Meta(min_length=1, max_length=64)]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    markdown: str = ""
    included: bool = True
    change: ChangeId | None = None


class SituationOf(Value, frozen=True, kw_only=True):
    """Situation de l'agent: the post the person will hold, or what is offered."""

    agent: AgentId
    post: PostId | None = None
    note: str = ""


class OpenReorganisation(Step, frozen=True, kw_only=True, tag="reorganisation"):
    """A draft over the chart in force at this point, as it was when it was sealed, or as it stands.

    `variant_of`: the draft it is a variant of, under the name `variant`.
    """

    code: Code
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    unit: UnitId
    variant_of: Code | None = None
    variant: Annotated[str, Meta(max_length=80)] = ""
    effective_on: datetime.date | None = None
    principle_of_security: bool = True
    announced: tuple[Announced, ...] = ()
    changes: tuple[AnyChange, ...] = ()
    sections: tuple[Section, ...] = ()
    situations: tuple[SituationOf, ...] = ()


class EditDraft(Step, frozen=True, kw_only=True, tag="edit_draft"):
    """The draft as it stands from here on; what is left out stays as it was."""

    reorganisation: Code
    title: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    effective_on: datetime.date | UnsetType | None = UNSET
    principle_of_security: bool | None = None
    announced: tuple[Announced, ...] | None = None
    changes: tuple[AnyChange, ...] | None = None
    sections: tuple[Section, ...] | None = None
    situations: tuple[SituationOf, ...] | None = None


class ArbitrateConflict(Step, frozen=True, kw_only=True, tag="arbitrate_conflict"):
    """The choice on a conflict of `change` with the draft `other`, with the chart in force without one. `field`: the
    one that both sides changed, where the change has several conflicts."""

    reorganisation: Code
    change: ChangeId
    choice: Literal["conserver", "prendre", "retravailler"]
    other: Code | None = None
    field: str | None = None
    reason: str = ""
