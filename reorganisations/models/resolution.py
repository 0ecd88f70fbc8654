"""Which candidate an undetermined transformation took: decided by the bourse, without names."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_resolution
from .reorganisation import Reorganisation


class TransformationResolution(models.Model):
    """`pending` is the id of the change that opened the transformation, `post_uid` the candidate that gave way.

    `version`: sealed « issue de la bourse » when the transformation was in force already; empty, the resolution is
    folded after the sealed changes on entry into force. `from_elsewhere`: the person retained held none of the
    candidate posts, HR named a vacant one.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_resolution, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="resolutions"
    )
    pending = models.CharField("transformation", max_length=64)
    post_uid = models.CharField("poste transformé", max_length=64)
    from_elsewhere = models.BooleanField("personne retenue venue d’ailleurs", default=False)
    on = models.DateField("date")
    version = models.OneToOneField(
        "missions.Version", verbose_name="version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistrée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "détermination par la bourse"
        verbose_name_plural = "déterminations par la bourse"
        ordering = ["reorganisation", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "pending"], name="one_resolution_per_transformation"),
        ]

    def __str__(self) -> str:
        return f"{self.pending}\u00a0: {self.post_uid}"
