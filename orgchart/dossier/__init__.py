"""The committee's dossier as sentences, lists and tables: the one source of the page, the PDF, the office document and
the spreadsheet. It names nobody: nothing of a person enters a structure.
"""

from .blocks import (
    Adjustment,
    Block,
    Bullets,
    Column,
    Dossier,
    Explanation,
    Group,
    Heading,
    Line,
    Paragraph,
    Part,
    Picture,
    Prose,
    Sheet,
    Table,
)
from .committee import CommitteeDossier, Piece, committee_dossier
from .facts import STANDARD_PARTS, Deadline, Facts, Milestone, Narrative, NarrativeSection
from .report import dossier, unknown_part

__all__ = [
    "STANDARD_PARTS",
    "Adjustment",
    "Block",
    "Bullets",
    "Column",
    "CommitteeDossier",
    "Deadline",
    "Dossier",
    "Explanation",
    "Facts",
    "Group",
    "Heading",
    "Line",
    "Milestone",
    "Narrative",
    "NarrativeSection",
    "Paragraph",
    "Part",
    "Picture",
    "Piece",
    "Prose",
    "Sheet",
    "Table",
    "committee_dossier",
    "dossier",
    "unknown_part",
]
