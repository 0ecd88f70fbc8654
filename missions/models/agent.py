from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models.user import new_uid


class Agent(models.Model):
    """A person who holds or held posts. `fictitious`: made up for a demonstration, and shown as such.

    `statutory_grade`: the agent's own (« attaché principal »), not the cotation of a post; empty is unknown.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    first_name = models.CharField("prénom", max_length=100)
    last_name = models.CharField("nom", max_length=100)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agent",
        error_messages={"unique": "Ce compte est déjà celui d’un autre agent."},
    )
    statutory_grade = models.CharField("grade statutaire", max_length=200, blank=True)
    fictitious = models.BooleanField("fictif", default=False)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        verbose_name = "agent"
        verbose_name_plural = "agents"
        ordering = ["last_name", "first_name", "uid"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(last_name=""),
                name="agent_has_a_name",
                violation_error_message="Un agent a un nom.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
