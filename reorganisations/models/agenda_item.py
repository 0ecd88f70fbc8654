"""Point à l'ordre du jour: one reorganisation at one session."""

from django.db import models

from ..ids import mint_agenda_item
from .reorganisation import Reorganisation
from .session import Session


class AgendaItem(models.Model):
    """A reorganisation postponed or examined anew has one item for each session it came to."""

    class Kind(models.TextChoices):
        FOR_OPINION = "avis", "Pour avis"
        FOR_INFORMATION = "information", "Pour information"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_agenda_item, editable=False)
    session = models.ForeignKey(Session, verbose_name="séance", on_delete=models.PROTECT, related_name="agenda_items")
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="agenda_items"
    )
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.FOR_OPINION)

    class Meta:
        verbose_name = "point à l’ordre du jour"
        verbose_name_plural = "points à l’ordre du jour"
        ordering = ["session__held_on", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "reorganisation"], name="one_agenda_item_per_session"),
            models.UniqueConstraint(fields=["session", "number"], name="agenda_number_once_per_session"),
            models.CheckConstraint(condition=models.Q(kind__in=["avis", "information"]), name="known_agenda_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.reorganisation} – {self.get_kind_display()}"
