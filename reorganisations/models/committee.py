"""Instance: the committee that gives its opinion, and who sits in it."""

from django.conf import settings
from django.db import models

from ..ids import mint_committee


class CommitteeKind(models.TextChoices):
    CTP = "ctp", "Comité technique paritaire"
    CT = "ct", "Comité technique"
    CST = "cst", "Comité social territorial"
    CSA = "csa", "Comité social d’administration"


class College(models.TextChoices):
    STAFF = "personnel", "Représentants du personnel"
    EMPLOYER = "employeur", "Représentants de l’employeur"


class Committee(models.Model):
    """`uid` is its address; the rules it follows depend on the date of each session (`CommitteeRules`)."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_committee, editable=False)
    kind = models.CharField("type d’instance", max_length=10, choices=CommitteeKind)
    label = models.CharField("libellé", max_length=200)
    fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "instance"
        verbose_name_plural = "instances"
        ordering = ["label", "uid"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=CommitteeKind.values), name="known_committee_kind"),
        ]

    def __str__(self) -> str:
        return self.label


class CommitteeMember(models.Model):
    """A seat and who holds it: titulaire or suppléant, in a college, for a union where it is the staff's.

    `user` is empty for a member who does not sign in here.
    """

    committee = models.ForeignKey(Committee, verbose_name="instance", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="committee_seats",
    )
    name = models.CharField("nom", max_length=150, blank=True)
    college = models.CharField("collège", max_length=20, choices=College)
    union = models.CharField("organisation syndicale", max_length=100, blank=True)
    substitute = models.BooleanField("suppléant", default=False)
    fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "membre de l’instance"
        verbose_name_plural = "membres de l’instance"
        ordering = ["committee", "college", "union", "substitute", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "user"], name="one_seat_per_user_and_committee"),
            models.CheckConstraint(condition=models.Q(college__in=College.values), name="member_known_college"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(name=""), name="member_user_or_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)
