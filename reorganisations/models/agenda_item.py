"""Point à l'ordre du jour: a reorganisation at a session, or another matter; what was said of it."""

from django.db import models

from ..ids import mint_agenda_item
from .reorganisation import Reorganisation
from .session import Session


class AgendaItem(models.Model):
    """Either a `reorganisation`, or another matter with a `title` of its own.

    A reorganisation postponed or examined anew has one item for each session it came to. `new_examination_of`: the item
    that was given an opinion before, once at most; `window_confirmation`: why, when it is outside the legal days.
    `minutes_of`: the earlier session whose minutes this item is to approve. `debate` (Markdown) and `conclusion` are
    for the minutes.
    """

    class Kind(models.TextChoices):
        FOR_OPINION = "avis", "Pour avis"
        FOR_INFORMATION = "information", "Pour information"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_agenda_item, editable=False)
    session = models.ForeignKey(Session, verbose_name="séance", on_delete=models.PROTECT, related_name="agenda_items")
    reorganisation = models.ForeignKey(
        Reorganisation,
        verbose_name="réorganisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="agenda_items",
    )
    title = models.CharField("intitulé", max_length=300, blank=True)
    minutes_of = models.ForeignKey(
        Session,
        verbose_name="procès-verbal à approuver",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approval_items",
    )
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    kind = models.CharField("nature", max_length=20, choices=Kind, default=Kind.FOR_OPINION)
    note = models.TextField("note", blank=True)
    debate = models.TextField("débats", blank=True)
    conclusion = models.CharField("conclusion", max_length=300, blank=True)
    new_examination_of = models.OneToOneField(
        "self",
        verbose_name="nouvel examen du point",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="examined_anew",
    )
    window_confirmation = models.CharField("hors délai, motif", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "point à l’ordre du jour"
        verbose_name_plural = "points à l’ordre du jour"
        ordering = ["session__held_on", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "reorganisation"], name="one_agenda_item_per_session"),
            models.UniqueConstraint(fields=["session", "number"], name="agenda_number_once_per_session"),
            models.CheckConstraint(condition=models.Q(kind__in=["avis", "information"]), name="known_agenda_kind"),
            models.CheckConstraint(
                condition=models.Q(window_confirmation="") | models.Q(new_examination_of__isnull=False),
                name="window_confirmed_of_a_new_examination",
            ),
            models.CheckConstraint(
                condition=models.Q(reorganisation__isnull=False, title="", minutes_of__isnull=True)
                | models.Q(reorganisation__isnull=True) & ~models.Q(title=""),
                name="agenda_reorganisation_or_title",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_of__isnull=True) | ~models.Q(minutes_of=models.F("session")),
                name="agenda_minutes_of_another_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} – {self.get_kind_display()}"

    @property
    def label(self) -> str:
        """What the agenda calls it."""
        return self.reorganisation.title if self.reorganisation else self.title
