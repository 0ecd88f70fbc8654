"""The act that decides a reorganisation: arrêté, délibération…"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_decision
from .reorganisation import Reorganisation


class Decision(models.Model):
    """Several acts may stand together: a délibération for the posts, an arrêté for the organisation of the services.

    `before_opinion`: dated before the session that gave its opinion, which is shown as a warning.
    `set_aside_at`: the reorganisation went back to the committee; the decision is kept, another will follow.
    """

    class Kind(models.TextChoices):
        ORDER = "arrete", "Arrêté portant organisation des services"
        DELIBERATION = "deliberation", "Délibération"
        NOTE = "decision", "Décision"

        @property
        def feminine(self) -> bool:
            return self is not self.ORDER

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_decision, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField("nature", max_length=20, choices=Kind)
    number = models.CharField("numéro", max_length=80, blank=True)
    dated_on = models.DateField("datée du")
    signatory = models.CharField("signataire", max_length=200, blank=True)
    transmitted_on = models.DateField("transmise au contrôle de légalité le", null=True, blank=True)
    published_on = models.DateField("publiée le", null=True, blank=True)
    before_opinion = models.BooleanField("datée d’avant l’avis", default=False, editable=False)
    fictitious = models.BooleanField("fictive", default=False)
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistrée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    set_aside_at = models.DateTimeField("écartée le", null=True, editable=False)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="écartée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ["dated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "kind", "number", "dated_on"],
                condition=models.Q(set_aside_at__isnull=True),
                name="same_act_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(set_aside_at__isnull=False) | models.Q(set_aside_by__isnull=True),
                name="decision_set_aside_at_with_by",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["arrete", "deliberation", "decision"]), name="known_decision_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
