"""What the jury does with an application: admissibility, interview, assessment, ranking, proposal."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_interview
from .application import Application
from .criterion import Criterion
from .jury_member import JuryMember
from .posting import Posting

BEST_SCORE = 5


class Admissibility(models.Model):
    """Recevabilité: the application is complete and in time, from somebody eligible; a refusal says why."""

    application = models.OneToOneField(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="admissibility"
    )
    admissible = models.BooleanField("recevable")
    reason = models.TextField("motif", blank=True)
    decided_at = models.DateTimeField("décidée le", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="décidée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "recevabilité"
        verbose_name_plural = "recevabilités"
        ordering = ["application"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(admissible=True) | ~models.Q(reason=""),
                name="inadmissible_for_a_reason",
                violation_error_message="L’irrecevabilité a un motif.",
            )
        ]

    def __str__(self) -> str:
        return "Recevable" if self.admissible else "Irrecevable"


class Interview(models.Model):
    """Entretien: a slot and a place. `held_at`: when it is recorded that it took place."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_interview, editable=False)
    application = models.OneToOneField(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="interview"
    )
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=300)
    planned_at = models.DateTimeField("prévu le", default=timezone.now, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="prévu par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    held_at = models.DateTimeField("tenu, noté le", null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="noté par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "entretien"
        verbose_name_plural = "entretiens"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="interview_ends_after_it_starts",
                violation_error_message="L’entretien finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=models.Q(held_at__isnull=False) | models.Q(held_by__isnull=True), name="interview_held_at_by"
            ),
        ]

    def __str__(self) -> str:
        return f"Entretien du {timezone.localtime(self.starts_at):%d/%m/%Y à %H:%M}"


class Assessment(models.Model):
    """One member's score of one application by one criterion, 0 to `BEST_SCORE`.

    `sealed_at`: submitted by the member; hidden from the others until all of theirs are, and never changed after.
    """

    member = models.ForeignKey(JuryMember, verbose_name="membre", on_delete=models.CASCADE, related_name="assessments")
    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="assessments"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name="critère", on_delete=models.CASCADE, related_name="assessments"
    )
    score = models.PositiveSmallIntegerField("note")
    remark = models.TextField("appréciation", blank=True)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    sealed_at = models.DateTimeField("rendue le", null=True, editable=False)

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        ordering = ["application", "member", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "application", "criterion"], name="one_score_per_member_and_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(score__lte=BEST_SCORE),
                name="score_within_scale",
                violation_error_message=f"La note va de 0 à {BEST_SCORE}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}\u00a0: {self.score}"


class Ranking(models.Model):
    """Where the jury puts an application: a rank, a reasoned opinion, or both. Equal ranks are a stated tie.

    `proposed`: the jury proposes to retain it.
    """

    application = models.OneToOneField(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="ranking"
    )
    rank = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    tied = models.BooleanField("ex æquo", default=False)
    opinion = models.TextField("avis motivé", blank=True)
    proposed = models.BooleanField("proposée par le jury", default=False)
    ranked_at = models.DateTimeField("classée le", default=timezone.now, editable=False)
    ranked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="classée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "classement"
        verbose_name_plural = "classements"
        ordering = [models.F("rank").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rank__gte=1) | models.Q(rank__isnull=True) & ~models.Q(opinion=""),
                name="ranked_or_reasoned",
                violation_error_message="Donnez un rang ou un avis motivé.",
            ),
            models.CheckConstraint(
                condition=models.Q(tied=False) | models.Q(rank__isnull=False), name="tie_has_a_rank"
            ),
        ]

    def __str__(self) -> str:
        return f"Rang {self.rank}" if self.rank else "Avis motivé"


class Proposal(models.Model):
    """What the jury proposes: those marked in the ranking, or nobody. `tie_break`: how a tie was settled."""

    posting = models.OneToOneField(Posting, verbose_name="bourse", on_delete=models.CASCADE, related_name="proposal")
    reason = models.TextField("motivation")
    tie_break = models.TextField("départage des ex æquo", blank=True)
    proposed_at = models.DateTimeField("faite le", default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="faite par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "proposition du jury"
        verbose_name_plural = "propositions des jurys"
        ordering = ["posting"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="proposal_has_a_reason",
                violation_error_message="La proposition est motivée.",
            )
        ]

    def __str__(self) -> str:
        return f"Proposition\u00a0: {self.posting}"
