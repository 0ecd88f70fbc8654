"""Adaptation d'exécution: what had to be done otherwise than the text voted, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_adjustment
from .reorganisation import Reorganisation


class ExecutionAdjustment(models.Model):
    """Stands beside the sealed text, which stays as it is.

    `change_uid`: the change of the text it replaces, empty when it comes in addition; `payload`: what is done instead,
    empty when the change is given up.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_adjustment, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="execution_adjustments"
    )
    change_uid = models.CharField("ajustement remplacé", max_length=64, null=True, blank=True)  # noqa: DJ001  (none is not empty)
    payload = models.JSONField("ajustement", null=True, blank=True)
    reason = models.TextField("motif")
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistrée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "adaptation d’exécution"
        verbose_name_plural = "adaptations d’exécution"
        ordering = ["reorganisation", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="execution_adjustment_says_why"),
            models.CheckConstraint(
                condition=models.Q(change_uid__isnull=False) | models.Q(payload__isnull=False),
                name="execution_adjustment_does_something",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "change_uid"], name="one_execution_adjustment_per_change"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
