"""What an import did, or would do, in words."""

from typing import NamedTuple

from .problems import Path
from .steps import AnyStep, OpenReorganisation


class Outcome(NamedTuple):
    """One record of the file. `done` False: it was there already, and nothing was changed."""

    path: Path
    wording: str
    done: bool

    def __str__(self) -> str:
        return f"{'+' if self.done else '='} {self.wording}{'' if self.done else ' (déjà là)'}"


# Tag of a step → what it does, with its own fields.
WORDINGS = {
    "edit_draft": "projet modifié",
    "put_on_agenda": "inscription à la séance {session}",
    "submit": "soumission, séance {session}",
    "present_again": "présentation à la séance {session}",
    "amend_text": "version modifiée du {dated_on:%d/%m/%Y}",
    "record_opinion": "avis, séance {session}",
    "postpone": "report",
    "send_back": "renvoi en projet",
    "withdraw": "retrait",
    "decide": "décision {number} du {dated_on:%d/%m/%Y}",
    "set_stage_date": "étape {stage}, date d’effet {effective_on:%d/%m/%Y}",
    "apply_stage": "étape {stage}, entrée en vigueur",
    "resolve_transformation": "issue de la bourse, {post}",
    "adjust_execution": "adaptation d’exécution",
    "assign_agent": "Affectation : {agent}, {post}",
    "state_vacancy": "Vacance : {post}",
    "correct_unit": "Correction : {unit}",
    "correct_post": "Correction : {post}",
}


def told(step: AnyStep) -> str:
    if isinstance(step, OpenReorganisation):
        number = len(step.changes)
        return f"{step.code} : {step.title}, {number} ajustement{'s' if number > 1 else ''}"
    fields = {field: getattr(step, field) for field in step.__struct_fields__}
    wording = WORDINGS[str(step.__struct_config__.tag)].format(**fields)
    code = fields.get("reorganisation")
    return f"{code} : {wording}" if code else wording
