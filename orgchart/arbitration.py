"""Settling a conflict: what it was about, and what is left of a change once the other side is taken."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from .changes import Change, read_change
from .conflicts import Conflict
from .fields import record_of
from .fold import fold_leniently
from .structure import Structure
from .traces import trace
from .values import ChangeId, canonical, sha256

KEY_LENGTH = 32


def conflict_key(conflict: Conflict, mine: Change, other: Change | None) -> str:
    """What the conflict is about, values included: once they change, it is another one.

    Of a field it is the record and the three values, so that the same conflict has the same key in both drafts, and
    with the chart once the other draft is in force. Otherwise it is the two changes, or mine and what the chart says.
    Motives and deductions are no part of it.
    """
    about: tuple[object, ...]
    if conflict.field is not None:
        records, values = [*conflict.units, *conflict.posts], sorted([conflict.draft, conflict.now])
        about = ("field", records, conflict.field, conflict.base, values)
    elif other is not None:
        about = ("changes", sorted(canonical(_bare(change)).decode() for change in (mine, other)))
    else:
        about = ("chart", conflict.message, _bare(mine))
    return sha256(canonical(about))[:KEY_LENGTH]


def _bare(change: Change) -> Change:
    return replace(change, motive="", deduced=())


def impossible_on(now: Structure, changes: Iterable[Change]) -> frozenset[ChangeId]:
    """The changes of a draft that cannot stand on that chart, whatever is settled."""
    return frozenset(refusal.change.id for refusal in fold_leniently(now, changes).refusals)


def taken(base: Structure, changes: Sequence[Change], conflict: Conflict, now: Structure) -> Change | None:
    """The change in conflict as it is amended so that the other side stands; None: it is dropped.

    Of several posts or units, those in conflict are left out; of several fields, the one in conflict gets the value of
    the other side. Nothing else is left: the change goes.
    """
    change = next(each for each in changes if each.id == conflict.change)
    for amended in _amended(base, changes, change, conflict, now):
        if _is_readable(amended) and amended.id not in trace(base, _instead(changes, amended)).refused:
            return amended
    return None


def lost_by_taking(
    base: Structure, changes: Sequence[Change], conflict: Conflict, amended: Change | None
) -> tuple[ChangeId, ...]:
    """The other changes of the draft that can no longer be made once the one in conflict is so amended, or dropped."""
    left = [each for each in changes if each.id != conflict.change] if amended is None else _instead(changes, amended)
    before = trace(base, changes).refused
    return tuple(each for each in trace(base, left).refused if each not in before)


def _amended(
    base: Structure, changes: Sequence[Change], change: Change, conflict: Conflict, now: Structure
) -> Iterator[Change]:
    records = {*conflict.units, *conflict.posts}
    lists = {
        field: value
        for field in change.__struct_fields__
        if isinstance(value := getattr(change, field), tuple) and any(each in records for each in value)
    }
    if lists:
        left = {field: tuple(each for each in value if each not in records) for field, value in lists.items()}
        yield replace(change, **left)
    elif conflict.field in change.__struct_fields__:
        (key,) = records
        written = {
            field for write in trace(base, changes).writes[change.id] if write.key == key for field in write.fields
        }
        if written != {conflict.field}:
            yield replace(change, **{str(conflict.field): getattr(record_of(now, key), str(conflict.field))})


def _instead(changes: Sequence[Change], amended: Change) -> list[Change]:
    return [amended if each.id == amended.id else each for each in changes]


def _is_readable(change: Change) -> bool:
    """Whether enough is left of it: two units to merge, one post to attach."""
    try:
        read_change(msgspec.to_builtins(change))
    except msgspec.ValidationError:
        return False
    return True
