"""The trail of a row, line by line: who, when, from what to what. The legal record is the versions, not this."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import models

from orgchart import french

from ..models import Agent, Assignment, Post, Unit
from .sheet import as_text

# Keys and order are not read; where a record comes from is told by the page in words, and why something was deduced.
_SILENT = {"id", "uid", "parent", "position", "origins", "deduced"}


class FieldChange(NamedTuple):
    field: str
    before: str
    after: str


class HistoryLine(NamedTuple):
    """`kind`: « + » created, « ~ » changed, « - » deleted. `by` is empty when the system acted."""

    at: datetime.datetime
    by: str
    kind: str
    reason: str
    changes: tuple[FieldChange, ...]


def history_lines(row: Unit | Post | Agent | Assignment) -> tuple[HistoryLine, ...]:
    """Newest first. Lines that changed nothing told here (tree, order) are left out.

    One query, and one for each kind of thing that the row pointed to and points to no more.
    """
    records = list(row.history.select_related("history_user").order_by("history_date", "history_id"))
    meta: Any = row._meta
    fields = [field for field in meta.fields if _told(row, field)]
    parents = _parent_labels(records) if isinstance(row, Unit) else {}
    names = {field.name: _names(field, records) for field in fields if field.is_relation}
    lines = []
    previous = None
    for record in records:
        changes: list[FieldChange] = []
        if previous is not None:
            changes = _changes(fields, names, previous, record)
        if isinstance(row, Unit) and previous is not None and previous.parent_id != record.parent_id:
            left, joined = (as_text(parents.get(each.parent_id)) for each in (previous, record))
            changes.append(FieldChange("rattachée à", left, joined))
        if changes or record.history_type != "~":
            lines.append(
                HistoryLine(
                    at=record.history_date,
                    by=str(record.history_user) if record.history_user else "",
                    kind=record.history_type,
                    reason=record.history_change_reason or "",
                    changes=tuple(changes),
                )
            )
        previous = record
    return tuple(reversed(lines))


def _changes(
    fields: list[Any], names: Mapping[str, Mapping[Any, str]], previous: Any, record: Any
) -> list[FieldChange]:
    found = []
    for field in fields:
        before, after = getattr(previous, field.attname), getattr(record, field.attname)
        if before != after:
            words = [_words(field, value, names.get(field.name)) for value in (before, after)]
            found.append(FieldChange(str(field.verbose_name), *words))
    return found


def _told(row: models.Model, field: Any) -> bool:
    excluded = row.history.model._history_excluded_fields  # type: ignore[attr-defined]
    return field.name not in _SILENT and field.name not in excluded


def _words(field: Any, value: Any, names: Mapping[Any, str] | None) -> str:
    """`names`: what the field pointed to, by key; None for a field that points to nothing."""
    if names is not None and value in names:
        return names[value]
    if field.choices and value:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime.date):
        return french.date(value)
    return as_text(value)


def _names(field: Any, records: list[Any]) -> dict[Any, str]:
    """What the row pointed to, by name; nothing to look up where it always pointed to the same."""
    values = {getattr(record, field.attname) for record in records}
    if len(values) < 2:
        return {}
    key = field.target_field.attname
    found = field.related_model._default_manager.filter(**{f"{key}__in": values - {None}})
    return {getattr(each, key): str(each) for each in found}


def _parent_labels(records: list[Any]) -> dict[int, str]:
    keys = {record.parent_id for record in records if record.parent_id}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "label"))
