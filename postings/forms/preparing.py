"""What HR writes of a bourse before it is published: one form, and the rows of its criteria."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from orgchart.french import upper_first

from ..fiche import TITLES, Fiche
from ..models import Posting, Scope
from .fields import LinesField, MomentField

LISTS = ("corps", "statutory_grades", "duties")
LONG = ("context", "profile", "conditions")
ROWS = 3
MOST_CRITERIA = 20


class PostingForm(forms.Form):
    """`fiche_…`: the fields of the fiche. `similar`: posts that may be further places."""

    title = forms.CharField(label="Titre de la bourse", max_length=300)
    more_posts = forms.MultipleChoiceField(
        label="Autres postes pourvus par la même bourse",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Une place par poste coché, en plus de celui-ci.",
    )
    opens_at = MomentField(label="Ouverture", required=False, help_text="Heure de Paris.")
    closes_at = MomentField(label="Clôture", required=False, help_text="Une candidature arrivée après est refusée.")
    contact = forms.CharField(
        label="Contact", max_length=300, required=False, help_text="Nom ou service, téléphone, courriel."
    )
    pieces = LinesField(label="Pièces demandées", required=False, help_text="Une par ligne\u00a0: CV, lettre…")
    scope = forms.ChoiceField(
        label="Ouverte à",
        choices=Scope.choices,
        widget=forms.RadioSelect,
        help_text="Le groupe se compose à la page suivante, avec ses conditions et leurs motifs.",
    )
    anonymous_until_decision = forms.BooleanField(
        label="Candidatures sous numéro jusqu’à la décision",
        required=False,
        help_text="Le jury voit un numéro au lieu du nom.",
    )
    line_manager_informed = forms.BooleanField(
        label="Encadrement informé des candidatures",
        required=False,
        help_text="Il sait qu’un agent a candidaté. Il n’a pas d’accord à donner.",
    )
    fictitious = forms.BooleanField(
        label="Bourse fictive", required=False, help_text="Inventée pour une démonstration, et montrée comme telle."
    )

    def __init__(self, *args: Any, similar: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in TITLES.items():
            self.fields[f"fiche_{name}"] = _fiche_field(name, label)
        if similar:
            self.fields["more_posts"].choices = similar  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["more_posts"]

    @property
    def short_fiche(self) -> list[forms.BoundField]:
        return [self[f"fiche_{name}"] for name in TITLES if name not in LISTS + LONG]

    @property
    def long_fiche(self) -> list[forms.BoundField]:
        return [self[f"fiche_{name}"] for name in LISTS + LONG]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "La clôture vient après l’ouverture.")
        return cleaned

    def given(self) -> dict[str, Any]:
        """As the actions take it."""
        fields = {name: value for name, value in self.cleaned_data.items() if not name.startswith("fiche_")}
        fiche = Fiche(**{name: self.cleaned_data[f"fiche_{name}"] for name in TITLES})
        return fields | {"fiche": fiche}


class CriterionForm(forms.Form):
    """A row left empty says nothing."""

    label = forms.CharField(label="Critère", max_length=300, required=False)
    weight = forms.IntegerField(label="Coefficient", min_value=1, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("weight") and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", "Nommez le critère.")
        return cleaned


CriterionRows = forms.formset_factory(CriterionForm, extra=0, max_num=MOST_CRITERIA, absolute_max=MOST_CRITERIA)


def criteria_given(rows: Any) -> list[tuple[str, int]]:
    return [
        (row.cleaned_data["label"], row.cleaned_data["weight"] or 1) for row in rows if row.cleaned_data.get("label")
    ]


def with_one_more_row(data: Mapping[str, Any]) -> Any:
    """What was typed, and an empty row of criteria after it."""
    more = data.copy()  # type: ignore[attr-defined]  # a QueryDict
    number = int(more.get("criteres-TOTAL_FORMS") or 0) if str(more.get("criteres-TOTAL_FORMS", "")).isdigit() else 0
    more["criteres-TOTAL_FORMS"] = str(min(number + 1, MOST_CRITERIA))
    return more


def criteria_initial(posting: Posting | None = None) -> list[dict[str, Any]]:
    rows = [{"label": each.label, "weight": each.weight} for each in posting.criteria.all()] if posting else []
    return rows + [{}] * max(1, ROWS - len(rows))


def new_initial(fiche: Fiche, *, reserved: bool, now: datetime.datetime | None = None) -> dict[str, Any]:
    """A week to come, three weeks open: an hour of the day when people are at work."""
    day = timezone.localtime(now or timezone.now()).replace(hour=9, minute=0, second=0, microsecond=0)
    opens_at = day + datetime.timedelta(days=7)
    return {
        "title": upper_first(fiche.title),
        "opens_at": opens_at,
        "closes_at": (opens_at + datetime.timedelta(days=21)).replace(hour=17),
        "scope": Scope.RESERVED if reserved else Scope.INTERNAL,
        **{f"fiche_{name}": getattr(fiche, name) for name in TITLES},
    }


def posting_initial(posting: Posting) -> dict[str, Any]:
    names = (
        "title",
        "more_posts",
        "opens_at",
        "closes_at",
        "contact",
        "pieces",
        "scope",
        "anonymous_until_decision",
        "line_manager_informed",
        "fictitious",
    )
    fiche = {f"fiche_{name}": posting.fiche.get(name, "") for name in TITLES}
    return {name: getattr(posting, name) for name in names} | fiche


def _fiche_field(name: str, label: str) -> forms.Field:
    if name in LISTS:
        return LinesField(label=label, required=False, rows=5 if name == "duties" else 2, help_text="Un par ligne.")
    if name in LONG:
        return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 3}))
    return forms.CharField(label=label, required=False, max_length=300)
