"""Relecture: who was asked to read a draft, what they remarked, and their visas. Working papers, never sealed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_remark
from .reorganisation import Reorganisation


class Reviewer(models.Model):
    """Somebody invited to read the draft, to remark on it, and with `may_write` to write its words and duties."""

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="reviewers"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.CASCADE, related_name="reviews"
    )
    may_write = models.BooleanField("rédige aussi", default=False)
    invited_at = models.DateTimeField("invité le", default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="invité par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "relecteur"
        verbose_name_plural = "relecteurs"
        ordering = ["reorganisation", "invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "user"], name="one_invitation_per_reviewer"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> "RemarkQuerySet":
        """Still to be dealt with before the draft is submitted."""
        return self.filter(resolved_at__isnull=True)


class Remark(models.Model):
    """`subject`: the id of a change, `section:` and the key of a written part, or nothing for the whole draft."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_remark, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="remarks"
    )
    subject = models.CharField("porte sur", max_length=80, blank=True)
    text = models.TextField("remarque")
    made_at = models.DateTimeField("faite le", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="faite par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("réponse", blank=True)
    resolved_at = models.DateTimeField("traitée le", null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="traitée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque"
        verbose_name_plural = "remarques"
        ordering = ["reorganisation", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=False) | models.Q(resolved_by__isnull=True),
                name="remark_resolved_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Visa(models.Model):
    """Somebody says the draft was read, as it was at `revision`; the last one of each person counts."""

    class Word(models.TextChoices):
        AGREED = "accord", "Accord"
        WITH_RESERVES = "reserves", "Avec réserves"
        REFUSED = "desaccord", "Désaccord"

    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="visas"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="compte", on_delete=models.PROTECT, related_name="visas"
    )
    revision = models.PositiveIntegerField("révision")
    word = models.CharField("avis du relecteur", max_length=20, choices=Word)
    note = models.TextField("précision", blank=True)
    given_at = models.DateTimeField("donné le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "visa"
        verbose_name_plural = "visas"
        ordering = ["reorganisation", "given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(word__in=["accord", "reserves", "desaccord"]), name="known_visa"),
            models.CheckConstraint(
                condition=models.Q(word="accord") | ~models.Q(note=""), name="visa_with_reserves_says_which"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}\u00a0: {self.get_word_display()}"
