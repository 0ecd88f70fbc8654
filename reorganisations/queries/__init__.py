"""Reads shaped for a page: constant numbers of queries."""

from .bases import base_structure, chart_in_force
from .draft import Draft, draft
from .edits import edits_since
from .execution import Execution, execution_of, last_opinion, planned_stages, standing_decision, voted_text
from .records import dossiers_for, opinion_warnings, rules_on, session_warnings, trail_of
from .written import announced_of, changes_of

__all__ = [
    "Draft",
    "Execution",
    "announced_of",
    "base_structure",
    "changes_of",
    "chart_in_force",
    "dossiers_for",
    "draft",
    "edits_since",
    "execution_of",
    "last_opinion",
    "opinion_warnings",
    "planned_stages",
    "rules_on",
    "session_warnings",
    "standing_decision",
    "trail_of",
    "voted_text",
]
