from .agent import Agent
from .append_only import NeverRewritten
from .assignment import Assignment, AssignmentKind
from .correction import Correction, CorrectionTarget
from .document import Document, DocumentContent
from .employer import Employer
from .grade import Category, Grade
from .job_title import JobTitle
from .milestone import Milestone
from .opening_draft import OpeningDraft
from .pending_transformation import PendingTransformation
from .perimeter import Perimeter
from .post import Post
from .post_event import PostEvent
from .rendering import Rendering, RenderingState
from .site import Site
from .unit import Unit
from .unit_kind import UnitKind
from .version import Version, VersionKind

__all__ = [
    "Agent",
    "Assignment",
    "AssignmentKind",
    "Category",
    "Correction",
    "CorrectionTarget",
    "Document",
    "DocumentContent",
    "Employer",
    "Grade",
    "JobTitle",
    "Milestone",
    "NeverRewritten",
    "OpeningDraft",
    "PendingTransformation",
    "Perimeter",
    "Post",
    "PostEvent",
    "Rendering",
    "RenderingState",
    "Site",
    "Unit",
    "UnitKind",
    "Version",
    "VersionKind",
]
