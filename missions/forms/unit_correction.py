"""The correction of a unit's details: those that are no structure."""

from typing import Any

from django import forms

from orgchart.records import Unit

from ..models import Site


class UnitCorrectionForm(forms.Form):
    """The unit as it is, to be mended; `fields_given` is what `correct_unit` takes."""

    label = forms.CharField(label="Libellé", max_length=200)
    acronym = forms.CharField(label="Sigle", max_length=40, required=False)
    aliases = forms.CharField(
        label="Autres appellations", help_text="Une par ligne.", required=False, widget=forms.Textarea({"rows": 3})
    )
    sites = forms.MultipleChoiceField(label="Sites", required=False, widget=forms.CheckboxSelectMultiple)
    purposes = forms.CharField(
        label="Missions de l’unité", help_text="Une par ligne.", required=False, widget=forms.Textarea({"rows": 4})
    )
    reason = forms.CharField(
        label="Motif de la correction",
        max_length=500,
        help_text="Ce qui était erroné ou inconnu, et d’où vient la bonne information.",
    )

    def __init__(self, data: Any = None, *, unit: Unit) -> None:
        super().__init__(
            data,
            initial={
                "label": unit.label,
                "acronym": unit.acronym,
                "aliases": "\n".join(unit.aliases),
                "sites": list(unit.sites),
                "purposes": "\n".join(unit.purposes),
            },
        )
        self.fields["sites"].choices = list(Site.objects.order_by("label").values_list("code", "label"))  # type: ignore[attr-defined]

    def fields_given(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "label": given["label"],
            "acronym": given["acronym"],
            "aliases": _lines(given["aliases"]),
            "sites": given["sites"],
            "purposes": _lines(given["purposes"]),
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
