"""Séance of a committee, with what its validity depends on."""

from django.db import models

from orgchart import french

from ..ids import mint_session
from .committee import Committee


class Session(models.Model):
    """Attendance is counted at the opening, by college; empty is unknown, never zero.

    `after_failed_quorum`: convoked again for want of quorum, it is valid whoever attends.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_session, editable=False)
    committee = models.ForeignKey(Committee, verbose_name="instance", on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("date de la séance")
    place = models.CharField("lieu", max_length=200, blank=True)
    convoked_on = models.DateField("convocation envoyée le", null=True, blank=True)
    urgent = models.BooleanField("convocation en urgence", default=False)
    documents_sent_on = models.DateField("documents envoyés le", null=True, blank=True)
    after_failed_quorum = models.BooleanField("nouvelle convocation faute de quorum", default=False)
    employer_votes = models.BooleanField(
        "le collège de l’employeur vote", default=False, help_text="Seulement si une délibération le prévoit."
    )
    staff_seats = models.PositiveSmallIntegerField("sièges des représentants du personnel", null=True, blank=True)
    staff_present = models.PositiveSmallIntegerField("représentants du personnel présents", null=True, blank=True)
    employer_seats = models.PositiveSmallIntegerField("sièges des représentants de l’employeur", null=True, blank=True)
    employer_present = models.PositiveSmallIntegerField("représentants de l’employeur présents", null=True, blank=True)
    minutes_signed_on = models.DateField("procès-verbal signé le", null=True, blank=True)
    minutes_approved_on = models.DateField("procès-verbal approuvé le", null=True, blank=True)
    members_informed_on = models.DateField("membres informés des suites le", null=True, blank=True)
    fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["-held_on", "uid"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "held_on"], name="one_session_per_committee_and_day"),
            models.CheckConstraint(
                condition=models.Q(staff_present__isnull=True)
                | models.Q(staff_seats__isnull=True)
                | models.Q(staff_present__lte=models.F("staff_seats")),
                name="session_staff_present_within_seats",
            ),
            models.CheckConstraint(
                condition=models.Q(employer_present__isnull=True)
                | models.Q(employer_seats__isnull=True)
                | models.Q(employer_present__lte=models.F("employer_seats")),
                name="session_employer_present_within_seats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.label}, {french.date(self.held_on)}"
