from django.db import models

from ..ids import mint_criterion
from .posting import Posting


class Criterion(models.Model):
    """What the jury assesses, known before anybody applies. `weight` is relative to those of the others."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_criterion, editable=False)
    posting = models.ForeignKey(Posting, verbose_name="bourse", on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("critère", max_length=300)
    weight = models.PositiveSmallIntegerField("coefficient", default=1)

    class Meta:
        verbose_name = "critère"
        verbose_name_plural = "critères"
        ordering = ["posting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "position"], name="criterion_position_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1),
                name="criterion_weighs",
                violation_error_message="Un critère a un coefficient d’au moins 1.",
            ),
            models.CheckConstraint(
                condition=~models.Q(label=""),
                name="criterion_has_a_label",
                violation_error_message="Nommez le critère.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
