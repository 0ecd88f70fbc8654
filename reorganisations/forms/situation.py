"""What HR settles for one holder."""

from collections.abc import Mapping, Sequence
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


class SituationFilterForm(forms.Form):
    """Read from the address, so that a filtered page can be kept or sent to a colleague."""

    nom = forms.CharField(
        label="Nom de l’agent", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    etat = forms.ChoiceField(label="État", required=False)
    situation = forms.ChoiceField(label="Situation", required=False)
    avant = forms.ChoiceField(label="Unité avant", required=False)
    apres = forms.ChoiceField(label="Unité après", required=False)
    ecart = forms.ChoiceField(label="Principe de sécurité", required=False)

    def __init__(self, data: Mapping[str, str], *, choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__(data)
        for name, found in choices.items():
            self.fields[name].choices = [("", "Toutes" if name != "etat" else "Tous"), *found]  # type: ignore[attr-defined]
