"""The database as a case file: the opening state, what surrounds it, and the steps that make the rest again."""

import datetime
from collections.abc import Iterable

from msgspec import convert

from missions import models as chart
from missions.queries import nomenclature, version_by_number, version_structure
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from .. import models
from ..actions.attendance import OFFICERS
from .grouping import groups_of, units_of
from .hours import HOURS, text_of
from .retracing import reorganisation_steps
from .retracing_chart import chart_steps
from .retracing_minutes import session_steps
from .retracing_reconvened import reconvened_steps
from .steps import AgentId, AnyStep, CommitteeId, MilestoneId, SessionId
from .traces import Trace
from .types import (
    Agent,
    CaseFile,
    Chart,
    Committee,
    Milestone,
    SealedVersion,
    Session,
    structure_sha256,
)

SESSION_FIELDS = tuple(field for field in Session.__struct_fields__ if field not in ("id", "committee"))


TITLE = "Organigramme et réorganisations"


def export_case(*, title: str = TITLE, nominative: bool = False) -> CaseFile:
    """Everything, or with `nominative` False everything but the persons: agents, assignments, situations.

    Who attended a session is then told without names. Committee members, accounts, attached files and the trail are no
    part of a case.
    """
    opening = version_by_number(1)
    versions = tuple(chart.Version.objects.order_by("number"))
    structures = {version.number: version_structure(version, with_corrections=False) for version in versions}
    return CaseFile(
        format=1,
        title=title,
        nomenclature=nomenclature(),
        chart=_chart(opening, structures[1]) if opening else None,
        milestones=tuple(_milestones()),
        committees=tuple(
            convert({"id": row.uid, "kind": row.kind, "label": row.label, "fictitious": row.fictitious}, Committee)
            for row in models.Committee.objects.order_by("uid")
        ),
        sessions=tuple(_sessions(nominative=nominative)),
        agents=tuple(_agents()) if nominative else (),
        steps=_steps(structures, nominative=nominative),
        versions=tuple(
            SealedVersion(
                number=version.number,
                effective_on=version.effective_on,
                structure_sha256=structure_sha256(structures[version.number]),
                title=version.title,
                fictitious=version.fictitious,
            )
            for version in versions
        ),
    )


def _chart(opening: chart.Version, structure: Structure) -> Chart:
    return Chart(
        units=units_of(structure),
        posts=groups_of(structure),
        pendings=structure.pendings,
        effective_on=opening.effective_on,
        note=opening.note,
        fictitious=opening.fictitious,
    )


def _milestones() -> Iterable[Milestone]:
    for row in chart.Milestone.objects.order_by("year", "month", "day", "uid"):
        parts = [f"{row.year:04}", *(f"{part:02}" for part in (row.month, row.day) if part is not None)]
        yield Milestone(
            id=MilestoneId(row.uid),
            label=row.label,
            on="-".join(parts),
            unit=UnitId(row.unit_id) if row.unit_id else None,
            posts_announced=row.posts_announced,
            source=row.source,
            fictitious=row.fictitious,
        )


def _sessions(*, nominative: bool) -> Iterable[Session]:
    for row in models.Session.objects.select_related("committee").order_by("held_on", "uid"):
        fields = {field: getattr(row, field) for field in SESSION_FIELDS}
        fields |= {hour: text_of(fields[hour]) for hour in HOURS}
        if not nominative:
            fields |= dict.fromkeys(OFFICERS, "")
        yield Session(id=SessionId(row.uid), committee=CommitteeId(row.committee.uid), **fields)


def _agents() -> Iterable[Agent]:
    for row in chart.Agent.objects.order_by("uid"):
        yield Agent(id=AgentId(row.uid), first_name=row.first_name, last_name=row.last_name, fictitious=row.fictitious)


def _steps(structures: dict[int, Structure], *, nominative: bool) -> tuple[AnyStep, ...]:
    """In the order in which they were recorded."""
    traces: list[Trace] = []
    for row in models.Reorganisation.objects.select_related("base_version").order_by("pk"):
        traces += reorganisation_steps(row, nominative=nominative)
    traces += reconvened_steps()
    made_at: dict[PostId, datetime.datetime] = {}
    for version in chart.Version.objects.without_snapshot().order_by("number"):
        for post in structures[version.number].posts:
            made_at.setdefault(post.id, version.sealed_at)
    traces += chart_steps(made_at, nominative=nominative)
    recorded = (trace.step for trace in sorted(traces, key=lambda trace: trace.key))
    return (*recorded, *session_steps(nominative=nominative))
