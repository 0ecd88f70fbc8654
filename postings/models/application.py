"""La candidature d’un agent à une bourse."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_application, mint_file
from ..status import APPLICANT, LIVE, ApplicationStatus
from .posting import Posting


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> "ApplicationQuerySet":
        """Submitted, neither withdrawn nor decided."""
        return self.filter(status__in=LIVE)

    def applicants(self) -> "ApplicationQuerySet":
        """Those that count as candidacies of the bourse."""
        return self.filter(status__in=APPLICANT)


class Application(models.Model):
    """One agent's. A withdrawn one may be followed by another while the bourse is open.

    `number`: the candidate's number in this bourse, given on submission. `wish_rank`: 1 is the bourse the agent
    prefers, among all they apply to. `late_at`: the exact time of an attempt after closing, whose text stays a draft.
    `gender`: given freely, for the statistics alone.
    """

    class Gender(models.TextChoices):
        WOMAN = "femme", "Femme"
        MAN = "homme", "Homme"

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_application, editable=False)
    posting = models.ForeignKey(Posting, verbose_name="bourse", on_delete=models.PROTECT, related_name="applications")
    agent = models.ForeignKey(
        "missions.Agent", verbose_name="agent", to_field="uid", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        "état", max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT, editable=False
    )
    letter = models.TextField("lettre de motivation", blank=True)
    wish_rank = models.PositiveSmallIntegerField("rang du vœu", null=True, blank=True)
    gender = models.CharField("sexe (facultatif, pour les statistiques)", max_length=10, choices=Gender, blank=True)
    number = models.PositiveIntegerField("numéro", null=True, editable=False)
    created_at = models.DateTimeField("commencée le", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    submitted_at = models.DateTimeField("déposée le", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="déposée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="retirée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    late_at = models.DateTimeField("tentative après la clôture", null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        verbose_name_plural = "candidatures"
        ordering = ["posting", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "agent"],
                condition=~models.Q(status=ApplicationStatus.WITHDRAWN),
                name="one_application_per_agent",
                violation_error_message="Vous avez déjà une candidature à cette bourse.",
            ),
            models.UniqueConstraint(
                fields=["posting", "number"], condition=models.Q(number__isnull=False), name="application_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=ApplicationStatus.values), name="known_application_status"
            ),
            models.CheckConstraint(
                condition=models.Q(status=ApplicationStatus.DRAFT, submitted_at__isnull=True, number__isnull=True)
                | ~models.Q(status=ApplicationStatus.DRAFT)
                & models.Q(submitted_at__isnull=False, number__isnull=False),
                name="application_submitted_at_with_status",
            ),
            models.CheckConstraint(
                condition=models.Q(status=ApplicationStatus.WITHDRAWN, withdrawn_at__isnull=False)
                | ~models.Q(status=ApplicationStatus.WITHDRAWN)
                & models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True),
                name="application_withdrawn_at_with_status",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=False) | models.Q(submitted_by__isnull=True),
                name="application_submitted_at_by",
            ),
            models.CheckConstraint(
                condition=models.Q(gender__in=["", "femme", "homme"]), name="known_application_gender"
            ),
            models.CheckConstraint(
                condition=models.Q(wish_rank__isnull=True) | models.Q(wish_rank__gte=1), name="wish_rank_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Candidature n°\u00a0{self.number}" if self.number else "Candidature"

    @property
    def known_status(self) -> ApplicationStatus:
        return ApplicationStatus(self.status)


class ApplicationFile(models.Model):
    """A piece of an application. `path`: below the directory of the candidacies, outside what is served."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_file, editable=False)
    application = models.ForeignKey(
        Application, verbose_name="candidature", on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField("nom du fichier", max_length=200)
    media_type = models.CharField("type de fichier", max_length=100)
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    path = models.CharField("emplacement", max_length=200, unique=True, editable=False)
    added_at = models.DateTimeField("versée le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "pièce d’une candidature"
        verbose_name_plural = "pièces des candidatures"
        ordering = ["application", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gte=1), name="application_file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
