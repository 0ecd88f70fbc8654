"""What narrows the table of posts."""

from collections.abc import Mapping, Sequence

from django import forms

from orgchart import french
from orgchart.records import ManagementLevel

from ..models import Category, Grade, Site
from ..queries import NONE, Occupation, PostFilters, UnitPlace

UNKNOWN = (NONE, "non renseignée")
OCCUPATIONS = {
    Occupation.HELD: "Occupés",
    Occupation.VACANT: "Déclarés vacants",
    Occupation.UNKNOWN: "Occupation non renseignée",
}


class PostFilterForm(forms.Form):
    """Read from the address, so that a filtered table can be sent to somebody. Two queries."""

    texte = forms.CharField(
        label="Intitulé ou unité", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    unite = forms.ChoiceField(label="Unité et ce qui en dépend", required=False)
    cotation = forms.ChoiceField(label="Cotation", required=False)
    categorie = forms.ChoiceField(
        label="Catégorie", required=False, choices=[("", "Toutes"), *Category.choices, UNKNOWN]
    )
    site = forms.ChoiceField(label="Site", required=False)
    occupation = forms.ChoiceField(
        label="Occupation",
        required=False,
        choices=[("", "Toutes"), *((each.value, words) for each, words in OCCUPATIONS.items())],
    )

    def __init__(self, data: Mapping[str, str], *, places: Sequence[UnitPlace]) -> None:
        super().__init__(data)
        self.grades = list(Grade.objects.values_list("code", flat=True))
        sites = Site.objects.values_list("code", "label")
        choices = {
            "unite": [("", "Toutes"), *unit_choices(places)],
            "cotation": [("", "Toutes"), *((code, code) for code in self.grades), UNKNOWN],
            "site": [("", "Tous"), *sites, (NONE, "non renseigné")],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def filters(self) -> PostFilters:
        given = self.cleaned_data
        return PostFilters(
            unit=given["unite"],
            grade=given["cotation"],
            category=given["categorie"],
            site=given["site"],
            occupation=given["occupation"],
            text=given["texte"].strip(),
        )


def unit_choices(places: Sequence[UnitPlace]) -> list[tuple[str, str]]:
    """Each unit under the one it depends on, set back by its level."""
    return [(place.uid, f"{french.NBSP * 4 * place.level}{place.label}") for place in places]


def level_choices() -> list[tuple[str, str]]:
    return [("", "non renseigné ou aucun"), *((level.value, level.label) for level in ManagementLevel)]
