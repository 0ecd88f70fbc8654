from django.db import models


class Employer(models.Model):
    """The employer's own settings: one row."""

    name = models.CharField("nom de l’employeur", max_length=200)
    principle_of_security = models.BooleanField(
        "principe de sécurité",
        default=True,
        help_text=(
            "Lors d’une réorganisation, personne ne change de résidence sans l’avoir voulu, la rémunération est "
            "maintenue et tout ou partie des missions est conservé : les écarts sont listés."
        ),
    )

    class Meta:
        verbose_name = "employeur"
        verbose_name_plural = "employeur"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="one_employer",
                violation_error_message="Il n’y a qu’un employeur.",
            )
        ]

    def __str__(self) -> str:
        return self.name
