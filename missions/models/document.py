"""Files kept for good: PDFs rendered from sealed content, signed documents. One content is stored once."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.user import new_uid

from .append_only import AppendOnly, AppendOnlyQuerySet


class DocumentContentQuerySet(AppendOnlyQuerySet["DocumentContent"]):
    pass


class DocumentContent(AppendOnly):
    """Bytes and their hash, in the database so that they are written, rolled back and saved with what they prove."""

    sha256 = models.CharField("empreinte", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("taille en octets")
    content = models.BinaryField("contenu")

    objects = DocumentContentQuerySet.as_manager()

    class Meta:
        verbose_name = "contenu de document"
        verbose_name_plural = "contenus de documents"

    def __str__(self) -> str:
        return self.sha256


class DocumentQuerySet(AppendOnlyQuerySet["Document"]):
    pass


class Document(AppendOnly):
    """A file of something else: `owner_type` is a model's label (« missions.version »), `owner_uid` its identifier."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    owner_type = models.CharField("type d’objet", max_length=100)
    owner_uid = models.CharField("objet", max_length=100)
    kind = models.CharField("nature", max_length=40)
    name = models.CharField("nom du fichier", max_length=200)
    media_type = models.CharField("type de fichier", max_length=100)
    content = models.ForeignKey(DocumentContent, verbose_name="contenu", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("enregistré le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="enregistré par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["owner_type", "owner_uid"], name="document_owner")]

    def __str__(self) -> str:
        return self.name
