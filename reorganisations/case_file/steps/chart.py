"""Persons on posts, and mistakes in details mended."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta

from orgchart.values import PostId, UnitId

from .base import AgentId, Step


class Assign(Step, frozen=True, kw_only=True, tag="assign_agent"):
    """Affectation. `share` and `working_time` in percent; the days of `begins_on` and `ends_on` are included."""

    agent: AgentId
    post: PostId
    begins_on: datetime.date
    ends_on: datetime.date | None = None
    kind: Literal["ordinary", "interim", "contract"] = "ordinary"
    share: Decimal = Decimal(100)
    working_time: Decimal = Decimal(100)


class StateVacancy(Step, frozen=True, kw_only=True, tag="state_vacancy"):
    """The post is said to be vacant since that day."""

    post: PostId
    since: datetime.date


class CorrectUnit(Step, frozen=True, kw_only=True, tag="correct_unit"):
    """A mistake in a detail of the unit, mended."""

    unit: UnitId
    fields: dict[str, Any]
    reason: Annotated[str, Meta(min_length=1)]


class CorrectPost(Step, frozen=True, kw_only=True, tag="correct_post"):
    """A mistake in a detail of the post, mended."""

    post: PostId
    fields: dict[str, Any]
    reason: Annotated[str, Meta(min_length=1)]
