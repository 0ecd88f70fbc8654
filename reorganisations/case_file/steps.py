"""What was recorded after the opening state, one step an action: replayed in order, they make the versions again."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, NewType

from msgspec import UNSET, Meta, UnsetType

from orgchart.changes import AnyChange
from orgchart.checks import Announced
from orgchart.values import ChangeId, PostId, UnitId, Value

ReorganisationCode = NewType("ReorganisationCode", str)
CommitteeId = NewType("CommitteeId", str)
SessionId = NewType("SessionId", str)
AgentId = NewType("AgentId", str)
MilestoneId = NewType("MilestoneId", str)
AgendaItemId = NewType("AgendaItemId", str)
AttendanceId = NewType("AttendanceId", str)
StatementId = NewType("StatementId", str)

Code = Annotated[ReorganisationCode, Meta(pattern="^[-a-zA-Z0-9_]+$", max_length=80)]
Number = Annotated[int, Meta(ge=0)]
CollegeName = Literal["personnel", "employeur"]
TimeOfDay = Annotated[
    str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", title="Heure", description="«\u00a009:30\u00a0».")
]
OutcomeName = Literal["favorable", "defavorable", "repute", "inconnu"]


class Step(Value, frozen=True, kw_only=True, tag_field="type"):
    """`fictitious`: nothing of the kind happened."""

    fictitious: bool = False


# The draft


class Section(Value, frozen=True, kw_only=True):
    """A written part of the report, in Markdown. `change`: the change it explains. Off, the report leaves it out."""

    key: Annotated[str, Meta(min_length=1, max_length=64)]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    markdown: str = ""
    included: bool = True
    change: ChangeId | None = None


class SituationOf(Value, frozen=True, kw_only=True):
    """Situation de l'agent: the post the person will hold, or what is offered."""

    agent: AgentId
    post: PostId | None = None
    note: str = ""


class OpenReorganisation(Step, frozen=True, kw_only=True, tag="reorganisation"):
    """A draft over the chart in force at this point, as it was when it was sealed, or as it stands.

    `variant_of`: the draft it is a variant of, under the name `variant`.
    """

    code: Code
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    unit: UnitId
    variant_of: Code | None = None
    variant: Annotated[str, Meta(max_length=80)] = ""
    effective_on: datetime.date | None = None
    principle_of_security: bool = True
    announced: tuple[Announced, ...] = ()
    changes: tuple[AnyChange, ...] = ()
    sections: tuple[Section, ...] = ()
    situations: tuple[SituationOf, ...] = ()


class EditDraft(Step, frozen=True, kw_only=True, tag="edit_draft"):
    """The draft as it stands from here on; what is left out stays as it was."""

    reorganisation: Code
    title: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    effective_on: datetime.date | UnsetType | None = UNSET
    principle_of_security: bool | None = None
    announced: tuple[Announced, ...] | None = None
    changes: tuple[AnyChange, ...] | None = None
    sections: tuple[Section, ...] | None = None
    situations: tuple[SituationOf, ...] | None = None


class ArbitrateConflict(Step, frozen=True, kw_only=True, tag="arbitrate_conflict"):
    """The choice on a conflict of `change` with the draft `other`, with the chart in force without one. `field`: the
    one that both sides changed, where the change has several conflicts."""

    reorganisation: Code
    change: ChangeId
    choice: Literal["conserver", "prendre", "retravailler"]
    other: Code | None = None
    field: str | None = None
    reason: str = ""


# Before the committee


class PutOnAgenda(Step, frozen=True, kw_only=True, tag="put_on_agenda"):
    """A draft inscribed before it is submitted."""

    reorganisation: Code
    session: SessionId
    kind: Literal["avis", "information"] = "avis"
    number: Number | None = None


class Submit(Step, frozen=True, kw_only=True, tag="submit"):
    """Put on the agenda of a session and sealed, « pour avis » or « pour information »."""

    reorganisation: Code
    session: SessionId
    kind: Literal["avis", "information"] = "avis"
    number: Number | None = None


class AmendText(Step, frozen=True, kw_only=True, tag="amend_text"):
    """The draft of this point sealed as « version modifiée »."""

    reorganisation: Code
    dated_on: datetime.date
    origin: Annotated[str, Meta(min_length=1, max_length=300)]


class CollegeOutcome(Value, frozen=True, kw_only=True):
    """What a college said, where the votes leave a doubt: `qualification` says why, `unanimous` counts it so."""

    college: CollegeName
    outcome: OutcomeName
    qualification: str = ""
    unanimous: bool = False


class UnionVote(Value, frozen=True, kw_only=True):
    """How one delegation voted, in number of votes. `full`, `substitutes`, `delegations`: empty is unknown."""

    college: CollegeName
    union: str = ""
    in_favour: Number = 0
    against: Number = 0
    abstentions: Number = 0
    not_taking_part: Number = 0
    absent: Number = 0
    full: Number | None = None
    substitutes: Number | None = None
    delegations: Number | None = None
    explanation: str = ""
    fictitious: bool = False


class RecordOpinion(Step, frozen=True, kw_only=True, tag="record_opinion"):
    """Avis of the committee. `text`: the number of the sealed text that was voted, the last one unless said.

    `deliberation_needed`: left out, it is not known.
    """

    reorganisation: Code
    session: SessionId
    votes: tuple[UnionVote, ...] = ()
    outcomes: tuple[CollegeOutcome, ...] = ()
    remarks: str = ""
    deliberation_needed: bool | None = None
    text: Annotated[int, Meta(ge=1)] | None = None


class Postpone(Step, frozen=True, kw_only=True, tag="postpone"):
    """« Reporté »: the session gave no opinion. `session`: the one it is postponed to, when it is known."""

    reorganisation: Code
    session: SessionId | None = None
    reason: str = ""


class PresentAgain(Step, frozen=True, kw_only=True, tag="present_again"):
    """To another session, after a postponement or for a new examination; `confirmation`: why outside of its days."""

    reorganisation: Code
    session: SessionId
    kind: Literal["avis", "information"] = "avis"
    number: Number | None = None
    confirmation: Annotated[str, Meta(max_length=300)] = ""


class ReconveneSession(Step, frozen=True, kw_only=True, tag="reconvene_session"):
    """`session` could not sit for want of quorum: what was on its agenda passes to the session `to`."""

    session: SessionId
    to: SessionId


class SendBack(Step, frozen=True, kw_only=True, tag="send_back"):
    reorganisation: Code
    reason: str = ""


class Withdraw(Step, frozen=True, kw_only=True, tag="withdraw"):
    reorganisation: Code
    reason: str = ""


# The session itself


class AddAgendaItem(Step, frozen=True, kw_only=True, tag="add_agenda_item"):
    """A matter that is no reorganisation. `minutes_of`: the session whose minutes it is to approve."""

    session: SessionId
    id: AgendaItemId
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    kind: Literal["avis", "information"] = "information"
    number: Number | None = None
    note: str = ""
    minutes_of: SessionId | None = None


class AttendanceOf(Value, frozen=True, kw_only=True):
    """A member, as seated that day. An export that names nobody leaves `name` empty."""

    id: AttendanceId
    college: CollegeName
    presence: Literal["present", "represente", "excuse", "absent"]
    name: Annotated[str, Meta(max_length=150)] = ""
    union: Annotated[str, Meta(max_length=100)] = ""
    substitute: bool = False
    represented_by: AttendanceId | None = None
    arrived_at: TimeOfDay | None = None
    left_at: TimeOfDay | None = None


class RecordAttendance(Step, frozen=True, kw_only=True, tag="record_attendance"):
    """Who was there, in the order of the minutes. The numbers at the opening that the session lacks follow from it."""

    session: SessionId
    lines: tuple[AttendanceOf, ...]


class StatementOf(Value, frozen=True, kw_only=True):
    """Déclaration. `file_name` mentions a file; the file itself is no part of a case."""

    id: StatementId
    author: Annotated[str, Meta(min_length=1, max_length=150)]
    text: str = ""
    file_name: Annotated[str, Meta(max_length=200)] = ""


class RecordDebate(Step, frozen=True, kw_only=True, tag="record_debate"):
    """What was said of an item: that of the reorganisation `about`, or another matter (`item`). Texts in Markdown."""

    session: SessionId
    about: Code | None = None
    item: AgendaItemId | None = None
    note: str = ""
    debate: str = ""
    conclusion: Annotated[str, Meta(max_length=300)] = ""
    statements: tuple[StatementOf, ...] = ()

    def __post_init__(self) -> None:
        if (self.about is None) == (self.item is None):
            raise ValueError(
                "Donnez «\u00a0about\u00a0» pour une réorganisation, ou «\u00a0item\u00a0» pour un autre point."
            )


# Decision and execution


class Decide(Step, frozen=True, kw_only=True, tag="decide"):
    reorganisation: Code
    kind: Literal["arrete", "deliberation", "decision"]
    dated_on: datetime.date
    number: str = ""
    signatory: str = ""
    transmitted_on: datetime.date | None = None
    published_on: datetime.date | None = None


class RecordAct(Step, frozen=True, kw_only=True, tag="record_act"):
    """Another act on the same text, beside the one that decided."""

    reorganisation: Code
    kind: Literal["arrete", "deliberation", "decision"]
    dated_on: datetime.date
    number: str = ""
    signatory: str = ""
    transmitted_on: datetime.date | None = None
    published_on: datetime.date | None = None


class Confirm(Step, frozen=True, kw_only=True, tag="confirm"):
    """What the application flagged is so, and why."""

    reorganisation: Code
    subject: Literal["sans-deliberation"]
    reason: Annotated[str, Meta(min_length=1)]


class SetStageDate(Step, frozen=True, kw_only=True, tag="set_stage_date"):
    """`stage` counts from 0, as in the sealed text."""

    reorganisation: Code
    stage: Number
    effective_on: datetime.date


class ApplyStage(Step, frozen=True, kw_only=True, tag="apply_stage"):
    """The stage comes into force and seals its version."""

    reorganisation: Code
    stage: Number


class ResolveByBourse(Step, frozen=True, kw_only=True, tag="resolve_transformation"):
    """The bourse is decided: `post` is the candidate that gives way. `pending` is the change that left it open.

    `from_elsewhere`: the person retained held none of the candidates, `post` was vacant.
    """

    reorganisation: Code
    pending: ChangeId
    post: PostId
    on: datetime.date
    from_elsewhere: bool = False


class RecordFruitlessBourse(Step, frozen=True, kw_only=True, tag="fruitless_bourse"):
    """The bourse determined nothing: why, and what HR does next; the transformation stays open."""

    reorganisation: Code
    pending: ChangeId
    outcome: Literal["aucun_candidat", "aucun_retenu"]
    next: Literal["rouvrir", "vacant", "nouvel_examen"]
    on: datetime.date
    note: str = ""


class AdjustExecution(Step, frozen=True, kw_only=True, tag="adjust_execution"):
    """What had to be done otherwise than the text voted: instead of change `replaces`, or in addition."""

    reorganisation: Code
    reason: Annotated[str, Meta(min_length=1)]
    replaces: ChangeId | None = None
    change: AnyChange | None = None


# Persons and details


class Assign(Step, frozen=True, kw_only=True, tag="assign_agent"):
    """Affectation. `share` and `working_time` in percent; the days of `begins_on` and `ends_on` are included."""

    agent: AgentId
    post: PostId
    begins_on: datetime.date
    ends_on: datetime.date | None = None
    kind: Literal["ordinary", "interim", "contract"] = "ordinary"
    share: Decimal = Decimal(100)
    working_time: Decimal = Decimal(100)


class StateVacancy(Step, frozen=True, kw_only=True, tag="state_vacancy"):
    """The post is said to be vacant since that day."""

    post: PostId
    since: datetime.date


class CorrectUnit(Step, frozen=True, kw_only=True, tag="correct_unit"):
    """A mistake in a detail of the unit, mended."""

    unit: UnitId
    fields: dict[str, Any]
    reason: Annotated[str, Meta(min_length=1)]


class CorrectPost(Step, frozen=True, kw_only=True, tag="correct_post"):
    """A mistake in a detail of the post, mended."""

    post: PostId
    fields: dict[str, Any]
    reason: Annotated[str, Meta(min_length=1)]


AnyStep = (
    OpenReorganisation
    | EditDraft
    | ArbitrateConflict
    | PutOnAgenda
    | Submit
    | AmendText
    | RecordOpinion
    | Postpone
    | PresentAgain
    | ReconveneSession
    | SendBack
    | Withdraw
    | AddAgendaItem
    | RecordAttendance
    | RecordDebate
    | Decide
    | RecordAct
    | Confirm
    | SetStageDate
    | ApplyStage
    | ResolveByBourse
    | RecordFruitlessBourse
    | AdjustExecution
    | Assign
    | StateVacancy
    | CorrectUnit
    | CorrectPost
)
