"""The ranking of the candidates, and what the jury proposes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from ..actions.ranking import Place
from ..queries.candidates import Candidate
from ..scoring import ordered


def suggested(candidates: Iterable[Candidate]) -> dict[str, int]:
    """uid → the rank that the totals give, the same for equal totals."""
    totals = {each.application.uid: each.total for each in candidates if each.total is not None}
    return {uid: rank for rank, group in ordered(totals) for uid in group}


def initial_of(candidates: Iterable[Candidate]) -> dict[str, Any]:
    """As the jury has them; while nobody is ranked, in the order of the totals."""
    rows = list(candidates)
    begun = any(each.ranking for each in rows)
    guess = {} if begun else suggested(rows)
    found: dict[str, Any] = {"ties": any(each.ranking and each.ranking.tied for each in rows)}
    for each in rows:
        uid = each.application.uid
        found[f"rank_{uid}"] = each.ranking.rank if each.ranking else guess.get(uid)
        found[f"opinion_{uid}"] = each.ranking.opinion if each.ranking else ""
    return found


def moved(data: QueryDict, candidates: Iterable[Candidate]) -> dict[str, Any]:
    """What was typed, with one candidate (« up:uid », « down:uid ») a line higher or lower: 1, 2, 3…"""
    way, _, uid = data.get("move", "").partition(":")
    typed: dict[str, Any] = {name: data.get(name, "") for name in data}
    order = in_order(candidates, typed)
    keys = [each.application.uid for each in order if str(typed.get(f"rank_{each.application.uid}", "")).strip()]
    if uid in keys:
        at = keys.index(uid)
        to = max(0, min(len(keys) - 1, at + (-1 if way == "up" else 1)))
        keys.insert(to, keys.pop(at))
    typed["ties"] = False
    return typed | {f"rank_{key}": rank for rank, key in enumerate(keys, 1)}


def in_order(candidates: Iterable[Candidate], values: Mapping[str, Any]) -> list[Candidate]:
    """By the rank given, those without one last."""

    def key(each: Candidate) -> tuple[int, int]:
        text = str(values.get(f"rank_{each.application.uid}") or "").strip()
        return (int(text) if text.isdecimal() else 10_000, each.application.number or 0)

    return sorted(candidates, key=key)


class RankingForm(forms.Form):
    ties = forms.BooleanField(
        label="Les rangs égaux sont des ex æquo",
        required=False,
        help_text="Sans cette case, deux candidatures au même rang sont refusées comme une erreur.",
    )

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        for each in self.candidates:
            uid = each.application.uid
            self.fields[f"rank_{uid}"] = forms.IntegerField(
                label=f"Rang de {each.label}", required=False, min_value=1, max_value=999
            )
            self.fields[f"opinion_{uid}"] = forms.CharField(
                label=f"Avis motivé sur {each.label}", required=False, widget=forms.Textarea({"rows": 2})
            )

    @property
    def rows(self) -> list[tuple[Candidate, forms.BoundField, forms.BoundField]]:
        values = self.data if self.is_bound else self.initial
        return [
            (each, self[f"rank_{each.application.uid}"], self[f"opinion_{each.application.uid}"])
            for each in in_order(self.candidates, values)
        ]

    def places(self) -> list[Place]:
        given = self.cleaned_data
        return [
            Place(each.application, given[f"rank_{each.application.uid}"], given[f"opinion_{each.application.uid}"])
            for each in self.candidates
        ]


class ProposalForm(forms.Form):
    proposed = forms.MultipleChoiceField(
        label="Le jury propose de retenir",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Personne\u00a0: le jury propose de ne retenir aucune candidature.",
    )
    reason = forms.CharField(
        label="Motivation",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "La proposition est motivée."},
    )
    tie_break = forms.CharField(
        label="Départage des ex æquo",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Nécessaire si la proposition retient une partie des candidatures d’un même rang.",
    )

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {each.application.uid: each for each in candidates}
        self.fields["proposed"].choices = [(uid, _said(each)) for uid, each in self.candidates.items()]  # type: ignore[attr-defined]  # a choice field

    def applications(self) -> list[Any]:
        return [self.candidates[uid].application for uid in self.cleaned_data["proposed"]]


def _said(each: Candidate) -> str:
    if each.ranking is None or each.ranking.rank is None:
        return f"{each.label} (avis motivé)"
    return f"{each.label} (rang {each.ranking.rank}{', ex æquo' if each.ranking.tied else ''})"
