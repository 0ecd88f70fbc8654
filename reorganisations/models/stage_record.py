"""Étape of a decided reorganisation: the changes that come into force together."""

from django.conf import settings
from django.db import models

from ..ids import mint_stage
from .reorganisation import Reorganisation


class StageRecordQuerySet(models.QuerySet["StageRecord"]):
    def waiting(self) -> "StageRecordQuerySet":
        return self.filter(applied_at__isnull=True)


class StageRecord(models.Model):
    """`effective_on` empty: the date is not known yet; `eventual`: « à terme ». `version`: what it sealed."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_stage, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="stages"
    )
    position = models.PositiveSmallIntegerField("rang")
    change_uids = models.JSONField("ajustements", default=list)
    effective_on = models.DateField("date d’effet", null=True, blank=True)
    eventual = models.BooleanField("à terme", default=False)
    version = models.OneToOneField(
        "missions.Version", verbose_name="version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField("appliquée le", null=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="appliquée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StageRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["reorganisation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "position"], name="stage_position_once"),
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True, version__isnull=True, applied_by__isnull=True)
                | models.Q(applied_at__isnull=False, version__isnull=False, effective_on__isnull=False),
                name="applied_stage_has_version_and_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Étape {self.position + 1}"
