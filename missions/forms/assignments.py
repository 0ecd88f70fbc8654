"""Arrivals and departures, as typed from the page of a post."""

from typing import Any

from django import forms

from ..models import Agent, Assignment, AssignmentKind
from ..queries.agents import AgentChoice, agents_called
from .fields import DayField, PercentField, ends_too_early

TOO_EARLY = "Le dernier jour ne peut pas précéder le premier."


class TermsForm(forms.Form):
    """What an assignment is, beside who and where."""

    kind = forms.ChoiceField(
        label="Nature",
        choices=AssignmentKind.choices,
        initial=AssignmentKind.ORDINARY,
        help_text="Un intérim peut recouvrir un titulaire absent.",
    )
    begins_on = DayField(label="Premier jour")
    ends_on = DayField(label="Dernier jour", required=False, help_text="Vide : sans fin connue.")
    share = PercentField(
        label="Part du poste",
        initial=100,
        help_text="Un poste peut être tenu par plusieurs agents, 100 % au plus à eux tous.",
    )
    working_time = PercentField(label="Quotité", initial=100, help_text="Temps de travail de l’agent (temps partiel).")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("share", "working_time"):
            if given.get(name) == 0:
                self.add_error(name, "Donnez un pourcentage supérieur à 0.")
        if ends_too_early(given.get("begins_on"), given.get("ends_on")):
            self.add_error("ends_on", TOO_EARLY)
        return given

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "begins_on", "ends_on", "share", "working_time")}


class AssignForm(TermsForm):
    """The agent is named in full or in part; several of that name are then told apart by a choice."""

    agent = forms.CharField(label="Agent", max_length=200, help_text="Nom, prénom, ou une partie.")
    agent_uid = forms.ChoiceField(label="Lequel ?", required=False, widget=forms.RadioSelect)
    field_order = ("agent", "agent_uid", "kind", "begins_on", "ends_on", "share", "working_time")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.chosen: Agent | None = None
        self.found: tuple[AgentChoice, ...] = agents_called(data.get("agent", "")) if data else ()
        if len(self.found) > 1:
            self.fields["agent_uid"].choices = [  # type: ignore[attr-defined]
                (each.uid, f"{each.name}, {each.post}" if each.post else each.name) for each in self.found
            ]
        else:
            del self.fields["agent_uid"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("agent"):
            return given
        uid = given.get("agent_uid") or (self.found[0].uid if len(self.found) == 1 else "")
        if uid:
            self.chosen = Agent.objects.get(uid=uid)
        elif self.found:
            self.add_error("agent_uid", "Plusieurs agents portent ce nom : choisissez.")
        else:
            self.add_error("agent", "Aucun agent ne porte ce nom. Enregistrez-le d’abord parmi les agents.")
        return given


class ChangeAssignmentForm(TermsForm):
    def __init__(self, data: Any = None, *, assignment: Assignment) -> None:
        names = ("kind", "begins_on", "ends_on", "share", "working_time")
        super().__init__(data, initial={name: getattr(assignment, name) for name in names})


class EndForm(forms.Form):
    ends_on = DayField(label="Dernier jour")


class CancelForm(forms.Form):
    reason = forms.CharField(label="Motif", max_length=500, help_text="Ce qui a été saisi par erreur.")


class VacancyForm(forms.Form):
    """Stated vacant since a day, or (empty) not known."""

    since = DayField(
        label="Vacant depuis le",
        required=False,
        help_text="Vide : l’occupation redevient « non renseignée ».",
    )
