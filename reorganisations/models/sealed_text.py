"""The text a committee was given, sealed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from missions.models.append_only import AppendOnly, AppendOnlyQuerySet
from orgchart import french

from ..ids import mint_text
from .reorganisation import Reorganisation


class SealedText(AppendOnly):
    """`content`: zstd of canonical JSON (`sealing.Text`); `sha256` is that of the JSON. Never altered, kept for good.

    `dated_on` and `origin` belong to an amended text: when, and on whose proposal.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "soumis", "Texte soumis"
        AMENDED = "modifie", "Version modifiée"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_text, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="sealed_texts"
    )
    number = models.PositiveSmallIntegerField("numéro")
    kind = models.CharField("nature", max_length=20, choices=Kind)
    content = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    dated_on = models.DateField("daté du")
    origin = models.CharField("origine", max_length=300, blank=True)
    sealed_at = models.DateTimeField("scellé le", default=timezone.now, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="scellé par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "texte scellé"
        verbose_name_plural = "textes scellés"
        ordering = ["reorganisation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "number"], name="sealed_text_number_once"),
            models.CheckConstraint(
                condition=models.Q(kind="soumis") | models.Q(kind="modifie") & ~models.Q(origin=""),
                name="amended_text_says_its_origin",
            ),
        ]

    def __str__(self) -> str:
        """An amended text is known by its date; the one submitted by its session, it has no date of its own."""
        number = f"n°\u00a0{self.number}"
        if self.kind == self.Kind.AMENDED:
            return f"{self.get_kind_display()} du {french.date(self.dated_on)} ({number})"
        return f"{self.get_kind_display()} {number}"
