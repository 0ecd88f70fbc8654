"""What is asked of those who read a draft, and of HR who invites them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User

from ..models import Visa
from .draft import DraftForm


class InviteForm(forms.Form):
    user = forms.ChoiceField(
        label="Personne", help_text="Un compte qui a au moins un rôle\u00a0: d’ordinaire l’encadrement de l’unité."
    )
    may_write = forms.BooleanField(
        label="Peut aussi rédiger",
        required=False,
        help_text="Les sections du rapport et les missions des postes. Les ajustements restent aux RH.",
    )

    def __init__(self, *args: Any, accounts: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {account.uid: account for account in accounts}
        offered = [(uid, f"{account} ({account.email})") for uid, account in self.accounts.items()]
        self.fields["user"].choices = [("", "Choisir…"), *offered]  # type: ignore[attr-defined]  # a choice field

    def clean_user(self) -> User:
        return self.accounts[self.cleaned_data["user"]]


class RemarkForm(forms.Form):
    subject = forms.ChoiceField(label="Porte sur", required=False)
    text = forms.CharField(label="Remarque", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "L’ensemble du projet"), *subjects]  # type: ignore[attr-defined]  # a choice field


class VisaForm(forms.Form):
    word = forms.ChoiceField(label="Visa", choices=Visa.Word, widget=forms.RadioSelect, initial=Visa.Word.AGREED)
    note = forms.CharField(
        label="Précision",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="À remplir pour des réserves ou un désaccord.",
    )


class DutiesForm(DraftForm):
    duties = forms.CharField(
        label="Missions",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Une par ligne, dans l’ordre où le rapport les donne.",
    )

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["duties"].splitlines() if line.strip()]
