from ..status import Status
from .agenda_item import AgendaItem
from .attendance import Attendance, Presence
from .calendar_feed import CalendarFeed
from .change_record import ChangeRecord
from .committee import College, Committee, CommitteeKind, CommitteeMember
from .committee_rules import CommitteeRules
from .confirmation import Confirmation
from .conflict_choice import ConflictChoice
from .decision import Decision
from .draft_edit import DraftEdit
from .execution_adjustment import ExecutionAdjustment
from .fruitless_bourse import FruitlessBourse
from .narrative_section import NarrativeSection
from .opinion import CollegeOpinion, Opinion, Outcome, Vote
from .reorganisation import Reorganisation
from .resolution import TransformationResolution
from .review import Remark, Reviewer, Visa
from .sealed_text import SealedText
from .session import Session, SessionFile
from .situation import Situation
from .stage_record import StageRecord
from .statement import Statement

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "ChangeRecord",
    "College",
    "CollegeOpinion",
    "Committee",
    "CommitteeKind",
    "CommitteeMember",
    "CommitteeRules",
    "Confirmation",
    "ConflictChoice",
    "Decision",
    "DraftEdit",
    "ExecutionAdjustment",
    "FruitlessBourse",
    "NarrativeSection",
    "Opinion",
    "Outcome",
    "Presence",
    "Remark",
    "Reorganisation",
    "Reviewer",
    "SealedText",
    "Session",
    "SessionFile",
    "Situation",
    "StageRecord",
    "Statement",
    "Status",
    "TransformationResolution",
    "Visa",
    "Vote",
]
