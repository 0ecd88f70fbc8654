from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_jury_member
from .posting import Posting


class JuryMember(models.Model):
    """Somebody of the jury: with an account, they assess in the application; without, they are named only.

    `declared_at`: when they said what ties they have with candidates, `declaration` empty meaning none.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_jury_member, editable=False)
    posting = models.ForeignKey(Posting, verbose_name="bourse", on_delete=models.CASCADE, related_name="jury")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jury_seats",
    )
    name = models.CharField("nom", max_length=150, blank=True)
    capacity = models.CharField("qualité", max_length=200, blank=True)
    president = models.BooleanField("préside le jury", default=False)
    declaration = models.TextField("liens d’intérêts déclarés", blank=True)
    declared_at = models.DateTimeField("déclaration faite le", null=True, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="déclaration par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "membre du jury"
        verbose_name_plural = "membres du jury"
        ordering = ["posting", "-president", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "user"],
                condition=models.Q(user__isnull=False),
                name="one_jury_seat_per_user",
                violation_error_message="Ce compte siège déjà dans ce jury.",
            ),
            models.UniqueConstraint(
                fields=["posting"],
                condition=models.Q(president=True),
                name="one_jury_president",
                violation_error_message="Le jury a déjà une présidence.",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(name=""),
                name="jury_member_is_somebody",
                violation_error_message="Choisissez un compte ou indiquez un nom.",
            ),
            models.CheckConstraint(
                condition=models.Q(declared_at__isnull=False) | models.Q(declared_by__isnull=True, declaration=""),
                name="jury_declaration_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


class ConflictOfInterest(models.Model):
    """A tie with one candidate: the member does not assess that application, nor see the others' scores of it."""

    member = models.ForeignKey(JuryMember, verbose_name="membre", on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(
        "postings.Application", verbose_name="candidature", on_delete=models.CASCADE, related_name="conflicts"
    )
    reason = models.TextField("lien déclaré", blank=True)
    declared_at = models.DateTimeField("déclaré le", default=timezone.now, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="déclaré par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "conflit d’intérêts"
        verbose_name_plural = "conflits d’intérêts"
        ordering = ["member", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "application"], name="one_conflict_per_application")]

    def __str__(self) -> str:
        return f"{self.member}\u00a0: {self.application}"
