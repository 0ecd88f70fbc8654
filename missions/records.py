"""Rows and records: what each column of a unit and of a post is in the structure, both ways, in this one place."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from orgchart.nomenclature import Form
from orgchart.records import ManagementLevel, Pending, Post, Unit
from orgchart.values import Deduction, Hours, Share

# The parent is the only reference kept by a database key: MPTT wants it.
_UNIT_NAMES = (
    "uid",
    "parent__uid",
    "kind_id",
    "label",
    "acronym",
    "aliases",
    "sites",
    "purposes",
    "position",
    "lead_id",
    "links",
    "origins",
    "partial",
    "provisional",
    "deduced",
)
_POST_NAMES = (
    "uid",
    "unit_id",
    "title_id",
    "form",
    "label",
    "label_plural",
    "grade_id",
    "category",
    "job_family",
    "corps",
    "statutory_grades",
    "level",
    "worked_hours",
    "reference_hours",
    "site_id",
    "duties",
    "shares",
    "superiors",
    "frozen",
    "position",
    "origins",
    "deduced",
)
PENDING_COLUMNS = ("uid", "candidates", "into_id")

_LISTS = {
    "aliases",
    "sites",
    "purposes",
    "links",
    "origins",
    "corps",
    "statutory_grades",
    "duties",
    "shares",
    "superiors",
    "deduced",
}


def _read_as_text(names: tuple[str, ...]) -> tuple[Any, ...]:
    """Most lists are empty: read as text, they cost nothing, where a JSON column costs a decoding in each row."""
    return tuple(Cast(name, TextField()) if name in _LISTS else name for name in names)


# For `values_list`, in the order that `unit_from_row` and `post_from_row` expect.
UNIT_COLUMNS = _read_as_text(_UNIT_NAMES)
POST_COLUMNS = _read_as_text(_POST_NAMES)

# Field of a record → the columns that hold it, without the parent of a unit, which is written with the tree.
UNIT_FIELDS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "label": ("label",),
    "acronym": ("acronym",),
    "aliases": ("aliases",),
    "sites": ("sites",),
    "purposes": ("purposes",),
    "position": ("position",),
    "lead": ("lead",),
    "links": ("links",),
    "origins": ("origins",),
    "partial": ("partial",),
    "provisional": ("provisional",),
    "deduced": ("deduced",),
}
POST_FIELDS: dict[str, tuple[str, ...]] = {
    "unit": ("unit",),
    "title": ("title",),
    "form": ("form",),
    "label": ("label",),
    "label_plural": ("label_plural",),
    "grade": ("grade",),
    "category": ("category",),
    "job_family": ("job_family",),
    "corps": ("corps",),
    "statutory_grades": ("statutory_grades",),
    "level": ("level",),
    "hours": ("worked_hours", "reference_hours"),
    "site": ("site",),
    "duties": ("duties",),
    "shares": ("shares",),
    "superiors": ("superiors",),
    "frozen": ("frozen",),
    "position": ("position",),
    "origins": ("origins",),
    "deduced": ("deduced",),
}

_FORMS = {form.value: form for form in Form}
_LEVELS: dict[str, ManagementLevel | None] = {"": None} | {level.value: level for level in ManagementLevel}


def unit_from_row(row: tuple[Any, ...]) -> Unit:
    """A unit from the values of `UNIT_COLUMNS`."""
    (
        uid,
        parent,
        kind,
        label,
        acronym,
        aliases,
        sites,
        purposes,
        position,
        lead,
        links,
        origins,
        partial,
        provisional,
        deduced,
    ) = row
    return Unit(
        id=uid,
        parent=parent,
        kind=kind,
        label=label,
        acronym=acronym,
        aliases=_items(aliases),
        sites=_items(sites),
        purposes=_items(purposes),
        position=position,
        lead=lead,
        links=_items(links),
        origins=_items(origins),
        partial=partial,
        provisional=provisional,
        deduced=_deductions(deduced),
    )


def post_from_row(row: tuple[Any, ...]) -> Post:
    """A post from the values of `POST_COLUMNS`."""
    (
        uid,
        unit,
        title,
        form,
        label,
        label_plural,
        grade,
        category,
        job_family,
        corps,
        statutory_grades,
        level,
        worked,
        reference,
        site,
        duties,
        shares,
        superiors,
        frozen,
        position,
        origins,
        deduced,
    ) = row
    return Post(
        id=uid,
        unit=unit,
        title=title,
        form=_FORMS[form],
        label=label,
        label_plural=label_plural,
        grade=grade,
        category=category or None,
        job_family=job_family,
        corps=_items(corps),
        statutory_grades=_items(statutory_grades),
        level=_LEVELS[level],
        hours=None if worked is None else Hours(worked=worked, reference=reference),
        site=site,
        duties=_items(duties),
        shares=tuple(Share(unit=share["unit"], percent=Decimal(share["percent"])) for share in _items(shares)),
        superiors=_items(superiors),
        frozen=frozen,
        position=position,
        origins=_items(origins),
        deduced=_deductions(deduced),
    )


def pending_from_row(row: tuple[Any, ...]) -> Pending:
    uid, candidates, into = row
    return Pending(id=uid, candidates=tuple(candidates), into=into)


def unit_columns(unit: Unit) -> dict[str, Any]:
    """Column → value, without the parent."""
    return {
        "kind_id": unit.kind,
        "label": unit.label,
        "acronym": unit.acronym,
        "aliases": list(unit.aliases),
        "sites": list(unit.sites),
        "purposes": list(unit.purposes),
        "position": unit.position,
        "lead_id": unit.lead,
        "links": list(unit.links),
        "origins": list(unit.origins),
        "partial": unit.partial,
        "provisional": unit.provisional,
        "deduced": msgspec.to_builtins(unit.deduced),
    }


def post_columns(post: Post) -> dict[str, Any]:
    return {
        "unit_id": post.unit,
        "title_id": post.title,
        "form": post.form.value,
        "label": post.label,
        "label_plural": post.label_plural,
        "grade_id": post.grade,
        "category": post.category or "",
        "job_family": post.job_family,
        "corps": list(post.corps),
        "statutory_grades": list(post.statutory_grades),
        "level": post.level.value if post.level else "",
        "worked_hours": post.hours.worked if post.hours else None,
        "reference_hours": post.hours.reference if post.hours else None,
        "site_id": post.site,
        "duties": list(post.duties),
        "shares": msgspec.to_builtins(post.shares),
        "superiors": list(post.superiors),
        "frozen": post.frozen,
        "position": post.position,
        "origins": list(post.origins),
        "deduced": msgspec.to_builtins(post.deduced),
    }


def unit_record(row: Any, uids: Mapping[int, str]) -> Unit:
    """The record of a unit's model object; `uids`: key → uid of the units in force."""
    values = unit_columns_of(row)
    parent = uids.get(row.parent_id) if row.parent_id else None
    return unit_from_row((row.uid, parent, *values))


def unit_columns_of(row: Any) -> Iterable[Any]:
    return [getattr(row, column) for column in _UNIT_NAMES[2:]]


def post_record(row: Any) -> Post:
    return post_from_row(tuple(getattr(row, column) for column in _POST_NAMES))


def columns_of(fields: Iterable[str], mapping: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The columns that hold these fields, in a stable order."""
    wanted = set(fields)
    return [column for field, columns in mapping.items() if field in wanted for column in columns]


def _items(found: str | list[Any]) -> tuple[Any, ...]:
    """A list as its text or as itself."""
    if found == "[]":
        return ()
    return tuple(msgspec.json.decode(found) if isinstance(found, str) else found)


def _deductions(found: str | list[dict[str, str]]) -> tuple[Deduction, ...]:
    return tuple(Deduction(reason=each["reason"], field=each.get("field", "")) for each in _items(found))
