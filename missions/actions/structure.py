"""The chart in force is written here, in bulk, from a difference."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from accounts.actions import RecordEvent, record_event
from accounts.models import User
from orgchart.diff import Difference, PostDelta, UnitDelta
from orgchart.nomenclature import Nomenclature
from orgchart.records import Pending
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from .. import tree
from ..models import PendingTransformation, Post, Unit
from ..queries.rows import ChartRows, chart_rows
from ..records import POST_FIELDS, UNIT_FIELDS, columns_of, post_columns, unit_columns
from .handover import NOBODY, Handover, Placing, hand_over
from .locking import lock_chart
from .row_history import CHANGED, CREATED, write_lines

BATCH = 1000


class UnknownReference(Exception):
    """A code that the reference data does not have."""

    def __init__(self, what: str, codes: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        super().__init__(f"{what}\u00a0: {', '.join(self.codes)} n’existe pas dans les données de référence.")


class ChartHasMoved(Exception):
    """What is to be changed is no longer as it was when the change was computed."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.labels = tuple(labels)
        super().__init__(f"L’organigramme a changé entre-temps\u00a0: {', '.join(self.labels)}.")


@transaction.atomic
def write_structure(
    *,
    difference: Difference,
    by: User | None,
    on: datetime.date,
    reason: str = "",
    successors: Mapping[PostId, PostId] | None = None,
    placing: Placing = NOBODY,
    rows: ChartRows | None = None,
    record: RecordEvent = record_event,
) -> None:
    """Bring the chart in force from `difference.before` to `difference.after`, effective `on`.

    Units and posts that are gone stay as rows out of force. The assignments of suppressed posts end the day before, or
    go on as they are on the post that `successors` names; `placing` sends some agents elsewhere, from a post that
    stands too. Every row written has its line of history.
    `rows`: the chart as the caller, who took the lock first, has read it since; it is locked and read here otherwise.

    Raises UnknownReference, ChartHasMoved when the rows are not those of `before`, and what the assignments refuse.
    """
    if rows is None:
        lock_chart()
        rows = chart_rows(made(difference))
    check_unmoved(difference, rows.structure)
    check_references(difference.after, rows.structure.nomenclature)
    writing = _Writing(difference, rows, by=by, on=on, reason=reason)
    writing.write()
    hand_over(
        Handover(
            on=on,
            held=frozenset(post.id for post in difference.posts.values() if post.before is not None),
            gone=frozenset(post.id for post in difference.posts.values() if post.after is None),
            successors=successors or {},
            placing=placing,
        ),
        written=writing.post_rows,
        by=by,
        reason=reason,
        record=record,
    )


def made(difference: Difference) -> set[str]:
    """The ids that come into force."""
    units = {str(unit.id) for unit in difference.units.values() if unit.before is None}
    return units | {str(post.id) for post in difference.posts.values() if post.before is None}


def check_unmoved(difference: Difference, now: Structure) -> None:
    """Raises ChartHasMoved."""
    before = difference.before
    moved = [unit.known.label for unit in difference.units.values() if unit.before != now.unit_by_id.get(unit.id)] + [
        difference.after.title_of(post.known)
        for post in difference.posts.values()
        if post.before != now.post_by_id.get(post.id)
    ]
    if not moved:
        elsewhere = now.unit_by_id.keys() ^ before.unit_by_id.keys()
        moved = [(now.unit_by_id.get(uid) or before.unit_by_id[uid]).label for uid in sorted(elsewhere)]
    if moved:
        raise ChartHasMoved(moved)


def check_references(structure: Structure, words: Nomenclature) -> None:
    """`words`: the reference data as it is now. Raises UnknownReference."""
    posts, units = structure.posts, structure.units
    sites = {str(post.site) for post in posts if post.site} | {str(site) for unit in units for site in unit.sites}
    used: dict[str, tuple[set[str], Iterable[str]]] = {
        "Type d’unité": ({str(unit.kind) for unit in units}, words.kind_by_code),
        "Cotation": ({str(post.grade) for post in posts if post.grade}, words.grade_by_code),
        "Intitulé": ({str(post.title) for post in posts if post.title}, words.title_by_code),
        "Site": (sites, [site.code for site in words.sites]),
    }
    for what, (codes, known) in used.items():
        if missing := codes - {*known}:
            raise UnknownReference(what, missing)


class _Split(NamedTuple):
    """The changed ids: those without a row yet, those with one, and among these the ones that come back."""

    new: list[str]
    known: list[str]
    back: list[str]


class _Writing:
    """One write. A constant number of queries: units, their places, posts, the history of both, transformations."""

    def __init__(
        self, difference: Difference, rows: ChartRows, *, by: User | None, on: datetime.date, reason: str
    ) -> None:
        self.difference = difference
        self.rows = rows
        self.on = on
        self.by = by
        self.reason = reason
        self.unit_rows: dict[str, Unit] = {unit.id: self._unit_row(unit) for unit in difference.units.values()}
        self.post_rows: dict[str, Post] = {post.id: self._post_row(post) for post in difference.posts.values()}

    def write(self) -> None:
        units = _split(self.difference.units, self.rows.out_of_force)
        posts = _split(self.difference.posts, self.rows.out_of_force)
        # A unit may be led by a post that is made after it: foreign keys are checked when the transaction ends.
        _store(Unit, [*self.unit_rows.values()], ["parent", *self._unit_columns(units.back)])
        _store(Post, [*self.post_rows.values()], self._post_columns(posts.back))
        self._place_units()
        self._write_history(Unit, self.unit_rows, units)
        self._write_history(Post, self.post_rows, posts)
        self._write_pendings()

    def _unit_row(self, delta: UnitDelta) -> Unit:
        """Where it was in the tree, or outside: it takes its place afterwards, once all have their keys."""
        place = self.rows.places.get(delta.id)
        if place is None or delta.after is None:
            place = tree.Placed(0, None, tree.OUTSIDE)
        gone = {} if delta.after else {"lead_id": None, "gone_on": self.on}
        columns = unit_columns(delta.known) | gone
        return Unit(uid=delta.id, parent_id=place.parent, **place.numbers._asdict(), **columns)

    def _post_row(self, delta: PostDelta) -> Post:
        return Post(
            uid=delta.id,
            gone_on=None if delta.after else self.on,
            stated_vacant_since=self.rows.stated_vacant.get(delta.id),
            **post_columns(delta.known),
        )

    def _place_units(self) -> None:
        after, stored = self.difference.after, self.rows.places
        keys = {uid: placed.pk for uid, placed in stored.items()}
        keys |= {UnitId(uid): row.pk for uid, row in self.unit_rows.items()}
        numbers = tree.number(tree.Node(unit.id, unit.parent, unit.position) for unit in after.units)
        wanted = {
            unit.id: tree.Placed(keys[unit.id], keys[unit.parent] if unit.parent else None, numbers[unit.id])
            for unit in after.units
        }
        tree.write(placed for uid, placed in wanted.items() if stored.get(uid) != placed)
        for uid, row in self.unit_rows.items():
            if placed := wanted.get(UnitId(uid)):
                row.parent_id = placed.parent

    def _unit_columns(self, back: list[str]) -> list[str]:
        deltas = self.difference.units.values()
        fields = {field for unit in deltas for field in unit.fields}
        if any(unit.after is None for unit in deltas):
            fields |= {"lead"}
        return [*columns_of(UNIT_FIELDS if back else fields, UNIT_FIELDS), *NUMBERS, "gone_on"]

    def _post_columns(self, back: list[str]) -> list[str]:
        fields = {field for post in self.difference.posts.values() for field in post.fields}
        return [*columns_of(POST_FIELDS if back else fields, POST_FIELDS), "gone_on"]

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


NUMBERS = ("tree_id", "lft", "rght", "level")


def _store(model: type[models.Model], rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """One statement adds those that have no row yet and gives the others these columns; all learn their key."""
    model._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["uid"], update_fields=columns
    )


def _split(deltas: Mapping[Any, UnitDelta | PostDelta], out_of_force: frozenset[str]) -> _Split:
    new = [uid for uid, delta in deltas.items() if delta.before is None and uid not in out_of_force]
    back = [uid for uid, delta in deltas.items() if delta.before is None and uid in out_of_force]
    return _Split(new, [uid for uid, delta in deltas.items() if delta.before is not None] + back, back)


def _pending_row(pending: Pending) -> PendingTransformation:
    return PendingTransformation(uid=pending.id, candidates=list(pending.candidates), into_id=pending.into)
