"""What is asked of HR at each step before the committee and after it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from orgchart.french import date

from ..models import AgendaItem, Committee, Decision, FruitlessBourse, Session

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SessionForm(forms.Form):
    """A session of the list, or a new one of a committee on a day. `session()` says which, once valid."""

    session = forms.ChoiceField(label="Séance", required=False)
    committee = forms.ChoiceField(label="Nouvelle séance de", required=False)
    held_on = forms.DateField(label="Date de la nouvelle séance", required=False, widget=DATE)

    session_required = True

    def __init__(self, *args: Any, sessions: Iterable[Session], committees: Iterable[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.uid: each for each in sessions}
        self.committees = {each.uid: each for each in committees}
        listed = [(uid, f"{each.committee.label}, {date(each.held_on)}") for uid, each in self.known.items()]
        self.fields["session"].choices = [("", "Choisir…"), *listed]  # type: ignore[attr-defined]  # a choice field
        offered = [(uid, each.label) for uid, each in self.committees.items()]
        self.fields["committee"].choices = [("", "Aucune"), *offered]  # type: ignore[attr-defined]  # a choice field
        self.fields["committee"].help_text = "Si elle n’est pas encore dans la liste ci-dessus."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        known, committee, held_on = (cleaned.get(name) for name in ("session", "committee", "held_on"))
        if known and (committee or held_on):
            self.add_error("session", "Choisissez une séance de la liste ou une nouvelle, pas les deux.")
        elif committee and not held_on:
            self.add_error("held_on", "Donnez la date de la nouvelle séance.")
        elif held_on and not committee:
            self.add_error("committee", "Choisissez l’instance de la nouvelle séance.")
        elif self.session_required and not known and not committee:
            self.add_error("session", "Choisissez la séance.")
        return cleaned

    @property
    def chosen(self) -> Session | None:
        return self.known.get(self.cleaned_data["session"])

    @property
    def planned(self) -> tuple[Committee, datetime.date] | None:
        """The session to plan first."""
        committee = self.committees.get(self.cleaned_data["committee"])
        return (committee, self.cleaned_data["held_on"]) if committee else None


class SubmitForm(SessionForm):
    kind = forms.ChoiceField(label="Nature du point", choices=AgendaItem.Kind.choices)
    number = forms.IntegerField(
        label="Numéro à l’ordre du jour", required=False, min_value=1, max_value=999, help_text="S’il est connu."
    )


class PostponeForm(SessionForm):
    session_required = False

    session = forms.ChoiceField(label="Reporté à la séance", required=False, help_text="Si elle est déjà connue.")
    reason = forms.CharField(label="Motif du report", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Motif", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class AmendForm(forms.Form):
    origin = forms.CharField(
        label="D’où vient la modification",
        max_length=300,
        help_text="Par exemple\u00a0: proposition d’une organisation syndicale en séance, demande de l’administration.",
    )
    dated_on = forms.DateField(label="Date de la modification", widget=DATE, initial=timezone.localdate)


class ActForm(forms.Form):
    """One act: what it is, its number and dates, who signed it."""

    kind = forms.ChoiceField(label="Nature de la décision", choices=Decision.Kind.choices)
    number = forms.CharField(label="Numéro", max_length=80, required=False)
    dated_on = forms.DateField(label="Date de la décision", widget=DATE)
    signatory = forms.CharField(
        label="Signataire",
        max_length=200,
        required=False,
        help_text="Sa qualité suffit\u00a0: le président du conseil.",
    )
    transmitted_on = forms.DateField(label="Date de transmission au contrôle de légalité", required=False, widget=DATE)
    published_on = forms.DateField(label="Date de publication", required=False, widget=DATE)


class DecisionForm(ActForm):
    """The act that decides: it may give its date of effect."""

    effective_on = forms.DateField(
        label="Date d’effet",
        required=False,
        widget=DATE,
        help_text="Celle des ajustements qui n’ont pas de date propre. Laissez vide si la décision ne la donne pas.",
    )

    field_order = ("kind", "number", "dated_on", "signatory", "effective_on", "transmitted_on", "published_on")


class ConfirmationForm(forms.Form):
    reason = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 3}))


class StageDateForm(forms.Form):
    on = forms.DateField(label="Date d’effet", widget=DATE)


class ResolutionForm(forms.Form):
    """How the bourse ended. A post is named when somebody was retained, what comes next when nobody was."""

    HOLDER, ELSEWHERE = "titulaire", "ailleurs"

    outcome = forms.ChoiceField(
        label="Issue de la bourse",
        widget=forms.RadioSelect,
        initial=HOLDER,
        choices=[
            (HOLDER, "La personne retenue tient un des postes candidats"),
            (ELSEWHERE, "La personne retenue ne tient aucun des postes candidats"),
            *FruitlessBourse.Outcome.choices,
        ],
    )
    post = forms.ChoiceField(
        label="Poste transformé",
        required=False,
        widget=forms.RadioSelect,
        help_text="Si quelqu’un est retenu\u00a0: le poste qu’il tient, ou un poste vacant s’il vient d’ailleurs.",
    )
    next_step = forms.ChoiceField(
        label="Suite donnée",
        required=False,
        widget=forms.RadioSelect,
        choices=FruitlessBourse.Next.choices,
        help_text="Si personne n’est retenu.",
    )
    on = forms.DateField(label="Date de l’issue de la bourse", widget=DATE, initial=timezone.localdate)
    note = forms.CharField(
        label="Précisions",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Si personne n’est retenu. Sans nom.",
    )

    def __init__(self, *args: Any, candidates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = candidates  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "outcome" in cleaned:
            if self.retained and not cleaned.get("post") and "post" not in self.errors:
                self.add_error("post", "Désignez le poste qui est transformé.")
            if not self.retained and not cleaned.get("next_step") and "next_step" not in self.errors:
                self.add_error("next_step", "Dites la suite donnée.")
        return cleaned

    @property
    def retained(self) -> bool:
        return self.cleaned_data["outcome"] in (self.HOLDER, self.ELSEWHERE)

    @property
    def from_elsewhere(self) -> bool:
        return bool(self.cleaned_data["outcome"] == self.ELSEWHERE)


class SeenForm(forms.Form):
    """Nothing to type: what the person was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class GiveUpForm(forms.Form):
    reason = forms.CharField(label="Motif de l’adaptation", widget=forms.Textarea(attrs={"rows": 3}))
