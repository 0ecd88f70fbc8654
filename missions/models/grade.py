from django.db import models


class Category(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class Grade(models.Model):
    """Cotation: the level of a function in the employer's scale. Rank 1 is the highest."""

    code = models.CharField(
        "code", max_length=20, unique=True, error_messages={"unique": "Cette cotation existe déjà."}
    )
    rank = models.PositiveIntegerField("rang", help_text="1 pour la cotation la plus haute.")
    label = models.CharField("libellé", max_length=200, blank=True)
    category = models.CharField("catégorie", max_length=1, choices=Category, blank=True)

    class Meta:
        verbose_name = "cotation"
        verbose_name_plural = "cotations"
        ordering = ["rank", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__in=["", *Category.values]),
                name="grade_category_known",
                violation_error_message="La catégorie est A, B ou C.",
            )
        ]

    def __str__(self) -> str:
        return self.code
