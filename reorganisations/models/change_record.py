"""One change of a draft, as it is kept."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .reorganisation import Reorganisation


class ChangeRecord(models.Model):
    """`payload` is the change as JSON (`orgchart.changes.read_change` reads it); `uid` its id; `position` from 0."""

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="change_records"
    )
    uid = models.CharField("identifiant", max_length=64)
    position = models.PositiveIntegerField("rang")
    payload = models.JSONField("ajustement")
    added_at = models.DateTimeField("ajouté le", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ajouté par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "ajustement"
        verbose_name_plural = "ajustements"
        ordering = ["reorganisation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "uid"], name="change_once_per_reorganisation"),
            models.UniqueConstraint(fields=["reorganisation", "position"], name="change_position_once"),
        ]

    def __str__(self) -> str:
        return self.uid
