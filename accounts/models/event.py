"""The trail: who did what to which thing, and when. Lines are added, never changed."""

from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from .. import trail


class AppendOnly(Exception):
    def __init__(self) -> None:
        super().__init__("Le journal ne se modifie pas\u00a0: on y ajoute des lignes.")


class EventQuerySet(models.QuerySet["Event"]):
    def older_than(self, moment: Any) -> "EventQuerySet":
        return self.filter(at__lt=moment)

    def about(self, target_type: str, target_uid: str) -> "EventQuerySet":
        return self.filter(target_type=target_type, target_uid=target_uid)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def forget(self) -> int:
        """Delete for good: only the purge that the law asks for calls this."""
        return int(self._raw_delete(using=self.db) or 0)


class Event(models.Model):
    at = models.DateTimeField("date", default=timezone.now, editable=False, db_index=True)
    # No row of the trail is lost with a person; `by` is empty when the system acted.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField("action", max_length=60)
    target_type = models.CharField("type d’objet", max_length=100)
    target_uid = models.CharField("objet", max_length=100)
    summary = models.CharField("résumé", max_length=500)
    details = models.JSONField("détails", default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_uid"], name="event_target")]

    def __str__(self) -> str:
        return self.summary

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    @property
    def label(self) -> str:
        """What was done, in the words that the room declared."""
        return trail.label_of(self.verb)

    @property
    def target_model(self) -> type[models.Model] | None:
        """None when the room has renamed or dropped the model since."""
        try:
            return apps.get_model(self.target_type)
        except (LookupError, ValueError):
            return None

    @property
    def target_label(self) -> str:
        """The kind of thing it was done to."""
        return str(self.target_model._meta.verbose_name) if self.target_model else self.target_type
