"""What a committee said: attendance, the votes row by row, and HR's word where they leave a doubt."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from ..models import College, CommitteeRules, Outcome, SealedText, Session
from ..votes import Ballot, Qualification, count
from .examining import needed_field

PREFIX = "votes"
MOST_ROWS = 40
ATTENDANCE = (
    "staff_seats",
    "staff_present",
    "employer_votes",
    "employer_vote_deliberation",
    "employer_seats",
    "employer_present",
)
# (field, label) of each number of votes, in the order of the table.
VOTES = (
    ("in_favour", "Pour"),
    ("against", "Contre"),
    ("abstentions", "Abstentions"),
    ("not_taking_part", "Ne prend pas part au vote"),
    ("absent", "Absents"),
)
CAST_BY = (("full", "Par des titulaires"), ("substitutes", "Par des suppléants"), ("delegations", "Par délégation"))


def number(label: str, **given: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=500, **given)


class OpinionForm(forms.Form):
    text = forms.ChoiceField(label="Texte voté")
    staff_seats = number("Sièges des représentants du personnel")
    staff_present = number("Représentants du personnel présents à l’ouverture")
    employer_votes = forms.BooleanField(
        label="Le collège de l’employeur vote", required=False, help_text="Seulement si une délibération le prévoit."
    )
    employer_vote_deliberation = forms.CharField(
        label="Délibération qui le prévoit", max_length=200, required=False, help_text="Son numéro et sa date."
    )
    employer_seats = number("Sièges des représentants de l’employeur")
    employer_present = number("Représentants de l’employeur présents à l’ouverture")
    outcome_personnel = forms.ChoiceField(label="Issue, représentants du personnel", required=False)
    reason_personnel = forms.CharField(label="Motif", required=False, max_length=300)
    unanimous_personnel = forms.BooleanField(
        label="Vote unanime",
        required=False,
        help_text="Si vous comptez comme unanime un vote sans voix contraire où tous n’ont pas voté.",
    )
    outcome_employeur = forms.ChoiceField(label="Issue, représentants de l’employeur", required=False)
    reason_employeur = forms.CharField(label="Motif", required=False, max_length=300)
    unanimous_employeur = forms.BooleanField(label="Vote unanime", required=False)
    deliberation_needed = needed_field()
    remarks = forms.CharField(label="Observations", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, texts: Iterable[SealedText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {str(text.number): text for text in texts}
        self.fields["text"].choices = [  # type: ignore[attr-defined]  # a choice field
            (key, f"{text.get_kind_display()} n°\u00a0{text.number}{f', {text.origin}' if text.origin else ''}")
            for key, text in self.texts.items()
        ]
        for college in College:
            outcome = self.fields[f"outcome_{college.value}"]
            outcome.choices = [("", "Celle que donnent les votes"), *Outcome.choices]  # type: ignore[attr-defined]  # the same

    @property
    def attendance(self) -> list[forms.BoundField]:
        return [self[name] for name in ATTENDANCE]

    @property
    def outcomes(self) -> list[forms.BoundField]:
        return [self[f"{part}_{college.value}"] for college in College for part in ("outcome", "reason", "unanimous")]

    def attended(self, session: Session) -> dict[str, Any]:
        """What was typed of the attendance and was not known so."""
        typed = {name: self.cleaned_data[name] for name in ATTENDANCE}
        return {name: value for name, value in typed.items() if getattr(session, name) != value}

    def qualifications(self) -> list[Qualification]:
        return [
            Qualification(
                college,
                Outcome(outcome),
                self.cleaned_data[f"reason_{college.value}"],
                self.cleaned_data[f"unanimous_{college.value}"],
            )
            for college in College
            if (outcome := self.cleaned_data[f"outcome_{college.value}"])
        ]

    def check_doubts(self, ballots: Sequence[Ballot], rules: CommitteeRules | None) -> None:
        """Where the votes leave a doubt, HR says the outcome. Seats are those typed."""
        concerned = {College.STAFF, *(ballot.college for ballot in ballots)}
        if self.cleaned_data["employer_votes"]:
            concerned.add(College.EMPLOYER)
        seats = {
            College.STAFF: self.cleaned_data["staff_seats"],
            College.EMPLOYER: self.cleaned_data["employer_seats"],
        }
        per_member = rules.delegations_per_member if rules else None
        for college in College:
            found = count(college, ballots, seats=seats[college], delegations_per_member=per_member)
            if college in concerned and found.doubt and not self.cleaned_data[f"outcome_{college.value}"]:
                self.add_error(f"outcome_{college.value}", f"{found.doubt} Choisissez l’issue.")


class BallotForm(forms.Form):
    """One delegation. A row left empty says nothing."""

    college = forms.ChoiceField(label="Collège", choices=College.choices)
    union = forms.CharField(label="Organisation syndicale", max_length=100, required=False)
    in_favour = number("Pour")
    against = number("Contre")
    abstentions = number("Abstentions")
    not_taking_part = number("Ne prend pas part au vote")
    absent = number("Absents")
    full = number("Par des titulaires")
    substitutes = number("Par des suppléants")
    delegations = number("Par délégation")
    explanation = forms.CharField(label="Explication de vote", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name, _ in VOTES]

    @property
    def cast_by(self) -> list[forms.BoundField]:
        return [*(self[name] for name, _ in CAST_BY), self["explanation"]]

    @property
    def unfolded(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for field in self.cast_by)

    def ballot(self) -> Ballot | None:
        given = self.cleaned_data
        counts = {name: given[name] for name, _ in VOTES}
        if all(value is None for value in counts.values()):
            return None
        return Ballot(
            college=College(given["college"]),
            union=given["union"],
            **{name: value or 0 for name, value in counts.items()},
            **{name: given[name] for name, _ in CAST_BY},
            explanation=given["explanation"],
        )


BallotFormSet = formset_factory(BallotForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def ballot_rows(initial: list[dict[str, Any]]) -> BaseFormSet[BallotForm]:
    """Rows not sent yet, one after another."""
    return BallotFormSet(initial=initial[:MOST_ROWS], prefix=PREFIX)


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """What was typed in the rows, as it was typed."""
    try:
        rows = min(int(data.get(f"{PREFIX}-TOTAL_FORMS", 0)), MOST_ROWS)
    except ValueError:
        rows = 0
    return [{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in BallotForm.base_fields} for row in range(rows)]


def blank_row() -> dict[str, Any]:
    return {"college": College.STAFF.value}
