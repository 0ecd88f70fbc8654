"""The signatures of the minutes and their approval."""

from typing import Any

from django import forms

from ..models import Session
from .committees import date_input, only_past

SIGNED = (
    "president_signed_on",
    "secretary_signed_on",
    "deputy_secretary_signed_on",
    "minutes_signed_on",
    "minutes_approved_on",
)


class SignaturesForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields = SIGNED
        widgets = {name: date_input() for name in SIGNED}
        labels = {"minutes_signed_on": "Procès-verbal signé le, sans autre précision"}
        help_texts = {
            "minutes_signed_on": "À remplir seulement si les trois dates ne sont pas connues\u00a0; "
            "sinon c’est la dernière des trois."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_past(self, *SIGNED)
