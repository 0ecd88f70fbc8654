"""What the jury has done and what is still awaited of it."""

from django.db.models import QuerySet

from ..models import Application, Assessment, JuryMember


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
