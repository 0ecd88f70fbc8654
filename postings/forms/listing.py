"""The filters of « Bourse interne »."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..queries.listing import Stand


class ListingFilters(forms.Form):
    """What is not in the lists filters nothing."""

    pour = forms.ChoiceField(label="Bourses", required=False, choices=[("", "Toutes"), ("moi", "Pour moi")])
    etat = forms.ChoiceField(label="État", required=False)
    unite = forms.ChoiceField(label="Unité", required=False)

    def __init__(
        self, *args: Any, stands: Iterable[Stand], units: Iterable[str], is_agent: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_agent:
            del self.fields["pour"]
        self.fields["etat"].choices = [("", "Tous"), *((each.value, each.label) for each in stands)]  # type: ignore[attr-defined]  # a choice field
        self.fields["unite"].choices = [("", "Toutes"), *((each, each) for each in units)]  # type: ignore[attr-defined]  # a choice field

    def asked(self, name: str) -> str:
        """What is asked for, or nothing when it is not in the list."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
