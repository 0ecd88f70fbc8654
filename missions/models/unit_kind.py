from django.db import models


class UnitKind(models.Model):
    """Pôle, direction, mission, service, secteur, cellule…: the employer's own list, largest first."""

    code = models.SlugField("code", max_length=40, unique=True, error_messages={"unique": "Ce code existe déjà."})
    label = models.CharField("libellé", max_length=100, help_text="En minuscules, au singulier : « cellule ».")
    plural = models.CharField("pluriel", max_length=100)
    feminine = models.BooleanField("féminin", default=False, help_text="« une cellule », mais « un secteur ».")
    rank = models.PositiveIntegerField("rang", default=0, help_text="Les plus grandes unités d’abord.")
    heads_perimeter = models.BooleanField(
        "forme un périmètre",
        default=False,
        help_text="À l’intérieur, un poste est rattaché ; d’un périmètre à l’autre, il est transféré.",
    )

    external = models.BooleanField(
        "autre employeur",
        default=False,
        help_text="Ses postes sont hors de l’effectif de l’employeur\u00a0; y aller ou en venir est un transfert.",
    )

    class Meta:
        verbose_name = "type d’unité"
        verbose_name_plural = "types d’unité"
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.label
