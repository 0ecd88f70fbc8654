"""What a reorganisation is called, which unit it is about, and when it takes effect."""

from typing import Any

from django import forms
from django.utils.text import slugify

from orgchart.structure import Structure

from .draft import DraftForm
from .offers import unit_labels

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewReorganisationForm(forms.Form):
    title = forms.CharField(label="Titre", max_length=300, help_text="Tel qu’il figurera en tête du rapport.")
    unit = forms.ChoiceField(
        label="Unité concernée", help_text="Celle qui contient tout ce qui change\u00a0: direction, mission, pôle…"
    )
    effective_on = forms.DateField(
        label="Date d’effet", required=False, widget=DATE, help_text="Laissez vide si elle n’est pas encore connue."
    )
    code = forms.SlugField(
        label="Code",
        max_length=80,
        required=False,
        help_text="Il figure dans les adresses et les noms de fichiers. Laissé vide, il est tiré du titre.",
        error_messages={"invalid": "Lettres sans accent, chiffres et tirets seulement."},
    )

    def __init__(self, *args: Any, chart: Structure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Choisir…"), *unit_labels(chart, None, chart.subtree())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("code") and cleaned.get("title") and "code" not in self.errors:
            cleaned["code"] = slugify(cleaned["title"])[:80].strip("-")
            if not cleaned["code"]:
                self.add_error("code", "Donnez un code\u00a0: le titre n’en fournit pas.")
        return cleaned


class DetailsForm(DraftForm):
    """The same of a draft being written."""

    title = forms.CharField(label="Titre", max_length=300)
    effective_on = forms.DateField(
        label="Date d’effet", required=False, widget=DATE, help_text="Vide tant qu’elle n’est pas connue."
    )
    principle_of_security = forms.BooleanField(
        label="Principe de sécurité",
        required=False,
        help_text="Ni résidence imposée, ni perte de rémunération ou de toutes les missions : les écarts se voient.",
    )
