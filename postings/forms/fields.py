"""Fields of the forms of the bourse: a time said in Paris, a text of one item a line."""

from typing import Any

from django import forms

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%d/%m/%Y à %H:%M"]


class MomentField(forms.DateTimeField):
    """A day and an hour, typed or picked, in the time of Paris."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMATS[0])
        given = {"error_messages": {"invalid": "Écrivez un jour et une heure, par exemple 21/01/2022 17:00."}}
        super().__init__(widget=widget, input_formats=FORMATS, **given | kwargs)


class LinesField(forms.CharField):
    """A text, one item a line → a tuple of the items."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value
