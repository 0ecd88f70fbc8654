"""What agents are told, in the application and by letter: plain text, no attachment, nothing about anybody else."""

from typing import NamedTuple

from missions.moments import moment

from .addresses import absolute, address, candidate_address
from .models import Notice, Posting
from .status import PostingStatus

SUBJECTS = {
    Notice.Kind.OPENED: "Bourse ouverte",
    Notice.Kind.RECEIVED: "Candidature déposée",
    Notice.Kind.INTERVIEW: "Entretien",
    Notice.Kind.DECIDED: "Décision",
    Notice.Kind.CANCELLED: "Bourse annulée",
}


class Letter(NamedTuple):
    subject: str
    body: str


def said(posting: Posting, kind: Notice.Kind) -> str:
    """What is said of this bourse to each person, in one or two sentences, as it stands now: a message may be read
    after the closing."""
    title = f"«\u00a0{posting.title}\u00a0»"
    match kind:
        case Notice.Kind.OPENED if posting.known_status is not PostingStatus.OPEN:
            return f"La bourse {title} vous était ouverte. Elle ne reçoit plus de candidature."
        case Notice.Kind.OPENED:
            until = f" jusqu’au {moment(posting.closes_at)}, heure de Paris" if posting.closes_at else ""
            return f"La bourse {title} est ouverte{until}. Vous pouvez y candidater."
        case Notice.Kind.RECEIVED:
            return f"Votre candidature à la bourse {title} est déposée."
        case Notice.Kind.INTERVIEW:
            return (
                f"Un entretien est prévu pour votre candidature à la bourse {title}\u00a0: heure et lieu sur sa page."
            )
        case Notice.Kind.DECIDED:
            return (
                f"Une décision est prise sur votre candidature à la bourse {title}. Son motif et les voies de recours "
                "sont sur sa page."
            )
        case _:
            return f"La bourse {title} est annulée. Son motif est sur sa page."


def leads_to(posting: Posting, kind: Notice.Kind) -> str:
    """The path of the page that it speaks of."""
    return address(posting) if kind is Notice.Kind.OPENED else candidate_address(posting)


def letter(posting: Posting, kind: Notice.Kind) -> Letter:
    lines = ["Bonjour,", said(posting, kind)]
    if kind is Notice.Kind.OPENED and posting.contact:
        lines.append(f"Contact\u00a0: {posting.contact}")
    lines.append(f"Dans l’application\u00a0: {absolute(leads_to(posting, kind))}")
    return Letter(f"{SUBJECTS[kind]}\u00a0: {posting.title}", "\n\n".join(lines) + "\n")
