"""What HR settles of a conflict."""

from typing import Any

from django import forms

from ..models import ConflictChoice
from .draft import DraftForm


class ChoiceForm(DraftForm):
    choice = forms.ChoiceField(label="Votre choix", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il reste avec le choix, pour qui relira le projet.",
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        """`offered`: the choices that can be made, each with what it does."""
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = offered  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> ConflictChoice.Choice:
        return ConflictChoice.Choice(self.cleaned_data["choice"])
