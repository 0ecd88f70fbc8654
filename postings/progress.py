"""An application in the words of the person who made it: where it stands, and what comes next."""

import datetime
from typing import NamedTuple

from missions.moments import moment
from orgchart import french

from .exceptions import exact
from .models import Application, Posting
from .status import LIVE, PUBLIC, ApplicationStatus, PostingStatus

STATES = dict(ApplicationStatus.choices) | {
    # The rank is the jury's; the candidate reads the decision and its reason.
    ApplicationStatus.RANKED.value: "Examinée par le jury",
}
WAITING = {
    ApplicationStatus.ADMISSIBLE: "Le jury examine les candidatures.",
    ApplicationStatus.SHORTLISTED: "Le jury poursuit l’examen\u00a0; s’il vous entend, la date est donnée ici.",
    ApplicationStatus.HEARD: "Le jury termine l’examen, puis fait sa proposition.",
    ApplicationStatus.RANKED: "Le jury fait sa proposition, puis la décision est prise.",
}


class Progress(NamedTuple):
    """`tone`: how the state is marked, beside its word."""

    state: str
    tone: str
    next_step: str


def takes_applications(posting: Posting, now: datetime.datetime) -> bool:
    """Open by the time as by the status: the clock may be a little behind."""
    in_time = posting.closes_at is not None and now < posting.closes_at
    return posting.known_status is PostingStatus.OPEN and in_time


def is_over(posting: Posting, now: datetime.datetime) -> bool:
    """Closed to applications, whatever happened to it since."""
    if posting.known_status in PUBLIC - {PostingStatus.PUBLISHED, PostingStatus.OPEN}:
        return True
    return posting.closes_at is not None and posting.closes_at <= now


def progress(application: Application, now: datetime.datetime) -> Progress:
    """No query where its posting, interview, admissibility and decision come with it."""
    status, posting = application.known_status, application.posting
    if posting.known_status is PostingStatus.CANCELLED and status in LIVE | {ApplicationStatus.DRAFT}:
        return Progress("Bourse annulée", "warning", f"Motif\u00a0: {posting.cancelled_reason}")
    return Progress(STATES[status], tone_of(status), _next_step(application, status, now))


def tone_of(status: ApplicationStatus) -> str:
    match status:
        case ApplicationStatus.RETAINED:
            return "created"
        case ApplicationStatus.DRAFT:
            return "planned"
        case ApplicationStatus.INADMISSIBLE | ApplicationStatus.NOT_RETAINED | ApplicationStatus.WITHDRAWN:
            return ""
        case _:
            return "accent"


def _next_step(application: Application, status: ApplicationStatus, now: datetime.datetime) -> str:
    posting = application.posting
    match status:
        case ApplicationStatus.DRAFT:
            return _draft(application, now)
        case ApplicationStatus.SUBMITTED:
            if takes_applications(posting, now) and posting.closes_at is not None:
                return (
                    f"La bourse clôt le {moment(posting.closes_at)}\u00a0; le jury examinera ensuite les candidatures."
                )
            return "Le jury vérifie que les candidatures sont recevables."
        case ApplicationStatus.SHORTLISTED if hasattr(application, "interview"):
            return f"Entretien le {moment(application.interview.starts_at)}, {application.interview.place}."
        case ApplicationStatus.INADMISSIBLE:
            return "Le motif est donné sur la page de votre candidature."
        case ApplicationStatus.RETAINED | ApplicationStatus.NOT_RETAINED:
            return _decided(application)
        case ApplicationStatus.WITHDRAWN:
            again = " Vous pouvez candidater de nouveau." if takes_applications(posting, now) else ""
            day = moment(application.withdrawn_at) if application.withdrawn_at else "date non renseignée"
            return f"Retirée le {day}.{again}"
        case _:
            return WAITING[status]


def _draft(application: Application, now: datetime.datetime) -> str:
    posting = application.posting
    if application.late_at is not None:
        return (
            f"Arrivée le {exact(application.late_at)}, heure de Paris, après la clôture\u00a0: elle n’est pas déposée. "
            "Votre texte est gardé."
        )
    if is_over(posting, now) or posting.opens_at is None or posting.closes_at is None:
        return "La bourse est close\u00a0: ce brouillon ne peut plus être déposé. Votre texte est gardé."
    if not takes_applications(posting, now):
        return f"Vous pourrez la déposer à l’ouverture de la bourse, le {moment(posting.opens_at)}."
    return f"À déposer avant le {moment(posting.closes_at)}, heure de Paris."


def _decided(application: Application) -> str:
    outcome = application.decision.outcome
    if application.status == ApplicationStatus.RETAINED and outcome.effective_on is not None:
        return f"Affectation le {french.date(outcome.effective_on)}."
    until = f" Recours possible jusqu’au {french.date(outcome.appeal_until)}." if outcome.appeal_until else ""
    return f"Le motif est donné sur la page de votre candidature.{until}"
