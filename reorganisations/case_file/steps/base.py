"""What every step is made of: identifiers, short types, the mark of what is made up."""

from typing import Annotated, Literal, NewType

from msgspec import Meta

from orgchart.values import Value

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
