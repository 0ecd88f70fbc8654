"""Corrections: a mistake in a detail is mended at once, beside what is sealed."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from accounts.actions import record_event
from accounts.models import User
from orgchart.records import Post as PostRecord
from orgchart.records import Unit as UnitRecord

from ..corrections import POST_LABELS, UNIT_LABELS, with_field
from ..models import Correction, CorrectionTarget, Post, Site, Unit, Version
from ..records import POST_FIELDS, UNIT_FIELDS, columns_of, post_columns, post_record, unit_columns, unit_record
from .locking import lock_chart
from .structure import UnknownReference
from .versions import ChartNotOpened


class NotCorrectable(Exception):
    """The field belongs to the structure: it changes by a reorganisation."""

    def __init__(self, label: str) -> None:
        super().__init__(f"« {label} » ne se corrige pas : seule une réorganisation le modifie.")


class NothingToCorrect(Exception):
    def __init__(self) -> None:
        super().__init__("La correction ne change rien.")


class InvalidCorrection(Exception):
    """The new value is not one that this field can have."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"{label} : {reason}")


class ReasonMissing(Exception):
    def __init__(self) -> None:
        super().__init__("Une correction a un motif.")


class NoLongerInForce(Exception):
    def __init__(self, label: str) -> None:
        super().__init__(f"« {label} » n’est plus en vigueur.")


# How the fields that are structure are named when their correction is refused.
UNIT_STRUCTURE = {
    "parent": "Rattachement",
    "kind": "Type d’unité",
    "lead": "Direction de l’unité",
    "links": "Liens fonctionnels",
    "position": "Rang",
}
POST_STRUCTURE = {
    "unit": "Unité",
    "title": "Intitulé",
    "grade": "Cotation",
    "shares": "Répartition",
    "superiors": "Autorité fonctionnelle",
    "frozen": "Gel",
    "position": "Rang",
}


@transaction.atomic
def correct_unit(*, unit: Unit, fields: Mapping[str, Any], reason: str, by: User | None) -> tuple[Correction, ...]:
    """Mend `fields` (name in the structure → new value) of a unit in force; one line for each that differs.

    Raises NotCorrectable, InvalidCorrection, NothingToCorrect, ReasonMissing, UnknownReference, NoLongerInForce,
    ChartNotOpened.
    """
    lock_chart()
    row = Unit.objects.get(pk=unit.pk)
    uids = dict(Unit.objects.filter(pk=row.parent_id).values_list("pk", "uid"))
    before = unit_record(row, uids)
    after, changed = _mended(before, fields, UNIT_LABELS, UNIT_STRUCTURE)
    _check_sites({*after.sites} - {*before.sites})
    columns = columns_of(changed, UNIT_FIELDS)
    return _write(row, before, after, changed, columns, unit_columns(after), reason=reason, by=by)


@transaction.atomic
def correct_post(*, post: Post, fields: Mapping[str, Any], reason: str, by: User | None) -> tuple[Correction, ...]:
    """As `correct_unit`. Site, hours and the like are mended where they were unknown or wrong: `reason` says so."""
    lock_chart()
    row = Post.objects.get(pk=post.pk)
    before = post_record(row)
    after, changed = _mended(before, fields, POST_LABELS, POST_STRUCTURE)
    _check_sites({after.site} - {before.site, None})
    columns = columns_of(changed, POST_FIELDS)
    return _write(row, before, after, changed, columns, post_columns(after), reason=reason, by=by)


def _mended[R: UnitRecord | PostRecord](
    before: R, fields: Mapping[str, Any], labels: Mapping[str, str], structure: Mapping[str, str]
) -> tuple[R, list[str]]:
    """The record as it will be, and the fields that differ; what was deduced and is now stated is deduced no more."""
    after = before
    for field, value in fields.items():
        if field not in labels or field == "deduced":
            raise NotCorrectable(structure.get(field, field))
        try:
            after = with_field(after, field, msgspec.to_builtins(value))
        except msgspec.ValidationError as error:
            reason = str(error.__cause__ or "cette valeur n’est pas possible.")
            raise InvalidCorrection(labels[field], reason) from None
    changed = [field for field in fields if getattr(after, field) != getattr(before, field)]
    if not changed:
        raise NothingToCorrect
    deduced = tuple(each for each in after.deduced if each.field not in changed)
    if deduced != after.deduced:
        after = msgspec.structs.replace(after, deduced=deduced)
        changed.append("deduced")
    return after, changed


def _check_sites(codes: set[Any]) -> None:
    known = set(Site.objects.filter(code__in=codes).values_list("code", flat=True))
    if missing := codes - known:
        raise UnknownReference("Site", missing)


def _write(
    row: Unit | Post,
    before: UnitRecord | PostRecord,
    after: UnitRecord | PostRecord,
    changed: list[str],
    columns: list[str],
    values: Mapping[str, Any],
    *,
    reason: str,
    by: User | None,
) -> tuple[Correction, ...]:
    newest = Version.objects.without_snapshot().order_by("-number").first()
    if newest is None:
        raise ChartNotOpened
    if row.gone_on is not None:
        raise NoLongerInForce(str(row))
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    for column, value in values.items():
        setattr(row, column, value)
    untouched = {field.name for field in row._meta.fields} - set(columns)
    try:
        row.clean_fields(exclude=untouched)
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        verbose_names = {field.name: str(field.verbose_name) for field in row._meta.fields}
        raise InvalidCorrection(verbose_names[column], " ".join(messages)) from None
    bulk_update_with_history(
        [row],
        type(row),
        columns,
        default_user=by,
        default_change_reason=f"Correction : {reason}",
        default_date=timezone.now(),
    )
    target = CorrectionTarget.UNIT if isinstance(row, Unit) else CorrectionTarget.POST
    told = [
        Correction(
            version=newest,
            target_kind=target,
            target_uid=row.uid,
            field=field,
            before=msgspec.to_builtins(getattr(before, field)),
            after=msgspec.to_builtins(getattr(after, field)),
            reason=reason,
            by=by,
        )
        for field in changed
    ]
    record_event(
        verb="correct",
        target=row,
        by=by,
        summary=f"{target.label.capitalize()} corrigé{'e' if isinstance(row, Unit) else ''} : {', '.join(changed)}.",
        details={"fields": changed, "reason": reason},
    )
    return tuple(Correction.objects.bulk_create(told))
