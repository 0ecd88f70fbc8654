"""The correction of a post's details: those that are no structure."""

from typing import Any

from django import forms

from orgchart import french
from orgchart.nomenclature import Form
from orgchart.records import Post

from ..corrections import POST_LABELS
from ..models import Category, Site
from .posts import level_choices

FORMS = [(Form.MASCULINE.value, "masculin"), (Form.FEMININE.value, "féminin"), (Form.INCLUSIVE.value, "inclusif")]


class PostCorrectionForm(forms.Form):
    """The post as it is, to be mended; `fields_given` is what `correct_post` takes. One query."""

    title_form = forms.ChoiceField(label="Forme de l’intitulé", choices=FORMS)
    label = forms.CharField(
        label="Libellé imprimé",
        max_length=200,
        required=False,
        help_text="Seulement s’il diffère de l’intitulé de référence.",
    )
    label_plural = forms.CharField(label="Libellé imprimé au pluriel", max_length=200, required=False)
    level = forms.ChoiceField(label="Niveau d’encadrement", required=False, choices=level_choices)
    category = forms.ChoiceField(
        label="Catégorie",
        required=False,
        choices=[("", "celle de la cotation"), *Category.choices],
    )
    job_family = forms.CharField(label="Filière", max_length=200, required=False)
    corps = forms.CharField(
        label="Cadres d’emplois", help_text="Un par ligne.", required=False, widget=forms.Textarea({"rows": 2})
    )
    statutory_grades = forms.CharField(
        label="Grades statutaires ouverts",
        help_text="Un par ligne.",
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    worked_hours = forms.DecimalField(
        label="Durée du poste",
        required=False,
        localize=True,
        max_digits=7,
        decimal_places=4,
        min_value=0,
        help_text="Heures par semaine, seulement si la durée était inconnue ou erronée. Ex. : 17,5.",
    )
    reference_hours = forms.DecimalField(
        label="Durée de référence",
        required=False,
        localize=True,
        max_digits=7,
        decimal_places=4,
        min_value=0,
        help_text="Celle du temps complet : 35, ou 20 et 16 dans certains cadres d’emplois.",
    )
    site = forms.ChoiceField(label="Site", required=False, help_text="Seulement si le site était inconnu ou erroné.")
    duties = forms.CharField(
        label="Missions du poste", help_text="Une par ligne.", required=False, widget=forms.Textarea({"rows": 6})
    )
    reason = forms.CharField(
        label="Motif de la correction",
        max_length=500,
        help_text="Ce qui était erroné ou inconnu, et d’où vient la bonne information.",
    )

    def __init__(self, data: Any = None, *, post: Post) -> None:
        super().__init__(
            data,
            initial={
                "title_form": post.form.value,
                "label": post.label,
                "label_plural": post.label_plural,
                "level": post.level.value if post.level else "",
                "category": post.category or "",
                "job_family": post.job_family,
                "corps": "\n".join(post.corps),
                "statutory_grades": "\n".join(post.statutory_grades),
                "worked_hours": post.hours.worked if post.hours else None,
                "reference_hours": post.hours.reference if post.hours else None,
                "site": post.site or "",
                "duties": "\n".join(post.duties),
            },
        )
        sites = Site.objects.values_list("code", "label")
        self.fields["site"].choices = [("", "non renseigné"), *sites]  # type: ignore[attr-defined]
        for name in ("worked_hours", "reference_hours"):
            self.fields[name].unit = "heures"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        worked, reference = given.get("worked_hours"), given.get("reference_hours")
        if worked is None and reference is not None and "worked_hours" not in self.errors:
            self.add_error("worked_hours", "Donnez aussi la durée du poste, ou laissez les deux vides.")
        if reference is None and worked is not None and "reference_hours" not in self.errors:
            self.add_error("reference_hours", "Donnez aussi la durée de référence, ou laissez les deux vides.")
        if worked is not None and reference is not None and not 0 < worked <= reference:
            self.add_error("worked_hours", "La durée du poste est positive et ne dépasse pas la durée de référence.")
        return given

    def fields_given(self) -> dict[str, Any]:
        given = self.cleaned_data
        worked = given["worked_hours"]
        return {
            "form": given["title_form"],
            "label": given["label"],
            "label_plural": given["label_plural"],
            "level": given["level"] or None,
            "category": given["category"] or None,
            "job_family": given["job_family"],
            "corps": lines(given["corps"]),
            "statutory_grades": lines(given["statutory_grades"]),
            "hours": None if worked is None else {"worked": str(worked), "reference": str(given["reference_hours"])},
            "site": given["site"] or None,
            "duties": lines(given["duties"]),
        }

    def field_called(self, refusal: Exception) -> str | None:
        """The field that a refusal of `correct_post` names first."""
        named = str(refusal).partition(f"{french.NBSP}:")[0]
        found = next((name for name, label in POST_LABELS.items() if label == named), None)
        return found if found in self.fields else None


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
