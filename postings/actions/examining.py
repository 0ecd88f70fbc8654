"""The jury's side: admissibility, shortlist, interviews, assessments, ranking, proposal."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User

from .. import told
from ..exceptions import AlreadySealed, ImpossibleTransition, InvalidExamination, NeedsNotMet
from ..models import (
    BEST_SCORE,
    Admissibility,
    Application,
    Assessment,
    Interview,
    JuryMember,
    Notice,
    Posting,
    Proposal,
    Ranking,
)
from ..permissions import check_actor, check_can_assess, check_can_lead_jury
from ..status import EXAMINED, ApplicationStatus, PostingStatus
from ..workflow import check_application
from .applying import move_application
from .locking import locked, locked_application
from .telling import tell


@transaction.atomic
def admit(*, application: Application, by: User | None, reason: str = "") -> Admissibility:
    """Recevable. Raises ImpossibleTransition, NotAllowed, NeedsNotMet."""
    return _decide_admissibility(application, ApplicationStatus.ADMISSIBLE, action="admit", reason=reason, by=by)


@transaction.atomic
def refuse_admission(*, application: Application, reason: str, by: User | None) -> Admissibility:
    """Irrecevable, for a reason. Raises ImpossibleTransition, NotAllowed, NeedsNotMet, InvalidExamination."""
    return _decide_admissibility(
        application, ApplicationStatus.INADMISSIBLE, action="refuse_admission", reason=reason, by=by
    )


@transaction.atomic
def shortlist(*, application: Application, by: User | None) -> Application:
    """Raises ImpossibleTransition, NotAllowed, NeedsNotMet."""
    row = locked_application(application)
    check_application(row, ApplicationStatus.SHORTLISTED, action="shortlist", by=by)
    move_application(row, application, ApplicationStatus.SHORTLISTED)
    record_event(verb="shortlist", target=row, by=by, summary=f"{row} présélectionnée.")
    return row


@transaction.atomic
def plan_interview(
    *,
    application: Application,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    by: User | None,
) -> Interview:
    """A slot for a shortlisted candidate, who is told; planned again, it moves. Two do not overlap in one bourse.

    Raises NotAllowed, ImpossibleTransition, InvalidExamination.
    """
    row = locked_application(application)
    check_actor(by, lambda user: check_can_lead_jury(user, row.posting))
    if row.status != ApplicationStatus.SHORTLISTED or row.posting.status != PostingStatus.EXAMINATION:
        raise ImpossibleTransition("Seule une candidature présélectionnée, dans une bourse en examen, a un entretien.")
    if ends_at <= starts_at:
        raise InvalidExamination("L’entretien finit après avoir commencé.")
    if not place.strip():
        raise InvalidExamination("Indiquez le lieu de l’entretien.")
    others = Interview.objects.filter(application__posting=row.posting).exclude(application=row)
    standing = others.exclude(application__status=ApplicationStatus.WITHDRAWN)
    if standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise InvalidExamination("Un autre entretien de cette bourse a lieu sur ce créneau.")
    interview, _ = Interview.objects.update_or_create(
        application=row,
        defaults={
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": place.strip(),
            "planned_at": told.now(),
            "planned_by": by,
        },
    )
    record_event(verb="plan_interview", target=row, by=by, summary=f"Entretien prévu\u00a0: {row}.")
    tell(posting=row.posting, kind=Notice.Kind.INTERVIEW, agents=[row.agent_id], again=True)
    return interview


@transaction.atomic
def record_interview(*, application: Application, by: User | None, now: datetime.datetime | None = None) -> Interview:
    """It took place. Raises ImpossibleTransition, NotAllowed, NeedsNotMet."""
    row = locked_application(application)
    check_application(row, ApplicationStatus.HEARD, action="record_interview", by=by, now=now)
    interview = row.interview
    interview.held_at, interview.held_by = now or told.now(), by
    interview.save(update_fields=["held_at", "held_by"])
    move_application(row, application, ApplicationStatus.HEARD)
    record_event(verb="record_interview", target=row, by=by, summary=f"Entretien tenu\u00a0: {row}.")
    return interview


@transaction.atomic
def assess(*, application: Application, by: User, scores: Mapping[str, tuple[int, str]]) -> list[Assessment]:
    """The member's own scores: criterion → (0 to `BEST_SCORE`, remark). They may be changed until submitted.

    Raises NotAllowed, ImpossibleTransition, AlreadySealed, InvalidExamination.
    """
    row, member = _assessed_by(application, by)
    criteria = {each.uid: each for each in row.posting.criteria.all()}
    if not criteria.keys() >= scores.keys():
        raise InvalidExamination("Ce critère n’est pas de cette bourse.")
    if any(not 0 <= score <= BEST_SCORE for score, _ in scores.values()):
        raise InvalidExamination(f"La note va de 0 à {BEST_SCORE}.")
    for uid, (score, remark) in scores.items():
        Assessment.objects.update_or_create(
            member=member,
            application=row,
            criterion=criteria[uid],
            defaults={"score": score, "remark": remark.strip(), "saved_at": told.now()},
        )
    record_event(verb="assess", target=row, by=by, summary=f"Évaluation enregistrée\u00a0: {row}.")
    return list(member.assessments.filter(application=row).order_by("criterion__position"))


@transaction.atomic
def submit_assessment(*, application: Application, by: User) -> list[Assessment]:
    """Rendered for good, with a score for each criterion; the others see it once all have done so.

    Raises NotAllowed, ImpossibleTransition, AlreadySealed, InvalidExamination.
    """
    row, member = _assessed_by(application, by)
    rows = member.assessments.filter(application=row)
    if rows.count() < row.posting.criteria.count():
        raise InvalidExamination("Notez chaque critère avant de rendre votre évaluation.")
    rows.update(sealed_at=told.now())
    record_event(verb="submit_assessment", target=row, by=by, summary=f"Évaluation rendue\u00a0: {row}.")
    return list(rows.order_by("criterion__position"))


@transaction.atomic
def rank(
    *,
    application: Application,
    by: User | None,
    position: int | None = None,
    opinion: str = "",
    tied: bool = False,
) -> Ranking:
    """A rank, a reasoned opinion, or both. The same rank as another is a tie, and is said so.

    Raises ImpossibleTransition, NotAllowed, NeedsNotMet while assessments are awaited, InvalidExamination.
    """
    row = locked_application(application)
    check_application(row, ApplicationStatus.RANKED, action="rank", by=by)
    if position is None and not opinion.strip():
        raise InvalidExamination("Donnez un rang ou un avis motivé.")
    if position is not None and position < 1:
        raise InvalidExamination("Le premier rang est 1.")
    if tied and position is None:
        raise InvalidExamination("Des ex æquo ont un rang.")
    others = Ranking.objects.filter(application__posting=row.posting, rank=position, application__status__in=EXAMINED)
    if position is not None and not tied and others.exclude(application=row).exists():
        raise InvalidExamination(f"Une autre candidature est au rang {position}\u00a0: dites-les ex æquo.")
    if tied:
        others.update(tied=True)
    ranking, _ = Ranking.objects.update_or_create(
        application=row,
        defaults={
            "rank": position,
            "tied": tied,
            "opinion": opinion.strip(),
            "ranked_at": told.now(),
            "ranked_by": by,
        },
    )
    # Another ranking is another proposal.
    Proposal.objects.filter(posting=row.posting).delete()
    Ranking.objects.filter(application__posting=row.posting, proposed=True).update(proposed=False)
    move_application(row, application, ApplicationStatus.RANKED)
    record_event(verb="rank", target=row, by=by, summary=f"{row} classée.", details={"rank": position, "tied": tied})
    return ranking


@transaction.atomic
def propose(
    *, posting: Posting, by: User | None, applications: Sequence[Application], reason: str, tie_break: str = ""
) -> Proposal:
    """Those whom the jury proposes, or nobody. Made again, it replaces the one before.

    Raises NotAllowed, ImpossibleTransition, NeedsNotMet, InvalidExamination.
    """
    row = locked(posting)
    check_actor(by, lambda user: check_can_lead_jury(user, row))
    if row.status != PostingStatus.EXAMINATION:
        raise ImpossibleTransition("Le jury fait sa proposition pendant l’examen.")
    if not reason.strip():
        raise InvalidExamination("La proposition est motivée.")
    if len(applications) > row.places:
        raise InvalidExamination("Le jury propose plus de candidats que de places.")
    wanted = {each.pk for each in applications}
    found = list(Ranking.objects.filter(application__posting=row, application__status=ApplicationStatus.RANKED))
    if len(wanted & {each.application_id for each in found}) < len(applications):
        raise NeedsNotMet(["Seule une candidature classée est proposée."])
    if not tie_break.strip() and _cuts_a_tie(found, wanted):
        raise InvalidExamination("La proposition départage des ex æquo\u00a0: dites comment.")
    Ranking.objects.filter(application__posting=row).update(proposed=False)
    Ranking.objects.filter(application__in=wanted).update(proposed=True)
    proposal, _ = Proposal.objects.update_or_create(
        posting=row,
        defaults={
            "reason": reason.strip(),
            "tie_break": tie_break.strip(),
            "proposed_at": told.now(),
            "proposed_by": by,
        },
    )
    record_event(
        verb="propose", target=row, by=by, summary="Proposition du jury.", details={"proposed": len(applications)}
    )
    return proposal


def _decide_admissibility(
    application: Application, target: ApplicationStatus, *, action: str, reason: str, by: User | None
) -> Admissibility:
    row = locked_application(application)
    check_application(row, target, action=action, by=by)
    admissible = target == ApplicationStatus.ADMISSIBLE
    if not admissible and not reason.strip():
        raise InvalidExamination("L’irrecevabilité a un motif.")
    found, _ = Admissibility.objects.update_or_create(
        application=row,
        defaults={
            "admissible": admissible,
            "reason": reason.strip(),
            "decided_at": told.now(),
            "decided_by": by,
        },
    )
    move_application(row, application, target)
    said = "recevable" if admissible else "irrecevable"
    record_event(verb=action, target=row, by=by, summary=f"{row} {said}.", details={"reason": found.reason})
    return found


def _assessed_by(application: Application, by: User) -> tuple[Application, JuryMember]:
    row = locked_application(application)
    check_can_assess(by, row)
    if row.posting.status != PostingStatus.EXAMINATION or row.status not in EXAMINED:
        raise ImpossibleTransition("Cette candidature n’est pas en examen.")
    member = row.posting.jury.get(user=by)
    if member.assessments.filter(application=row, sealed_at__isnull=False).exists():
        raise AlreadySealed
    return row, member


def _cuts_a_tie(rankings: Sequence[Ranking], proposed: set[int]) -> bool:
    """One of those of a rank is proposed and another is not."""
    chosen = {each.rank for each in rankings if each.application_id in proposed and each.rank is not None}
    return any(each.rank in chosen and each.application_id not in proposed for each in rankings)
