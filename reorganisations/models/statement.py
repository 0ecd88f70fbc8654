"""Déclaration: what a union, or somebody else, had read or annexed on an item of the agenda."""

from django.db import models

from missions.models import Document

from ..ids import mint_statement
from .agenda_item import AgendaItem


class Statement(models.Model):
    """A `text` (Markdown), a file, or both. `document` is kept for good; `file_name` says that there was one even where
    the file itself did not come along (a case file holds none).
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_statement, editable=False)
    agenda_item = models.ForeignKey(
        AgendaItem, verbose_name="point à l’ordre du jour", on_delete=models.CASCADE, related_name="statements"
    )
    author = models.CharField("auteur", max_length=150)
    text = models.TextField("texte", blank=True)
    file_name = models.CharField("nom du fichier", max_length=200, blank=True)
    document = models.ForeignKey(
        Document, verbose_name="fichier", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "déclaration"
        verbose_name_plural = "déclarations"
        ordering = ["agenda_item", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(author=""), name="statement_has_an_author"),
            models.CheckConstraint(
                condition=~models.Q(text="") | ~models.Q(file_name=""), name="statement_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=True) | ~models.Q(file_name=""), name="statement_file_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"Déclaration de {self.author}"
