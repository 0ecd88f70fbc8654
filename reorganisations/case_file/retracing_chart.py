"""What was recorded of the chart itself beside reorganisations, as the steps that record it again."""

import datetime
from collections.abc import Iterator, Mapping

from msgspec import convert

from missions import models as chart
from orgchart.values import PostId, UnitId, plain

from .steps import AnyStep, Assign, CorrectPost, CorrectUnit, StateVacancy
from .traces import DONE, LAST, THEN, Trace


def chart_steps(made_at: Mapping[PostId, datetime.datetime], *, nominative: bool) -> list[Trace]:
    """Assignments, stated vacancies and corrections. `made_at`: when the version that brought each post was sealed."""
    traces = [*_corrections(), *_vacancies()]
    if nominative:
        traces += _assignments(made_at)
    return traces


def _assignments(made_at: Mapping[PostId, datetime.datetime]) -> Iterator[Trace]:
    history = chart.Assignment.history.filter(history_type="+")
    recorded_at = dict(history.order_by("-history_date").values_list("uid", "history_date"))
    for row in chart.Assignment.objects.select_related("agent").order_by("pk"):
        step = {
            "type": "assign_agent",
            "agent": row.agent.uid,
            "post": row.post_id,
            "kind": row.kind,
            "begins_on": row.begins_on,
            "ends_on": row.ends_on,
            "share": plain(row.share),
            "working_time": plain(row.working_time),
            "fictitious": row.agent.fictitious,
        }
        # One that an entry into force made is recorded a moment before the version is sealed.
        at = max(recorded_at[row.uid], made_at[PostId(row.post_id)])
        yield Trace(at, THEN, f"{row.pk:012}", convert(step, Assign))


def _vacancies() -> Iterator[Trace]:
    for row in chart.Post.objects.filter(stated_vacant_since__isnull=False).order_by("uid"):
        history = chart.Post.history.filter(uid=row.uid, stated_vacant_since=row.stated_vacant_since)
        stated_at = history.earliest("history_date").history_date
        step = {"type": "state_vacancy", "post": row.uid, "since": row.stated_vacant_since}
        yield Trace(stated_at, LAST, row.uid, convert(step, StateVacancy))


def _corrections() -> Iterator[Trace]:
    """One step for each field; what a correction takes from the deductions follows by itself."""
    for row in chart.Correction.objects.exclude(field="deduced").order_by("pk"):
        fields, tie = {row.field: row.after}, f"{row.pk:012}"
        if row.target_kind == chart.CorrectionTarget.UNIT:
            step: AnyStep = CorrectUnit(unit=UnitId(row.target_uid), fields=fields, reason=row.reason)
        else:
            step = CorrectPost(post=PostId(row.target_uid), fields=fields, reason=row.reason)
        yield Trace(row.at, DONE, tie, step)
