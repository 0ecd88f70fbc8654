"""La bourse : what is opened, to whom, from when to when, and where it stands."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from ..ids import mint_posting
from ..status import FINISHED, PUBLIC, PostingStatus


class Scope(models.TextChoices):
    RESERVED = "reservee", "Réservée à un groupe"
    INTERNAL = "interne", "Interne"
    OPEN = "ouverte", "Ouverte à tous"


class PostingQuerySet(models.QuerySet["Posting"]):
    def public(self) -> "PostingQuerySet":
        """Those the agents know of."""
        return self.filter(status__in=PUBLIC)

    def unfinished(self) -> "PostingQuerySet":
        return self.exclude(status__in=FINISHED)

    def about(self, post_uid: str) -> "PostingQuerySet":
        return self.filter(post_uid=post_uid)


def _paired(moment: str, by: str) -> models.Q:
    """Nobody did it as long as it is not done; `by` is empty when the clock did it."""
    return models.Q(**{f"{moment}__isnull": False}) | models.Q(**{f"{by}__isnull": True})


class Posting(models.Model):
    """A bourse on a post, or on an undetermined transformation of a reorganisation.

    `post_uid`: the post to fill, that of the chart or, for a transformation, the one it makes; `more_posts`: others
    like it, one for each further place. `pending`: the id of the change that opened the transformation. `parent`: the
    bourse it follows, as its next wave (`wave` above 1) or because that one left this post vacant. `fiche`: the
    description of the post, as `postings.fiche` shapes it; `sealed_fiche` its one text at publication, and its hash.
    `rule`: who may apply, as JSON of `eligibility.Eligibility`. `figures`: what is left to count once purged.
    Times are aware; they are said in Europe/Paris.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_posting, editable=False)
    code = models.SlugField("code", max_length=80, unique=True)
    title = models.CharField("titre", max_length=300)
    status = models.CharField(
        "état", max_length=20, choices=PostingStatus, default=PostingStatus.PREPARATION, editable=False, db_index=True
    )
    post_uid = models.CharField("poste", max_length=64, db_index=True)
    more_posts = models.JSONField("autres postes semblables", default=list, blank=True)
    places = models.PositiveSmallIntegerField("nombre de places", default=1)
    reorganisation = models.ForeignKey(
        "reorganisations.Reorganisation",
        verbose_name="réorganisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    pending = models.CharField("transformation à déterminer", max_length=64, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="fait suite à", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    wave = models.PositiveSmallIntegerField("vague", default=1)
    scope = models.CharField("ouverture", max_length=20, choices=Scope, default=Scope.INTERNAL)

    fiche = models.JSONField("fiche de poste", default=dict, blank=True)
    sealed_fiche = models.TextField("fiche publiée", blank=True, editable=False)
    fiche_sha256 = models.CharField("empreinte de la fiche publiée", max_length=64, blank=True, editable=False)

    opens_at = models.DateTimeField("ouverture", null=True, blank=True)
    closes_at = models.DateTimeField("clôture", null=True, blank=True)
    contact = models.CharField("contact", max_length=300, blank=True)
    pieces = models.JSONField("pièces demandées", default=list, blank=True)
    rule = models.JSONField("règle d’éligibilité", null=True, blank=True)

    dve_number = models.CharField("numéro de déclaration (DVE)", max_length=80, blank=True)
    dve_published_on = models.DateField("date de publicité", null=True, blank=True)
    legal_number = models.CharField("numéro de validation juridique", max_length=80, blank=True)
    legal_on = models.DateField("date de validation juridique", null=True, blank=True)

    anonymous_until_decision = models.BooleanField(
        "candidatures sous numéro jusqu’à la décision",
        default=False,
        help_text="Le jury voit un numéro au lieu du nom jusqu’à la décision.",
    )
    line_manager_informed = models.BooleanField(
        "encadrement informé des candidatures",
        default=False,
        help_text="L’encadrement sait qu’un agent a candidaté\u00a0; il n’a pas d’accord à donner.",
    )
    early_reason = models.TextField("motif de publication avant l’avis", blank=True)
    fictitious = models.BooleanField("fictive", default=False)

    created_at = models.DateTimeField("préparée le", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="préparée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("publiée le", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publiée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("ouverte le", null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ouverte par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("close le", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="close par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="annulée par", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_reason = models.TextField("motif d’annulation", blank=True)
    purge_on = models.DateField("candidatures à effacer à partir du", null=True, editable=False, db_index=True)
    purged_at = models.DateTimeField("candidatures effacées le", null=True, editable=False)
    figures = models.JSONField("ce qui reste à compter", default=dict, blank=True, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "bourse"
        verbose_name_plural = "bourses"
        ordering = ["-created_at", "code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=PostingStatus.values), name="known_posting_status"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="known_posting_scope"),
            models.CheckConstraint(
                condition=~models.Q(post_uid=""),
                name="posting_has_a_post",
                violation_error_message="Une bourse porte sur un poste.",
            ),
            models.CheckConstraint(
                condition=models.Q(pending="") | models.Q(reorganisation__isnull=False, places=1),
                name="posting_pending_of_a_reorganisation",
                violation_error_message="Une transformation à déterminer vient d’une réorganisation, pour une place.",
            ),
            models.CheckConstraint(
                condition=models.Q(places__gte=1),
                name="posting_has_places",
                violation_error_message="Une bourse a au moins une place.",
            ),
            models.CheckConstraint(
                condition=models.Q(wave=1) | models.Q(wave__gt=1, parent__isnull=False),
                name="posting_wave_follows_another",
                violation_error_message="Une vague suivante fait suite à une bourse.",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="posting_closes_after_it_opens",
                violation_error_message="La clôture vient après l’ouverture.",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, sealed_fiche="", fiche_sha256="")
                | models.Q(published_at__isnull=False, opens_at__isnull=False, closes_at__isnull=False)
                & ~models.Q(sealed_fiche="")
                & ~models.Q(fiche_sha256=""),
                name="published_posting_is_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[PostingStatus.PREPARATION, PostingStatus.CANCELLED])
                | models.Q(published_at__isnull=False),
                name="posting_published_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=models.Q(status=PostingStatus.CANCELLED, cancelled_at__isnull=False)
                | ~models.Q(status=PostingStatus.CANCELLED) & models.Q(cancelled_at__isnull=True),
                name="posting_cancelled_at_with_status",
            ),
            models.CheckConstraint(condition=_paired("published_at", "published_by"), name="posting_published_at_by"),
            models.CheckConstraint(condition=_paired("opened_at", "opened_by"), name="posting_opened_at_by"),
            models.CheckConstraint(condition=_paired("closed_at", "closed_by"), name="posting_closed_at_by"),
            models.CheckConstraint(condition=_paired("cancelled_at", "cancelled_by"), name="posting_cancelled_at_by"),
            # One bourse at a time on a transformation; cancelled and unfilled ones may be followed by another.
            models.UniqueConstraint(
                fields=["reorganisation", "pending"],
                condition=~models.Q(pending="")
                & models.Q(
                    status__in=[
                        PostingStatus.PREPARATION,
                        PostingStatus.PUBLISHED,
                        PostingStatus.OPEN,
                        PostingStatus.CLOSED,
                        PostingStatus.EXAMINATION,
                        PostingStatus.DECIDED,
                        PostingStatus.ASSIGNED,
                    ]
                ),
                name="one_posting_per_transformation",
                violation_error_message="Une bourse porte déjà sur cette transformation.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title, self.contact = self.title.strip(), self.contact.strip()

    def unique_error_message(self, model_class: type[models.Model], unique_check: Any) -> ValidationError:
        if tuple(unique_check) == ("code",):
            return ValidationError("Une bourse a déjà ce code.", code="unique")
        return super().unique_error_message(model_class, unique_check)

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts to fill, one for each place."""
        more: list[Any] = self.more_posts
        return (self.post_uid, *more)

    @property
    def known_status(self) -> PostingStatus:
        return PostingStatus(self.status)
