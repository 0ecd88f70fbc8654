"""The only writers of the bourse: keyword-only, who does it, one transaction, French facts when refused."""

from .applying import discard_draft, save_application, set_wishes, submit_application, withdraw
from .assigning import assign_retained
from .clock import Tick, run_clock
from .deciding import APPEAL, record_outcome
from .examining import (
    admit,
    assess,
    plan_interview,
    propose,
    rank,
    record_interview,
    refuse_admission,
    shortlist,
    submit_assessment,
)
from .files import add_file, remove_file
from .following import record_follow_up, reopen_posting
from .interviewing import plan_interviews
from .minutes import seal_minutes
from .preparing import (
    PostingFields,
    add_jury_member,
    declare_interests,
    edit_posting,
    prepare_posting,
    record_declarations,
    remove_jury_member,
)
from .publishing import (
    add_eligible,
    cancel_posting,
    close_posting,
    extend,
    open_posting,
    publish,
    start_examination,
)
from .purging import Due, purge_applications, purge_report
from .ranking import rank_candidates
from .telling import read_notice, send_letters, tell_eligible

__all__ = [
    "APPEAL",
    "Due",
    "PostingFields",
    "Tick",
    "add_eligible",
    "add_file",
    "add_jury_member",
    "admit",
    "assess",
    "assign_retained",
    "cancel_posting",
    "close_posting",
    "declare_interests",
    "discard_draft",
    "edit_posting",
    "extend",
    "open_posting",
    "plan_interview",
    "plan_interviews",
    "prepare_posting",
    "propose",
    "publish",
    "purge_applications",
    "purge_report",
    "rank",
    "rank_candidates",
    "read_notice",
    "record_declarations",
    "record_follow_up",
    "record_interview",
    "record_outcome",
    "refuse_admission",
    "remove_file",
    "remove_jury_member",
    "reopen_posting",
    "run_clock",
    "save_application",
    "seal_minutes",
    "send_letters",
    "set_wishes",
    "shortlist",
    "start_examination",
    "submit_application",
    "submit_assessment",
    "tell_eligible",
    "withdraw",
]
