"""Where a reorganisation stands, in a sentence, and the actions that its state and the user's role offer."""

from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from orgchart.french import count, date

from ..models import Decision, StageRecord, Status
from ..permissions import can_manage_committees
from ..queries.follow_up import Executed, FollowUp
from ..workflow import Offer, offers


class Action(NamedTuple):
    """One thing to do next. `missing`: what prevents it still, sentence by sentence."""

    label: str
    url: str
    missing: tuple[str, ...] = ()


class Standing(NamedTuple):
    """`primary` comes first, the others beside it."""

    words: str
    primary: Action | None
    others: tuple[Action, ...]


def address(draft: FollowUp, name: str, *args: str) -> str:
    return reverse(f"reorganisations:{name}", args=[draft.reorganisation.code, *args])


def standing(draft: FollowUp, user: User) -> Standing:
    ways = [action(draft, offer) for offer in offers(draft, user) if not examined_twice(draft, offer)]
    if ways and can_manage_committees(user) and on_no_agenda(draft):
        ways.insert(1, Action("Inscrire à une séance", address(draft, "put_on_agenda")))
    return Standing(standing_words(draft), ways[0] if ways else None, tuple(ways[1:]))


def examined_twice(draft: FollowUp, offer: Offer) -> bool:
    """A new examination is once only: after the second opinion it is no longer offered."""
    item = draft.examined if draft.reorganisation.status == Status.OPINION_GIVEN else None
    anew = offer.transition.action == "present_again"
    return anew and item is not None and item.new_examination_of_id is not None


def on_no_agenda(draft: FollowUp) -> bool:
    """A draft that no session is to examine, be it the first time or once it was sent back."""
    return draft.reorganisation.status == Status.DRAFT and not draft.to_examine


def standing_words(draft: FollowUp) -> str:
    status = Status(draft.reorganisation.status)
    item = draft.agenda_item
    on = f"la séance du {date(item.session.held_on)}" if item else ""
    if status is Status.DRAFT:
        return draft_words(draft, on)
    if status is Status.SUBMITTED:
        return f"Le comité est saisi pour {on}. Son avis reste à enregistrer."
    if status is Status.POSTPONED:
        return "L’examen est reporté\u00a0: le texte soumis reste scellé, une autre séance l’examinera."
    if status is Status.OPINION_GIVEN:
        return "Le comité a été consulté. Son avis est consultatif\u00a0: la décision peut être prise."
    if status is Status.WITHDRAWN:
        withdrawn = draft.reorganisation.withdrawn_at
        return f"Retirée le {date(timezone.localtime(withdrawn).date())}, pour de bon." if withdrawn else ""
    return execution_words(draft.executed, draft.decision) if draft.decision else ""


def draft_words(draft: FollowUp, on: str) -> str:
    if draft.sealed_texts:
        return "Le projet est repris\u00a0: les textes scellés et les avis déjà rendus restent tels quels."
    if on:
        return f"Le projet se prépare. Il est à l’ordre du jour de {on}, le comité n’en est pas encore saisi."
    return "Le projet se prépare\u00a0: le comité n’en est pas encore saisi."


def execution_words(executed: Executed, decision: Decision) -> str:
    said = f"{decision} du {date(decision.dated_on)}."
    waiting = executed.execution.waiting
    done = len(executed.execution.stages) - len(waiting)
    if not waiting:
        return f"{said} Tout est en vigueur."
    begun = f" {count(done, 'étape')} en vigueur sur {done + len(waiting)}." if done else ""
    stage = waiting[0]
    if stage.effective_on is None:
        return f"{said}{begun} La date d’effet reste à donner."
    what = f"L’{str(stage).lower()}" if several(executed) else "La réorganisation"
    if executed.due(stage):
        return f"{said}{begun} {what} peut entrer en vigueur, au {date(stage.effective_on)}."
    return f"{said}{begun} {what} attend sa date, le {date(stage.effective_on)}, et entrera alors en vigueur."


def several(executed: Executed) -> bool:
    return len(executed.execution.stages) > 1


def action(draft: FollowUp, offer: Offer) -> Action:
    """The button of a transition. The next stage, if it is not due, is dated instead."""
    name, label, missing = offer.transition.action, offer.transition.label, offer.missing
    if name == "apply_stage":
        return stage_action(draft, draft.executed.execution.waiting[0])
    if name == "record_opinion":
        missing = (*missing, *not_held(draft))
    return Action(label, address(draft, name), missing)


def not_held(draft: FollowUp) -> tuple[str, ...]:
    """A session that is still to come gave no opinion."""
    days = [item.session.held_on for item in draft.to_examine]
    if not days:
        return ("Aucune séance n’attend d’avis\u00a0: présentez d’abord la réorganisation à une autre séance.",)
    return (f"La séance a lieu le {date(min(days))}.",) if min(days) > timezone.localdate() else ()


def stage_action(draft: FollowUp, stage: StageRecord) -> Action:
    which = f" de l’{str(stage).lower()}" if several(draft.executed) else ""
    if stage.effective_on is None:
        return Action(f"Donner la date d’effet{which}", address(draft, "set_stage_date", stage.uid))
    if not draft.executed.due(stage):
        return Action(f"Changer la date d’effet{which}", address(draft, "set_stage_date", stage.uid))
    return Action(
        f"Mettre en vigueur{which.removeprefix(' de') if which else ''}", address(draft, "apply_stage", stage.uid)
    )
