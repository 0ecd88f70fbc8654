"""The letters that agents get: plain text, no attachment, nothing about anybody else."""

from typing import NamedTuple

from .exceptions import moment
from .models import Notice, Posting


class Letter(NamedTuple):
    subject: str
    body: str


def letter(posting: Posting, kind: Notice.Kind) -> Letter:
    """What is said of this bourse to each person."""
    title = f"«\u00a0{posting.title}\u00a0»"
    where = "Retrouvez la bourse, vos candidatures et leur état dans l’application, menu «\u00a0Bourse interne\u00a0»."
    match kind:
        case Notice.Kind.OPENED:
            until = f" jusqu’au {moment(posting.closes_at)}, heure de Paris" if posting.closes_at else ""
            said = f"La bourse {title} est ouverte{until}. Vous pouvez y candidater."
            if posting.contact:
                said += f"\n\nContact\u00a0: {posting.contact}"
            subject = f"Bourse ouverte\u00a0: {posting.title}"
        case Notice.Kind.RECEIVED:
            said = f"Votre candidature à la bourse {title} est déposée."
            subject = f"Candidature déposée\u00a0: {posting.title}"
        case Notice.Kind.INTERVIEW:
            said = (
                f"Un entretien est prévu pour votre candidature à la bourse {title}\u00a0: heure et lieu sur sa page."
            )
            subject = f"Entretien\u00a0: {posting.title}"
        case Notice.Kind.DECIDED:
            said = (
                f"Une décision est prise sur votre candidature à la bourse {title}. Son motif et les voies de "
                "recours sont sur sa page."
            )
            subject = f"Décision\u00a0: {posting.title}"
        case _:
            said = f"La bourse {title} est annulée. Son motif est sur sa page."
            subject = f"Bourse annulée\u00a0: {posting.title}"
    return Letter(subject, f"Bonjour,\n\n{said}\n\n{where}\n")
