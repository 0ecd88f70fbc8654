"""The decision on a bourse: who is retained and where, a reason for everybody, dates and ways of appeal."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from missions.forms.fields import DayField
from reorganisations.deadlines import months_after

from ..actions import APPEAL
from ..actions.foreseeing import Decision
from ..models import Posting, Proposal
from ..queries.candidates import Candidate
from ..status import ApplicationStatus

MONTHS_TO_APPEAL = 2
LONGEST_REASON = 2000


class OutcomeForm(forms.Form):
    """`posts`: (uid, label) of the places. `candidate_posts`: of an undetermined transformation, those HR may name."""

    effective_on = DayField(
        label="Date d’effet",
        required=False,
        help_text="Premier jour sur le nouveau poste. Sans objet si personne n’est retenu.",
    )
    candidate_post = forms.ChoiceField(
        label="Poste candidat qui disparaît",
        required=False,
        help_text="Le poste actuel de la personne retenue disparaît. Si elle n’occupe aucun des postes candidats, "
        "désignez-en un qui soit vacant\u00a0; s’ils sont tous occupés, un nouvel examen par le comité peut être "
        "nécessaire.",
    )
    reason = forms.CharField(
        label="Motif si la bourse est infructueuse",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text="Nécessaire si personne n’est retenu.",
    )
    appeal_ways = forms.CharField(
        label="Voies de recours", initial=APPEAL, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )
    appeal_until = DayField(
        label="Recours possible jusqu’au", help_text="Deux mois après la notification, en principe."
    )

    def __init__(
        self,
        *args: Any,
        posting: Posting,
        proposal: Proposal | None,
        candidates: Iterable[Candidate],
        posts: Sequence[tuple[str, str]],
        candidate_posts: Sequence[tuple[str, str]],
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        self.fields["effective_on"].due = "si quelqu’un est retenu"  # type: ignore[attr-defined]  # read by the template of fields
        self.fields["reason"].due = "si personne n’est retenu"  # type: ignore[attr-defined]  # the same
        self.fields["appeal_until"].initial = months_after(today, MONTHS_TO_APPEAL)
        if posting.pending:
            empty = ("", "Celui que tient la personne retenue")
            self.fields["candidate_post"].choices = [empty, *candidate_posts]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["candidate_post"]
        for each in self.candidates:
            self._add(each, proposal, posts)

    def _add(self, each: Candidate, proposal: Proposal | None, posts: Sequence[tuple[str, str]]) -> None:
        uid, proposed = each.application.uid, bool(each.ranking and each.ranking.proposed)
        if each.status == ApplicationStatus.RANKED:
            self.fields[f"retained_{uid}"] = forms.BooleanField(
                label=f"Retenir {each.label}", required=False, initial=proposed
            )
            if len(posts) > 1:
                self.fields[f"post_{uid}"] = forms.ChoiceField(
                    label=f"Poste de {each.label}", required=False, choices=[("", "La première place libre"), *posts]
                )
        known = (
            each.admissibility.reason if each.status == ApplicationStatus.INADMISSIBLE and each.admissibility else ""
        )
        self.fields[f"reason_{uid}"] = forms.CharField(
            label=f"Motif pour {each.label}",
            error_messages={"required": "Chaque candidat reçoit un motif."},
            max_length=LONGEST_REASON,
            widget=forms.Textarea({"rows": 2}),
            initial=known or (proposal.reason if proposal and proposed else ""),
        )

    @property
    def rows(self) -> list[tuple[Candidate, list[forms.BoundField], forms.BoundField]]:
        """Each candidate, what says whether and where they are retained, and the reason."""
        found = []
        for each in self.candidates:
            uid = each.application.uid
            names = [f"{name}_{uid}" for name in ("retained", "post") if f"{name}_{uid}" in self.fields]
            found.append((each, [self[name] for name in names], self[f"reason_{uid}"]))
        return found

    @property
    def common(self) -> list[forms.BoundField]:
        names = ("effective_on", "candidate_post", "reason", "appeal_ways", "appeal_until")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        retained = self._retained(cleaned)
        if retained and not cleaned.get("effective_on") and "effective_on" not in self.errors:
            self.add_error("effective_on", "Donnez la date d’effet de l’affectation.")
        if not retained and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Personne n’est retenu\u00a0: dites pourquoi la bourse est infructueuse.")
        return cleaned

    def decision(self) -> Decision:
        given = self.cleaned_data
        retained = self._retained(given)
        return Decision(
            retained=tuple((each.application, given.get(f"post_{each.application.uid}", "")) for each in retained),
            reasons={each.application.uid: given[f"reason_{each.application.uid}"] for each in self.candidates},
            effective_on=given["effective_on"] if retained else None,
            reason="" if retained else given["reason"],
            candidate_post=given.get("candidate_post", "") if retained else "",
            appeal_ways=given["appeal_ways"],
            appeal_until=given["appeal_until"],
        )

    def _retained(self, given: dict[str, Any]) -> list[Candidate]:
        return [each for each in self.candidates if given.get(f"retained_{each.application.uid}")]
