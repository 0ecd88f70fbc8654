"""The legal record: the chart sealed at each entry into force."""

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models.user import new_uid

from .append_only import AppendOnly, AppendOnlyQuerySet


class VersionKind(models.TextChoices):
    OPENING = "opening", "état constaté"
    REORGANISATION = "reorganisation", "réorganisation"
    RESOLUTION = "resolution", "issue de la bourse"


class VersionQuerySet(AppendOnlyQuerySet["Version"]):
    def in_force_on(self, day: datetime.date) -> "VersionQuerySet":
        """Newest first: the first one is the version in force that day."""
        return self.filter(effective_on__lte=day).order_by("-effective_on", "-number")

    def without_snapshot(self) -> "VersionQuerySet":
        """For lists: the snapshots stay in the database."""
        return self.defer("snapshot")


class Version(AppendOnly):
    """The whole chart, sealed. Rows are added, never changed.

    `snapshot`: the canonical JSON of the structure, zstd. `sha256`: hash of that JSON. `seal`: hash of the heading
    (number, dates, source, `sha256`) and of the seal before, so that the versions form a chain. `partly`: other stages
    of the same reorganisation are still to come (« en vigueur pour partie »).
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    number = models.PositiveIntegerField("numéro", unique=True)
    title = models.CharField("titre", max_length=300)
    kind = models.CharField("nature", max_length=20, choices=VersionKind)
    effective_on = models.DateField("date d’effet", db_index=True)
    sealed_at = models.DateTimeField("scellée le", default=timezone.now)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="scellée par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    snapshot = models.BinaryField("contenu scellé")
    sha256 = models.CharField("empreinte", max_length=64)
    previous = models.OneToOneField(
        "self", verbose_name="version précédente", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    previous_sha256 = models.CharField("empreinte de la version précédente", max_length=64, blank=True)
    seal = models.CharField("sceau", max_length=64)
    source_label = models.CharField("origine", max_length=300, blank=True)
    source_code = models.CharField("code de la réorganisation", max_length=100, blank=True, db_index=True)
    stage_label = models.CharField("étape", max_length=200, blank=True)
    partly = models.BooleanField("en vigueur pour partie", default=False)
    note = models.TextField("remarque", blank=True)
    fictitious = models.BooleanField("fictive", default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versions"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number=1, previous__isnull=True, kind=VersionKind.OPENING)
                | (models.Q(number__gt=1, previous__isnull=False) & ~models.Q(kind=VersionKind.OPENING)),
                name="version_follows_another_or_opens",
                violation_error_message="Seule la première version, état constaté, n’en suit aucune autre.",
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("missions:version", args=[self.number])
