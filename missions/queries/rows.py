"""The chart in force as its writers read it: the value, and what its rows need to be written again."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import BooleanField, CharField, IntegerField, Q, QuerySet, Value

from orgchart import nomenclature as words
from orgchart.records import Pending, Post, Unit
from orgchart.structure import Structure
from orgchart.values import GradeCode, KindCode, PostId, SiteCode, TitleCode, UnitId

from .. import models
from ..records import POST_COLUMNS, UNIT_COLUMNS, pending_from_row, post_from_row, unit_from_row
from ..tree import Numbers, Placed
from .chart import category_of

IN_FORCE = Q(gone_on__isnull=True)


class ChartRows(NamedTuple):
    """`places`: unit in force → its key, its parent's, and its numbers in the tree.

    `stated_vacant`: post stated vacant → since when. `out_of_force`: those of the ids asked for that have a row.
    """

    structure: Structure
    places: Mapping[UnitId, Placed]
    stated_vacant: Mapping[PostId, datetime.date]
    out_of_force: frozenset[str]


def chart_rows(made: Collection[str] = ()) -> ChartRows:
    """`made`: the ids about to be made. Three queries, whatever the size."""
    units: list[Unit] = []
    posts: list[Post] = []
    pendings: list[Pending] = []
    places: dict[UnitId, Placed] = {}
    stated_vacant: dict[PostId, datetime.date] = {}
    out_of_force: set[str] = set()
    unit_rows = models.Unit.objects.filter(IN_FORCE | Q(uid__in=made)).order_by()
    for gone_on, key, parent, tree_id, lft, rght, level, *values in unit_rows.values_list(
        "gone_on", "pk", "parent_id", "tree_id", "lft", "rght", "level", *UNIT_COLUMNS
    ):
        unit = unit_from_row(tuple(values))
        if gone_on is None:
            units.append(unit)
            places[unit.id] = Placed(key, parent, Numbers(tree_id, lft, rght, level))
        else:
            out_of_force.add(unit.id)
    post_rows = models.Post.objects.filter(IN_FORCE | Q(uid__in=made)).order_by()
    for gone_on, vacant_since, pending, candidates, *values in post_rows.values_list(
        "gone_on", "stated_vacant_since", "pending__uid", "pending__candidates", *POST_COLUMNS
    ):
        post = post_from_row(tuple(values))
        if gone_on is None:
            posts.append(post)
        else:
            out_of_force.add(post.id)
        if vacant_since is not None:
            stated_vacant[post.id] = vacant_since
        if pending is not None:
            pendings.append(pending_from_row((pending, candidates, post.id)))
    structure = Structure.of(units, posts, pendings, nomenclature_at_once())
    return ChartRows(structure, places, stated_vacant, frozenset(out_of_force))


NO_TEXT = Value("", CharField())
NO = Value(False, BooleanField())
NO_RANK = Value(0, IntegerField())
TITLE_FORMS = ("masculine", "masculine_plural", "feminine", "feminine_plural", "inclusive", "inclusive_plural")


def nomenclature_at_once() -> words.Nomenclature:
    """What `nomenclature` reads, in the same order, in one query: four parts with the same twelve columns."""
    kinds = _part(models.UnitKind, "rank", "heads_perimeter", "feminine", "external", "label", "plural")
    grades = _part(models.Grade, "rank", NO, NO, NO, "label", "category")
    titles = _part(models.JobTitle, NO_RANK, NO, NO, NO, *TITLE_FORMS)
    sites = _part(models.Site, NO_RANK, NO, NO, NO, "label")
    rows = [tuple(row) for row in kinds.union(grades, titles, sites, all=True).order_by("rank", "code")]
    return words.Nomenclature(
        kinds=tuple(
            words.Kind(
                code=KindCode(code),
                label=label,
                plural=plural,
                feminine=feminine,
                rank=rank,
                heads_perimeter=heads,
                external=external,
            )
            for what, code, rank, heads, feminine, external, label, plural, *_ in rows
            if what == models.UnitKind.__name__
        ),
        grades=tuple(
            words.Grade(code=GradeCode(code), rank=rank, label=label, category=category_of(category))
            for what, code, rank, _, _, _, label, category, *_ in rows
            if what == models.Grade.__name__
        ),
        titles=tuple(
            words.Title(code=TitleCode(code), **dict(zip(TITLE_FORMS, forms, strict=True)))
            for what, code, _, _, _, _, *forms in rows
            if what == models.JobTitle.__name__
        ),
        sites=tuple(
            words.Site(code=SiteCode(code), label=label)
            for what, code, _, _, _, _, label, *_ in rows
            if what == models.Site.__name__
        ),
    )


def _part(model: Any, *columns: Any) -> QuerySet[Any]:
    """One kind of reference data: its name, its code, its rank, three yes or no, then its texts."""
    missing = [NO_TEXT] * (len(TITLE_FORMS) + 4 - len(columns))
    found: QuerySet[Any] = model._default_manager.order_by().values_list(
        Value(model.__name__, CharField()), "code", *columns, *missing
    )
    return found
