"""What HR settled of a conflict between a draft and another one, or the chart in force."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .reorganisation import Reorganisation


class ConflictChoice(models.Model):
    """`key` says what the conflict was about, values included (`orgchart.arbitration`): when they change, it is another
    conflict and is asked again. `other` empty: the conflict was with the chart in force.

    `change_uid` and `other_change_uid`: the change of each side; `field`: the one both changed, if it is one.
    `wording`: the conflict as it was read, which remains to be told once it has gone.
    """

    class Choice(models.TextChoices):
        KEEP = "conserver", "Conservé"
        TAKE = "prendre", "Autre valeur prise"
        REWORK = "retravailler", "À retravailler"

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="conflict_choices"
    )
    other = models.ForeignKey(
        Reorganisation,
        verbose_name="autre réorganisation",
        null=True,
        on_delete=models.CASCADE,
        related_name="choices_against",
    )
    key = models.CharField("conflit", max_length=64)
    change_uid = models.CharField("ajustement", max_length=64)
    other_change_uid = models.CharField("ajustement de l’autre projet", max_length=64, blank=True)
    field = models.CharField("donnée", max_length=40, blank=True)
    wording = models.TextField("conflit en toutes lettres")
    choice = models.CharField("choix", max_length=20, choices=Choice)
    reason = models.TextField("motif", blank=True)
    at = models.DateTimeField("fait le", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="fait par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "choix sur un conflit"
        verbose_name_plural = "choix sur les conflits"
        ordering = ["reorganisation", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "key"], name="one_choice_per_conflict"),
            models.CheckConstraint(
                condition=models.Q(choice__in=["conserver", "prendre", "retravailler"]), name="known_conflict_choice"
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("reorganisation")),
                name="conflict_with_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}\u00a0: {self.wording}"
