"""The secret address at which a calendar application reads the deadlines, for it cannot sign in."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarFeed(models.Model):
    """One address a user, of which only the hash is kept: it is shown once, when it is made.

    Deleting the row revokes the address; making another replaces it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_sha256 = models.CharField("empreinte du secret", max_length=64, unique=True)
    made_at = models.DateTimeField("créée le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "adresse d’agenda"
        verbose_name_plural = "adresses d’agenda"
        ordering = ["user"]

    def __str__(self) -> str:
        return f"Agenda de {self.user}"

    @staticmethod
    def digest(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
