"""The bourse on its way: published, open and closed by the clock, examined, cancelled."""

import datetime

from django.conf import settings
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.models import Agent
from missions.moments import moment
from orgchart import french

from .. import post_events, told
from ..exceptions import InvalidPosting, NotEditable
from ..fiche import read_fiche, seal
from ..models import EligiblePerson, Notice, Posting
from ..needs import is_before_opinion
from ..permissions import check_actor, check_can_manage_posting
from ..queries.group import group_of, rule_in_words, verdict_for
from ..queries.warnings import posting_warnings
from ..status import PostingStatus
from ..workflow import check_posting
from .locking import locked
from .telling import tell


@transaction.atomic
def publish(
    *, posting: Posting, by: User | None, early_reason: str | None = None, now: datetime.datetime | None = None
) -> Posting:
    """Seal the fiche; what the application warns of is logged with it. Before the opinion of the committee, a reason.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet with everything that is missing.
    """
    row = locked(posting)
    if early_reason is not None:
        row.early_reason = early_reason.strip()
    check_posting(row, PostingStatus.PUBLISHED, action="publish", by=by, now=now)
    sealed = seal(read_fiche(row.fiche))
    row.sealed_fiche, row.fiche_sha256 = sealed
    row.published_at, row.published_by = now or told.now(), by
    early = is_before_opinion(row)
    if not early:
        row.early_reason = ""
    move_posting(row, posting, PostingStatus.PUBLISHED)
    record_event(
        verb="publish_posting",
        target=row,
        by=by,
        summary="Bourse publiée avant l’avis du comité." if early else "Bourse publiée.",
        details={
            "sha256": sealed.sha256,
            "early_reason": row.early_reason,
            "warnings": list(posting_warnings(row)),
        },
    )
    return row


@transaction.atomic
def extend(
    *,
    posting: Posting,
    closes_at: datetime.datetime,
    reason: str,
    by: User | None,
    now: datetime.datetime | None = None,
) -> Posting:
    """Close later than announced, for everybody and for a reason. Raises NotAllowed, NotEditable, InvalidPosting."""
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    if row.status not in (PostingStatus.PUBLISHED, PostingStatus.OPEN):
        raise NotEditable("Seule une bourse publiée ou ouverte peut être prolongée.")
    if not reason.strip():
        raise InvalidPosting("Une prolongation a un motif.", "reason")
    if row.closes_at is None or closes_at <= max(row.closes_at, now or told.now()):
        raise InvalidPosting("La nouvelle clôture vient après l’ancienne, et après maintenant.", "closes_at")
    row.closes_at = posting.closes_at = closes_at
    row.save(update_fields=["closes_at"])
    record_event(
        verb="extend_posting",
        target=row,
        by=by,
        summary=f"Clôture reportée au {moment(closes_at)}.",
        details={"reason": reason.strip()},
    )
    return row


@transaction.atomic
def open_posting(*, posting: Posting, by: User | None, now: datetime.datetime | None = None) -> Posting:
    """Freeze the list of those who may apply, tell them, and let them. `by` None: the clock.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet before its time.
    """
    row = locked(posting)
    check_posting(row, PostingStatus.OPEN, action="open_posting", by=by, now=now)
    group = group_of(row)
    row.opened_at, row.opened_by = now or told.now(), by
    EligiblePerson.objects.bulk_create(
        EligiblePerson(posting=row, agent_id=each.uid, reasons=list(each.reasons), added_at=row.opened_at, added_by=by)
        for each in group.people
    )
    move_posting(row, posting, PostingStatus.OPEN)
    number = french.count(group.size, "agent éligible", "agents éligibles")
    post_events.opened(row, to=rule_in_words(row), number=group.size, by=by)
    record_event(
        verb="open_posting",
        target=row,
        by=by,
        summary=f"Bourse ouverte, liste arrêtée\u00a0: {number}.",
        details={"eligible": group.size, "doubtful": len(group.doubtful)},
    )
    tell(posting=row, kind=Notice.Kind.OPENED, agents=[each.uid for each in group.people])
    return row


@transaction.atomic
def add_eligible(*, posting: Posting, agent: Agent, reason: str, by: User | None) -> EligiblePerson:
    """After the list was frozen, while the bourse is open: one person, for a reason; they are told.

    Raises NotAllowed, NotEditable, InvalidPosting.
    """
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    row = locked(posting)
    if row.status != PostingStatus.OPEN:
        raise NotEditable("La liste ne se complète que pendant l’ouverture de la bourse.")
    reason = reason.strip()
    if not reason:
        raise InvalidPosting("Un ajout à la liste a un motif.", "reason")
    if row.eligible.filter(agent=agent).exists():
        raise InvalidPosting("Cet agent est déjà dans la liste.", "agent")
    against = verdict_for(row, agent).texts
    person = EligiblePerson.objects.create(
        posting=row,
        agent=agent,
        reasons=[f"Ajout nominatif\u00a0: {reason}"],
        added_at=told.now(),
        added_by=by,
        added_reason=reason,
    )
    record_event(
        verb="add_eligible",
        target=row,
        by=by,
        summary="Agent ajouté à la liste des éligibles.",
        details={"agent": agent.uid, "reason": reason, "against": against},
    )
    tell(posting=row, kind=Notice.Kind.OPENED, agents=[agent.uid])
    return person


@transaction.atomic
def close_posting(*, posting: Posting, by: User | None, now: datetime.datetime | None = None) -> Posting:
    """Raises ImpossibleTransition, NotAllowed, NeedsNotMet before its time."""
    row = locked(posting)
    check_posting(row, PostingStatus.CLOSED, action="close_posting", by=by, now=now)
    row.closed_at, row.closed_by = now or told.now(), by
    move_posting(row, posting, PostingStatus.CLOSED)
    number = row.applications.applicants().count()
    post_events.closed(row, number=number, by=by)
    record_event(verb="close_posting", target=row, by=by, summary="Bourse close.", details={"applications": number})
    return row


@transaction.atomic
def start_examination(*, posting: Posting, by: User | None) -> Posting:
    """The jury is known and has declared its ties. Raises ImpossibleTransition, NotAllowed, NeedsNotMet."""
    row = locked(posting)
    check_posting(row, PostingStatus.EXAMINATION, action="start_examination", by=by)
    move_posting(row, posting, PostingStatus.EXAMINATION)
    record_event(verb="start_examination", target=row, by=by, summary="Examen des candidatures ouvert.")
    return row


@transaction.atomic
def cancel_posting(*, posting: Posting, reason: str, by: User | None) -> Posting:
    """For a reason, before the decision; the candidates are told. Raises ImpossibleTransition, NotAllowed,
    InvalidPosting."""
    row = locked(posting)
    check_posting(row, PostingStatus.CANCELLED, action="cancel_posting", by=by)
    reason = reason.strip()
    if not reason:
        raise InvalidPosting("Une annulation a un motif.", "reason")
    was_public = row.published_at is not None
    row.cancelled_at, row.cancelled_by, row.cancelled_reason = told.now(), by, reason
    row.purge_on = told.today() + datetime.timedelta(days=settings.APPLICATIONS_KEPT_DAYS)
    move_posting(row, posting, PostingStatus.CANCELLED)
    if was_public:
        post_events.cancelled(row, on=told.today(), by=by)
    record_event(verb="cancel_posting", target=row, by=by, summary="Bourse annulée.", details={"reason": reason})
    tell(posting=row, kind=Notice.Kind.CANCELLED, agents=[each.agent_id for each in row.applications.live()])
    return row


def move_posting(row: Posting, given: Posting, status: PostingStatus) -> None:
    """The transition was checked. `given` is the object that the caller holds: it learns what the row now is."""
    row.status = status
    row.save()
    for field in Posting._meta.concrete_fields:
        setattr(given, field.attname, getattr(row, field.attname))
