"""From the agenda to the opinion."""

import datetime
from typing import Annotated, Literal

from msgspec import Meta

from orgchart.values import Value

from .base import Code, CollegeName, Number, OutcomeName, SessionId, Step


class PutOnAgenda(Step, frozen=True, kw_only=True, tag="put_on_agenda"):
    """A draft inscribed before it is submitted."""

    reorganisation: Code
    session: SessionId
    kind: Literal["avis", "information"] = "avis"
    number: Number | None = None


class Submit(Step, frozen=True, kw_only=True, tag="submit"):
    """Put on the agenda of a session and sealed; without a `kind`, that of the point inscribed, else « avis »."""

    reorganisation: Code
    session: SessionId
    kind: Literal["avis", "information"] | None = None
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
