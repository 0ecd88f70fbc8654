"""The table of posts: filters and totals, computed by the database, pending transformations counted here only."""

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from orgchart.records import Post as PostRecord
from orgchart.total import Total
from orgchart.values import Hours, UnitId

from ..models import Assignment, PendingTransformation, Post, Unit
from ..records import POST_COLUMNS, post_from_row
from .occupation import Occupation
from .search import folded


class PostFilters(NamedTuple):
    """What the table is narrowed to. `unit`: its whole subtree. NONE in `grade`, `category` or `site`: not known."""

    unit: str = ""
    grade: str = ""
    category: str = ""
    site: str = ""
    occupation: str = ""
    text: str = ""


class UnitPlace(NamedTuple):
    """Where a unit stands in the tree: enough to list the units, and to tell what is below which."""

    uid: UnitId
    label: str
    level: int
    partial: bool
    external: bool
    tree: int
    left: int
    right: int


NONE = "-"

# A letter as `folded` leaves it → what it may stand for. Capitals too: PostgreSQL may not know those with an accent.
ACCENTED = {
    "a": "àâäáãåÀÂÄÁÃÅ",
    "c": "çÇ",
    "e": "éèêëÉÈÊË",
    "i": "îïíìÎÏÍÌ",
    "n": "ñÑ",
    "o": "ôöóòõÔÖÓÒÕ",
    "u": "ùûüúÙÛÜÚ",
    "y": "ÿýŸÝ",
    "'": "’",
}

SORTS = {
    "unit": ("unit__tree_id", "unit__lft", "position", "uid"),
    "title": ("printed_title", "unit__tree_id", "unit__lft", "position", "uid"),
    "grade": ("grade__rank", "unit__tree_id", "unit__lft", "position", "uid"),
    "category": ("known_category", "grade__rank", "unit__tree_id", "unit__lft", "position", "uid"),
    "site": ("site__label", "unit__tree_id", "unit__lft", "position", "uid"),
    "occupation": ("occupation", "unit__tree_id", "unit__lft", "position", "uid"),
}


class PostTotals(NamedTuple):
    """What the filtered posts amount to, as `orgchart.structure` counts them.

    `total`: candidates of a pending transformation that all pass the filter count less those to be transformed. When
    only some pass, none of theirs is sure to remain: they are left out, and `undetermined` says how many may count.
    `complete` is False when the filter is on a unit known in part, or above one: its total is « non renseigné ».
    `listed`: how many rows the table has, candidates included.
    """

    total: Total
    by_grade: dict[str | None, Total]
    undetermined: int = 0
    complete: bool = True
    listed: int = 0


_OTHER_EMPLOYERS = Unit.objects.in_force().filter(kind__external=True, level=0)


def posts_table(
    filters: PostFilters, day: datetime.date, *, sort: str = "unit", descending: bool = False
) -> QuerySet[Post]:
    """Posts in force, those of other employers only when their unit is asked for.

    Each with `printed_title`, `known_category` and `occupation`, its references joined.
    """
    found = Post.objects.in_force().annotate(
        known_category=Coalesce(NullIf("category", Value("")), NullIf("grade__category", Value(""))),
        printed_title=_printed_title(),
        occupation=_occupation(day),
    )
    if filters.unit:
        found = found.filter(unit__uid__in=Unit.objects.in_force().filter(_below(filters.unit)).values("uid"))
    else:
        found = found.exclude(unit__tree_id__in=_OTHER_EMPLOYERS.values("tree_id"))
    if filters.grade:
        found = found.filter(grade__isnull=True) if filters.grade == NONE else found.filter(grade__code=filters.grade)
    if filters.category:
        unknown = filters.category == NONE
        found = found.filter(known_category__isnull=True) if unknown else found.filter(known_category=filters.category)
    if filters.site:
        found = found.filter(site__isnull=True) if filters.site == NONE else found.filter(site__code=filters.site)
    if filters.occupation:
        found = found.filter(occupation=filters.occupation)
    if filters.text:
        sought = _sought(folded(filters.text))
        found = found.filter(Q(printed_title__iregex=sought) | Q(unit__label__iregex=sought))
    order = [
        F(column).desc(nulls_last=True) if descending else F(column).asc(nulls_last=True) for column in SORTS[sort]
    ]
    return found.select_related("unit", "title", "grade", "site").order_by(*order)


def posts_totals(posts: QuerySet[Post], filters: PostFilters, places: Sequence[UnitPlace] | None = None) -> PostTotals:
    """Five queries at most, whatever the number of posts; one less when the units are known already (`places`)."""
    inside = _inside(filters.unit, unit_places() if places is None else places)
    subtree = {place.uid for place in inside} if filters.unit else None
    listed = 0
    by_grade: dict[str | None, Total] = {}
    plain = posts.order_by().select_related(None)
    groups = plain.filter(shares=[]).values_list("grade__code", "worked_hours", "reference_hours")
    for grade, worked, reference, number in groups.annotate(number=Count("pk")):
        listed += number
        _add(by_grade, grade, _one(worked, reference).times(number))
    # A whole subtree counts the part of those of other units that work for it as well.
    with_guests = subtree if _is_subtree_only(filters) else None
    shared = plain if with_guests is None else Post.objects.in_force().order_by()
    for post in map(post_from_row, shared.exclude(shares=[]).values_list(*POST_COLUMNS)):
        if with_guests is None or post.unit in with_guests:
            listed += 1
            _add(by_grade, post.grade, _one_of(post, subtree))
        elif any(share.unit in with_guests for share in post.shares):
            _add(by_grade, post.grade, Total(0, _one_of(post, subtree).etp, 0))
    undetermined = _take_pendings_away(by_grade, plain, subtree)
    return PostTotals(
        total=sum(by_grade.values(), Total()),
        by_grade={grade: total for grade, total in by_grade.items() if total != Total()},
        undetermined=undetermined,
        complete=not any(place.partial or place.external for place in inside),
        listed=listed,
    )


def unit_places() -> tuple[UnitPlace, ...]:
    """The units in force in the order of the tree. One query."""
    rows = Unit.objects.in_force().order_by("tree_id", "lft")
    return tuple(
        UnitPlace(*row)
        for row in rows.values_list("uid", "label", "level", "partial", "kind__external", "tree_id", "lft", "rght")
    )


def _inside(unit: str, places: Sequence[UnitPlace]) -> list[UnitPlace]:
    """The unit and those below it; all those of the employer without a unit; none for one that is not in force."""
    if not unit:
        others = {place.tree for place in places if place.external and not place.level}
        return [place for place in places if place.tree not in others]
    top = next((place for place in places if place.uid == unit), None)
    if top is None:
        return []
    return [each for each in places if each.tree == top.tree and top.left <= each.left <= top.right]


def _take_pendings_away(by_grade: dict[str | None, Total], posts: QuerySet[Post], subtree: set[UnitId] | None) -> int:
    """What each group of candidates no longer counts for; returns how many posts that leaves undetermined."""
    groups: dict[tuple[str, ...], int] = {}
    for candidates in PendingTransformation.objects.values_list("candidates", flat=True):
        key = tuple(sorted(candidates))
        groups[key] = groups.get(key, 0) + 1
    if not groups:
        return 0
    wanted = {uid for key in groups for uid in key}
    present = {row[0]: post_from_row(row) for row in posts.filter(uid__in=wanted).values_list(*POST_COLUMNS)}
    undetermined = 0
    for key, number in groups.items():
        matched = [present[uid] for uid in key if uid in present]
        if matched:
            # Candidates share unit, cotation, hours and sharing: one of them speaks for all.
            first = matched[0]
            whole = len(matched) == len(key)
            _add(by_grade, first.grade, _one_of(first, subtree).times(-number if whole else -len(matched)))
            undetermined += 0 if whole else min(len(matched), len(key) - number)
    return undetermined


def _add(totals: dict[str | None, Total], grade: str | None, total: Total) -> None:
    totals[grade] = totals.get(grade, Total()) + total


def _one(worked: Any, reference: Any) -> Total:
    if worked is None:
        return Total(1, Fraction(), 1)
    return Total(1, Hours(worked=worked, reference=reference).etp, 0)


def _one_of(post: PostRecord, subtree: set[UnitId] | None) -> Total:
    """A post, and of its ETP the part that works for the subtree."""
    part = Fraction(1) if subtree is None else sum((post.part_of(unit) for unit in subtree), Fraction())
    return Total(1, Fraction(), 1) if post.etp is None else Total(1, post.etp * part, 0)


def _is_subtree_only(filters: PostFilters) -> bool:
    return filters._replace(unit="") == PostFilters()


def _below(unit: str) -> Q:
    """An unknown or closed unit holds nothing."""
    top = Unit.objects.in_force().filter(uid=unit)
    return Q(
        tree_id=Subquery(top.values("tree_id")[:1]),
        lft__gte=Subquery(top.values("lft")[:1]),
        rght__lte=Subquery(top.values("rght")[:1]),
    )


def _printed_title() -> Coalesce:
    """The post's own label, else its title in its form, as `Structure.title_of` says it."""
    form = Case(
        When(form="feminine", then=NullIf("title__feminine", Value(""))),
        When(form="inclusive", then=NullIf("title__inclusive", Value(""))),
        output_field=CharField(),
    )
    return Coalesce(NullIf("label", Value("")), form, F("title__masculine"), Value("intitulé non renseigné"))


def _sought(text: str) -> str:
    """A pattern that finds a text with or without its accents: neither database strips those of a column."""
    parts = (f"[{letter}{ACCENTED[letter]}]" if letter in ACCENTED else re.escape(letter) for letter in text)
    return "".join(parts)


def _occupation(day: datetime.date) -> Case:
    held = Assignment.objects.in_force_on(day).filter(post=OuterRef("uid"))
    return Case(
        When(Exists(held), then=Value(Occupation.HELD.value)),
        When(stated_vacant_since__lte=day, then=Value(Occupation.VACANT.value)),
        default=Value(Occupation.UNKNOWN.value),
        output_field=CharField(),
    )
