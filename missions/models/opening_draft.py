from django.conf import settings
from django.db import models
from django.utils import timezone


class OpeningDraft(models.Model):
    """The chart as it is being observed, before it is sealed: one row, gone once the opening version exists.

    `structure`: units and posts, as the structure's own JSON, without the reference data.
    """

    structure = models.JSONField("unités et postes", default=dict)
    saved_at = models.DateTimeField("enregistré le", default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="enregistré par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "saisie de l’état constaté"
        verbose_name_plural = "saisies de l’état constaté"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="one_opening_draft",
                violation_error_message="Il n’y a qu’un état constaté.",
            )
        ]

    def __str__(self) -> str:
        return "État constaté en cours de saisie"
