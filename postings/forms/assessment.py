"""One member's scores of one application."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..models import BEST_SCORE, Criterion
from ..queries.jury import Marked

SCORES = [(str(score), str(score)) for score in range(BEST_SCORE + 1)]


class AssessmentForm(forms.Form):
    """For each criterion a score and a remark; a draft may leave some out, what is submitted may not."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], marked: Marked | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = tuple(criteria)
        marks = marked.marks if marked else (None,) * len(self.criteria)
        for each, mark in zip(self.criteria, marks, strict=True):
            self.fields[f"score_{each.uid}"] = forms.ChoiceField(
                label="Note",
                choices=SCORES,
                required=False,
                widget=forms.RadioSelect,
                initial=str(mark.score) if mark else None,
            )
            self.fields[f"remark_{each.uid}"] = forms.CharField(
                label="Appréciation",
                required=False,
                widget=forms.Textarea({"rows": 2}),
                initial=mark.remark if mark else "",
            )

    @property
    def rows(self) -> list[tuple[Criterion, str, forms.BoundField, forms.BoundField]]:
        """Criterion, its weight in words, its two fields."""
        return [
            (each, f"coefficient\u00a0{each.weight}", self[f"score_{each.uid}"], self[f"remark_{each.uid}"])
            for each in self.criteria
        ]

    @property
    def submits(self) -> bool:
        return "hand_in" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.criteria:
            score = f"score_{each.uid}"
            if cleaned.get(score) or score in self.errors:
                continue
            if self.submits:
                self.add_error(score, "Notez ce critère avant de rendre votre évaluation.")
            elif cleaned.get(f"remark_{each.uid}"):
                self.add_error(score, "Donnez une note\u00a0: l’appréciation se garde avec elle.")
        return cleaned

    def scores(self) -> dict[str, tuple[int, str]]:
        given = self.cleaned_data
        return {
            each.uid: (int(given[f"score_{each.uid}"]), given[f"remark_{each.uid}"])
            for each in self.criteria
            if given[f"score_{each.uid}"]
        }
