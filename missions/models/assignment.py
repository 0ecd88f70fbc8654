"""Affectations: who holds which post, from when to when."""

import datetime

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models.user import new_uid


class AssignmentKind(models.TextChoices):
    ORDINARY = "ordinary", "ordinaire"
    CONTRACT = "contract", "contractuel"
    INTERIM = "interim", "intérim"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force_on(self, day: datetime.date) -> "AssignmentQuerySet":
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day), begins_on__lte=day)

    def overlapping(self, begins_on: datetime.date, ends_on: datetime.date | None) -> "AssignmentQuerySet":
        found = self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=begins_on))
        return found if ends_on is None else found.filter(begins_on__lte=ends_on)

    def ordinary(self) -> "AssignmentQuerySet":
        """Those whose shares add up: an interim stands in for an absent holder and is left out."""
        return self.exclude(kind=AssignmentKind.INTERIM)


class Assignment(models.Model):
    """`ends_on` is the last day. `share` is the part of the post held, `working_time` the agent's own."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    agent = models.ForeignKey("missions.Agent", verbose_name="agent", on_delete=models.PROTECT)
    post = models.ForeignKey(
        "missions.Post", verbose_name="poste", to_field="uid", on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField("nature", max_length=10, choices=AssignmentKind, default=AssignmentKind.ORDINARY)
    share = models.DecimalField("part du poste", max_digits=5, decimal_places=2, default=100, help_text="En %.")
    working_time = models.DecimalField(
        "quotité", max_digits=5, decimal_places=2, default=100, help_text="Temps de travail de l’agent, en %."
    )
    begins_on = models.DateField("début")
    ends_on = models.DateField("dernier jour", null=True, blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        verbose_name_plural = "affectations"
        ordering = ["-begins_on", "uid"]
        indexes = [models.Index(fields=["post", "begins_on"], name="assignment_by_post")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(begins_on__lte=models.F("ends_on")),
                name="assignment_begins_before_it_ends",
                violation_error_message="Une affectation ne peut pas finir avant d’avoir commencé.",
            ),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=100),
                name="assignment_share_in_percent",
                violation_error_message="La part du poste doit être comprise entre 0 et 100 %%.",
            ),
            models.CheckConstraint(
                condition=models.Q(working_time__gt=0, working_time__lte=100),
                name="assignment_working_time_in_percent",
                violation_error_message="La quotité doit être comprise entre 0 et 100 %%.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AssignmentKind.values),
                name="assignment_kind_known",
                violation_error_message="Cette nature d’affectation n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"affectation {self.uid}"
