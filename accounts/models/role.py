"""What a person may be in the application: the four roles, and who holds which."""

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    HR = "rh", "Ressources humaines"
    MANAGER = "encadrement", "Encadrement"
    AGENT = "agent", "Agent"
    COMMITTEE = "instance", "Membre d’une instance"


class RoleGrant(models.Model):
    """One user holds one role; a user may hold several."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="role_grants"
    )
    role = models.CharField("rôle", max_length=20, choices=Role)

    class Meta:
        verbose_name = "rôle accordé"
        verbose_name_plural = "rôles accordés"
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_user_and_role"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="known_role"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())
