"""Where a bourse stands, in a sentence, and what HR may do next."""

import datetime
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from missions.moments import moment
from orgchart import french

from .models import Posting
from .status import EDITABLE, PostingStatus
from .workflow import Offer

# Action → the page that does it.
PAGES = {
    "publish": "publish",
    "cancel_posting": "cancel",
    "open_posting": "open",
    "close_posting": "close",
    "start_examination": "start_examination",
    "record_outcome": "outcome",
    "assign_retained": "outcome",
    "reopen_posting": "reopen",
}


class Action(NamedTuple):
    label: str
    url: str


class Standing(NamedTuple):
    """`missing`: what prevents the next step still. One primary button at most."""

    words: str
    missing: tuple[str, ...]
    primary: Action | None
    others: tuple[Action, ...]


def standing(posting: Posting, offers: tuple[Offer, ...], *, now: datetime.datetime | None = None) -> Standing:
    """`offers`: of the workflow, for the one who reads."""
    at = now or timezone.now()
    status = posting.known_status
    onward = [offer for offer in offers if offer.transition.action != "cancel_posting"]
    first = onward[0] if onward else None
    missing = tuple(dict.fromkeys(reason for reason in first.missing)) if first else ()
    # What only the time brings is said by the sentence, not asked for.
    waits = status in (PostingStatus.PUBLISHED, PostingStatus.OPEN, PostingStatus.DECIDED)
    primary, others = None, []
    if status in EDITABLE and missing:
        primary = _action("Compléter la bourse", "edit", posting)
        others.append(_action("Composer le groupe", "rule", posting))
    elif status is PostingStatus.CLOSED and missing:
        primary = _action("Composer le jury", "composition", posting)
        others += [_offered(each, posting) for each in onward[1:] if not each.missing]
    elif first and not (waits and missing):
        primary = _offered(first, posting)
        if status in EDITABLE:
            others += [_action("Modifier", "edit", posting), _action("Composer le groupe", "rule", posting)]
    if status in (PostingStatus.PUBLISHED, PostingStatus.OPEN):
        others.append(_action("Prolonger", "extend", posting))
    if any(offer.transition.action == "cancel_posting" for offer in offers):
        others.append(_action("Annuler la bourse", "cancel", posting))
    kept = tuple(dict.fromkeys(each for each in others if each and each != primary))
    return Standing(words(posting, at), () if waits else missing, primary, kept)


def words(posting: Posting, at: datetime.datetime) -> str:
    """« La bourse s’ouvrira toute seule le 3 janvier 2022 à 9 h 00. »"""
    opens, closes = posting.opens_at, posting.closes_at
    match posting.known_status:
        case PostingStatus.PREPARATION:
            return "En préparation\u00a0: rien n’est visible des agents avant la publication."
        case PostingStatus.PUBLISHED if opens and opens > at:
            return (
                f"La bourse s’ouvrira toute seule le {moment(opens)}. La liste des éligibles sera arrêtée à ce moment."
            )
        case PostingStatus.PUBLISHED:
            return "L’heure d’ouverture est passée\u00a0: la bourse s’ouvre d’un instant à l’autre, ou à la main."
        case PostingStatus.OPEN if closes and closes > at:
            return f"Ouverte aux candidatures. Elle se clora toute seule le {moment(closes)}."
        case PostingStatus.OPEN:
            return "L’heure de clôture est passée\u00a0: la bourse se clôt d’un instant à l’autre, ou à la main."
        case PostingStatus.CLOSED:
            return "Les candidatures sont closes. L’examen commence quand le jury a déclaré ses liens d’intérêts."
        case PostingStatus.EXAMINATION:
            return "Le jury examine les candidatures."
        case PostingStatus.DECIDED:
            return _effective(posting)
        case PostingStatus.ASSIGNED:
            return "L’affectation est écrite. Chaque candidat a reçu son motif et ses voies de recours."
        case PostingStatus.UNFILLED:
            return _unfilled(posting)
        case PostingStatus.REOPENED:
            return "Cette bourse n’a pas abouti\u00a0: une autre vague lui a succédé."
        case _:
            return f"La bourse est annulée. Motif\u00a0: {posting.cancelled_reason}"


def _effective(posting: Posting) -> str:
    day = posting.outcome.effective_on if hasattr(posting, "outcome") else None
    return f"L’issue est décidée. L’affectation prend effet le {french.date(day)}." if day else "L’issue est décidée."


def _unfilled(posting: Posting) -> str:
    outcome = posting.outcome
    said = f"La bourse est infructueuse\u00a0: {outcome.reason}"
    if outcome.follow_up:
        return f"{said} Suite donnée\u00a0: {french.lower_first(outcome.get_follow_up_display())}."
    return f"{said} Dites la suite\u00a0: élargir, rouvrir, laisser vacant."


def _offered(offer: Offer, posting: Posting) -> Action | None:
    """The page of the step; none as long as nothing does it."""
    label = "Dire la suite" if offer.transition.action == "reopen_posting" else offer.transition.label
    return _action(label, PAGES[offer.transition.action], posting)


def _action(label: str, name: str, posting: Posting) -> Action | None:
    try:
        return Action(label, reverse(f"postings:{name}", args=[posting.code]))
    except NoReverseMatch:
        return None
