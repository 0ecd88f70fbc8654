"""The chart in force as a value, whole or in part. No model object is built to read it."""

import msgspec
from django.db.models import Q

from orgchart import nomenclature as words
from orgchart.records import Unit as UnitRecord
from orgchart.structure import Structure
from orgchart.values import GradeCode, KindCode, SiteCode, TitleCode, UnitId

from ..models import Grade, JobTitle, PendingTransformation, Post, Site, Unit, UnitKind
from ..records import (
    PENDING_COLUMNS,
    POST_COLUMNS,
    UNIT_COLUMNS,
    pending_from_row,
    post_from_row,
    unit_from_row,
)


def nomenclature() -> words.Nomenclature:
    """The employer's reference data as it is now. Four queries."""
    return words.Nomenclature(
        kinds=tuple(
            words.Kind(
                code=KindCode(code),
                label=label,
                plural=plural,
                feminine=feminine,
                rank=rank,
                heads_perimeter=heads_perimeter,
                external=external,
            )
            for code, label, plural, feminine, rank, heads_perimeter, external in UnitKind.objects.values_list(
                "code", "label", "plural", "feminine", "rank", "heads_perimeter", "external"
            )
        ),
        grades=tuple(
            words.Grade(code=GradeCode(code), rank=rank, label=label, category=category_of(category))
            for code, rank, label, category in Grade.objects.values_list("code", "rank", "label", "category")
        ),
        titles=tuple(
            words.Title(
                code=TitleCode(code),
                masculine=masculine,
                masculine_plural=masculine_plural,
                feminine=feminine,
                feminine_plural=feminine_plural,
                inclusive=inclusive,
                inclusive_plural=inclusive_plural,
            )
            for (
                code,
                masculine,
                masculine_plural,
                feminine,
                feminine_plural,
                inclusive,
                inclusive_plural,
            ) in JobTitle.objects.order_by("code").values_list(
                "code",
                "masculine",
                "masculine_plural",
                "feminine",
                "feminine_plural",
                "inclusive",
                "inclusive_plural",
            )
        ),
        sites=tuple(
            words.Site(code=SiteCode(code), label=label)
            for code, label in Site.objects.order_by("code").values_list("code", "label")
        ),
    )


def structure_in_force() -> Structure:
    """The live rows, corrections included, with the nomenclature as it is now. Seven queries, whatever the size."""
    return Structure.of(
        map(unit_from_row, Unit.objects.in_force().order_by().values_list(*UNIT_COLUMNS)),
        map(post_from_row, Post.objects.in_force().order_by().values_list(*POST_COLUMNS)),
        map(pending_from_row, PendingTransformation.objects.order_by().values_list(*PENDING_COLUMNS)),
        nomenclature(),
    )


def partial_structure(unit: UnitId | str) -> Structure | None:
    """The unit, all below it with their posts, and above it the units alone, up to the root; None: not in force.

    Posts of elsewhere that lead one of these units or work for it in part come along, without their unit. Only the
    totals of the unit and those below it mean something. Nine queries.
    """
    row = Unit.objects.in_force().filter(uid=unit).values_list("tree_id", "lft", "rght").first()
    if row is None:
        return None
    tree, left, right = row
    units = [
        unit_from_row(values)
        for values in Unit.objects.in_force()
        .order_by()
        .filter(Q(lft__gte=left, rght__lte=right) | Q(lft__lt=left, rght__gt=right), tree_id=tree)
        .values_list(*UNIT_COLUMNS)
    ]
    above = _above(units, UnitId(unit))
    inside = [each.id for each in units if each.id not in above]
    leads = [each.lead for each in units if each.lead and each.id not in above]
    posts = {
        values[0]: post_from_row(values)
        for values in Post.objects.in_force()
        .order_by()
        .filter(Q(unit__uid__in=inside) | Q(uid__in=leads))
        .values_list(*POST_COLUMNS)
    }
    shared = Post.objects.in_force().order_by().exclude(shares=[]).values_list(*POST_COLUMNS)
    for post in map(post_from_row, shared):
        if any(share.unit in inside for share in post.shares):
            posts.setdefault(post.id, post)
    present = {each.id for each in units}
    return Structure.of(
        # A unit above may be led from outside this part: it is then not known here.
        [each if each.lead in posts else msgspec.structs.replace(each, lead=None) for each in units],
        posts.values(),
        (
            pending
            for pending in map(pending_from_row, PendingTransformation.objects.values_list(*PENDING_COLUMNS))
            if pending.into in posts and posts[pending.into].unit in present
        ),
        nomenclature(),
    )


def _above(units: list[UnitRecord], unit: UnitId) -> set[UnitId]:
    parents = {each.id: each.parent for each in units}
    found: set[UnitId] = set()
    current = parents.get(unit)
    while current is not None:
        found.add(current)
        current = parents.get(current)
    return found


def category_of(found: str) -> words.Category | None:
    return msgspec.convert(found, type=words.Category) if found else None
