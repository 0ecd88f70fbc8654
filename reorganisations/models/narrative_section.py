"""The written parts of the report, in Markdown."""

from django.db import models

from ..ids import mint_section
from .reorganisation import Reorganisation


class NarrativeSection(models.Model):
    """`key` says which part it is (context, method…), or is its own for one that was added.

    `change_uid`: the change it explains. `included`: off, the report leaves it out.
    """

    uid = models.CharField("identifiant", max_length=64, unique=True, default=mint_section, editable=False)
    reorganisation = models.ForeignKey(
        Reorganisation, verbose_name="réorganisation", on_delete=models.CASCADE, related_name="sections"
    )
    key = models.CharField("clé", max_length=64)
    title = models.CharField("titre", max_length=200)
    markdown = models.TextField("texte", blank=True, help_text="Mise en forme Markdown.")
    position = models.PositiveIntegerField("rang")
    included = models.BooleanField("figure dans le rapport", default=True)
    change_uid = models.CharField("ajustement expliqué", max_length=64, null=True, blank=True)  # noqa: DJ001  (none is not empty)

    class Meta:
        verbose_name = "section du rapport"
        verbose_name_plural = "sections du rapport"
        ordering = ["reorganisation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "key"], name="section_key_once"),
            models.UniqueConstraint(fields=["reorganisation", "position"], name="section_position_once"),
        ]

    def __str__(self) -> str:
        return self.title
