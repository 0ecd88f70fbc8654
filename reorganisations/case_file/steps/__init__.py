"""What was recorded after the opening state, one step an action: replayed in order, they make the versions again."""

from .base import (
    AgendaItemId,
    AgentId,
    AttendanceId,
    CommitteeId,
    MilestoneId,
    ReorganisationCode,
    SessionId,
    StatementId,
    Step,
    TimeOfDay,
)
from .chart import Assign, CorrectPost, CorrectUnit, StateVacancy
from .committee import (
    AmendText,
    CollegeOutcome,
    Postpone,
    PresentAgain,
    PutOnAgenda,
    ReconveneSession,
    RecordOpinion,
    SendBack,
    Submit,
    UnionVote,
    Withdraw,
)
from .draft import ArbitrateConflict, EditDraft, OpenReorganisation, Section, SituationOf
from .execution import (
    AdjustExecution,
    ApplyStage,
    Confirm,
    Decide,
    RecordAct,
    RecordFruitlessBourse,
    ResolveByBourse,
    SetStageDate,
)
from .session import AddAgendaItem, AttendanceOf, RecordAttendance, RecordDebate, StatementOf

__all__ = [
    "AddAgendaItem",
    "AdjustExecution",
    "AgendaItemId",
    "AgentId",
    "AmendText",
    "AnyStep",
    "ApplyStage",
    "ArbitrateConflict",
    "Assign",
    "AttendanceId",
    "AttendanceOf",
    "CollegeOutcome",
    "CommitteeId",
    "Confirm",
    "CorrectPost",
    "CorrectUnit",
    "Decide",
    "EditDraft",
    "MilestoneId",
    "OpenReorganisation",
    "Postpone",
    "PresentAgain",
    "PutOnAgenda",
    "ReconveneSession",
    "RecordAct",
    "RecordAttendance",
    "RecordDebate",
    "RecordFruitlessBourse",
    "RecordOpinion",
    "ReorganisationCode",
    "ResolveByBourse",
    "Section",
    "SendBack",
    "SessionId",
    "SetStageDate",
    "SituationOf",
    "StateVacancy",
    "StatementId",
    "StatementOf",
    "Step",
    "Submit",
    "TimeOfDay",
    "UnionVote",
    "Withdraw",
]

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
