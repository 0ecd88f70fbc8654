"""Situation de l'agent: what HR says a reorganisation does to one known holder."""

from django.db import models

from .reorganisation import Reorganisation


class Situation(models.Model):
    """`post_uid`: the post the person will hold; empty, none is named and `note` says what is offered."""

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="situations"
    )
    agent_uid = models.CharField("agent", max_length=64)
    post_uid = models.CharField("poste après", max_length=64, null=True, blank=True)  # noqa: DJ001  (none is not empty)
    note = models.TextField("précision", blank=True)

    class Meta:
        verbose_name = "situation d’un agent"
        verbose_name_plural = "situations des agents"
        ordering = ["reorganisation", "agent_uid"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "agent_uid"], name="one_situation_per_agent"),
            models.CheckConstraint(
                condition=models.Q(post_uid__isnull=False) | ~models.Q(note=""), name="situation_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.agent_uid
