"""Where the minutes of a session stand: written, signed by three, approved at a later session."""

from enum import StrEnum

from .models import Session

# (who signs, the column of the day, the column of the name), in the order of the signatures.
SIGNATURES = (
    ("Le président", "president_signed_on", "president"),
    ("Le secrétaire de séance", "secretary_signed_on", "secretary"),
    ("Le secrétaire adjoint", "deputy_secretary_signed_on", "deputy_secretary"),
)


class MinutesState(StrEnum):
    DRAFT = "projet"
    SIGNING = "en cours de signature"
    SIGNED = "signé"
    APPROVED = "approuvé"


def minutes_state(session: Session) -> MinutesState:
    if session.minutes_approved_on:
        return MinutesState.APPROVED
    if session.minutes_signed_on:
        return MinutesState.SIGNED
    if any(getattr(session, day) for _, day, _ in SIGNATURES):
        return MinutesState.SIGNING
    return MinutesState.DRAFT
