"""Where a reorganisation stands, from draft to version. The status of what has no change yet is a draft."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "projet", "Projet"
    SUBMITTED = "soumis", "Soumise au comité"
    POSTPONED = "reporte", "Reportée"
    OPINION_GIVEN = "avis", "Avis recueilli"
    DECIDED = "decide", "Décidée"
    PARTLY_IN_FORCE = "partie", "En vigueur pour partie"
    IN_FORCE = "vigueur", "En vigueur"
    WITHDRAWN = "retire", "Retirée"


EDITABLE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.POSTPONED})
"""The draft may be edited: once submitted, what it says otherwise than the sealed text is shown."""
