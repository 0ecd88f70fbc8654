"""What HR settles for one holder."""

from typing import Any

from django import forms

from orgchart.structure import Structure
from orgchart.values import UnitId

from .draft import DraftForm
from .fields import post_choices


class SituationForm(DraftForm):
    post = forms.ChoiceField(
        label="Poste proposé", required=False, help_text="Un poste de l’organisation proposée, si c’en est un."
    )
    note = forms.CharField(
        label="Situation",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En quelques mots\u00a0: ce qui est proposé à l’agent, ou ce qui a été convenu.",
    )

    def __init__(self, *args: Any, chart: Structure, root: UnitId, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Aucun poste désigné"), *post_choices(chart, root)]  # type: ignore[attr-defined]  # a choice field
