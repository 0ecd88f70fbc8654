"""A bourse that determined nothing: the transformation stays open, and what HR does next is recorded."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_fruitless
from .reorganisation import Reorganisation


class FruitlessBourse(models.Model):
    """« Infructueuse ». `pending`: id of the change that opened the transformation; one may come after another."""

    class Outcome(models.TextChoices):
        NO_CANDIDATE = "aucun_candidat", "Aucun candidat"
        NONE_RETAINED = "aucun_retenu", "Aucun candidat retenu"

    class Next(models.TextChoices):
        REOPEN = "rouvrir", "Rouvrir la bourse"
        LEAVE_VACANT = "vacant", "Laisser le poste vacant"
        EXAMINE_AGAIN = "nouvel_examen", "Demander un nouvel examen par le comité"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_fruitless, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="fruitless_bourses"
    )
    pending = models.CharField("transformation", max_length=64)
    outcome = models.CharField("issue", max_length=20, choices=Outcome)
    next = models.CharField("suite", max_length=20, choices=Next)
    on = models.DateField("date")
    note = models.TextField("précisions", blank=True)
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistrée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "bourse infructueuse"
        verbose_name_plural = "bourses infructueuses"
        ordering = ["reorganisation", "on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["aucun_candidat", "aucun_retenu"]), name="known_fruitless_outcome"
            ),
            models.CheckConstraint(
                condition=models.Q(next__in=["rouvrir", "vacant", "nouvel_examen"]), name="known_fruitless_next"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}\u00a0: {self.get_next_display()}"
