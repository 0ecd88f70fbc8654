"""Forms of sign-in and of the accounts pages."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.forms.forms import BaseForm

from . import trail
from .models import Role, User

ROLES_HELP = "Une personne peut avoir plusieurs rôles. Sans rôle, elle ne voit que son compte."


PASSWORD_HELP = "Au moins 12 caractères\u00a0; ni un mot de passe courant, ni votre nom, ni des chiffres seulement."  # noqa: S105


class PlainFields(forms.Form):
    """allauth repeats each label inside its field and puts links and lists in the help: here the page says it once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HELP if name == "password1" else ""
            if isinstance(field, forms.EmailField) or name == "login":
                field.label = "Adresse électronique"


class SignInForm(PlainFields, allauth_forms.LoginForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainFields, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class RolesField(forms.TypedMultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Rôles",
            help_text=ROLES_HELP,
            choices=Role.choices,
            coerce=Role,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


class RolesForm(forms.Form):
    roles = RolesField()


class NewUserForm(forms.Form):
    name = forms.CharField(label="Prénom et nom", max_length=150)
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text=(
            "Elle sert à se connecter. La personne choisit son mot de passe par «\u00a0Mot de passe oublié\u00a0»."
        ),
    )
    roles = RolesField()

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Un compte a déjà cette adresse.")
        return email


def _verbs() -> list[tuple[str, str]]:
    return [("", "Toutes"), *sorted(trail.labels().items(), key=lambda pair: pair[1])]


class TrailFilter(forms.Form):
    verbe = forms.ChoiceField(label="Action", required=False, choices=_verbs)

    def verb(self) -> str:
        return str(self.cleaned_data["verbe"]) if self.is_valid() else ""


def refuse(form: BaseForm, fact: Exception) -> None:
    """Show what an action refused at the top of the form."""
    form.add_error(None, str(fact))
