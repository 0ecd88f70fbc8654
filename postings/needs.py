"""What the transitions ask for: each need says what is missing, or nothing."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone

from missions.moments import moment
from orgchart import french
from reorganisations.models import Reorganisation
from reorganisations.models import Status as ReorganisationStatus

from .models import Application, Posting, Scope
from .queries.jury import awaited
from .status import ApplicationStatus, PostingStatus

BEFORE_OPINION = frozenset({ReorganisationStatus.DRAFT, ReorganisationStatus.SUBMITTED, ReorganisationStatus.POSTPONED})


class Need[Subject](NamedTuple):
    """`missing`: of the subject, at that moment → what is not there, as a sentence, or nothing."""

    label: str
    missing: Callable[[Subject, datetime.datetime], str]


def is_before_opinion(posting: Posting) -> bool:
    """The committee has not said its opinion on the reorganisation that the bourse comes from."""
    found: Reorganisation | None = posting.reorganisation
    return found is not None and found.status in BEFORE_OPINION


# Bourses


def _fiche(posting: Posting, now: datetime.datetime) -> str:
    return "" if posting.fiche.get("title") else "La fiche de poste n’est pas écrite."


def _dates(posting: Posting, now: datetime.datetime) -> str:
    if posting.opens_at is None or posting.closes_at is None:
        return "Il manque les dates d’ouverture et de clôture."
    return "" if posting.closes_at > now else "La date de clôture est passée."


def _contact(posting: Posting, now: datetime.datetime) -> str:
    return "" if posting.contact else "Il manque le contact auquel s’adresser."


def _criteria(posting: Posting, now: datetime.datetime) -> str:
    return "" if posting.criteria.exists() else "Aucun critère n’est annoncé."


def _rule(posting: Posting, now: datetime.datetime) -> str:
    if posting.rule is None and posting.scope == Scope.RESERVED:
        return "La bourse est réservée\u00a0: dites à qui."
    return ""


def _early(posting: Posting, now: datetime.datetime) -> str:
    if is_before_opinion(posting) and not posting.early_reason:
        return "Le comité n’a pas rendu son avis\u00a0: publier avant demande un motif."
    return ""


def _opening(posting: Posting, now: datetime.datetime) -> str:
    if posting.closes_at is not None and posting.closes_at <= now:
        return "La date de clôture est passée sans que la bourse ait ouvert\u00a0: prolongez-la."
    if posting.opens_at is None or posting.opens_at <= now:
        return ""
    return f"La bourse ouvre le {moment(posting.opens_at)}."


def _closing(posting: Posting, now: datetime.datetime) -> str:
    if posting.closes_at is None or posting.closes_at <= now:
        return ""
    return f"La bourse est ouverte jusqu’au {moment(posting.closes_at)}."


def _jury(posting: Posting, now: datetime.datetime) -> str:
    if not posting.jury.filter(president=True).exists():
        return "Le jury n’a pas de présidence."
    silent = posting.jury.filter(declared_at__isnull=True).count()
    if silent == 1:
        return "Un membre du jury n’a pas déclaré ses liens d’intérêts."
    return f"{silent} membres du jury n’ont pas déclaré leurs liens d’intérêts." if silent else ""


def _proposal(posting: Posting, now: datetime.datetime) -> str:
    return "" if hasattr(posting, "proposal") else "Le jury n’a pas fait sa proposition."


def _settled(posting: Posting, now: datetime.datetime) -> str:
    number = posting.applications.filter(status=ApplicationStatus.SUBMITTED).count()
    if not number:
        return ""
    return f"La recevabilité de {french.count(number, 'candidature')} reste à décider."


def _nobody(posting: Posting, now: datetime.datetime) -> str:
    number = posting.applications.live().count()
    if not number:
        return ""
    return f"{french.upper_first(french.count(number, 'candidature'))} reste{'nt' if number > 1 else ''} à examiner."


def _effective(posting: Posting, now: datetime.datetime) -> str:
    day = posting.outcome.effective_on if hasattr(posting, "outcome") else None
    if day is None:
        return "Aucune issue n’est décidée."
    return "" if day <= timezone.localtime(now).date() else f"L’affectation prend effet le {french.date(day)}."


FICHE = Need("une fiche de poste", _fiche)
DATES = Need("une ouverture et une clôture à venir", _dates)
CONTACT = Need("un contact", _contact)
CRITERIA = Need("des critères", _criteria)
RULE = Need("à qui elle est réservée, si elle l’est", _rule)
EARLY_REASON = Need("un motif avant l’avis du comité", _early)
OPENING_DUE = Need("l’heure d’ouverture", _opening)
CLOSING_DUE = Need("l’heure de clôture", _closing)
JURY_READY = Need("un jury présidé, ses liens d’intérêts déclarés", _jury)
PROPOSED = Need("la proposition du jury", _proposal)
SETTLED = Need("la recevabilité de chaque candidature", _settled)
NO_CANDIDATE = Need("aucune candidature", _nobody)
EFFECTIVE = Need("la date d’effet", _effective)


# Applications


def _open(application: Application, now: datetime.datetime) -> str:
    """A late attempt has a refusal of its own, with the times; this is for a bourse that is not open yet."""
    posting = application.posting
    # The clock may close the bourse while an application that came in time waits for its turn.
    in_time = posting.closes_at is not None and now < posting.closes_at
    if posting.status == PostingStatus.OPEN or (posting.status == PostingStatus.CLOSED and in_time):
        return ""
    return "La bourse n’est pas ouverte aux candidatures."


def _letter(application: Application, now: datetime.datetime) -> str:
    return "" if application.letter.strip() else "Écrivez votre lettre de motivation."


def _examined(application: Application, now: datetime.datetime) -> str:
    if application.posting.status == PostingStatus.EXAMINATION:
        return ""
    return "La bourse n’est pas en examen."


def _interview(application: Application, now: datetime.datetime) -> str:
    if not hasattr(application, "interview"):
        return "Aucun entretien n’est prévu."
    starts_at = application.interview.starts_at
    return "" if starts_at <= now else f"L’entretien a lieu le {moment(starts_at)}."


def _assessed(application: Application, now: datetime.datetime) -> str:
    number = len(awaited(application))
    if not number:
        return ""
    return f"Il manque l’évaluation de {french.count(number, 'membre du jury', 'membres du jury')}."


IS_OPEN = Need("la bourse ouverte", _open)
LETTER = Need("une lettre", _letter)
EXAMINED = Need("la bourse en examen", _examined)
INTERVIEWED = Need("un entretien qui a commencé", _interview)
ASSESSED = Need("toutes les évaluations rendues", _assessed)
