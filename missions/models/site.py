from django.db import models


class Site(models.Model):
    """A place of work (résidence administrative)."""

    code = models.SlugField("code", max_length=40, unique=True, error_messages={"unique": "Ce code existe déjà."})
    label = models.CharField("libellé", max_length=200)

    class Meta:
        verbose_name = "site"
        verbose_name_plural = "sites"
        ordering = ["label", "code"]

    def __str__(self) -> str:
        return self.label
