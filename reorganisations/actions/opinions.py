"""Recording what a committee said."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from orgchart import french

from ..exceptions import NotVotable
from ..models import (
    AgendaItem,
    College,
    CollegeOpinion,
    CommitteeRules,
    Opinion,
    Outcome,
    Reorganisation,
    SealedText,
    Session,
    Vote,
)
from ..queries.records import opinion_warnings, rules_on, session_warnings
from ..status import Status
from ..votes import Ballot, Count, Qualification, count
from ..workflow import check_transition
from .draft_lock import locked
from .minutes import check_not_signed, locked_session
from .submitting import move_to


@transaction.atomic
def record_opinion(
    *,
    reorganisation: Reorganisation,
    session: Session,
    by: User | None,
    ballots: Sequence[Ballot] = (),
    qualifications: Sequence[Qualification] = (),
    text: SealedText | None = None,
    remarks: str = "",
    deliberation_needed: bool | None = None,
    fictitious: bool = False,
) -> Opinion:
    """The opinion of each college on `text`, the last one sealed unless said. It is advisory, whatever it says.

    Outcomes are counted from the ballots; a qualification says otherwise, or confirms, where there is a doubt.
    `deliberation_needed`: whether the project needs one, as far as HR knows. What is not within the rules of the
    session's date is logged, never refused.
    Raises ImpossibleTransition, NotAllowed, MinutesSigned, NotVotable.
    """
    row = locked(reorganisation)
    check_transition(row, Status.OPINION_GIVEN, action="record_opinion", by=by)
    check_not_signed(locked_session(session))
    item = _item(row, session)
    voted = text or cast("SealedText", row.sealed_texts.order_by("number").last())
    _check_votable(row, session, ballots, voted)
    said = {qualification.college: qualification for qualification in qualifications}
    opinion = Opinion.objects.create(
        agenda_item=item,
        sealed_text=voted,
        remarks=remarks,
        deliberation_needed=deliberation_needed,
        fictitious=fictitious,
        recorded_by=by,
    )
    Vote.objects.bulk_create(Vote(opinion=opinion, **ballot._asdict()) for ballot in ballots)
    rules = rules_on(session.held_on)
    counts = [counted(session, college, ballots, rules) for college in _colleges(session, ballots, said)]
    outcomes = [_college_opinion(opinion, found, said.get(found.college)) for found in counts]
    CollegeOpinion.objects.bulk_create(outcomes)
    move_to(row, reorganisation, Status.OPINION_GIVEN)
    second = item.new_examination_of_id is not None
    record_event(
        verb="record_opinion",
        target=row,
        by=by,
        summary=f"Avis de la séance du {french.date(session.held_on)} enregistré.",
        details={
            "text": voted.number,
            "outcomes": {each.college: each.outcome for each in outcomes},
            "doubts": {each.college: each.doubt for each in outcomes if each.doubt},
            "warnings": [
                *session_warnings(session, rules, any_number=second),
                *opinion_warnings(outcomes, rules, deliberation_needed=deliberation_needed, second=second),
            ],
        },
    )
    return opinion


def counted(session: Session, college: College, ballots: Sequence[Ballot], rules: CommitteeRules | None) -> Count:
    """The outcome of the college, by its seats in that session and the delegations that the rules of its date allow."""
    seats = session.staff_seats if college == College.STAFF else session.employer_seats
    per_member = rules.delegations_per_member if rules else None
    return count(college, ballots, seats=seats, delegations_per_member=per_member)


def _item(row: Reorganisation, session: Session) -> AgendaItem:
    item = row.agenda_items.filter(session=session).first()
    if item is None:
        raise NotVotable("La réorganisation n’est pas à l’ordre du jour de cette séance.")
    again: Session | None = getattr(session, "reconvened_as", None)
    if again is not None and item.new_examination_of_id is None:
        day = french.date(again.held_on)
        raise NotVotable(f"La séance n’a pas siégé, faute de quorum\u00a0: elle est reconvoquée au {day}.")
    if hasattr(item, "opinion"):
        raise NotVotable("L’avis de cette séance est déjà enregistré.")
    return item


def _check_votable(row: Reorganisation, session: Session, ballots: Sequence[Ballot], text: SealedText) -> None:
    if text.reorganisation_id != row.pk:
        raise NotVotable("Ce texte n’est pas celui de cette réorganisation.")
    if session.held_on > timezone.localdate():
        raise NotVotable("Cette séance n’a pas encore eu lieu.")
    if any(ballot.college == College.EMPLOYER for ballot in ballots) and not session.employer_votes:
        raise NotVotable("Le collège de l’employeur ne vote que si une délibération le prévoit.")
    if len({(ballot.college, ballot.union) for ballot in ballots}) != len(ballots):
        raise NotVotable("Chaque organisation ne figure qu’une fois par collège.")
    for ballot in ballots:
        ways = [ballot.full, ballot.substitutes, ballot.delegations]
        if None not in ways and sum(way or 0 for way in ways) != ballot.present:
            raise NotVotable(
                f"{ballot.union or College(ballot.college).label}\u00a0: les voix des titulaires, des suppléants et "
                "par délégation ne font pas le total."
            )


def _colleges(session: Session, ballots: Sequence[Ballot], said: Mapping[College, Qualification]) -> list[College]:
    """The staff always; the employer when it votes. HR may qualify a college whose votes are not known."""
    concerned = {College.STAFF, *(College(ballot.college) for ballot in ballots), *said}
    if session.employer_votes:
        concerned.add(College.EMPLOYER)
    return [college for college in College if college in concerned]


def _college_opinion(opinion: Opinion, found: Count, said: Qualification | None) -> CollegeOpinion:
    outcome = said.outcome if said else found.outcome
    if outcome != found.outcome and not (said and found.doubt and said.reason.strip()):
        raise NotVotable(
            f"{College(found.college).label}\u00a0: les votes donnent «\u00a0{Outcome(found.outcome).label}\u00a0». "
            "Seule une issue douteuse se qualifie autrement, avec un motif."
        )
    return CollegeOpinion(
        opinion=opinion,
        college=found.college,
        computed=found.outcome,
        outcome=outcome,
        unanimous=found.unanimous or bool(said and said.unanimous and _may_be_unanimous(found)),
        doubt=found.doubt,
        qualification=said.reason.strip() if said else "",
    )


def _may_be_unanimous(found: Count) -> bool:
    """HR says so where the votes leave a doubt and nobody voted the other way."""
    return bool(found.doubt) and not min(found.in_favour, found.against)
