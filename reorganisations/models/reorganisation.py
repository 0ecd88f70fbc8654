"""Réorganisation: a draft over a version of the chart, on its way to the next one."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from missions.models import Correction, Version

from ..ids import mint_reorganisation
from ..status import Status


class ReorganisationQuerySet(models.QuerySet["Reorganisation"]):
    def open(self) -> "ReorganisationQuerySet":
        """Those that may still change the chart: neither withdrawn nor wholly in force."""
        return self.exclude(status__in=[Status.WITHDRAWN, Status.IN_FORCE])

    def of_family(self, reorganisation: "Reorganisation") -> "ReorganisationQuerySet":
        """The variants between which HR chooses, this one among them: it alone if it was never copied."""
        return self.filter(_family(reorganisation))

    def beside(self, reorganisation: "Reorganisation") -> "ReorganisationQuerySet":
        """The others that may still change the chart. Its own variants do not count: one only will be kept."""
        return self.open().exclude(_family(reorganisation))

    def with_standing(self) -> "ReorganisationQuerySet":
        """Each has `has_open_variants`: another draft of its family is still there to be chosen; and
        `has_open_remarks`: a reader's remark is still to be dealt with."""
        same = (
            models.Q(pk=models.OuterRef("variant_of"))
            | models.Q(variant_of=models.OuterRef("pk"))
            | models.Q(variant_of=models.OuterRef("variant_of"))
        )
        others = Reorganisation.objects.filter(same, status=Status.DRAFT).exclude(pk=models.OuterRef("pk"))
        remarks = apps.get_model("reorganisations", "Remark").objects.filter(
            reorganisation=models.OuterRef("pk"), resolved_at__isnull=True
        )
        return self.annotate(has_open_variants=models.Exists(others), has_open_remarks=models.Exists(remarks))

    def for_editing(self) -> "ReorganisationQuerySet":
        """Each has `newest_version` (its key) and `base_is_corrected`: what an edit would ask for one by one."""
        newest = Version.objects.order_by("-number").values("pk")[:1]
        corrections = Correction.objects.filter(version=models.OuterRef("base_version"))
        return self.annotate(newest_version=models.Subquery(newest), base_is_corrected=models.Exists(corrections))

    def submitted(self) -> "ReorganisationQuerySet":
        """Those a committee has been given to read."""
        return self.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN])


def _family(reorganisation: "Reorganisation") -> models.Q:
    first = reorganisation.variant_of_id or reorganisation.pk
    return models.Q(pk=first) | models.Q(variant_of=first)


class Reorganisation(models.Model):
    """`unit_uid` heads the perimeter. `base_version`: the sealed chart the draft was written over; `followed_from`: the
    one it was on before, until somebody has read what following changed.

    `revision` grows with every edit of the draft: an editor who saw an older one is told what changed since.
    `announced`: the numbers of posts that other sources announce, as JSON of `checks.Announced`.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_reorganisation, editable=False)
    code = models.SlugField("code", max_length=80, unique=True)
    title = models.CharField("titre", max_length=300)
    unit_uid = models.CharField("unité", max_length=64)
    status = models.CharField("état", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    base_version = models.ForeignKey(
        "missions.Version", verbose_name="version de départ", on_delete=models.PROTECT, related_name="+"
    )
    followed_from = models.ForeignKey(
        "missions.Version",
        verbose_name="version quittée",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    effective_on = models.DateField("date d’effet", null=True, blank=True)
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    announced = models.JSONField("effectifs annoncés", default=list, blank=True)
    principle_of_security = models.BooleanField(
        "principe de sécurité",
        default=True,
        help_text="Pas de changement de résidence imposé, rémunération et missions conservées en tout ou partie.",
    )
    fictitious = models.BooleanField("fictive", default=False)
    variant_of = models.ForeignKey(
        "self", verbose_name="variante de", null=True, blank=True, on_delete=models.PROTECT, related_name="variants"
    )
    variant_label = models.CharField("nom de la variante", max_length=80, blank=True)
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="créée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("retirée le", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="retirée par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "réorganisation"
        verbose_name_plural = "réorganisations"
        ordering = ["-created_at", "code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="known_status"),
            models.CheckConstraint(
                condition=models.Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False)
                | ~models.Q(status=Status.WITHDRAWN) & models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True),
                name="withdrawn_at_with_status",
            ),
            models.CheckConstraint(
                condition=models.Q(variant_of__isnull=True) | ~models.Q(variant_label=""), name="variant_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.title
