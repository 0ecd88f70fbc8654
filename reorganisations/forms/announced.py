"""The numbers of posts that sources announce for a unit, part by part: a row for each source."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from orgchart.checks import AnnouncedPart

PREFIX = "sources"
MOST_ROWS = 30


class SourceForm(forms.Form):
    label = forms.CharField(label="Ce qui est compté", max_length=200, required=False)
    posts = forms.IntegerField(label="Postes", required=False, min_value=-10_000, max_value=10_000)
    source = forms.CharField(label="Source", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("posts") is not None and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", "Dites ce qui est compté.")
        if cleaned.get("label") and cleaned.get("posts") is None and "posts" not in self.errors:
            self.add_error("posts", "Donnez le nombre de postes.")
        return cleaned

    def part(self) -> AnnouncedPart | None:
        """Nothing of a row left empty."""
        if self.cleaned_data.get("posts") is None:
            return None
        return AnnouncedPart(**{name: self.cleaned_data[name] for name in ("label", "posts", "source")})


SourceFormSet = formset_factory(SourceForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def source_rows(initial: list[dict[str, Any]]) -> BaseFormSet[SourceForm]:
    return SourceFormSet(initial=initial[:MOST_ROWS], prefix=PREFIX)


def typed_sources(data: QueryDict) -> list[dict[str, Any]]:
    """What was typed in the rows, as it was typed."""
    try:
        rows = min(int(data.get(f"{PREFIX}-TOTAL_FORMS", 0)), MOST_ROWS)
    except ValueError:
        rows = 0
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in SourceForm.base_fields} for row in range(rows)]


def blank_source() -> dict[str, Any]:
    return {"label": "", "posts": "", "source": ""}
