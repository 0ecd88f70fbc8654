"""What is asked when a session is convoked again, and when a project comes to a new examination."""

from typing import Any

from django import forms

from .committees import not_to_come
from .transitions import DATE, SessionForm

NEEDED = (("", "Non renseigné"), ("oui", "Oui"), ("non", "Non"))


def needed_field() -> forms.TypedChoiceField:
    """None is not known."""
    return forms.TypedChoiceField(
        label="Une délibération est nécessaire",
        choices=NEEDED,
        coerce=lambda value: value == "oui",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="Un avis défavorable unanime des représentants du personnel conduit alors à un nouvel examen.",
    )


def as_typed(needed: bool | None) -> str:
    return {True: "oui", False: "non", None: ""}[needed]


class DeliberationForm(forms.Form):
    needed = needed_field()


class NewExaminationForm(SessionForm):
    needed = needed_field()
    confirmation = forms.CharField(
        label="Motif, si la séance est hors délai",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Il est conservé et inscrit au journal.",
    )


class ReconveneForm(forms.Form):
    held_on = forms.DateField(
        label="Date de la nouvelle séance",
        widget=DATE,
        help_text="Une séance déjà prévue ce jour-là, sans ordre du jour, prend le relais.",
    )
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    convoked_on = forms.DateField(
        label="Nouvelle convocation envoyée le",
        widget=DATE,
        required=False,
        help_text="Si elle l’est déjà.",
        validators=[not_to_come],
    )

    def details(self) -> dict[str, Any]:
        return {name: value for name in ("place", "convoked_on") if (value := self.cleaned_data[name])}
