from django.db import models
from django.utils import timezone

from .posting import Posting


class Notice(models.Model):
    """Somebody was told something, once by each way. `failure`: a letter that could not be sent, and why."""

    class Channel(models.TextChoices):
        MAIL = "courriel", "Courriel"
        IN_APP = "application", "Dans l’application"

    class Kind(models.TextChoices):
        OPENED = "ouverture", "Ouverture de la bourse"
        RECEIVED = "depot", "Candidature reçue"
        INTERVIEW = "entretien", "Entretien"
        DECIDED = "decision", "Décision"
        CANCELLED = "annulation", "Annulation de la bourse"

    posting = models.ForeignKey(Posting, verbose_name="bourse", on_delete=models.CASCADE, related_name="notices")
    agent = models.ForeignKey(
        "missions.Agent", verbose_name="agent", to_field="uid", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("objet", max_length=20, choices=Kind)
    channel = models.CharField("voie", max_length=20, choices=Channel)
    at = models.DateTimeField("le", default=timezone.now, editable=False)
    failure = models.CharField("échec", max_length=300, blank=True)
    read_at = models.DateTimeField("lu le", null=True, editable=False)

    class Meta:
        verbose_name = "information d’un agent"
        verbose_name_plural = "informations des agents"
        ordering = ["posting", "pk"]
        indexes = [models.Index(fields=["agent", "channel"], name="notice_by_agent")]
        constraints = [
            models.UniqueConstraint(fields=["posting", "agent", "kind", "channel"], name="told_once_by_each_way"),
            models.CheckConstraint(
                condition=models.Q(channel__in=["courriel", "application"]), name="known_notice_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["ouverture", "depot", "entretien", "decision", "annulation"]),
                name="known_notice_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_channel_display()}"
