"""Where a bourse stands, and where an application does."""

from django.db import models


class PostingStatus(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    PUBLISHED = "publiee", "Publiée"
    OPEN = "ouverte", "Ouverte"
    CLOSED = "close", "Close"
    EXAMINATION = "examen", "En examen"
    DECIDED = "decidee", "Décidée"
    ASSIGNED = "affectee", "Affectée"
    UNFILLED = "infructueuse", "Infructueuse"
    CANCELLED = "annulee", "Annulée"
    REOPENED = "relancee", "Relancée"


class ApplicationStatus(models.TextChoices):
    DRAFT = "brouillon", "Brouillon"
    SUBMITTED = "deposee", "Déposée"
    WITHDRAWN = "retiree", "Retirée"
    ADMISSIBLE = "recevable", "Recevable"
    INADMISSIBLE = "irrecevable", "Irrecevable"
    SHORTLISTED = "preselectionnee", "Présélectionnée"
    HEARD = "entendue", "Entendue"
    RANKED = "classee", "Classée"
    RETAINED = "retenue", "Retenue"
    NOT_RETAINED = "non_retenue", "Non retenue"


EDITABLE = frozenset({PostingStatus.PREPARATION})
"""What was published is sealed; before, all of it may be edited."""

UNTRIED = frozenset({PostingStatus.PREPARATION, PostingStatus.CANCELLED})
"""What the bourse is on is « jamais ouvert » as long as nothing else was done about it."""

PUBLIC = frozenset(PostingStatus) - {PostingStatus.PREPARATION}
"""The agents know of it."""

EXAMINED = frozenset(
    {
        ApplicationStatus.ADMISSIBLE,
        ApplicationStatus.SHORTLISTED,
        ApplicationStatus.HEARD,
        ApplicationStatus.RANKED,
    }
)
"""Still in the running, as the jury sees it."""

LIVE = frozenset({ApplicationStatus.SUBMITTED}) | EXAMINED
"""Submitted, neither withdrawn nor decided."""

FINAL = frozenset(ApplicationStatus) - LIVE - {ApplicationStatus.DRAFT}

APPLICANT = frozenset(ApplicationStatus) - {ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN}
"""Counts as a candidacy of the bourse (« N candidatures »)."""

FINISHED = frozenset({PostingStatus.ASSIGNED, PostingStatus.UNFILLED, PostingStatus.CANCELLED, PostingStatus.REOPENED})
