"""What an import did, or would do, in words."""

import datetime
from typing import Any, NamedTuple

from orgchart import french

from .problems import Path
from .steps import AnyStep, OpenReorganisation


class Outcome(NamedTuple):
    """One record of the file. `done` False: it was there already, and nothing was changed. `warnings`: what it holds
    that cannot be done as it stands."""

    path: Path
    wording: str
    done: bool
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        line = f"{'+' if self.done else '='} {self.wording}{'' if self.done else ' (déjà là)'}"
        return "\n".join(
            [line, *(f"! ajustement impossible, à revoir dans l’atelier\u00a0: {each}" for each in self.warnings)]
        )


# Tag of a step → what it does, with its own fields.
WORDINGS = {
    "edit_draft": "projet modifié",
    "arbitrate_conflict": "conflit arbitré, {change}",
    "put_on_agenda": "inscription à la séance {session}",
    "submit": "soumission, séance {session}",
    "present_again": "présentation à la séance {session}",
    "reconvene_session": "Séance {session} sans quorum, reconvoquée\u00a0: {to}",
    "amend_text": "version modifiée du {dated_on}",
    "record_opinion": "avis, séance {session}",
    "postpone": "report",
    "send_back": "renvoi en projet",
    "withdraw": "retrait",
    "add_agenda_item": "Point à l’ordre du jour de {session}\u00a0: {title}",
    "record_attendance": "Présences\u00a0: {session}",
    "record_debate": "Débats\u00a0: {session}",
    "decide": "décision {number} du {dated_on}",
    "record_act": "acte {number} du {dated_on}, à côté de la décision",
    "confirm": "confirmation, {reason}",
    "set_stage_date": "étape {stage}, date d’effet {effective_on}",
    "apply_stage": "étape {stage}, entrée en vigueur",
    "resolve_transformation": "issue de la bourse, {post}",
    "fruitless_bourse": "bourse infructueuse du {on}",
    "adjust_execution": "adaptation d’exécution",
    "assign_agent": "Affectation\u00a0: {agent}, {post}",
    "state_vacancy": "Vacance\u00a0: {post}",
    "correct_unit": "Correction\u00a0: {unit}",
    "correct_post": "Correction\u00a0: {post}",
}


def told(step: AnyStep) -> str:
    if isinstance(step, OpenReorganisation):
        number = len(step.changes)
        return f"{step.code}\u00a0: {step.title}, {number} ajustement{'s' if number > 1 else ''}"
    fields = {field: _word(getattr(step, field)) for field in step.__struct_fields__}
    wording = WORDINGS[str(step.__struct_config__.tag)].format(**fields)
    code = fields.get("reorganisation")
    return f"{code}\u00a0: {wording}" if code else wording


def _word(value: Any) -> Any:
    return french.date(value) if isinstance(value, datetime.date) else value
