"""Rule sets by session date: reference data that HR edits and a reload only completes."""

import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from ruamel.yaml import YAML

from accounts.actions import record_event
from accounts.models import User

from ..exceptions import Refused
from ..models import CommitteeRules
from ..permissions import check_actor, check_can_manage_committees

type Days = Annotated[int, msgspec.Meta(ge=0)]


class RulesRefused(Refused):
    """The figures do not hold together."""


class RuleSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of fixtures/committee_rules.yaml."""

    code: str
    label: str
    legal_source: str
    committee_label: str
    convocation_days: Days
    urgent_convocation_days: Days
    documents_days: Days
    quorum_percent: Days
    new_convocation_days: Days
    new_examination_after_days: Days
    new_examination_before_days: Days
    minutes_days: Days
    follow_up_months: Days
    delegations_per_member: Days | None = None
    convocation_source: str = ""
    documents_source: str = ""
    quorum_source: str = ""
    new_examination_source: str = ""
    minutes_source: str = ""
    follow_up_source: str = ""
    begins_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@transaction.atomic
def save_committee_rules(*, rules: CommitteeRules, by: User | None) -> CommitteeRules:
    """Raises NotAllowed, RulesRefused."""
    check_actor(by, check_can_manage_committees)
    try:
        rules.full_clean()
    except ValidationError as error:
        raise RulesRefused(" ".join(error.messages)) from None
    rules.save()
    said = f"Règles enregistrées\u00a0: {rules.label}."
    record_event(verb="save_committee_rules", target=rules, by=by, summary=said)
    return rules


@transaction.atomic
def load_committee_rules(*, path: Path, by: User | None = None) -> int:
    """Add the rule sets of the file whose code is not known yet; those known stay as HR left them.

    Returns how many were added. Raises msgspec.ValidationError, naming the path, and RulesRefused.
    """
    sets = msgspec.convert(YAML(typ="safe").load(path.read_text()), type=tuple[RuleSet, ...])
    known = set(CommitteeRules.objects.values_list("code", flat=True))
    missing = [each for each in sets if each.code not in known]
    for each in missing:
        save_committee_rules(rules=CommitteeRules(**msgspec.structs.asdict(each)), by=by)
    return len(missing)
