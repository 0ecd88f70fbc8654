"""What was dragged in the outline, as adjustments."""

from collections.abc import Callable
from typing import Any

from django import forms

from orgchart.changes import AnyChange, AttachPosts, MoveUnit, TransferPost
from orgchart.diff import crosses
from orgchart.structure import Structure
from orgchart.values import ChangeId, PostId, UnitId


class DropForm(forms.Form):
    """A unit, or posts separated by commas, dropped on the unit `to` (a unit also at a rank, from 0)."""

    unit = forms.CharField(required=False)
    posts = forms.CharField(required=False)
    to = forms.CharField(error_messages={"required": "Déposez sur une unité."})
    position = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: Any, *, chart: Structure) -> None:
        super().__init__(data)
        self.chart = chart

    def clean_unit(self) -> UnitId | None:
        return self._known_unit("unit") if self.cleaned_data["unit"] else None

    def clean_to(self) -> UnitId | None:
        return self._known_unit("to")

    def clean_posts(self) -> tuple[PostId, ...]:
        posts = tuple(PostId(post) for post in self.cleaned_data["posts"].split(",") if post)
        if any(post not in self.chart.post_by_id for post in posts):
            raise forms.ValidationError("Ce poste n’existe plus dans le projet : rechargez la page.")
        return posts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["unit"]) == bool(cleaned["posts"]):
            raise forms.ValidationError("Déposez une unité ou des postes.")
        return cleaned

    def _known_unit(self, field: str) -> UnitId:
        unit = UnitId(self.cleaned_data[field])
        if unit not in self.chart.unit_by_id:
            raise forms.ValidationError("Cette unité n’existe plus dans le projet : rechargez la page.")
        return unit

    def changes(self, mint: Callable[[str], str]) -> tuple[AnyChange, ...]:
        """One rattachement, or one transfer a post when they leave their direction or mission."""
        to = self.cleaned_data["to"]
        if self.cleaned_data["unit"]:
            move = MoveUnit(
                id=ChangeId(mint("chg")),
                unit=self.cleaned_data["unit"],
                to=to,
                position=self.cleaned_data["position"],
            )
            return (move,)
        posts = [self.chart.post_by_id[post] for post in self.cleaned_data["posts"]]
        if any(crosses(self.chart, post.unit, self.chart, to) for post in posts):
            return tuple(TransferPost(id=ChangeId(mint("chg")), post=post.id, to=to) for post in posts)
        return (AttachPosts(id=ChangeId(mint("chg")), posts=tuple(post.id for post in posts), to=to),)
