"""Problems of a chart (`faults`) and of a draft (`check_draft`)."""

from .announced import Announced, AnnouncedPart
from .draft import check_draft
from .faults import faults
from .problem import Problem, Severity, worst_first

__all__ = ["Announced", "AnnouncedPart", "Problem", "Severity", "check_draft", "faults", "worst_first"]
