"""The rules a session follows, by its date: reference data, never code."""

import datetime

from django.db import models


class CommitteeRulesQuerySet(models.QuerySet["CommitteeRules"]):
    def in_force_on(self, day: datetime.date) -> "CommitteeRulesQuerySet":
        return self.filter(
            models.Q(begins_on__isnull=True) | models.Q(begins_on__lte=day),
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day),
        )


class CommitteeRules(models.Model):
    """One set of rules and the days it applies to, both included. Durations in days unless said otherwise.

    `quorum_percent`: of the members of a college, counted at the opening. `…_source`: the article a deadline comes
    from; empty, `legal_source` as a whole. `delegations_per_member`: None is not checked. The application warns and
    logs with these figures, it never decides legality.
    """

    code = models.SlugField("code", max_length=40, unique=True)
    label = models.CharField("libellé", max_length=200)
    legal_source = models.CharField("texte de référence", max_length=300)
    begins_on = models.DateField("à partir du", null=True, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    committee_label = models.CharField("nom de l’instance", max_length=100)
    convocation_days = models.PositiveSmallIntegerField("convocation, au moins (jours)")
    urgent_convocation_days = models.PositiveSmallIntegerField("convocation en urgence, au moins (jours)")
    documents_days = models.PositiveSmallIntegerField("envoi des documents, au moins (jours)")
    quorum_percent = models.PositiveSmallIntegerField("quorum (% des représentants)")
    new_convocation_days = models.PositiveSmallIntegerField("nouvelle convocation sans quorum, sous (jours)")
    new_examination_after_days = models.PositiveSmallIntegerField("nouvel examen, au plus tôt (jours)")
    new_examination_before_days = models.PositiveSmallIntegerField("nouvel examen, au plus tard (jours)")
    minutes_days = models.PositiveSmallIntegerField("procès-verbal, sous (jours)")
    follow_up_months = models.PositiveSmallIntegerField("suites données, sous (mois)")
    delegations_per_member = models.PositiveSmallIntegerField(
        "délégations de vote par membre, au plus", null=True, blank=True
    )
    convocation_source = models.CharField("article sur la convocation", max_length=120, blank=True)
    documents_source = models.CharField("article sur l’envoi des documents", max_length=120, blank=True)
    quorum_source = models.CharField("article sur le quorum", max_length=120, blank=True)
    new_examination_source = models.CharField("article sur le nouvel examen", max_length=120, blank=True)
    minutes_source = models.CharField("article sur le procès-verbal", max_length=120, blank=True)
    follow_up_source = models.CharField("article sur les suites données", max_length=120, blank=True)

    objects = CommitteeRulesQuerySet.as_manager()

    class Meta:
        verbose_name = "règles d’instance"
        verbose_name_plural = "règles d’instance"
        ordering = [models.F("begins_on").asc(nulls_first=True), "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("begins_on")),
                name="rules_end_after_begin",
            ),
            models.CheckConstraint(condition=models.Q(quorum_percent__lte=100), name="rules_quorum_is_a_percentage"),
            models.CheckConstraint(
                condition=models.Q(new_examination_after_days__lte=models.F("new_examination_before_days")),
                name="rules_examination_window",
            ),
        ]

    def __str__(self) -> str:
        return self.label
