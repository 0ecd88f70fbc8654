from django.db import models
from django.utils import timezone

from accounts.models.user import new_uid

from .append_only import AppendOnly, AppendOnlyQuerySet


class PostEventQuerySet(AppendOnlyQuerySet["PostEvent"]):
    pass


class PostEvent(AppendOnly):
    """What a post remembers: created, transformed, transferred, opened… by which reorganisation. Never a name.

    The rooms above write it through `missions.actions.record_post_event`; `kind` is theirs to choose. `post_uid` may be
    that of a post no longer in force. `url` is a path inside the application.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    post_uid = models.CharField("poste", max_length=64, db_index=True)
    kind = models.CharField("nature", max_length=40)
    on = models.DateField("date", null=True, blank=True)
    wording = models.CharField("événement", max_length=500)
    url = models.CharField("adresse", max_length=300, blank=True)
    reorganisation_code = models.CharField("réorganisation", max_length=100, blank=True, db_index=True)
    recorded_at = models.DateTimeField("enregistré le", default=timezone.now)

    objects = PostEventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement d’un poste"
        verbose_name_plural = "événements des postes"
        ordering = [models.F("on").desc(nulls_first=True), "-pk"]

    def __str__(self) -> str:
        return self.wording
