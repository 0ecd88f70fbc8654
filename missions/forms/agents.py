"""The people who hold posts."""

from typing import Any

from django import forms

from accounts.models import User

from ..models import Agent


class AgentForm(forms.Form):
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    last_name = forms.CharField(label="Nom", max_length=100)
    account = forms.EmailField(
        label="Compte",
        required=False,
        help_text="Adresse du compte de la personne, si elle en a un : elle verra alors sa propre fiche.",
    )

    def __init__(self, data: Any = None, *, agent: Agent | None = None) -> None:
        initial = {}
        if agent:
            account = agent.user.email if agent.user else ""
            initial = {"first_name": agent.first_name, "last_name": agent.last_name, "account": account}
        super().__init__(data, initial=initial)

    def clean_account(self) -> User | None:
        email = self.cleaned_data["account"]
        if not email:
            return None
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise forms.ValidationError("Aucun compte n’a cette adresse.")
        return user

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"first_name": given["first_name"], "last_name": given["last_name"], "user": given["account"]}
