"""Refusals of the actions, each stating the fact in the user's words."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from orgchart import french


class Refused(Exception):
    """The action was not done and nothing was written but what the message says; the message says why."""


class InvalidPosting(Refused):
    """What is given does not make a bourse. `field`: the one to mend, or empty."""

    def __init__(self, reason: str, field: str = "") -> None:
        self.field = field
        super().__init__(reason)


class NotEditable(Refused):
    """What is published is sealed."""


class ImpossibleTransition(Refused):
    """No arrow of the workflow leads there from the present status."""


class NeedsNotMet(Refused):
    """The transition exists but something is missing. `reasons`: each of them, a sentence."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class NotEligible(Refused):
    """`reasons`: the rules and the facts."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"Vous ne pouvez pas candidater à cette bourse. {' '.join(self.reasons)}".strip())


class TooLate(Refused):
    """After closing. `at`: the server's time of the attempt; `closed_at`: when the bourse closed."""

    def __init__(self, at: datetime.datetime, closed_at: datetime.datetime) -> None:
        self.at, self.closed_at = at, closed_at
        super().__init__(
            f"La bourse est close depuis le {exact(closed_at)}. Votre candidature est arrivée le {exact(at)}, heure de "
            "Paris\u00a0: elle n’est pas déposée. Votre texte est gardé en brouillon."
        )


class InvalidApplication(Refused):
    """`field`: the one to mend, or empty."""

    def __init__(self, reason: str, field: str = "") -> None:
        self.field = field
        super().__init__(reason)


class FileRefused(Refused):
    """Too large, empty, one too many, or of a kind that is not accepted."""


class InvalidExamination(Refused):
    """What the jury records does not hold: a score out of scale, a tie that is not said, a slot taken."""


class AlreadySealed(Refused):
    def __init__(self) -> None:
        super().__init__("Cette évaluation est rendue\u00a0: elle ne se modifie plus.")


class AlreadyDecided(Refused):
    """Somebody else recorded the outcome meanwhile, or it is recorded already."""


class CandidateWithdrew(Refused):
    """The person to retain withdrew meanwhile."""


class InvalidOutcome(Refused):
    """What is decided does not hold together: a candidate without a reason, more people than places."""


class CannotBeAssigned(Refused):
    """The chart or the assignments in force refuse: the message says their fact."""


def exact(at: datetime.datetime) -> str:
    """« 4 octobre 2021 à 12 h 00 min 07 s », in Paris."""
    local = timezone.localtime(at)
    return f"{french.moment(local)}\u00a0min\u00a0{local:%S}\u00a0s"
