"""What a file of bourses holds: each as it was prepared, then what became of it, with the times.

People are those of a case file, which comes before; accounts are no part of it: jury members are named, and what they
assess one by one in the application is left out. The file names candidates and says why they were retained or not:
it is written when asked to, and public ones hold invented bourses only.
"""

import datetime
from typing import Annotated, Literal

from msgspec import Meta

from orgchart.values import ChangeId, PostId, Value
from reorganisations.case_file.steps import AgentId, ReorganisationCode

from ..eligibility import Eligibility
from ..fiche import Fiche

Code = Annotated[str, Meta(pattern="^[-a-zA-Z0-9_]+$", max_length=80)]
Text = Annotated[str, Meta(min_length=1)]
Moment = Annotated[
    datetime.datetime,
    Meta(
        tz=True, title="Moment", description="Avec le décalage horaire\u00a0: «\u00a02022-01-03T09:00:00+01:00\u00a0»."
    ),
]
Number = Annotated[int, Meta(ge=1)]


class CriterionOf(Value, frozen=True, kw_only=True):
    label: Annotated[str, Meta(min_length=1, max_length=300)]
    weight: Number = 1


class Tie(Value, frozen=True, kw_only=True):
    """Lien d’intérêts with the candidate of that number: the member steps aside."""

    application: Number
    reason: str = ""


class MemberOf(Value, frozen=True, kw_only=True):
    """Of the jury. `declared_at`: when ties were declared; `declaration` empty is none."""

    name: Annotated[str, Meta(min_length=1, max_length=150)]
    capacity: Annotated[str, Meta(max_length=200)] = ""
    president: bool = False
    declared_at: Moment | None = None
    declaration: str = ""
    ties: tuple[Tie, ...] = ()


class Added(Value, frozen=True, kw_only=True):
    """To the list after it was frozen."""

    agent: AgentId
    reason: Text
    at: Moment


class AdmissibilityOf(Value, frozen=True, kw_only=True):
    at: Moment
    admissible: bool = True
    reason: str = ""


class InterviewOf(Value, frozen=True, kw_only=True):
    """Entretien. `held_at`: when it was recorded that it took place."""

    starts_at: Moment
    ends_at: Moment
    place: Annotated[str, Meta(min_length=1, max_length=300)]
    planned_at: Moment
    held_at: Moment | None = None


class RankingOf(Value, frozen=True, kw_only=True):
    at: Moment
    rank: Number | None = None
    tied: bool = False
    opinion: str = ""


class DecisionOf(Value, frozen=True, kw_only=True):
    """`post`: where the person retained goes."""

    retained: bool = False
    reason: Text
    post: PostId | None = None


class ApplicationOf(Value, frozen=True, kw_only=True):
    """Candidature, numbered in the order of the file. `submitted_at` left out: a draft."""

    agent: AgentId
    saved_at: Moment
    letter: str = ""
    gender: Literal["", "femme", "homme"] = ""
    submitted_at: Moment | None = None
    late_at: Moment | None = None
    withdrawn_at: Moment | None = None
    admissibility: AdmissibilityOf | None = None
    shortlisted: bool = False
    interview: InterviewOf | None = None
    ranking: RankingOf | None = None
    decision: DecisionOf | None = None


class ProposalOf(Value, frozen=True, kw_only=True):
    """Of the jury: the numbers of the candidates it proposes."""

    at: Moment
    reason: Text
    applications: tuple[Number, ...] = ()
    tie_break: str = ""


class OutcomeOf(Value, frozen=True, kw_only=True):
    """Issue. `kind` « infructueuse »: nobody, for a `reason`.

    `assigned_at`: when the affectation was written; `assigned`: its day has come.
    """

    kind: Literal["pourvue", "infructueuse"]
    at: Moment
    reason: str = ""
    effective_on: datetime.date | None = None
    candidate_post: PostId | None = None
    appeal_ways: str = ""
    appeal_until: datetime.date | None = None
    assigned_at: Moment | None = None
    assigned: bool = False
    follow_up: Literal["", "elargir", "rouvrir", "vacant"] = ""


class Cancellation(Value, frozen=True, kw_only=True):
    at: Moment
    reason: Text


class Bourse(Value, frozen=True, kw_only=True):
    """One bourse. `post`: the one to fill, left out for an undetermined transformation (`pending`).

    `published_at`, `opened_at`, `closed_at`, `examined`: how far it went; `parent`: the bourse it follows.
    """

    code: Code
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    prepared_at: Moment
    scope: Literal["reservee", "interne", "ouverte"] = "interne"
    post: PostId | None = None
    more_posts: tuple[PostId, ...] = ()
    reorganisation: ReorganisationCode | None = None
    pending: ChangeId | None = None
    parent: Code | None = None
    wave: Number = 1
    fiche: Fiche | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    contact: Annotated[str, Meta(max_length=300)] = ""
    pieces: tuple[Text, ...] = ()
    rule: Eligibility | None = None
    criteria: tuple[CriterionOf, ...] = ()
    jury: tuple[MemberOf, ...] = ()
    dve_number: Annotated[str, Meta(max_length=80)] = ""
    dve_published_on: datetime.date | None = None
    legal_number: Annotated[str, Meta(max_length=80)] = ""
    legal_on: datetime.date | None = None
    anonymous_until_decision: bool = False
    line_manager_informed: bool = False
    early_reason: str = ""
    fictitious: bool = False
    published_at: Moment | None = None
    opened_at: Moment | None = None
    added: tuple[Added, ...] = ()
    applications: tuple[ApplicationOf, ...] = ()
    closed_at: Moment | None = None
    examined: bool = False
    proposal: ProposalOf | None = None
    outcome: OutcomeOf | None = None
    cancelled: Cancellation | None = None


class BourseFile(Value, frozen=True, kw_only=True):
    """Bourses, each after the one it follows."""

    format: Literal[1]
    title: Text
    postings: tuple[Bourse, ...] = ()
