"""Avis of a committee on a text, college by college."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..ids import mint_opinion
from .agenda_item import AgendaItem
from .committee import College
from .sealed_text import SealedText


class Outcome(models.TextChoices):
    FAVOURABLE = "favorable", "Avis favorable"
    UNFAVOURABLE = "defavorable", "Avis défavorable"
    DEEMED_GIVEN = "repute", "Avis réputé avoir été donné"
    UNKNOWN = "inconnu", "Non renseigné"


class Opinion(models.Model):
    """`sealed_text`: the text voted. The opinion is advisory, whatever it says.

    `deliberation_needed`: HR's word, None is not known; a unanimous refusal of the staff then calls for a new
    examination.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_opinion, editable=False)
    agenda_item = models.OneToOneField(
        AgendaItem, verbose_name="point à l’ordre du jour", on_delete=models.PROTECT, related_name="opinion"
    )
    sealed_text = models.ForeignKey(
        SealedText, verbose_name="texte voté", on_delete=models.PROTECT, related_name="opinions"
    )
    remarks = models.TextField("observations", blank=True)
    deliberation_needed = models.BooleanField("une délibération est nécessaire", null=True, blank=True)
    fictitious = models.BooleanField("fictif", default=False)
    recorded_at = models.DateTimeField("enregistré le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="enregistré par", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"Avis sur {self.agenda_item}"


class CollegeOpinion(models.Model):
    """What one college said. `computed` comes from the votes; `outcome` is HR's where the votes leave a doubt."""

    opinion = models.ForeignKey(Opinion, verbose_name="avis", on_delete=models.CASCADE, related_name="colleges")
    college = models.CharField("collège", max_length=20, choices=College)
    computed = models.CharField("issue calculée", max_length=20, choices=Outcome)
    outcome = models.CharField("issue", max_length=20, choices=Outcome)
    unanimous = models.BooleanField("unanime", default=False)
    doubt = models.CharField("doute", max_length=300, blank=True)
    qualification = models.CharField("qualification par les ressources humaines", max_length=300, blank=True)

    class Meta:
        verbose_name = "avis d’un collège"
        verbose_name_plural = "avis des collèges"
        ordering = ["opinion", "-college"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "college"], name="one_outcome_per_college"),
            models.CheckConstraint(condition=models.Q(college__in=College.values), name="outcome_known_college"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values, computed__in=Outcome.values), name="known_outcome"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=models.F("computed")) | ~models.Q(qualification=""),
                name="other_outcome_is_qualified",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_college_display()}\u00a0: {self.get_outcome_display()}"


class Vote(models.Model):
    """How one delegation voted, in number of votes.

    `full`, `substitutes`, `delegations`: cast by titulaires, by suppléants, and by delegation; empty is unknown.
    """

    opinion = models.ForeignKey(Opinion, verbose_name="avis", on_delete=models.CASCADE, related_name="votes")
    college = models.CharField("collège", max_length=20, choices=College)
    union = models.CharField("organisation syndicale", max_length=100, blank=True)
    in_favour = models.PositiveSmallIntegerField("pour", default=0)
    against = models.PositiveSmallIntegerField("contre", default=0)
    abstentions = models.PositiveSmallIntegerField("abstentions", default=0)
    not_taking_part = models.PositiveSmallIntegerField("ne prend pas part au vote", default=0)
    absent = models.PositiveSmallIntegerField("absents", default=0)
    full = models.PositiveSmallIntegerField("par des titulaires", null=True, blank=True)
    substitutes = models.PositiveSmallIntegerField("par des suppléants", null=True, blank=True)
    delegations = models.PositiveSmallIntegerField("par délégation", null=True, blank=True)
    explanation = models.TextField("explication de vote", blank=True)

    class Meta:
        verbose_name = "vote"
        verbose_name_plural = "votes"
        ordering = ["opinion", "-college", "union", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "college", "union"], name="one_vote_per_union"),
            models.CheckConstraint(condition=models.Q(college__in=College.values), name="vote_known_college"),
            # SQLite does not check PositiveSmallIntegerField by itself in every write.
            models.CheckConstraint(
                condition=models.Q(
                    in_favour__gte=0, against__gte=0, abstentions__gte=0, not_taking_part__gte=0, absent__gte=0
                ),
                name="votes_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union or self.get_college_display()}"
