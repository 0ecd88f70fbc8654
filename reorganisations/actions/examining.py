"""What a vote or a want of quorum calls for: a new examination, a session in place of the one that could not sit."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from orgchart import french

from ..deadlines import DAY, examination_window, outside
from ..exceptions import Refused
from ..models import AgendaItem, CommitteeRules, Opinion, Session, Status
from ..permissions import check_actor, check_can_manage_committees, check_can_run_workflow
from ..queries.deadlines import rule_values
from ..queries.records import only_new_examinations, refused_unanimously, rules_on, without_quorum
from .committees import plan_session


class ThirdExamination(Refused):
    """A project is examined anew once only."""

    def __init__(self, first: datetime.date, second: datetime.date) -> None:
        super().__init__(
            f"Le projet a déjà été examiné deux fois, le {french.date(first)} et le {french.date(second)}\u00a0: le "
            "nouvel examen n’a lieu qu’une fois. La décision peut être prise, ou le projet repris."
        )


class OutsideTheWindow(Refused):
    """The new examination is not 8 to 30 days after the first. HR confirms with a reason, and it is logged."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words} Confirmez par un motif si la séance a lieu ce jour-là tout de même.")


class NotBefore(Refused):
    """A new examination, or the session in place of another, comes after it."""

    def __init__(self, held_on: datetime.date) -> None:
        super().__init__(f"La nouvelle séance vient après celle du {french.date(held_on)}.")


class QuorumNotMissing(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Rien ne dit que le quorum a manqué\u00a0: renseignez les sièges et les présents à l’ouverture."
        )


class AlreadyReconvened(Refused):
    def __init__(self, session: Session) -> None:
        super().__init__(f"La séance est déjà reconvoquée, au {french.date(session.held_on)}.")


class OpinionsGiven(Refused):
    def __init__(self) -> None:
        super().__init__("Un avis de cette séance est enregistré\u00a0: elle a siégé.")


@transaction.atomic
def reconvene_session(
    *, session: Session, held_on: datetime.date, by: User | None, uid: str = "", **details: Any
) -> Session:
    """Convoke again a session that could not sit: its points pass to a session of that day, valid whoever attends.

    The reorganisations stay submitted; nothing of the texts changes. `details`: columns of the new session. Beyond the
    legal days the convocation is warned of and logged (`late_convocation`). A session already planned that day takes
    over with what is on its agenda.
    Raises NotAllowed, NotBefore, QuorumNotMissing, AlreadyReconvened, OpinionsGiven.
    """
    check_actor(by, check_can_manage_committees)
    failed = Session.objects.select_for_update().select_related("committee").get(pk=session.pk)
    _check_failed(failed, held_on)
    again = failed.committee.sessions.filter(held_on=held_on).first()
    if again is None:
        given = {"place": failed.place, "starts_at": failed.starts_at} | details
        again = plan_session(
            committee=failed.committee, held_on=held_on, by=by, uid=uid, fictitious=failed.fictitious, **given
        )
    else:
        for name, value in details.items():
            setattr(again, name, value)
    again.in_place_of, again.after_failed_quorum = failed, True
    again.reconvened_at, again.reconvened_by = timezone.now(), by
    for name in ATTENDED_LIKEWISE:
        if getattr(again, name) in (None, "", False):
            setattr(again, name, getattr(failed, name))
    again.save()
    carried = _carry_over(failed, again)
    warning = late_convocation(failed, again, rules_on(failed.held_on))
    record_event(
        verb="reconvene_session",
        target=failed,
        by=by,
        summary=f"Sans quorum, reconvoquée au {french.date(held_on)}.",
        details={"session": again.uid, "items": carried, "warnings": [warning] if warning else []},
    )
    return again


# The composition of the committee, not who came.
ATTENDED_LIKEWISE = ("staff_seats", "employer_seats", "employer_votes", "employer_vote_deliberation")


def late_convocation(failed: Session, again: Session, rules: CommitteeRules | None) -> str:
    """What is to be said of the days between a session without quorum and the new convocation, or nothing."""
    if rules is None:
        return ""
    last = failed.held_on + rules.new_convocation_days * DAY
    if again.convoked_on is not None and again.convoked_on > last:
        late = french.count((again.convoked_on - last).days, "jour")
        return f"Nouvelle convocation envoyée {late} trop tard\u00a0: la limite était le {french.date(last)}."
    if again.convoked_on is None and again.held_on > last:
        return f"La nouvelle convocation est à envoyer au plus tard le {french.date(last)}."
    return ""


@transaction.atomic
def say_deliberation_needed(*, opinion: Opinion, needed: bool | None, by: User | None) -> None:
    """Whether the project needs a deliberation, which a unanimous refusal then sends to a new examination.

    Raises NotAllowed.
    """
    check_actor(by, check_can_run_workflow)
    opinion.deliberation_needed = needed
    opinion.save(update_fields=["deliberation_needed"])
    said = {True: "nécessaire", False: "pas nécessaire", None: "non renseignée"}[needed]
    record_event(
        verb="say_deliberation_needed",
        target=opinion.agenda_item.reorganisation or opinion,
        by=by,
        summary=f"Délibération\u00a0: {said}.",
        details={"opinion": opinion.uid, "needed": needed},
    )


def examination_doubt(opinion: Opinion, held_on: datetime.date, rules: CommitteeRules | None) -> str:
    """Why a new examination on that day would be outside its window, in exact days, or nothing.

    The window holds where the staff refused unanimously and a deliberation is needed, or may be.
    """
    refused = refused_unanimously(opinion.colleges.all())
    if rules is None or not refused or opinion.deliberation_needed is False:
        return ""
    first_held = opinion.agenda_item.session.held_on
    first, last = examination_window(first_held, rule_values(rules))
    amiss = outside(held_on, first, last)
    if not amiss:
        return ""
    how = f"{french.count(abs(amiss), 'jour')} trop {'tard' if amiss > 0 else 'tôt'}"
    return (
        f"Le {french.date(held_on)} est {french.count((held_on - first_held).days, 'jour')} après la séance du "
        f"{french.date(first_held)}, soit {how}\u00a0: le nouvel examen a lieu du {french.date(first)} au "
        f"{french.date(last)}."
    )


def not_called_for(opinion: Opinion) -> str:
    """What is to be said of a new examination that no unanimous refusal asks for, or nothing."""
    if not refused_unanimously(opinion.colleges.all()):
        return (
            "L’avis rendu n’est pas un avis défavorable unanime des représentants du personnel\u00a0: rien n’oblige à "
            "un nouvel examen."
        )
    if opinion.deliberation_needed is False:
        return "Aucune délibération n’est nécessaire\u00a0: rien n’oblige à un nouvel examen."
    return ""


def mark_new_examination(item: AgendaItem, opinion: Opinion, *, confirmation: str) -> str:
    """Tie the item to the point it examines anew. Returns what was outside the rules and confirmed, or nothing.

    Raises ThirdExamination, NotBefore, OutsideTheWindow.
    """
    first = opinion.agenda_item
    check_first(opinion)
    if item.session.held_on <= first.session.held_on:
        raise NotBefore(first.session.held_on)
    doubt = examination_doubt(opinion, item.session.held_on, rules_on(first.session.held_on))
    reason = confirmation.strip()
    if doubt and not reason:
        raise OutsideTheWindow(doubt)
    item.new_examination_of = first
    item.window_confirmation = reason
    item.save(update_fields=["new_examination_of", "window_confirmation"])
    return doubt


def check_first(opinion: Opinion) -> None:
    """Raises ThirdExamination when that opinion is already the one of a new examination."""
    item = opinion.agenda_item
    if item.new_examination_of is not None:
        raise ThirdExamination(item.new_examination_of.session.held_on, item.session.held_on)


def _check_failed(failed: Session, held_on: datetime.date) -> None:
    rules = rules_on(failed.held_on)
    sat = rules is not None and not without_quorum(failed, rules)
    if sat or only_new_examinations(failed.agenda_items.all()):
        raise QuorumNotMissing
    after: Session | None = getattr(failed, "reconvened_as", None)
    if after is not None:
        raise AlreadyReconvened(after)
    # A new examination is valid whoever attends: its opinion does not say that the session could sit.
    if Opinion.objects.filter(agenda_item__session=failed, agenda_item__new_examination_of__isnull=True).exists():
        raise OpinionsGiven
    if held_on <= failed.held_on:
        raise NotBefore(failed.held_on)


# What an item says for itself, carried over as it is.
CARRIED = ("reorganisation", "title", "minutes_of", "number", "kind", "note")


def _carry_over(failed: Session, again: Session) -> int:
    """Not what was examined all the same, what was withdrawn, nor what is on that agenda already; a number taken there
    is left out. Returns how many."""
    waiting = failed.agenda_items.filter(opinion__isnull=True).exclude(reorganisation__status=Status.WITHDRAWN)
    there = list(again.agenda_items.all())
    known = {item.reorganisation_id for item in there} - {None}
    titles, numbers = {item.title for item in there}, {item.number for item in there}
    items = []
    for item in waiting.select_related("reorganisation", "minutes_of").order_by("number", "pk"):
        if item.reorganisation_id in known or (item.title and item.title in titles):
            continue
        carried = AgendaItem(session=again, **{name: getattr(item, name) for name in CARRIED})
        if carried.number in numbers:
            carried.number = None
        if item.new_examination_of_id is not None:
            carried.new_examination_of, carried.window_confirmation = item.new_examination_of, item.window_confirmation
            item.new_examination_of, item.window_confirmation = None, ""
            item.save(update_fields=["new_examination_of", "window_confirmation"])
        items.append(carried)
    return len(AgendaItem.objects.bulk_create(items))
