"""Everything the page of a post, or of a unit, says beside the structure."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from orgchart import french
from orgchart.records import Post as PostRecord

from ..corrections import POST_LABELS, UNIT_LABELS
from ..models import Correction, PendingTransformation, Post, PostEvent, Unit
from ..permissions import VisibleHolders
from ..records import post_record
from .occupation import Holder, Occupation, holders_of, occupation_of
from .search import printed


class Step(NamedTuple):
    """A unit of the path down to the post."""

    uid: str
    label: str
    kind: str


class CorrectionLine(NamedTuple):
    """« corrigé le … »: what was said, what is said, and why."""

    correction: Correction
    field: str
    before: str
    after: str


class Relative(NamedTuple):
    """Another post as a link: its printed title, cotation and unit."""

    uid: str
    title: str
    grade: str | None
    unit: str
    gone_on: datetime.date | None


class PendingWords(NamedTuple):
    """One of `candidates` is transformed into `into`, which one is not known yet. `is_new`: this is `into`'s sheet."""

    candidates: tuple[Relative, ...]
    into: Relative
    is_new: bool


class PostSheet(NamedTuple):
    """Fiche de poste. `gone_on` of `post` says it is no longer in force: the path is then that of its last unit.

    `before` and `after`: the posts it comes from, and those that came of it. `pendings`: the undetermined
    transformations it stands in, as a candidate or as the new post. `unit_labels`: those it is shared between.
    `superiors`: the posts it also answers to, functionally.
    """

    post: Post
    record: PostRecord
    title: str
    path: tuple[Step, ...]
    leads: tuple[Step, ...]
    occupation: Occupation
    holders: tuple[Holder, ...]
    events: tuple[PostEvent, ...]
    corrections: tuple[CorrectionLine, ...]
    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    pendings: tuple[PendingWords, ...]
    unit_labels: dict[str, str]
    superiors: tuple[Relative, ...] = ()


def post_sheet(uid: str, day: datetime.date, visible: VisibleHolders) -> PostSheet | None:
    """None: there never was such a post. A constant number of queries."""
    post = Post.objects.select_related("unit", "title", "grade", "site", "unit__kind").filter(uid=uid).first()
    if post is None:
        return None
    record = post_record(post)
    holders = holders_of(post, visible)
    pendings = [
        (candidates, into)
        for candidates, into in PendingTransformation.objects.order_by("uid").values_list("candidates", "into__uid")
        if uid == into or uid in candidates
    ]
    relatives = _relatives(post, pendings)
    return PostSheet(
        post=post,
        record=record,
        title=printed(post),
        path=path_to(post.unit),
        leads=tuple(
            Step(*row)
            for row in Unit.objects.in_force()
            .filter(lead=post.uid)
            .order_by("tree_id", "lft")
            .values_list("uid", "label", "kind__label")
        ),
        occupation=occupation_of(
            held=any(_runs_on(holder, day) for holder in holders),
            stated_vacant_since=post.stated_vacant_since,
            day=day,
        ),
        holders=holders,
        events=tuple(PostEvent.objects.filter(post_uid=uid)),
        corrections=corrections_about(uid, POST_LABELS),
        before=tuple(relatives[each][0] for each in post.origins if each in relatives),
        after=tuple(relative for relative, origins in relatives.values() if uid in origins),
        pendings=tuple(
            PendingWords(
                tuple(relatives[each][0] for each in candidates if each in relatives), relatives[into][0], uid == into
            )
            for candidates, into in pendings
        ),
        unit_labels=_labels([share.unit for share in record.shares]),
        superiors=tuple(relatives[each][0] for each in post.superiors if each in relatives),
    )


def _labels(units: Sequence[str]) -> dict[str, str]:
    """Unit → its label; no query for none."""
    return dict(Unit.objects.filter(uid__in=units).values_list("uid", "label")) if units else {}


def _relatives(post: Post, pendings: Sequence[tuple[list[str], str]]) -> dict[str, tuple[Relative, list[str]]]:
    """Post → itself as a link, and its own origins: those named by this one (its superiors too) or by its pending
    transformations, and those that come of it. One query."""
    named = {*post.origins, *post.superiors, *(each for candidates, into in pendings for each in (*candidates, into))}
    rows = (
        Post.objects.annotate(origins_text=Cast("origins", TextField()))
        .filter(Q(uid__in=named) | Q(origins_text__contains=f'"{post.uid}"'))
        .select_related("unit", "title")
        .order_by("position", "uid")
    )
    return {
        row.uid: (Relative(row.uid, printed(row), row.grade_id, row.unit.label, row.gone_on), row.origins)
        for row in rows
    }


def path_to(unit: Unit) -> tuple[Step, ...]:
    """From the root down to the unit itself; a closed unit is alone."""
    if unit.gone_on is not None:
        return (Step(unit.uid, unit.label, unit.kind.label),)
    rows = Unit.objects.above(unit).order_by("lft").values_list("uid", "label", "kind__label")
    return tuple(Step(*row) for row in rows)


def corrections_about(uid: str, labels: dict[str, str] | None = None) -> tuple[CorrectionLine, ...]:
    """Newest first. The deductions that a correction makes void are not told apart."""
    names = UNIT_LABELS if labels is None else labels
    rows = Correction.objects.filter(target_uid=uid).exclude(field="deduced").select_related("by").order_by("-pk")
    return tuple(
        CorrectionLine(row, names.get(row.field, row.field), as_text(row.before), as_text(row.after)) for row in rows
    )


def as_text(value: Any) -> str:
    """A field's JSON value in words; unknown is « non renseigné »."""
    if value is None or value == "" or value == []:
        return "non renseigné"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return french.decimal(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ; ".join(as_text(each) for each in value)
    if isinstance(value, dict):
        if "worked" in value:
            return f"{value['worked']}/{value.get('reference', '35')}".replace(".", ",")
        return ", ".join(str(each) for each in value.values())
    return str(value)


def _runs_on(holder: Holder, day: datetime.date) -> bool:
    row = holder.assignment
    return row.begins_on <= day and (row.ends_on is None or row.ends_on >= day)
