"""Instances, their members and their sessions, as HR keeps them."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User

from ..models import College, CommitteeKind, CommitteeRules, Session

DATES = (
    "held_on",
    "convoked_on",
    "documents_sent_on",
    "members_informed_on",
)


DONE = ("convoked_on", "documents_sent_on", "members_informed_on")
COUNTED = ("staff_present", "employer_present")


def not_to_come(day: datetime.date) -> None:
    """What is said to be done was done: a day to come would count as done in time."""
    if day > timezone.localdate():
        raise ValidationError("Ce jour est à venir\u00a0: il se note une fois la chose faite.")


def only_past(form: forms.Form | forms.ModelForm[Session], *names: str) -> None:
    for name in names:
        form.fields[name].validators.append(not_to_come)


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CommitteeForm(forms.Form):
    kind = forms.ChoiceField(label="Type d’instance", choices=CommitteeKind.choices)
    label = forms.CharField(label="Libellé", max_length=200, help_text="Tel qu’il figure dans les rapports.")


class MemberForm(forms.Form):
    """Somebody with an account, who then reads the dossiers, or a name only."""

    user = forms.ModelChoiceField(
        label="Compte",
        queryset=User.objects.none(),
        required=False,
        empty_label="Aucun compte",
        help_text="Avec un compte, la personne lit les dossiers soumis à l’instance.",
    )
    name = forms.CharField(label="Nom", max_length=150, required=False, help_text="Si la personne n’a pas de compte.")
    college = forms.ChoiceField(label="Collège", choices=College.choices)
    union = forms.CharField(label="Organisation syndicale", max_length=100, required=False)
    substitute = forms.BooleanField(label="Suppléant", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "user" not in self.errors and not cleaned.get("user") and not cleaned.get("name"):
            self.add_error("name", "Choisissez un compte ou donnez un nom.")
        if cleaned.get("college") == College.EMPLOYER and cleaned.get("union"):
            self.add_error("union", "Un représentant de l’employeur ne siège pas pour une organisation syndicale.")
        return cleaned


class PlanForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields = ["held_on", "starts_at", "place", "convoked_on", "urgent", "documents_sent_on", "after_failed_quorum"]
        widgets = {name: date_input() for name in DATES} | {"starts_at": time_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The action refuses a second session on one day, in its own words.
        self._validate_unique = False
        only_past(self, "convoked_on", "documents_sent_on")


class SessionDetailsForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields = [
            "starts_at",
            "place",
            "convoked_on",
            "urgent",
            "documents_sent_on",
            "after_failed_quorum",
            "employer_votes",
            "employer_vote_deliberation",
            "staff_seats",
            "staff_present",
            "employer_seats",
            "employer_present",
            "members_informed_on",
        ]
        widgets = {name: date_input() for name in DATES} | {"starts_at": time_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_past(self, *DONE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.held_on > timezone.localdate():
            for name in COUNTED:
                if cleaned.get(name) is not None:
                    self.add_error(name, "La séance n’a pas encore eu lieu.")
        return cleaned


class RulesForm(forms.ModelForm[CommitteeRules]):
    class Meta:
        model = CommitteeRules
        exclude = ["code"]  # noqa: DJ006  (everything but the code, which the reload knows them by)
        widgets = {"begins_on": date_input(), "ends_on": date_input()}
