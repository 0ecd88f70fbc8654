"""The outcome: who is retained, or nobody, each candidate with a reason; one transaction writes it all."""

import datetime
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.actions import lock_chart

from .. import post_events, told
from ..exceptions import AlreadyDecided, CandidateWithdrew, InvalidOutcome
from ..models import Application, ApplicationOutcome, Notice, Outcome, Posting
from ..status import APPLICANT, ApplicationStatus, PostingStatus
from ..workflow import check_application, check_posting
from .applying import move_application
from .assigning import arrive, write_assignments
from .locking import locked
from .publishing import move_posting
from .telling import tell

APPEAL = (
    "Recours gracieux auprès de l’autorité qui a pris la décision, ou recours devant le tribunal administratif, dans "
    "les deux mois de sa notification."
)
"""Proposed; HR writes what applies."""

OVER = frozenset({PostingStatus.DECIDED, PostingStatus.ASSIGNED, PostingStatus.UNFILLED, PostingStatus.REOPENED})


@transaction.atomic
def record_outcome(
    *,
    posting: Posting,
    by: User | None,
    retained: Sequence[tuple[Application, str]] = (),
    reasons: Mapping[str, str],
    effective_on: datetime.date | None = None,
    reason: str = "",
    candidate_post: str = "",
    appeal_ways: str = APPEAL,
    appeal_until: datetime.date | None = None,
) -> Outcome:
    """Decide. `retained`: each with its post, or empty for the next place. `reasons`: uid of each application → why.

    `candidate_post`: of an undetermined transformation, the vacant candidate that HR names where the person retained
    holds none. In the same transaction, as soon as they can be: assignments end and begin on `effective_on`, the
    transformation is determined and its version sealed, the posts left vacant are noted. With nobody retained, the
    bourse is « infructueuse », for a `reason`.

    Raises AlreadyDecided, CandidateWithdrew (somebody else was faster), ImpossibleTransition, NotAllowed, NeedsNotMet,
    InvalidOutcome, CannotBeAssigned; then nothing is written.
    """
    from ..tasks import write_minutes_of

    lock_chart()
    row = locked(posting)
    if row.status in OVER:
        raise AlreadyDecided(f"L’issue de cette bourse est déjà enregistrée\u00a0: elle est {row.known_status.label}.")
    check_posting(row, PostingStatus.DECIDED if retained else PostingStatus.UNFILLED, action="record_outcome", by=by)
    applications = _standing(row)
    places = _places(row, retained, applications)
    outcome = _outcome(row, bool(places), effective_on, reason, by=by)
    outcome.candidate_post = candidate_post.strip()
    outcome.appeal_ways, outcome.appeal_until = appeal_ways.strip(), appeal_until
    outcome.save()
    _decide_each(outcome, applications, places, reasons, by=by)
    row.purge_on = (appeal_until or told.today()) + datetime.timedelta(days=settings.APPLICATIONS_KEPT_DAYS)
    move_posting(row, posting, PostingStatus.DECIDED if places else PostingStatus.UNFILLED)
    record_event(
        verb="record_outcome",
        target=row,
        by=by,
        summary=f"Bourse {'décidée' if places else 'déclarée infructueuse'}.",
        details={"retained": len(places), "applications": len(applications), "reason": outcome.reason},
    )
    if not places:
        words = "" if applications else "\u00a0: aucune candidature"
        post_events.unfilled(row, on=told.today(), words=words, by=by)
    elif write_assignments(row, outcome, by=by) and (effective_on or told.today()) <= told.today():
        arrive(row, posting, by=by)
    tell(posting=row, kind=Notice.Kind.DECIDED, agents=[each.agent_id for each in applications.values()])
    transaction.on_commit(lambda: write_minutes_of.enqueue(row.uid))
    return outcome


def _standing(row: Posting) -> dict[int, Application]:
    """The candidacies as they are now, held until the end: key → application, in the order of their numbers."""
    rows = row.applications.select_for_update(of=("self",)).exclude(status=ApplicationStatus.DRAFT)
    found = {each.pk: each for each in rows.select_related("agent__user", "admissibility").order_by("number")}
    for each in found.values():
        each.posting = row
    return found


def _places(
    row: Posting, retained: Sequence[tuple[Application, str]], applications: dict[int, Application]
) -> dict[int, str]:
    """Key of each retained application → its post; the withdrawn leave the applications to decide."""
    gone = [key for key, each in applications.items() if each.status == ApplicationStatus.WITHDRAWN]
    withdrawn = [applications.pop(key) for key in gone]
    keys = [each.pk for each, _ in retained]
    for each in withdrawn:
        if each.pk in keys:
            raise CandidateWithdrew(f"{each} a été retirée\u00a0: rien n’est décidé.")
    if any(key not in applications for key in keys) or len(set(keys)) != len(keys):
        raise InvalidOutcome("Une candidature retenue n’est pas de cette bourse, ou est citée deux fois.")
    if len(keys) > row.places:
        raise InvalidOutcome("Il y a plus de candidatures retenues que de places.")
    free = [post for post in row.posts if post not in [post for _, post in retained]]
    places = {each.pk: post or free.pop(0) for each, post in retained}
    if len(set(places.values())) != len(places) or not set(places.values()) <= set(row.posts):
        raise InvalidOutcome("Chaque candidature retenue va sur un poste de cette bourse, et un seul.")
    return places


def _outcome(
    row: Posting, filled: bool, effective_on: datetime.date | None, reason: str, *, by: User | None
) -> Outcome:
    if filled and effective_on is None:
        raise InvalidOutcome("Donnez la date d’effet de l’affectation.")
    if not filled and not reason.strip():
        raise InvalidOutcome("Une bourse infructueuse l’est pour un motif.")
    return Outcome(
        posting=row,
        kind=Outcome.Kind.FILLED if filled else Outcome.Kind.UNFILLED,
        reason=reason.strip(),
        effective_on=effective_on if filled else None,
        decided_at=told.now(),
        decided_by=by,
        fictitious=row.fictitious,
    )


def _decide_each(
    outcome: Outcome,
    applications: dict[int, Application],
    places: dict[int, str],
    reasons: Mapping[str, str],
    *,
    by: User | None,
) -> None:
    for key, each in applications.items():
        said = reasons.get(each.uid, "").strip()
        if not said and each.status == ApplicationStatus.INADMISSIBLE:
            said = each.admissibility.reason
        if not said:
            raise InvalidOutcome(f"{each}\u00a0: donnez le motif de la décision.")
        if key in places or each.status != ApplicationStatus.INADMISSIBLE:
            target = ApplicationStatus.RETAINED if key in places else ApplicationStatus.NOT_RETAINED
            check_application(each, target, action="record_outcome", by=by)
            move_application(each, each, target)
        ApplicationOutcome.objects.create(
            outcome=outcome, application=each, retained=key in places, reason=said, post_uid=places.get(key, "")
        )


def candidacies(posting: Posting) -> int:
    """How many count, for what is said of an unfilled bourse."""
    return posting.applications.filter(status__in=APPLICANT).count()
