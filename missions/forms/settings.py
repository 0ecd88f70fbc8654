"""The employer's own settings, and whose posts' holders each manager sees."""

from typing import Any

from django import forms

from ..models import Employer, Perimeter, Unit
from ..queries import unit_places
from .posts import unit_choices


class EmployerForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in its stubs only
    class Meta:
        model = Employer
        fields = ("name", "principle_of_security")


class PerimeterForm(forms.Form):
    """The units chosen, each with all below it. Two queries."""

    units = forms.MultipleChoiceField(
        label="Unités",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Avec tout ce qui en dépend. Aucune\u00a0: la personne ne voit aucun titulaire.",
    )

    def __init__(self, data: Any = None, *, user: Any) -> None:
        chosen = Perimeter.objects.filter(user=user).values_list("unit_id", flat=True)
        super().__init__(data, initial={"units": list(chosen)})
        self.fields["units"].choices = unit_choices(unit_places())  # type: ignore[attr-defined]

    def chosen(self) -> list[Unit]:
        return list(Unit.objects.in_force().filter(uid__in=self.cleaned_data["units"]))
