"""The rule of eligibility as a page sends it: a date, groups of conditions, exclusions, additions; and what to do."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from missions.forms.fields import DayField

from ..eligibility import Eligibility
from ..rule_draft import (
    ADDITION,
    EXCLUSION,
    KIND_LABELS,
    MOST_GROUPS,
    MOST_ROWS,
    Incomplete,
    Kind,
    Mode,
    Row,
    RuleDraft,
)

# What a person may add: a composed condition is only kept.
ADDABLE = [(kind.value, label) for kind, label in KIND_LABELS.items() if kind is not Kind.KEPT]
MODES = [(Mode.ALL.value, "toutes ces conditions"), (Mode.ANY.value, "l’une de ces conditions")]


class DayForm(forms.Form):
    on = DayField(
        label="Situation appréciée au", help_text="Les postes, les intitulés et les grades sont ceux de ce jour-là."
    )


@dataclass(frozen=True)
class Sent:
    """`do`: « save », or what to change before the page is shown again."""

    day: DayForm
    draft: RuleDraft
    do: str

    @property
    def on(self) -> datetime.date | None:
        return self.day.cleaned_data.get("on") if self.day.is_valid() else None

    def eligibility(self) -> Eligibility:
        """Raises Incomplete."""
        if self.on is None:
            raise Incomplete({None: "Dites à quelle date la situation des agents est appréciée."})
        return self.draft.eligibility(self.on)


def sent(data: QueryDict) -> Sent:
    """Whatever is sent reads as a draft: what makes no sense is left out."""
    groups = tuple(_mode(data.get(f"g{number}-mode")) for number in range(_number(data, "groups", MOST_GROUPS))) or (
        Mode.ALL,
    )
    places = {*(f"g{number}" for number in range(len(groups))), EXCLUSION, ADDITION}
    rows = (_row(data, number) for number in range(_number(data, "rows", MOST_ROWS)))
    draft = RuleDraft(_mode(data.get("mode")), groups, tuple(row for row in rows if row and row.place in places))
    return Sent(DayForm(data), draft, data.get("do", ""))


def changed(draft: RuleDraft, do: str, data: Mapping[str, Any]) -> RuleDraft:
    """After « add:g0 », « remove:3 » or « group »; whatever else leaves it as it is."""
    verb, _, what = do.partition(":")
    if verb == "add":
        kind = Kind.NAMED if what == ADDITION else _kind(data.get(f"{what}-kind"))
        return draft.with_row(what, kind) if kind else draft
    if verb == "remove" and what.isdecimal():
        return draft.without_row(int(what))
    return draft.with_group() if verb == "group" else draft


def _row(data: QueryDict, number: int) -> Row | None:
    kind = _kind(data.get(f"l{number}-kind"))
    if kind is None:
        return None
    typed = data.get(f"l{number}-text", "")
    values = (
        [line.strip() for line in typed.splitlines()]
        if kind is Kind.STATUTORY_GRADE
        else data.getlist(f"l{number}-values")
    )
    return Row(
        place=data.get(f"l{number}-place", ""),
        kind=kind,
        values=tuple(dict.fromkeys(value for value in values if value)),
        negated=bool(data.get(f"l{number}-not")),
        reason=data.get(f"l{number}-reason", ""),
        kept=data.get(f"l{number}-kept", ""),
        search=data.get(f"l{number}-search", ""),
    )


def _number(data: QueryDict, name: str, most: int) -> int:
    text = data.get(name, "")
    return min(int(text), most) if text.isdecimal() and len(text) < 4 else 0


def _mode(text: str | None) -> Mode:
    return Mode.ANY if text == Mode.ANY else Mode.ALL


def _kind(text: str | None) -> Kind | None:
    return Kind(text) if text and text in Kind else None
