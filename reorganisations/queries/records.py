"""What surrounds a reorganisation: the rules of a session and what departs from them, its documents, its trail."""

import calendar
import datetime
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Event, Role, User

from ..models import AgendaItem, College, CollegeOpinion, CommitteeRules, Outcome, Reorganisation, Session


def rules_on(day: datetime.date) -> CommitteeRules | None:
    """The rules a session of that day follows; None when the reference data has none."""
    return CommitteeRules.objects.in_force_on(day).last()


def session_warnings(
    session: Session, rules: CommitteeRules | None, today: datetime.date | None = None
) -> tuple[str, ...]:
    """What does not seem to be within the rules, as far as it is known. HR confirms: nothing here decides legality."""
    return tuple(_session_warnings(session, rules, today or timezone.localdate())) if rules else ()


def _session_warnings(session: Session, rules: CommitteeRules, today: datetime.date) -> Iterator[str]:
    held_on = session.held_on
    convocation = rules.urgent_convocation_days if session.urgent else rules.convocation_days
    if session.convoked_on and (held_on - session.convoked_on).days < convocation:
        yield f"Convocation envoyée moins de {convocation} jours avant la séance."
    if session.documents_sent_on and (held_on - session.documents_sent_on).days < rules.documents_days:
        yield f"Documents envoyés moins de {rules.documents_days} jours avant la séance."
    if not session.after_failed_quorum:
        yield from _quorum(rules, "des représentants du personnel", session.staff_seats, session.staff_present)
        if session.employer_votes:
            yield from _quorum(
                rules, "des représentants de l’employeur", session.employer_seats, session.employer_present
            )
    if held_on <= today:
        minutes = held_on + datetime.timedelta(days=rules.minutes_days)
        if (session.minutes_signed_on or today) > minutes:
            yield f"Procès-verbal à établir dans les {rules.minutes_days} jours suivant la séance."
        if (session.members_informed_on or today) > months_after(held_on, rules.follow_up_months):
            yield f"Les membres sont à informer des suites données dans les {rules.follow_up_months} mois."


def _quorum(rules: CommitteeRules, whose: str, seats: int | None, present: int | None) -> Iterator[str]:
    if seats is not None and present is not None and present * 100 < seats * rules.quorum_percent:
        yield (
            f"Quorum {whose} non atteint à l’ouverture\u00a0: {present} sur {seats}. Une nouvelle convocation est à "
            f"envoyer dans les {rules.new_convocation_days} jours."
        )


def opinion_warnings(outcomes: Iterable[CollegeOpinion], rules: CommitteeRules | None) -> tuple[str, ...]:
    """A unanimous unfavourable vote of the staff: a new examination, where a deliberation is needed."""
    if rules is None:
        return ()
    return tuple(
        "Avis défavorable unanime des représentants du personnel\u00a0: si une délibération est nécessaire, un nouvel "
        f"examen a lieu {rules.new_examination_after_days} à {rules.new_examination_before_days} jours plus tard."
        for outcome in outcomes
        if outcome.college == College.STAFF and outcome.outcome == Outcome.UNFAVOURABLE and outcome.unanimous
    )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def dossiers_for(user: User) -> QuerySet[AgendaItem]:
    """What was submitted to the committees the user sits in, the latest session first."""
    items = AgendaItem.objects.filter(
        session__committee__members__user=user, reorganisation__in=Reorganisation.objects.submitted()
    )
    if not user.has_role(Role.COMMITTEE):
        items = items.none()
    return items.select_related("session__committee", "reorganisation").order_by("-session__held_on", "number")


def trail_of(reorganisation: Reorganisation) -> QuerySet[Event]:
    """Who did what to it, the latest first."""
    return Event.objects.about(reorganisation._meta.label_lower, reorganisation.uid).select_related("by")
