from django.db import models


class JobTitle(models.Model):
    """Intitulé de poste, in its forms. A form left empty falls back on the masculine one."""

    code = models.SlugField("code", max_length=60, unique=True, error_messages={"unique": "Ce code existe déjà."})
    masculine = models.CharField("masculin", max_length=200)
    masculine_plural = models.CharField("masculin pluriel", max_length=200)
    feminine = models.CharField("féminin", max_length=200, blank=True)
    feminine_plural = models.CharField("féminin pluriel", max_length=200, blank=True)
    inclusive = models.CharField("forme inclusive", max_length=200, blank=True)
    inclusive_plural = models.CharField("forme inclusive au pluriel", max_length=200, blank=True)

    class Meta:
        verbose_name = "intitulé de poste"
        verbose_name_plural = "intitulés de poste"
        ordering = ["masculine", "code"]

    def __str__(self) -> str:
        return self.masculine
