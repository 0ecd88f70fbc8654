"""Interviews for one or several candidates, one after the other."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from ..queries.candidates import Candidate
from .fields import MomentField


class InterviewsForm(forms.Form):
    applications = forms.MultipleChoiceField(
        label="Candidatures à entendre",
        widget=forms.CheckboxSelectMultiple,
        help_text="Dans l’ordre de leur numéro, l’une après l’autre.",
        error_messages={"required": "Choisissez au moins une candidature."},
    )
    starts_at = MomentField(label="Début du premier entretien", help_text="Heure de Paris.")
    length = forms.IntegerField(label="Durée de chacun", min_value=5, max_value=480, initial=45)
    pause = forms.IntegerField(label="Pause entre deux", min_value=0, max_value=240, initial=15)
    place = forms.CharField(
        label="Lieu", max_length=300, help_text="Une adresse, une salle, ou un lien de visioconférence."
    )

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {each.application.uid: each for each in candidates}
        self.fields["applications"].choices = [  # type: ignore[attr-defined]  # a choice field
            (uid, f"{each.label}{' (déjà prévue)' if each.interview else ''}") for uid, each in self.candidates.items()
        ]
        for name in ("length", "pause"):
            self.fields[name].unit = "minutes"  # type: ignore[attr-defined]  # read by the template of fields

    def given(self) -> dict[str, Any]:
        """As `actions.plan_interviews` takes it."""
        cleaned = self.cleaned_data
        chosen = set(cleaned["applications"])
        return {
            "applications": [each.application for uid, each in self.candidates.items() if uid in chosen],
            "starts_at": cleaned["starts_at"],
            "length": datetime.timedelta(minutes=cleaned["length"]),
            "pause": datetime.timedelta(minutes=cleaned["pause"]),
            "place": cleaned["place"],
        }
