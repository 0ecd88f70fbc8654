"""A document that the worker writes for somebody. It lasts a day: what is kept for good is a Document."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.user import new_uid

from .document import Document

# Somebody writes it when it was heard of since; the worker tells every second.
SILENCE = datetime.timedelta(minutes=1)


class RenderingState(models.TextChoices):
    WAITING = "waiting", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "prêt"
    FAILED = "failed", "échoué"


ACTIVE = (RenderingState.WAITING, RenderingState.RUNNING)


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def without_content(self) -> "RenderingQuerySet":
        return self.defer("content")

    def alive(self) -> "RenderingQuerySet":
        """Being written now by a worker that was heard of lately."""
        return self.filter(state=RenderingState.RUNNING, heard_at__gte=timezone.now() - SILENCE)


class Rendering(models.Model):
    """`kind` and `subject` say which document (missions.printing). `done` of `total` pages; `total` is 0 before it is
    known. `attempt` grows each time a worker begins: what an older one still says is not heard.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    kind = models.CharField("nature", max_length=40)
    subject = models.CharField("objet", max_length=500, blank=True)
    title = models.CharField("intitulé", max_length=300)
    name = models.CharField("nom du fichier", max_length=200)
    media_type = models.CharField("type de fichier", max_length=100)
    back = models.CharField("page d’origine", max_length=500)
    state = models.CharField("état", max_length=10, choices=RenderingState.choices, default=RenderingState.WAITING)
    attempt = models.PositiveIntegerField("essai", default=0)
    done = models.PositiveIntegerField("pages faites", default=0)
    total = models.PositiveIntegerField("pages en tout", default=0)
    failure = models.CharField("raison de l’échec", max_length=500, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="demandé par", on_delete=models.CASCADE, related_name="+"
    )
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    heard_at = models.DateTimeField("dernière nouvelle", default=timezone.now)
    content = models.BinaryField("contenu", null=True, blank=True)
    document = models.ForeignKey(
        Document, verbose_name="document gardé", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = "document en préparation"
        verbose_name_plural = "documents en préparation"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["requested_at"], name="rendering_requested")]
        constraints = [
            models.UniqueConstraint(
                fields=["requested_by", "kind", "subject"],
                condition=models.Q(state__in=ACTIVE),
                name="one_active_rendering",
                violation_error_message="Ce document est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RenderingState.DONE)
                | models.Q(content__isnull=False)
                | models.Q(document__isnull=False),
                name="rendering_done_has_content",
                violation_error_message="Un document prêt a un contenu.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_lost(self) -> bool:
        """A worker began it and is not heard of any more."""
        return self.state == RenderingState.RUNNING and timezone.now() - self.heard_at > SILENCE

    @property
    def is_ready(self) -> bool:
        return self.state == RenderingState.DONE
