import datetime

from django.db import models

from accounts.models.user import new_uid


class Milestone(models.Model):
    """Jalon: a known event whose chart is not known. Its date is as precise as its source: a month is a month."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    unit = models.ForeignKey(
        "missions.Unit",
        verbose_name="unité",
        to_field="uid",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestones",
    )
    label = models.CharField("événement", max_length=300)
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois", null=True, blank=True)
    day = models.PositiveSmallIntegerField("jour", null=True, blank=True)
    posts_announced = models.PositiveIntegerField("nombre de postes annoncé", null=True, blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "jalon"
        verbose_name_plural = "jalons"
        ordering = ["year", models.F("month").asc(nulls_first=True), models.F("day").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__isnull=True) | models.Q(month__gte=1, month__lte=12),
                name="milestone_month_exists",
                violation_error_message="Le mois est compris entre 1 et 12.",
            ),
            models.CheckConstraint(
                condition=models.Q(day__isnull=True) | models.Q(day__gte=1, day__lte=31, month__isnull=False),
                name="milestone_day_of_a_month",
                violation_error_message="Un jour se donne avec son mois, entre 1 et 31.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def earliest(self) -> datetime.date:
        """The first day it can have been: what time lines are sorted by, never what is printed."""
        return datetime.date(self.year, self.month or 1, self.day or 1)
