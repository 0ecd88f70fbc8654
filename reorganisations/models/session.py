"""Séance of a committee, with what its validity depends on."""

from django.conf import settings
from django.db import models

from orgchart import french

from ..ids import mint_session
from .committee import Committee


class SessionFile(models.TextChoices):
    """Files of a session: a statement comes with its item, the others with the session as a whole."""

    MINUTES = "proces-verbal", "Procès-verbal signé"
    PIECE = "piece", "Pièce jointe à la convocation"
    OTHER = "autre", "Autre pièce, pour les ressources humaines"
    STATEMENT = "declaration", "Déclaration"


class Session(models.Model):
    """Attendance is counted at the opening, by college; empty is unknown, never zero.

    `after_failed_quorum`: convoked again for want of quorum, it is valid whoever attends; `in_place_of`
    says for which session. `starts_at`: the hour of the
    convocation; `opened_at` and `closed_at`: the hours of the session. The minutes are signed by three (`…_signed_on`);
    `minutes_signed_on` is the last of the three, or the only day that is known.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_session, editable=False)
    committee = models.ForeignKey(Committee, verbose_name="instance", on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField("date de la séance")
    starts_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    convoked_on = models.DateField("convocation envoyée le", null=True, blank=True)
    urgent = models.BooleanField("convocation en urgence", default=False)
    documents_sent_on = models.DateField("documents envoyés le", null=True, blank=True)
    after_failed_quorum = models.BooleanField("nouvelle convocation faute de quorum", default=False)
    in_place_of = models.OneToOneField(
        "self",
        verbose_name="à la place de la séance sans quorum du",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reconvened_as",
    )
    reconvened_at = models.DateTimeField("reconvoquée le", null=True, editable=False)
    reconvened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="reconvoquée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    employer_votes = models.BooleanField(
        "le collège de l’employeur vote", default=False, help_text="Seulement si une délibération le prévoit."
    )
    employer_vote_deliberation = models.CharField(
        "délibération qui donne voix au collège de l’employeur",
        max_length=200,
        blank=True,
        help_text="Son numéro et sa date.",
    )
    staff_seats = models.PositiveSmallIntegerField("sièges des représentants du personnel", null=True, blank=True)
    staff_present = models.PositiveSmallIntegerField("représentants du personnel présents", null=True, blank=True)
    employer_seats = models.PositiveSmallIntegerField("sièges des représentants de l’employeur", null=True, blank=True)
    employer_present = models.PositiveSmallIntegerField("représentants de l’employeur présents", null=True, blank=True)
    opened_at = models.TimeField("ouverte à", null=True, blank=True)
    closed_at = models.TimeField("levée à", null=True, blank=True)
    president = models.CharField("président", max_length=150, blank=True)
    secretary = models.CharField("secrétaire de séance", max_length=150, blank=True)
    deputy_secretary = models.CharField("secrétaire adjoint", max_length=150, blank=True)
    president_signed_on = models.DateField("signé par le président le", null=True, blank=True)
    secretary_signed_on = models.DateField("signé par le secrétaire le", null=True, blank=True)
    deputy_secretary_signed_on = models.DateField("signé par le secrétaire adjoint le", null=True, blank=True)
    minutes_signed_on = models.DateField("procès-verbal signé le", null=True, blank=True)
    minutes_approved_on = models.DateField("procès-verbal approuvé le", null=True, blank=True)
    members_informed_on = models.DateField("membres informés des suites le", null=True, blank=True)
    fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["-held_on", "uid"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_place_of__isnull=True, reconvened_at__isnull=True, reconvened_by__isnull=True)
                | models.Q(in_place_of__isnull=False, reconvened_at__isnull=False, after_failed_quorum=True),
                name="session_reconvened_at_with_session",
            ),
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
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True)
                | models.Q(closed_at__isnull=True)
                | models.Q(closed_at__gte=models.F("opened_at")),
                name="session_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.label}, {french.date(self.held_on)}"
