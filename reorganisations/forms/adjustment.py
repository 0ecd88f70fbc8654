"""A change made instead of one of the text voted, or in addition, with the reason."""

from typing import Any

from django import forms

from orgchart.changes import Change

from .changes import ChangeForm, Vocabulary


class AdjustmentForm(ChangeForm):
    """The form of a change without the revision of a draft: the text voted is sealed."""

    def __init__(self, kind: type[Change], vocabulary: Vocabulary, **given: Any) -> None:
        super().__init__(kind, vocabulary, **given)
        del self.fields["seen"]
        self.fields["reason"] = forms.CharField(
            label="Motif de l’adaptation",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Pourquoi le texte voté ne peut pas être appliqué tel quel.",
        )
