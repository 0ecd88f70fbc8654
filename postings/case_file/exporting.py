"""The bourses of the database as a file that tells them again."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F
from django.utils import timezone
from msgspec import convert

from orgchart.values import ChangeId, PostId
from reorganisations.case_file.steps import AgentId, ReorganisationCode

from ..eligibility import read_eligibility
from ..fiche import read_fiche
from ..models import Application, JuryMember, Outcome, Posting
from ..status import ApplicationStatus, PostingStatus
from .types import (
    Added,
    AdmissibilityOf,
    ApplicationOf,
    Bourse,
    BourseFile,
    Cancellation,
    CriterionOf,
    DecisionOf,
    InterviewOf,
    MemberOf,
    OutcomeOf,
    ProposalOf,
    RankingOf,
    Tie,
)

TITLE = "Bourses internes"
SAME = (
    "code",
    "title",
    "wave",
    "scope",
    "contact",
    "dve_number",
    "dve_published_on",
    "legal_number",
    "legal_on",
    "anonymous_until_decision",
    "line_manager_informed",
    "early_reason",
    "fictitious",
)
MOMENTS = ("opens_at", "closes_at", "published_at", "opened_at", "closed_at")
EXAMINED = (PostingStatus.EXAMINATION, PostingStatus.DECIDED, PostingStatus.ASSIGNED)


def export_bourses(*, title: str = TITLE) -> BourseFile:
    """All but those whose applications are forgotten: there is nothing left to tell again."""
    rows = Posting.objects.filter(purged_at=None).select_related("reorganisation", "parent")
    return BourseFile(format=1, title=title, postings=tuple(_bourse(row) for row in rows.order_by("pk")))


def _bourse(row: Posting) -> Bourse:
    fields: dict[str, Any] = {field: getattr(row, field) for field in SAME}
    fields |= {field: _moment(getattr(row, field)) for field in MOMENTS}
    outcome: Outcome | None = getattr(row, "outcome", None)
    applications = list(_rows(row))
    ranked = [each for each in applications if hasattr(each, "ranking")]
    return Bourse(
        **fields,
        prepared_at=_at(row.created_at),
        post=None if row.pending else PostId(row.post_uid),
        more_posts=tuple(PostId(each) for each in row.more_posts),
        reorganisation=ReorganisationCode(row.reorganisation.code) if row.reorganisation else None,
        pending=ChangeId(row.pending) if row.pending else None,
        parent=row.parent.code if row.parent else None,
        fiche=read_fiche(row.fiche),
        pieces=tuple(row.pieces),
        rule=read_eligibility(row.rule) if row.rule is not None else None,
        criteria=tuple(CriterionOf(label=each.label, weight=each.weight) for each in row.criteria.all()),
        jury=tuple(_member(each) for each in row.jury.select_related("user")),
        added=tuple(
            Added(agent=AgentId(each.agent_id), reason=each.added_reason, at=_at(each.added_at))
            for each in row.eligible.exclude(added_reason="")
        ),
        applications=tuple(_application(each) for each in applications),
        examined=row.status in EXAMINED or any(hasattr(each, "admissibility") for each in applications),
        proposal=_proposal(row, ranked),
        outcome=_outcome(outcome) if outcome else None,
        cancelled=Cancellation(at=_at(row.cancelled_at), reason=row.cancelled_reason) if row.cancelled_at else None,
    )


def _rows(row: Posting) -> Iterable[Application]:
    """In the order of their numbers, the drafts last: the file numbers them so."""
    found = row.applications.select_related("admissibility", "interview", "ranking", "decision")
    return found.order_by(F("number").asc(nulls_last=True), "pk")


def _member(row: JuryMember) -> MemberOf:
    return MemberOf(
        name=str(row),
        capacity=row.capacity,
        president=row.president,
        declared_at=_moment(row.declared_at),
        declaration=row.declaration,
        ties=tuple(
            Tie(application=each.application.number, reason=each.reason)
            for each in row.conflicts.select_related("application")
            if each.application.number is not None
        ),
    )


def _application(row: Application) -> ApplicationOf:
    return ApplicationOf(
        agent=AgentId(row.agent_id),
        saved_at=_at(row.saved_at),
        letter=row.letter,
        gender=convert(row.gender, ApplicationOf.__annotations__["gender"]),
        submitted_at=_moment(row.submitted_at),
        late_at=_moment(row.late_at),
        withdrawn_at=_moment(row.withdrawn_at),
        shortlisted=hasattr(row, "interview") or row.status == ApplicationStatus.SHORTLISTED,
        **dict(_examined(row)),
    )


def _examined(row: Application) -> Iterator[tuple[str, Any]]:
    if hasattr(row, "admissibility"):
        found = row.admissibility
        yield (
            "admissibility",
            AdmissibilityOf(at=_at(found.decided_at), admissible=found.admissible, reason=found.reason),
        )
    if hasattr(row, "interview"):
        slot = row.interview
        yield (
            "interview",
            InterviewOf(
                starts_at=_at(slot.starts_at),
                ends_at=_at(slot.ends_at),
                place=slot.place,
                planned_at=_at(slot.planned_at),
                held_at=_moment(slot.held_at),
            ),
        )
    if hasattr(row, "ranking"):
        rank = row.ranking
        yield "ranking", RankingOf(at=_at(rank.ranked_at), rank=rank.rank, tied=rank.tied, opinion=rank.opinion)
    if hasattr(row, "decision"):
        said = row.decision
        post = PostId(said.post_uid) if said.post_uid else None
        yield "decision", DecisionOf(retained=said.retained, reason=said.reason, post=post)


def _proposal(row: Posting, ranked: Iterable[Application]) -> ProposalOf | None:
    if not hasattr(row, "proposal"):
        return None
    found = row.proposal
    return ProposalOf(
        at=_at(found.proposed_at),
        reason=found.reason,
        applications=tuple(each.number for each in ranked if each.ranking.proposed and each.number is not None),
        tie_break=found.tie_break,
    )


def _outcome(row: Outcome) -> OutcomeOf:
    given = {
        "kind": row.kind,
        "at": _at(row.decided_at),
        "reason": row.reason,
        "effective_on": row.effective_on,
        "candidate_post": row.candidate_post or None,
        "appeal_ways": row.appeal_ways,
        "appeal_until": row.appeal_until,
        "assigned_at": _moment(row.assigned_at),
        "assigned": row.posting.status == PostingStatus.ASSIGNED,
        "follow_up": row.follow_up,
    }
    return convert(given, OutcomeOf)


def _at(at: datetime.datetime) -> datetime.datetime:
    """In Paris, as it is said."""
    return timezone.localtime(at)


def _moment(at: datetime.datetime | None) -> datetime.datetime | None:
    return _at(at) if at else None
