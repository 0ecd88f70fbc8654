"""What was done to a draft, edit by edit: told to whoever comes second, and undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .reorganisation import Reorganisation


class DraftEdit(models.Model):
    """One edit, which made the draft reach `revision`.

    Edits of changes keep the place and payload before and after (null: it was not there), so that undoing is doing the
    inverse. Other edits name what they touched in `subject`; those of a situation keep what was said before in
    `payload_before` (empty: nothing was) and are undone agent by agent, the others (sections, details) are not undone.
    """

    class Kind(models.TextChoices):
        ADDED = "ajout", "Ajustement ajouté"
        EDITED = "modification", "Ajustement modifié"
        MOVED = "deplacement", "Ajustement déplacé"
        DELETED = "suppression", "Ajustement supprimé"
        UNDONE = "annulation", "Modification annulée"
        REDONE = "retablissement", "Modification rétablie"
        SECTION = "section", "Texte du rapport modifié"
        SITUATION = "situation", "Situation d’un agent précisée"
        DETAILS = "details", "Données de la réorganisation modifiées"
        REBASED = "reprise", "Projet repris sur l’organigramme en vigueur"

    class State(models.TextChoices):
        DONE = "faite", "Faite"
        UNDONE = "annulee", "Annulée"
        # Something else was done after it was undone: it cannot be redone.
        DISCARDED = "abandonnee", "Abandonnée"

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="edits"
    )
    revision = models.PositiveIntegerField("révision")
    kind = models.CharField("nature", max_length=20, choices=Kind)
    summary = models.CharField("résumé", max_length=500)
    subject = models.CharField("objet", max_length=64)
    position_before = models.PositiveIntegerField("rang avant", null=True)
    payload_before = models.JSONField("ajustement avant", null=True)
    position_after = models.PositiveIntegerField("rang après", null=True)
    payload_after = models.JSONField("ajustement après", null=True)
    state = models.CharField("état", max_length=20, choices=State, default=State.DONE)
    at = models.DateTimeField("date", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "modification du projet"
        verbose_name_plural = "modifications du projet"
        ordering = ["reorganisation", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "revision"], name="one_edit_per_revision"),
        ]

    def __str__(self) -> str:
        return self.summary
