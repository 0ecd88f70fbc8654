"""What is asked of HR at each step of a bourse."""

from typing import Any

from django import forms

from missions.forms.fields import DayField

from ..models import FollowUp
from .fields import MomentField


def reason_field(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=help_text
    )


class NothingForm(forms.Form):
    """The step only asks to be confirmed."""


class ReasonForm(forms.Form):
    reason = reason_field("Motif", help_text="Il est conservé et inscrit au journal.")


class CancelForm(forms.Form):
    reason = reason_field("Motif", help_text="Il s’affiche sur la page de la bourse.")


class PublishForm(forms.Form):
    """`early`: the committee has not said its opinion."""

    early_reason = reason_field(
        "Motif de la publication avant l’avis", help_text="Il est conservé et inscrit au journal."
    )

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["early_reason"]


class ExtendForm(forms.Form):
    closes_at = MomentField(label="Nouvelle clôture", help_text="Heure de Paris.")
    reason = reason_field("Motif", help_text="Il est conservé et inscrit au journal.")


class DeclarationsForm(forms.Form):
    dve_number = forms.CharField(label="Numéro de déclaration (DVE)", max_length=80, required=False)
    dve_published_on = DayField(label="Date de publicité", required=False)
    legal_number = forms.CharField(label="Numéro de la validation juridique", max_length=80, required=False)
    legal_on = DayField(label="Date de la validation juridique", required=False)


class AddEligibleForm(forms.Form):
    reason = reason_field("Motif de l’ajout", help_text="Il est conservé, et l’agent le lit.")


class FollowUpForm(forms.Form):
    """What is done of an unfilled bourse. A new wave has its dates, to be changed as long as it is prepared."""

    follow_up = forms.ChoiceField(label="Suite", choices=FollowUp.choices, widget=forms.RadioSelect)
    opens_at = MomentField(label="Ouverture de la nouvelle vague", required=False, help_text="Heure de Paris.")
    closes_at = MomentField(label="Clôture de la nouvelle vague", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "La clôture vient après l’ouverture.")
        return cleaned
