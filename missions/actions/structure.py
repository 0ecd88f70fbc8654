"""The chart in force is written here, in bulk, from a difference."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from orgchart.diff import Difference, PostDelta, UnitDelta
from orgchart.structure import Pending, Structure
from orgchart.structure import Post as PostRecord
from orgchart.structure import Unit as UnitRecord
from orgchart.values import PostId, UnitId

from .. import tree
from ..models import Grade, JobTitle, PendingTransformation, Post, Site, Unit, UnitKind
from ..records import POST_FIELDS, UNIT_FIELDS, columns_of, post_columns, post_record, unit_columns, unit_record
from .handover import end_assignments
from .locking import lock_chart
from .row_history import CHANGED, CREATED, write_lines

BATCH = 1000


class UnknownReference(Exception):
    """A code that the reference data does not have."""

    def __init__(self, what: str, codes: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        super().__init__(f"{what} : {', '.join(self.codes)} n’existe pas dans les données de référence.")


class ChartHasMoved(Exception):
    """What is to be changed is no longer as it was when the change was computed."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(labels)
        super().__init__(f"L’organigramme a changé entre-temps : {', '.join(self.labels)}.")


@transaction.atomic
def write_structure(
    *,
    difference: Difference,
    by: User | None,
    on: datetime.date,
    reason: str = "",
    successors: Mapping[PostId, PostId] | None = None,
) -> None:
    """Bring the chart in force from `difference.before` to `difference.after`, effective `on`.

    Units and posts that are gone stay as rows out of force; the assignments of suppressed posts end the day before, or
    go on as they are on the post that `successors` names. Every row written has its line of history.

    Raises UnknownReference, ChartHasMoved when the rows are not those of `before`, and what the assignments refuse.
    """
    lock_chart()
    check_references(difference.after, known=difference.before)
    _Writing(difference, by=by, on=on, reason=reason).write()
    suppressed = [post.id for post in difference.posts.values() if post.after is None]
    end_assignments(posts=suppressed, on=on, successors=successors or {}, by=by, reason=reason)


def check_references(structure: Structure, *, known: Structure) -> None:
    """Raises UnknownReference. Only the codes that `known`, in force already, does not have are looked for."""
    before = _codes(known)
    for what, (model, codes) in _codes(structure).items():
        wanted = codes - before[what][1]
        if wanted:
            found = model._default_manager.filter(code__in=wanted).values_list("code", flat=True)
            if missing := wanted - set(found):
                raise UnknownReference(what, missing)


def _codes(structure: Structure) -> dict[str, tuple[type[models.Model], set[str]]]:
    posts, units = structure.posts, structure.units
    sites = {str(post.site) for post in posts if post.site} | {str(site) for unit in units for site in unit.sites}
    return {
        "Type d’unité": (UnitKind, {str(unit.kind) for unit in units}),
        "Cotation": (Grade, {str(post.grade) for post in posts if post.grade}),
        "Intitulé": (JobTitle, {str(post.title) for post in posts if post.title}),
        "Site": (Site, sites),
    }


class _Split(NamedTuple):
    """The changed ids: those without a row yet, those with one, and among these the ones that come back."""

    new: list[str]
    known: list[str]
    back: list[str]


class _Writing:
    """One write: the rows it touches, then what is made of them. A constant number of queries."""

    def __init__(self, difference: Difference, *, by: User | None, on: datetime.date, reason: str) -> None:
        self.difference = difference
        self.on = on
        self.by = by
        self.reason = reason
        self.unit_rows: dict[str, Unit] = {row.uid: row for row in Unit.objects.filter(uid__in=[*difference.units])}
        self.post_rows: dict[str, Post] = {row.uid: row for row in Post.objects.filter(uid__in=[*difference.posts])}
        self.stored = tree.stored(Unit.objects.in_force())
        self._check_unmoved()

    def write(self) -> None:
        units = _split(self.difference.units, self.unit_rows)
        posts = _split(self.difference.posts, self.post_rows)
        self.unit_rows |= {uid: Unit(uid=uid, **tree.OUTSIDE._asdict()) for uid in units.new}
        self.post_rows |= {uid: Post(uid=uid) for uid in posts.new}
        for unit in self.difference.units.values():
            gone = {"lead_id": None, "gone_on": self.on}
            _set(self.unit_rows[unit.id], unit_columns(unit.after) | IN_FORCE if unit.after else gone)
        for post in self.difference.posts.values():
            _set(self.post_rows[post.id], post_columns(post.after) | IN_FORCE if post.after else {"gone_on": self.on})
        new_units = [self.unit_rows[uid] for uid in units.new]
        new_posts = [self.post_rows[uid] for uid in posts.new]
        # A unit may be led by a post that is made after it: foreign keys are checked when the transaction ends.
        Unit.objects.bulk_create(new_units, batch_size=BATCH)
        if units.back:
            # Only a unit in force may have a parent: it comes back before it takes its place.
            Unit.objects.filter(uid__in=units.back).update(gone_on=None)
        Post.objects.bulk_create(new_posts, batch_size=BATCH)
        self._place_units()
        self._update(Unit, [self.unit_rows[uid] for uid in units.known], self._unit_columns(units.back))
        self._update(Post, [self.post_rows[uid] for uid in posts.known], self._post_columns(posts.back))
        self._write_history(Unit, self.unit_rows, units)
        self._write_history(Post, self.post_rows, posts)
        self._write_pendings()

    def _check_unmoved(self) -> None:
        """Raises ChartHasMoved."""
        uids = {placed.pk: uid for uid, placed in self.stored.items()}
        moved = [
            unit.known.label
            for unit in self.difference.units.values()
            if unit.before != _unit_in_force(self.unit_rows.get(unit.id), uids)
        ] + [
            self.difference.after.title_of(post.known)
            for post in self.difference.posts.values()
            if post.before != _post_in_force(self.post_rows.get(post.id))
        ]
        if not moved and self.stored.keys() != self.difference.before.unit_by_id.keys():
            elsewhere = self.stored.keys() ^ self.difference.before.unit_by_id.keys()
            moved = list(Unit.objects.filter(uid__in=elsewhere).order_by("uid").values_list("label", flat=True))
        if moved:
            raise ChartHasMoved(moved)

    def _place_units(self) -> None:
        after = self.difference.after
        keys = {uid: placed.pk for uid, placed in self.stored.items()}
        keys |= {UnitId(uid): row.pk for uid, row in self.unit_rows.items()}
        numbers = tree.number(tree.Node(unit.id, unit.parent, unit.position) for unit in after.units)
        wanted = {
            unit.id: tree.Placed(keys[unit.id], keys[unit.parent] if unit.parent else None, numbers[unit.id])
            for unit in after.units
        }
        gone = [unit.id for unit in self.difference.units.values() if unit.after is None]
        wanted |= {uid: tree.Placed(keys[uid], None, tree.OUTSIDE) for uid in gone}
        tree.write(placed for uid, placed in wanted.items() if self.stored.get(uid) != placed)
        for uid, row in self.unit_rows.items():
            _set(row, {"parent_id": wanted[UnitId(uid)].parent, **wanted[UnitId(uid)].numbers._asdict()})

    def _unit_columns(self, back: list[str]) -> list[str]:
        deltas = self.difference.units.values()
        fields = {field for unit in deltas for field in unit.fields}
        if any(unit.after is None for unit in deltas):
            fields.add("lead")
        return _columns(UNIT_FIELDS, fields, all_of_them=bool(back)) + self._gone_column(deltas, back)

    def _post_columns(self, back: list[str]) -> list[str]:
        deltas = self.difference.posts.values()
        fields = {field for post in deltas for field in post.fields}
        return _columns(POST_FIELDS, fields, all_of_them=bool(back)) + self._gone_column(deltas, back)

    def _gone_column(self, deltas: Iterable[UnitDelta | PostDelta], back: list[str]) -> list[str]:
        return ["gone_on"] if back or any(delta.after is None for delta in deltas) else []

    def _update(self, model: type[Unit] | type[Post], rows: list[Any], columns: list[str]) -> None:
        if rows and columns:
            model._default_manager.bulk_update(rows, columns, batch_size=BATCH)

    def _write_history(self, model: type[Unit] | type[Post], rows: Mapping[str, Unit | Post], split: _Split) -> None:
        lines = [(CREATED, rows[uid]) for uid in split.new] + [(CHANGED, rows[uid]) for uid in split.known]
        write_lines(model, lines, by=self.by, reason=self.reason, at=timezone.now())

    def _write_pendings(self) -> None:
        closed = [pending.id for pending in self.difference.pendings_closed]
        if closed:
            PendingTransformation.objects.filter(uid__in=closed).delete()
        opened = [_pending_row(pending) for pending in self.difference.pendings_opened]
        if opened:
            PendingTransformation.objects.bulk_create(opened, batch_size=BATCH)


IN_FORCE: dict[str, Any] = {"gone_on": None}


def _split(deltas: Mapping[Any, UnitDelta | PostDelta], rows: Mapping[str, Unit | Post]) -> _Split:
    known = [uid for uid in deltas if uid in rows]
    back = [uid for uid in known if deltas[uid].before is None]
    return _Split([uid for uid in deltas if uid not in rows], known, back)


def _columns(mapping: Mapping[str, tuple[str, ...]], fields: set[str], *, all_of_them: bool) -> list[str]:
    return columns_of(mapping if all_of_them else fields, mapping)


def _set(row: Unit | Post, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def _unit_in_force(row: Unit | None, uids: Mapping[int, str]) -> UnitRecord | None:
    return unit_record(row, uids) if row and row.gone_on is None else None


def _post_in_force(row: Post | None) -> PostRecord | None:
    return post_record(row) if row and row.gone_on is None else None


def _pending_row(pending: Pending) -> PendingTransformation:
    return PendingTransformation(uid=pending.id, candidates=list(pending.candidates), into_id=pending.into)
