"""What the application flagged and the human resources confirm, with their reason: it warns, they decide."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .reorganisation import Reorganisation


class Confirmation(models.Model):
    """`subject`: what was flagged. One stands for each subject; the trail keeps those given up."""

    class Subject(models.TextChoices):
        NO_DELIBERATION = "sans-deliberation", "Postes créés sans délibération"

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="confirmations"
    )
    subject = models.CharField("objet", max_length=40, choices=Subject)
    reason = models.TextField("motif")
    fictitious = models.BooleanField("fictive", default=False)
    confirmed_at = models.DateTimeField("confirmé le", default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="confirmé par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "confirmation"
        verbose_name_plural = "confirmations"
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "subject"], name="one_confirmation_per_subject"),
            models.CheckConstraint(
                condition=models.Q(subject__in=["sans-deliberation"]), name="known_confirmation_subject"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="confirmation_says_its_reason"),
        ]

    def __str__(self) -> str:
        return self.get_subject_display()
