"""Posts in force. What a post is made of is the structure's `Post`, column for field; occupation is beside it."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models.user import new_uid
from orgchart.nomenclature import Form
from orgchart.records import ManagementLevel

from .grade import Category


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self) -> "PostQuerySet":
        return self.filter(gone_on__isnull=True)

    def gone(self) -> "PostQuerySet":
        return self.filter(gone_on__isnull=False)


class Post(models.Model):
    """A post of one unit. None or empty is unknown. A suppressed one stays as a row (`gone_on`), with its holders."""

    uid = models.CharField("identifiant", max_length=64, unique=True, default=new_uid)
    unit = models.ForeignKey(
        "missions.Unit", verbose_name="unité", to_field="uid", on_delete=models.PROTECT, related_name="posts"
    )
    title = models.ForeignKey(
        "missions.JobTitle", verbose_name="intitulé", to_field="code", null=True, blank=True, on_delete=models.PROTECT
    )
    form = models.CharField(
        "forme de l’intitulé",
        max_length=10,
        choices=[(Form.MASCULINE, "masculin"), (Form.FEMININE, "féminin"), (Form.INCLUSIVE, "inclusif")],
        default=Form.MASCULINE,
    )
    label = models.CharField("libellé imprimé", max_length=200, blank=True)
    label_plural = models.CharField("libellé imprimé au pluriel", max_length=200, blank=True)
    grade = models.ForeignKey(
        "missions.Grade",
        verbose_name="cotation",
        to_field="code",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="Niveau du poste dans la grille de l’employeur.",
    )
    category = models.CharField("catégorie", max_length=1, choices=Category, blank=True)
    job_family = models.CharField("filière", max_length=200, blank=True)
    corps = models.JSONField("cadres d’emplois", default=list, blank=True)
    statutory_grades = models.JSONField("grades statutaires ouverts", default=list, blank=True)
    level = models.CharField(
        "niveau d’encadrement",
        max_length=20,
        choices=[(level.value, level.label) for level in ManagementLevel],
        blank=True,
    )
    worked_hours = models.DecimalField("heures du poste", max_digits=7, decimal_places=4, null=True, blank=True)
    reference_hours = models.DecimalField("heures de référence", max_digits=7, decimal_places=4, null=True, blank=True)
    site = models.ForeignKey(
        "missions.Site", verbose_name="site", to_field="code", null=True, blank=True, on_delete=models.PROTECT
    )
    duties = models.JSONField("missions du poste", default=list, blank=True)
    shares = models.JSONField("répartition", default=list, blank=True)
    superiors = models.JSONField("autorité fonctionnelle", default=list, blank=True)
    frozen = models.BooleanField("gelé", default=False)
    position = models.PositiveIntegerField("rang", default=0)
    origins = models.JSONField("issu de", default=list, blank=True)
    deduced = models.JSONField("déduit", default=list, blank=True)
    gone_on = models.DateField("supprimé le", null=True, blank=True)

    # An ordinary fact of life of the staff, no part of the structure: never in a snapshot.
    stated_vacant_since = models.DateField(
        "déclaré vacant depuis le", null=True, blank=True, help_text="Sans affectation, un poste n’est pas dit vacant."
    )

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "poste"
        verbose_name_plural = "postes"
        ordering = ["unit", "position", "uid"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worked_hours__isnull=True, reference_hours__isnull=True)
                | models.Q(worked_hours__gt=0, worked_hours__lte=models.F("reference_hours")),
                name="post_hours_within_reference",
                violation_error_message=(
                    "La durée du poste doit être positive et ne pas dépasser la durée de référence."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=["", *Category.values]),
                name="post_category_known",
                violation_error_message="La catégorie est A, B ou C.",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=["", *[level.value for level in ManagementLevel]]),
                name="post_level_known",
                violation_error_message="Ce niveau d’encadrement n’existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=[form.value for form in Form]),
                name="post_form_known",
                violation_error_message="Cette forme de l’intitulé n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or (str(self.title) if self.title_id else "intitulé non renseigné")

    def get_absolute_url(self) -> str:
        return reverse("missions:post", args=[self.uid])
