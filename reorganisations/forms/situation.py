"""What HR settles for one holder."""

from typing import Any

from django import forms

from .draft import DraftForm
from .offers import Offer


class SituationForm(DraftForm):
    post = forms.ChoiceField(
        label="Poste proposé", required=False, help_text="Un poste de l’organisation proposée, si c’en est un."
    )
    note = forms.CharField(
        label="Situation",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En quelques mots\u00a0: ce qui est proposé à l’agent, ou ce qui a été convenu.",
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        kept = (self.data if self.is_bound else self.initial).get("post") or ""
        self.fields["post"].choices = [("", "Aucun poste désigné"), *offer.posts({}, [kept])]  # type: ignore[attr-defined]  # a choice field
