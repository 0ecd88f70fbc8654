from django.db import models
from django.utils import timezone

from .posting import Posting


class NamedMinutes(models.Model):
    """The minutes that name the candidates, printed once when the bourse is decided.

    `path`: below the directory of the candidacies; it goes with them, and is then empty. The hash stays: it proves
    what somebody was handed. The minutes without names are a document, kept for good.
    """

    posting = models.OneToOneField(
        Posting, verbose_name="bourse", on_delete=models.PROTECT, related_name="named_minutes"
    )
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    path = models.CharField("emplacement", max_length=200, blank=True, editable=False)
    written_at = models.DateTimeField("écrit le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "procès-verbal nominatif"
        verbose_name_plural = "procès-verbaux nominatifs"
        ordering = ["posting"]

    def __str__(self) -> str:
        return f"Procès-verbal\u00a0: {self.posting}"
