"""Reads shaped for a page: constant numbers of queries, values rather than model objects for the chart."""

from .chart import nomenclature, partial_structure, structure_in_force
from .dates import (
    AgentName,
    ChartOnDate,
    Moment,
    agents_by_uid,
    chart_is_open,
    chart_on,
    holders_on,
    newest_version,
    version_by_number,
    version_structure,
    versions_timeline,
)
from .documents import content_of, document_of, documents_of, employer
from .fiction import shows_fiction
from .history import FieldChange, HistoryLine, history_lines
from .occupation import Holder, Occupation, holders_by_post, holders_of, occupation_of, occupations
from .posts import NONE, SORTS, PostFilters, PostTotals, UnitPlace, posts_table, posts_totals, unit_places
from .search import Found, FoundAgent, FoundPost, FoundUnit, folded, printed, search
from .sheet import CorrectionLine, PendingWords, PostSheet, Relative, Step, corrections_about, path_to, post_sheet

__all__ = [
    "NONE",
    "SORTS",
    "AgentName",
    "ChartOnDate",
    "CorrectionLine",
    "FieldChange",
    "Found",
    "FoundAgent",
    "FoundPost",
    "FoundUnit",
    "HistoryLine",
    "Holder",
    "Moment",
    "Occupation",
    "PendingWords",
    "PostFilters",
    "PostSheet",
    "PostTotals",
    "Relative",
    "Step",
    "UnitPlace",
    "agents_by_uid",
    "chart_is_open",
    "chart_on",
    "content_of",
    "corrections_about",
    "document_of",
    "documents_of",
    "employer",
    "folded",
    "history_lines",
    "holders_by_post",
    "holders_of",
    "holders_on",
    "newest_version",
    "nomenclature",
    "occupation_of",
    "occupations",
    "partial_structure",
    "path_to",
    "post_sheet",
    "posts_table",
    "posts_totals",
    "printed",
    "search",
    "shows_fiction",
    "structure_in_force",
    "unit_places",
    "version_by_number",
    "version_structure",
    "versions_timeline",
]
