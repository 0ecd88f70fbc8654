"""What the jury has done and what is still awaited of it."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from django.db.models import QuerySet

from ..models import Application, Assessment, Criterion, JuryMember
from ..scoring import mean, weighted


def assessors(application: Application) -> QuerySet[JuryMember]:
    """The members with an account and no tie with the candidate: each assesses the application."""
    members = JuryMember.objects.filter(posting=application.posting_id, user__isnull=False)
    return members.exclude(conflicts__application=application)


def awaited(application: Application) -> list[JuryMember]:
    """Those who have not submitted their assessment yet. One query."""
    done = Assessment.objects.filter(application=application, sealed_at__isnull=False).values("member")
    return list(assessors(application).exclude(pk__in=done).order_by("pk"))


def assessments_shown_to(member: JuryMember | None, application: Application) -> list[Assessment]:
    """The member's own; everybody's once all are in. None is somebody who is not of the jury (HR). Two queries."""
    rows = Assessment.objects.filter(application=application).select_related("member__user", "criterion")
    if awaited(application):
        rows = rows.filter(member=member) if member is not None else rows.none()
    return list(rows.order_by("member", "criterion__position"))


class Marked(NamedTuple):
    """What one member says of the application. `marks`: one for each criterion, in their order, None not scored."""

    member: JuryMember
    marks: tuple[Assessment | None, ...]
    total: Fraction | None


class Sheet(NamedTuple):
    """The assessments of one application as somebody may read them.

    `marked`: of those who assess it, what the reader may see: their own, everybody's once all are in. `mean`: of the
    members' totals, once all are in.
    """

    criteria: tuple[Criterion, ...]
    assessors: tuple[JuryMember, ...]
    awaited: tuple[JuryMember, ...]
    marked: tuple[Marked, ...]
    mean: Fraction | None

    @property
    def complete(self) -> bool:
        return bool(self.assessors) and not self.awaited

    def of(self, member: JuryMember | None) -> Marked | None:
        return next((each for each in self.marked if each.member == member), None)


def sheet_of(application: Application, member: JuryMember | None) -> Sheet:
    """`member`: the reader's seat, None for somebody who is not of the jury. Three queries."""
    criteria = tuple(application.posting.criteria.all())
    seats = tuple(assessors(application).select_related("user").order_by("-president", "pk"))
    rows = list(Assessment.objects.filter(application=application))
    sealed = {row.member_id for row in rows if row.sealed_at is not None}
    waiting = tuple(seat for seat in seats if seat.pk not in sealed)
    shown = [seat for seat in seats if not waiting or seat == member]
    marked = tuple(_marked(seat, criteria, [row for row in rows if row.member_id == seat.pk]) for seat in shown)
    totals = [each.total for each in marked if each.total is not None]
    return Sheet(criteria, seats, waiting, marked, mean(totals) if seats and not waiting else None)


def _marked(member: JuryMember, criteria: Iterable[Criterion], rows: Iterable[Assessment]) -> Marked:
    by_criterion = {row.criterion_id: row for row in rows}
    marks = tuple(by_criterion.get(each.pk) for each in criteria)
    pairs = [(each.weight, mark.score) for each, mark in zip(criteria, marks, strict=True) if mark is not None]
    return Marked(member, marks, weighted(pairs))
