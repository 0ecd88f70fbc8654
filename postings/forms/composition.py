"""Somebody of the jury: an account, or the name of somebody from elsewhere."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User


class MemberForm(forms.Form):
    """`accounts`: those who may sit; too many for a list are typed by their address."""

    account = forms.CharField(
        label="Adresse du compte",
        required=False,
        max_length=254,
        help_text="Avec un compte, le membre évalue dans l’application.",
        widget=forms.TextInput({"list": "accounts", "inputmode": "email", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Ou nom d’une personne extérieure",
        required=False,
        max_length=150,
        help_text="Elle est nommée, sans plus.",
    )
    capacity = forms.CharField(
        label="Qualité", required=False, max_length=200, help_text="Par exemple\u00a0: directeur adjoint."
    )
    president = forms.BooleanField(label="Préside le jury", required=False)

    def clean_account(self) -> User | None:
        typed = self.cleaned_data["account"].strip()
        if not typed:
            return None
        found: User | None = User.objects.filter(email__iexact=typed, is_active=True).first()
        if found is None:
            raise forms.ValidationError("Aucun compte actif n’a cette adresse.")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["account"] and cleaned["name"].strip():
            self.add_error("name", "Un compte ou un nom, pas les deux.")
        elif not cleaned["account"] and not cleaned["name"].strip():
            self.add_error("account", "Choisissez un compte ou indiquez un nom.")
        return cleaned


class DeclarationForm(forms.Form):
    """`ties`: one box for each candidate of the bourse."""

    declaration = forms.CharField(
        label="Liens d’intérêts déclarés",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Laissé vide\u00a0: aucun lien avec les candidats.",
    )
    ties = forms.MultipleChoiceField(
        label="Candidats dont il s’écarte",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Le membre n’évalue pas ces candidatures et ne lit pas les évaluations des autres.",
    )

    def __init__(self, *args: Any, candidates: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(candidates)
        if listed:
            self.fields["ties"].choices = listed  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["ties"]
