from django.conf import settings
from django.db import models


class Perimeter(models.Model):
    """A manager sees the holders of the posts of `unit` and of all below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="perimeters"
    )
    unit = models.ForeignKey(
        "missions.Unit", verbose_name="unité", to_field="uid", on_delete=models.CASCADE, related_name="perimeters"
    )

    class Meta:
        verbose_name = "périmètre"
        verbose_name_plural = "périmètres"
        ordering = ["user", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"],
                name="one_perimeter_per_user_and_unit",
                violation_error_message="Ce compte a déjà ce périmètre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}\u00a0: {self.unit}"
