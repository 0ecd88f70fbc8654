"""The filters of the candidacies, and what is said of one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..queries.candidates import Share
from ..status import ApplicationStatus


class CandidateFilters(forms.Form):
    """What is not in the lists filters nothing."""

    etat = forms.ChoiceField(label="État", required=False)
    part = forms.ChoiceField(
        label="Votre évaluation",
        required=False,
        choices=[("", "Toutes"), *((each.value, each.label.capitalize()) for each in Share if each.value)],
    )

    def __init__(self, *args: Any, statuses: Iterable[ApplicationStatus], assesses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etat"].choices = [("", "Tous"), *((each.value, each.label) for each in statuses)]  # type: ignore[attr-defined]  # a choice field
        if not assesses:
            del self.fields["part"]

    def asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class AdmissibilityForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Nécessaire pour une candidature irrecevable\u00a0: le candidat le lira.",
    )
    reason.due = "sauf irrecevabilité"  # type: ignore[attr-defined]  # read by the template of fields


class TieForm(forms.Form):
    reason = forms.CharField(
        label="Nature du lien",
        widget=forms.Textarea({"rows": 3}),
        help_text="Par exemple\u00a0: parenté, supérieur hiérarchique direct, travail commun récent.",
    )
