"""What a session holds beside reorganisations: other matters, who was there, what was said."""

from typing import Annotated, Literal

from msgspec import Meta

from orgchart.values import Value

from .base import AgendaItemId, AttendanceId, Code, CollegeName, Number, SessionId, StatementId, Step, TimeOfDay


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
