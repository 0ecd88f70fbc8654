"""What surrounds a reorganisation: the rules of a session and what departs from them, its documents, its trail."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Event, Role, User
from orgchart.french import count

from ..deadlines import months_after
from ..models import AgendaItem, Attendance, College, CollegeOpinion, CommitteeRules, Outcome, Reorganisation, Session
from ..votes import Quorum, quorum


def rules_on(day: datetime.date) -> CommitteeRules | None:
    """The rules a session of that day follows; None when the reference data has none."""
    return CommitteeRules.objects.in_force_on(day).last()


def rules_of(session: Session, rules: Iterable[CommitteeRules]) -> CommitteeRules | None:
    """Among all the sets, the one of that day."""
    day = session.held_on
    found = [
        each
        for each in rules
        if (each.begins_on is None or each.begins_on <= day) and (each.ends_on is None or day <= each.ends_on)
    ]
    return found[-1] if found else None


def session_warnings(
    session: Session, rules: CommitteeRules | None, today: datetime.date | None = None, *, any_number: bool = False
) -> tuple[str, ...]:
    """What does not seem to be within the rules, as far as it is known. HR confirms: nothing here decides legality.

    `any_number`: nothing but new examinations is on the agenda, which are valid whoever attends.
    """
    return tuple(_session_warnings(session, rules, today or timezone.localdate(), any_number)) if rules else ()


def _session_warnings(session: Session, rules: CommitteeRules, today: datetime.date, any_number: bool) -> Iterator[str]:
    held_on = session.held_on
    convocation = rules.urgent_convocation_days if session.urgent else rules.convocation_days
    if session.convoked_on and not session.after_failed_quorum and (held_on - session.convoked_on).days < convocation:
        yield f"Convocation envoyée moins de {convocation} jours avant la séance."
    if session.documents_sent_on and (held_on - session.documents_sent_on).days < rules.documents_days:
        yield f"Documents envoyés moins de {rules.documents_days} jours avant la séance."
    if not session.after_failed_quorum and not any_number:
        for found in quorums(session, rules):
            if found.reached is False:
                whose = found.college.label[0].lower() + found.college.label[1:]
                yield (
                    f"Quorum des {whose} non atteint à l’ouverture\u00a0: {found.present} sur {found.seats}. Une "
                    f"nouvelle convocation est à envoyer dans les {rules.new_convocation_days} jours."
                )
    if session.employer_votes and not session.employer_vote_deliberation:
        yield "Le collège de l’employeur vote, aucune délibération qui le prévoit n’est renseignée."
    if held_on <= today and (any_number or not without_quorum(session, rules)):
        minutes = held_on + datetime.timedelta(days=rules.minutes_days)
        if (session.minutes_signed_on or today) > minutes:
            yield f"Procès-verbal à établir dans les {rules.minutes_days} jours suivant la séance."
        if (session.members_informed_on or today) > months_after(held_on, rules.follow_up_months):
            yield f"Les membres sont à informer des suites données dans les {rules.follow_up_months} mois."


def delegation_warnings(attendances: Iterable[Attendance], rules: CommitteeRules | None) -> tuple[str, ...]:
    """Who holds more votes by delegation than the rules allow a member; one given to nobody is not counted."""
    most = rules.delegations_per_member if rules else None
    if most is None:
        return ()
    held = Counter(line.represented_by for line in attendances if line.represented_by)
    return tuple(
        f"{holder}\u00a0: {count(number, 'délégation')} de vote, {most} au plus par membre."
        for holder, number in held.items()
        if number > most
    )


def only_new_examinations(items: Iterable[AgendaItem]) -> bool:
    """Whether every reorganisation on the agenda comes to its new examination, which is valid whoever attends."""
    rows = [item for item in items if item.reorganisation_id is not None]
    return bool(rows) and all(item.new_examination_of_id is not None for item in rows)


def quorums(session: Session, rules: CommitteeRules) -> tuple[Quorum, ...]:
    """Of each college whose quorum counts: the staff always, the employer where it votes."""
    staff = quorum(
        College.STAFF, seats=session.staff_seats, present=session.staff_present, percent=rules.quorum_percent
    )
    if not session.employer_votes:
        return (staff,)
    return (
        staff,
        quorum(
            College.EMPLOYER,
            seats=session.employer_seats,
            present=session.employer_present,
            percent=rules.quorum_percent,
        ),
    )


def without_quorum(session: Session, rules: CommitteeRules) -> bool:
    """It could not sit: a college was not there in number, and it was not convoked for want of quorum already."""
    return not session.after_failed_quorum and any(each.reached is False for each in quorums(session, rules))


def refused_unanimously(outcomes: Iterable[CollegeOpinion]) -> bool:
    """By the staff, HR having said what counts as unanimous where there was a doubt."""
    return any(
        outcome.college == College.STAFF and outcome.outcome == Outcome.UNFAVOURABLE and outcome.unanimous
        for outcome in outcomes
    )


def opinion_warnings(
    outcomes: Iterable[CollegeOpinion],
    rules: CommitteeRules | None,
    *,
    deliberation_needed: bool | None = None,
    second: bool = False,
) -> tuple[str, ...]:
    """A unanimous unfavourable vote of the staff: a new examination, where a deliberation is needed, once only.

    `second`: the opinion is already that of a new examination.
    """
    if rules is None or deliberation_needed is False or not refused_unanimously(outcomes):
        return ()
    if second:
        return (
            "Avis défavorable unanime au nouvel examen\u00a0: il n’y en a pas d’autre, la décision peut être prise.",
        )
    condition = "" if deliberation_needed else "si une délibération est nécessaire, "
    return (
        f"Avis défavorable unanime des représentants du personnel\u00a0: {condition}un nouvel "
        f"examen a lieu {rules.new_examination_after_days} à {rules.new_examination_before_days} jours plus tard.",
    )


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
