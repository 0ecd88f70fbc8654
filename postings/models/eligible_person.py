from django.conf import settings
from django.db import models
from django.utils import timezone

from .posting import Posting


class EligiblePerson(models.Model):
    """One line of the list frozen at opening. `added_reason`: why somebody was added afterwards; else empty."""

    posting = models.ForeignKey(Posting, verbose_name="bourse", on_delete=models.CASCADE, related_name="eligible")
    agent = models.ForeignKey(
        "missions.Agent", verbose_name="agent", to_field="uid", on_delete=models.PROTECT, related_name="+"
    )
    reasons = models.JSONField("motifs", default=list)
    added_at = models.DateTimeField("inscrit le", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="inscrit par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_reason = models.TextField("motif de l’ajout", blank=True)

    class Meta:
        verbose_name = "agent éligible"
        verbose_name_plural = "agents éligibles"
        ordering = ["posting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "agent"],
                name="eligible_once",
                violation_error_message="Cet agent est déjà dans la liste.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting}\u00a0: {self.agent_id}"
