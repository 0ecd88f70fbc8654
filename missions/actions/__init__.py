"""The only writers of the chart in force: keyword-only, who does it, one transaction, French facts when refused."""

from ..tree import BrokenTree
from .agents import InvalidAgent, create_agent, purge_agents, update_agent
from .assignments import (
    InvalidAssignment,
    PostGone,
    PostHeld,
    assign_agent,
    cancel_assignment,
    change_assignment,
    end_assignment,
    state_vacancy,
)
from .capacity import AgentOverfilled, PostOverfilled
from .corrections import (
    InvalidCorrection,
    NoLongerInForce,
    NotCorrectable,
    NothingToCorrect,
    ReasonMissing,
    correct_post,
    correct_unit,
)
from .documents import EmptyDocument, store_document
from .events import (
    InvalidMilestone,
    NewPostEvent,
    add_milestone,
    record_post_event,
    record_post_events,
    remove_milestone,
)
from .locking import lock_chart
from .reference import (
    Added,
    CodeIsKept,
    InvalidReference,
    ReferenceInUse,
    add_missing_reference,
    delete_reference,
    save_employer,
    save_reference,
    set_perimeters,
)
from .structure import ChartHasMoved, UnknownReference, write_structure
from .versions import (
    ChartAlreadyOpened,
    ChartNotOpened,
    NotChronological,
    NothingToOpen,
    open_chart,
    seal_version,
)

__all__ = [
    "Added",
    "AgentOverfilled",
    "BrokenTree",
    "ChartAlreadyOpened",
    "ChartHasMoved",
    "ChartNotOpened",
    "CodeIsKept",
    "EmptyDocument",
    "InvalidAgent",
    "InvalidAssignment",
    "InvalidCorrection",
    "InvalidMilestone",
    "InvalidReference",
    "NewPostEvent",
    "NoLongerInForce",
    "NotChronological",
    "NotCorrectable",
    "NothingToCorrect",
    "NothingToOpen",
    "PostGone",
    "PostHeld",
    "PostOverfilled",
    "ReasonMissing",
    "ReferenceInUse",
    "UnknownReference",
    "add_milestone",
    "add_missing_reference",
    "assign_agent",
    "cancel_assignment",
    "change_assignment",
    "correct_post",
    "correct_unit",
    "create_agent",
    "delete_reference",
    "end_assignment",
    "lock_chart",
    "open_chart",
    "purge_agents",
    "record_post_event",
    "record_post_events",
    "remove_milestone",
    "save_employer",
    "save_reference",
    "seal_version",
    "set_perimeters",
    "state_vacancy",
    "store_document",
    "update_agent",
    "write_structure",
]
