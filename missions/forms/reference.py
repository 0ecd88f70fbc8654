"""Reference data, as HR edits it. The code is given once: sealed charts name things by it."""

from typing import Any

from django import forms

from ..models import Grade, JobTitle, Site, UnitKind


class ReferenceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in its stubs only
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "Il ne change plus : des organigrammes scellés le citent."


class KindForm(ReferenceForm):
    class Meta:
        model = UnitKind
        fields = ("label", "plural", "code", "feminine", "rank", "heads_perimeter", "external")


class GradeForm(ReferenceForm):
    class Meta:
        model = Grade
        fields = ("code", "label", "category", "rank")


class TitleForm(ReferenceForm):
    class Meta:
        model = JobTitle
        fields = (
            "masculine",
            "masculine_plural",
            "feminine",
            "feminine_plural",
            "inclusive",
            "inclusive_plural",
            "code",
        )


class SiteForm(ReferenceForm):
    class Meta:
        model = Site
        fields = ("label", "code")
