"""The chart and its holders on any day: past versions, the one in force, and what is planned."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from orgchart.fold import Refusal, fold_leniently
from orgchart.structure import Structure
from orgchart.values import PostId

from .. import planned
from ..corrections import Mended, corrected
from ..models import Agent, Assignment, Correction, Milestone, Version
from ..seals import sealed_structure


class ChartOnDate(NamedTuple):
    """`structure` is None before the first version: « organigramme non connu », only milestones are.

    `planned`: decided stages, not yet applied, were folded over the version; `refusals`: their changes that no longer
    can be made. `milestone`: the last known event up to that day.
    """

    day: datetime.date
    structure: Structure | None = None
    version: Version | None = None
    stages: tuple[planned.PlannedStage, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    @property
    def planned(self) -> bool:
        return bool(self.stages)

    @property
    def milestone(self) -> Milestone | None:
        return self.milestones[-1] if self.milestones else None


class AgentName(NamedTuple):
    uid: str
    name: str
    fictitious: bool


def chart_on(day: datetime.date) -> ChartOnDate:
    """The version in force that day, its corrections folded over, then the stages decided up to that day.

    The nomenclature is that of the version: it prints what it said when it was sealed.
    """
    milestones = tuple(each for each in Milestone.objects.all() if each.earliest <= day)
    version = Version.objects.in_force_on(day).first()
    if version is None:
        return ChartOnDate(day, milestones=milestones)
    structure = version_structure(version)
    # A stage that is not applied yet comes after everything sealed: it says nothing of a day before the newest version.
    newest = Version.objects.order_by("-number").values_list("pk", flat=True).first()
    stages = planned.stages_until(day) if newest == version.pk else ()
    if not stages:
        return ChartOnDate(day, structure, version, milestones=milestones)
    folded = fold_leniently(structure, (change for stage in stages for change in stage.changes))
    return ChartOnDate(day, folded.structure, version, stages, folded.refusals, milestones)


def structure_on(day: datetime.date) -> Structure | None:
    """The structure alone of `chart_on`, for who asks nothing else of that day: three queries."""
    newer = Version.objects.filter(number__gt=OuterRef("number"))
    version = Version.objects.in_force_on(day).annotate(superseded=Exists(newer)).first()
    if version is None:
        return None
    superseded: bool = version.superseded  # type: ignore[attr-defined]  # annotated just above
    stages = () if superseded else planned.stages_until(day)
    structure = version_structure(version)
    return fold_leniently(structure, (change for stage in stages for change in stage.changes)).structure


def version_structure(version: Version, *, with_corrections: bool = True) -> Structure:
    """What the version sealed, with the corrections made since unless told otherwise. Raises seals.Unreadable."""
    structure = sealed_structure(version)
    return corrected(structure, corrections_of(version)) if with_corrections else structure


def corrections_of(version: Version) -> list[Mended]:
    rows = Correction.objects.filter(version=version).order_by("pk")
    return [Mended(*row) for row in rows.values_list("target_kind", "target_uid", "field", "after")]


def newest_version() -> Version | None:
    """Without its snapshot."""
    return Version.objects.without_snapshot().select_related("sealed_by").order_by("-number").first()


def version_by_number(number: int) -> Version | None:
    return Version.objects.select_related("sealed_by", "previous").filter(number=number).first()


def chart_is_open() -> bool:
    return Version.objects.exists()


def holders_on(
    day: datetime.date, posts: Iterable[PostId | str] | None = None, *, interim: bool = False
) -> dict[PostId, tuple[str, ...]]:
    """Post → the uids of the agents who hold it that day, those standing in for them left out unless `interim`."""
    found = Assignment.objects.in_force_on(day)
    if not interim:
        found = found.ordinary()
    if posts is not None:
        found = found.filter(post__uid__in=list(posts))
    holders: dict[PostId, tuple[str, ...]] = {}
    for post, agent in found.order_by("begins_on", "pk").values_list("post__uid", "agent__uid"):
        holders[PostId(post)] = (*holders.get(PostId(post), ()), agent)
    return holders


def agents_by_uid(uids: Iterable[str]) -> dict[str, AgentName]:
    rows = Agent.objects.filter(uid__in=list(uids)).values_list("uid", "first_name", "last_name", "fictitious")
    return {uid: AgentName(uid, f"{first} {last}".strip(), fictitious) for uid, first, last, fictitious in rows}


class Moment(NamedTuple):
    """A point of the time line. `day` sorts; `year`, `month`, `day_of_month` are as precise as the source.

    `kind`: « milestone », « version » or « planned ».
    """

    day: datetime.date
    kind: str
    label: str
    year: int
    month: int | None
    day_of_month: int | None
    version: Version | None = None
    milestone: Milestone | None = None
    url: str = ""
    fictitious: bool = False


def versions_timeline(unit: str | None = None) -> tuple[Moment, ...]:
    """Milestones (of the unit and of everybody when one is named), versions, and what is planned, oldest first."""
    milestones = Milestone.objects.all()
    if unit is not None:
        milestones = milestones.filter(unit__uid=unit) | milestones.filter(unit__isnull=True)
    moments = [
        Moment(
            each.earliest,
            "milestone",
            each.label,
            each.year,
            each.month,
            each.day,
            milestone=each,
            fictitious=each.fictitious,
        )
        for each in milestones
    ]
    moments += [
        Moment(
            each.effective_on,
            "version",
            each.title,
            each.effective_on.year,
            each.effective_on.month,
            each.effective_on.day,
            version=each,
            fictitious=each.fictitious,
        )
        for each in Version.objects.without_snapshot().select_related("sealed_by").order_by("number")
    ]
    moments += [
        Moment(stage.date, "planned", stage.label, stage.date.year, stage.date.month, stage.date.day, url=stage.url)
        for stage in planned.stages_until(datetime.date.max)
    ]
    return tuple(sorted(moments, key=lambda moment: moment.day))
