"""Refusals of the actions, each stating the fact in the user's words."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from orgchart import french
from orgchart.conflicts import Conflict

if TYPE_CHECKING:
    from .models import DraftEdit


class Refused(Exception):
    """The action was not done and nothing was written; the message says why."""


class StaleDraft(Refused):
    """Somebody else edited the draft meanwhile. `edits`: what was done since; `revision`: the one to look at now."""

    def __init__(self, edits: Sequence["DraftEdit"], revision: int) -> None:
        self.edits = tuple(edits)
        self.revision = revision
        done = "\u00a0; ".join(describe(edit) for edit in edits)
        super().__init__(
            f"Le projet a changé depuis que vous l’avez ouvert. Rien n’a été écrasé. Ce qui a été fait\u00a0: {done}."
        )


class NotEditable(Refused):
    """The text is before the committee or beyond: it is no longer a draft."""


class ChangeIsGone(Refused):
    def __init__(self) -> None:
        super().__init__("Cet ajustement n’est plus dans le projet.")


class NothingToUndo(Refused):
    def __init__(self) -> None:
        super().__init__("Il n’y a plus rien à annuler.")


class NothingToRedo(Refused):
    def __init__(self) -> None:
        super().__init__("Il n’y a plus rien à rétablir.")


class CodeTaken(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(f"Une réorganisation a déjà le code «\u00a0{code}\u00a0».")


class NoChartInForce(Refused):
    def __init__(self) -> None:
        super().__init__("Aucun organigramme n’est en vigueur\u00a0: constatez d’abord l’état initial.")


class ImpossibleTransition(Refused):
    """No arrow of the workflow leads there from the present status."""


class NeedsNotMet(Refused):
    """The transition exists but something is missing. `reasons`: each of them, a sentence."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class NotVotable(Refused):
    """The votes or the text named do not go with the session."""


class NotDue(Refused):
    """The stage has no date yet, or it is to come."""


class NotChronological(Refused):
    """The date is before the newest version's, or another stage comes first."""


class StageIsGone(Refused):
    def __init__(self) -> None:
        super().__init__("Cette étape n’existe plus\u00a0: la réorganisation a été renvoyée au comité.")


class AlreadyApplied(Refused):
    def __init__(self) -> None:
        super().__init__("Cette étape est déjà en vigueur.")


class NoLongerApplies(Refused):
    """The chart in force has moved on: the text voted cannot be applied to it as it is."""

    def __init__(self, conflicts: Sequence[Conflict], reason: str = "") -> None:
        self.conflicts = tuple(conflicts)
        facts = " ".join([reason, *(conflict.message for conflict in conflicts)]).strip()
        super().__init__(
            f"Le texte voté ne s’applique plus à l’organigramme en vigueur. {facts} Enregistrez une adaptation "
            "d’exécution avec son motif, ou renvoyez la réorganisation au comité."
        )


class CannotBeWritten(Refused):
    """The chart in force refuses: a holder who has no room, a code the reference data no longer has."""


class NotACandidate(Refused):
    """The post named is not one of those that the transformation leaves open."""


class CandidateHeld(Refused):
    """The person retained holds none of the candidate posts, and the one named is held. `every`: all of them are."""

    def __init__(self, *, every: bool) -> None:
        if every:
            words = "Tous les postes candidats sont tenus\u00a0: un nouvel examen par le comité peut être nécessaire."
        else:
            words = "Ce poste est tenu\u00a0: la personne retenue venant d’ailleurs, désignez un poste vacant."
        super().__init__(words)


class FileRefused(Refused):
    """Too large, empty, or of a kind that is not accepted."""


def describe(edit: "DraftEdit") -> str:
    """« Claire Vasseur, à 14 h 32 : ajustement ajouté (Créer la cellule de direction) »."""
    moment = timezone.localtime(edit.at)
    day = "" if moment.date() == timezone.localdate() else f"le {french.date(moment)} "
    who = str(edit.by) if edit.by else "l’application"
    what = edit.get_kind_display()
    return f"{who}, {day}à {french.clock(moment)}\u00a0: {what[0].lower()}{what[1:]} ({edit.summary})"
