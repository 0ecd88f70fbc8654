"""Instances, their members and their sessions, as HR keeps them."""

from typing import Any

from django import forms

from accounts.models import User

from ..models import AgendaItem, College, CommitteeKind, CommitteeRules, Reorganisation, Session
from ..status import Status

DATES = (
    "held_on",
    "convoked_on",
    "documents_sent_on",
    "minutes_signed_on",
    "minutes_approved_on",
    "members_informed_on",
)


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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
        fields = ["held_on", "place", "convoked_on", "urgent", "documents_sent_on", "after_failed_quorum"]
        widgets = {name: date_input() for name in DATES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The action refuses a second session on one day, in its own words.
        self._validate_unique = False


class SessionDetailsForm(forms.ModelForm[Session]):
    class Meta:
        model = Session
        fields = [
            "place",
            "convoked_on",
            "urgent",
            "documents_sent_on",
            "after_failed_quorum",
            "employer_votes",
            "staff_seats",
            "staff_present",
            "employer_seats",
            "employer_present",
            "minutes_signed_on",
            "minutes_approved_on",
            "members_informed_on",
        ]
        widgets = {name: date_input() for name in DATES}


class AgendaForm(forms.Form):
    reorganisation = forms.ModelChoiceField(
        label="Réorganisation", queryset=Reorganisation.objects.none(), empty_label="Choisir…"
    )
    kind = forms.ChoiceField(label="Nature du point", choices=AgendaItem.Kind.choices)
    number = forms.IntegerField(label="Numéro", required=False, min_value=1, max_value=999)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inscribed = session.agenda_items.values("reorganisation")
        proposed = Reorganisation.objects.filter(status__in=[Status.DRAFT, Status.SUBMITTED, Status.POSTPONED])
        self.fields["reorganisation"].queryset = proposed.exclude(pk__in=inscribed)  # type: ignore[attr-defined]


class RulesForm(forms.ModelForm[CommitteeRules]):
    class Meta:
        model = CommitteeRules
        exclude = ["code"]  # noqa: DJ006  (everything but the code, which the reload knows them by)
        widgets = {"begins_on": date_input(), "ends_on": date_input()}
