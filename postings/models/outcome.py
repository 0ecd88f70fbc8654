"""L’issue d’une bourse : who is retained, or nobody, with the reasons given to each candidate."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_outcome
from .application import Application
from .posting import Posting


class FollowUp(models.TextChoices):
    """After an unfilled bourse."""

    WIDEN = "elargir", "Élargir"
    REOPEN = "rouvrir", "Rouvrir"
    LEAVE_VACANT = "vacant", "Laisser le poste vacant"


class Outcome(models.Model):
    """`effective_on`: the first day at the new post. `assigned_at`: when the assignments and the chart were written.

    `resolution`: how the undetermined transformation was determined. `follow_up`: what is done of an unfilled bourse.
    """

    class Kind(models.TextChoices):
        FILLED = "pourvue", "Pourvue"
        UNFILLED = "infructueuse", "Infructueuse"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_outcome, editable=False)
    posting = models.OneToOneField(Posting, verbose_name="bourse", on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField("issue", max_length=20, choices=Kind)
    reason = models.TextField("motif", blank=True)
    effective_on = models.DateField("date d’effet", null=True, blank=True)
    candidate_post = models.CharField("poste transformé, désigné par les RH", max_length=64, blank=True)
    appeal_ways = models.TextField("voies de recours")
    appeal_until = models.DateField("recours possible jusqu’au", null=True, blank=True)
    follow_up = models.CharField("suite donnée", max_length=20, choices=FollowUp, blank=True)
    decided_at = models.DateTimeField("décidée le", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField("affectation écrite le", null=True, editable=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="affectation par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolution = models.OneToOneField(
        "reorganisations.TransformationResolution",
        verbose_name="détermination",
        null=True,
        on_delete=models.PROTECT,
        related_name="outcome",
    )
    fictitious = models.BooleanField("fictive", default=False)

    class Meta:
        verbose_name = "issue"
        verbose_name_plural = "issues"
        ordering = ["posting"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="pourvue", effective_on__isnull=False, follow_up="")
                | models.Q(kind="infructueuse", effective_on__isnull=True, assigned_at__isnull=True)
                & ~models.Q(reason=""),
                name="outcome_filled_or_unfilled_for_a_reason",
                violation_error_message="Une bourse infructueuse a un motif\u00a0; une bourse pourvue a une date.",
            ),
            models.CheckConstraint(
                condition=models.Q(follow_up__in=["", *FollowUp.values]), name="known_outcome_follow_up"
            ),
            models.CheckConstraint(
                condition=models.Q(assigned_at__isnull=False) | models.Q(assigned_by__isnull=True),
                name="outcome_assigned_at_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ApplicationOutcome(models.Model):
    """What is decided of one application and why. `post_uid`: where the retained one goes; it goes when purged."""

    outcome = models.ForeignKey(Outcome, verbose_name="issue", on_delete=models.PROTECT, related_name="decisions")
    application = models.OneToOneField(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="decision"
    )
    retained = models.BooleanField("retenue")
    reason = models.TextField("motif")
    post_uid = models.CharField("poste", max_length=64, blank=True)
    assignment_uid = models.CharField("affectation", max_length=64, blank=True)

    class Meta:
        verbose_name = "décision sur une candidature"
        verbose_name_plural = "décisions sur les candidatures"
        ordering = ["outcome", "-retained", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "post_uid"],
                condition=~models.Q(post_uid=""),
                name="one_retained_per_place",
                violation_error_message="Deux candidatures retenues pour la même place.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="application_decided_for_a_reason",
                violation_error_message="Chaque candidature reçoit un motif.",
            ),
            models.CheckConstraint(
                condition=models.Q(retained=True) & ~models.Q(post_uid="") | models.Q(retained=False, post_uid=""),
                name="retained_for_a_place",
            ),
        ]

    def __str__(self) -> str:
        return "Retenue" if self.retained else "Non retenue"


class VacatedPost(models.Model):
    """La chaîne : a post that the outcome leaves vacant, and the bourse that was opened on it, if any."""

    outcome = models.ForeignKey(Outcome, verbose_name="issue", on_delete=models.PROTECT, related_name="vacated")
    post_uid = models.CharField("poste laissé vacant", max_length=64)
    since = models.DateField("depuis le")
    posting = models.OneToOneField(
        Posting, verbose_name="bourse suivante", null=True, on_delete=models.PROTECT, related_name="opened_from"
    )
    recorded_at = models.DateTimeField("noté le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "poste laissé vacant"
        verbose_name_plural = "postes laissés vacants"
        ordering = ["outcome", "pk"]
        constraints = [models.UniqueConstraint(fields=["outcome", "post_uid"], name="vacated_once_per_outcome")]

    def __str__(self) -> str:
        return self.post_uid
