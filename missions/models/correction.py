from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.user import new_uid

from .append_only import AppendOnly, AppendOnlyQuerySet


class CorrectionTarget(models.TextChoices):
    UNIT = "unit", "unité"
    POST = "post", "poste"


class CorrectionQuerySet(AppendOnlyQuerySet["Correction"]):
    pass


class Correction(AppendOnly):
    """A mistake in a detail, mended: same date, nothing sealed is touched, folded over the version when it is read.

    `before` and `after` are the values of `field` as JSON, those of the structure's own text.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    version = models.ForeignKey(
        "missions.Version", verbose_name="version corrigée", on_delete=models.PROTECT, related_name="corrections"
    )
    target_kind = models.CharField("objet corrigé", max_length=10, choices=CorrectionTarget)
    target_uid = models.CharField("identifiant corrigé", max_length=64, db_index=True)
    field = models.CharField("information", max_length=40)
    before = models.JSONField("avant", null=True)
    after = models.JSONField("après", null=True)
    reason = models.CharField("motif", max_length=500)
    at = models.DateTimeField("corrigé le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="corrigé par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "correction"
        verbose_name_plural = "corrections"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="correction_has_a_reason",
                violation_error_message="Une correction a un motif.",
            )
        ]

    def __str__(self) -> str:
        return f"correction {self.uid}"
