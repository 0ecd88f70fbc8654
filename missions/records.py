"""Rows and records: what each column of a unit and of a post is in the structure, both ways, in this one place."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from orgchart.nomenclature import Form
from orgchart.structure import ManagementLevel, Pending, Post, Unit
from orgchart.values import Deduction, Hours, Share

# Read with `values_list`, in this order. The parent is the only reference kept by a database key (MPTT wants it).
UNIT_COLUMNS = (
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
POST_COLUMNS = (
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
    "frozen",
    "position",
    "origins",
    "deduced",
)
PENDING_COLUMNS = ("uid", "candidates", "into_id")

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
        aliases=tuple(aliases),
        sites=tuple(sites),
        purposes=tuple(purposes),
        position=position,
        lead=lead,
        links=tuple(links),
        origins=tuple(origins),
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
        corps=tuple(corps),
        statutory_grades=tuple(statutory_grades),
        level=_LEVELS[level],
        hours=None if worked is None else Hours(worked=worked, reference=reference),
        site=site,
        duties=tuple(duties),
        shares=tuple(Share(unit=share["unit"], percent=Decimal(share["percent"])) for share in shares),
        frozen=frozen,
        position=position,
        origins=tuple(origins),
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
    return [getattr(row, column) for column in UNIT_COLUMNS[2:]]


def post_record(row: Any) -> Post:
    return post_from_row(tuple(getattr(row, column) for column in POST_COLUMNS))


def columns_of(fields: Iterable[str], mapping: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The columns that hold these fields, in a stable order."""
    wanted = set(fields)
    return [column for field, columns in mapping.items() if field in wanted for column in columns]


def _deductions(found: list[dict[str, str]]) -> tuple[Deduction, ...]:
    return tuple(Deduction(reason=each["reason"], field=each.get("field", "")) for each in found)
