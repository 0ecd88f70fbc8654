from ..status import ApplicationStatus, PostingStatus
from .application import Application, ApplicationFile
from .criterion import Criterion
from .eligible_person import EligiblePerson
from .examination import BEST_SCORE, Admissibility, Assessment, Interview, Proposal, Ranking
from .jury_member import ConflictOfInterest, JuryMember
from .minutes import NamedMinutes
from .notice import Notice
from .outcome import ApplicationOutcome, FollowUp, Outcome, VacatedPost
from .posting import Posting, Scope

__all__ = [
    "BEST_SCORE",
    "Admissibility",
    "Application",
    "ApplicationFile",
    "ApplicationOutcome",
    "ApplicationStatus",
    "Assessment",
    "ConflictOfInterest",
    "Criterion",
    "EligiblePerson",
    "FollowUp",
    "Interview",
    "JuryMember",
    "NamedMinutes",
    "Notice",
    "Outcome",
    "Posting",
    "PostingStatus",
    "Proposal",
    "Ranking",
    "Scope",
    "VacatedPost",
]
