from django.db import models

from accounts.models.user import new_uid


class PendingTransformation(models.Model):
    """An undetermined transformation in force: one of `candidates` becomes `into`, which one is not known yet.

    Its row goes when the bourse decides; versions and post events keep the story.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    candidates = models.JSONField("postes dont l’un est transformé")
    into = models.OneToOneField(
        "missions.Post",
        verbose_name="poste issu de la transformation",
        to_field="uid",
        on_delete=models.PROTECT,
        related_name="pending",
    )

    class Meta:
        verbose_name = "transformation à déterminer"
        verbose_name_plural = "transformations à déterminer"
        ordering = ["uid"]

    def __str__(self) -> str:
        return self.uid
