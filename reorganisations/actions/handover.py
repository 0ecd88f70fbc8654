"""What becomes of the holders when a stage comes into force."""

import datetime
from collections.abc import Mapping

from accounts.actions import RecordEvent
from accounts.models import User
from missions.actions import (
    AgentOverfilled,
    Holders,
    Placing,
    PostOverfilled,
    UnknownReference,
    write_structure,
)
from missions.queries.rows import ChartRows
from orgchart.changes import AnyChange
from orgchart.diff import Difference
from orgchart.fates import Resolution, fates_of
from orgchart.values import PostId

from ..exceptions import CannotBeWritten
from ..models import Reorganisation


def write_chart(
    reorganisation: Reorganisation,
    difference: Difference,
    changes: tuple[AnyChange, ...],
    *,
    on: datetime.date,
    by: User | None,
    reason: str,
    rows: ChartRows,
    record: RecordEvent,
) -> None:
    """Write the chart, and the holders: those of a transformed post follow to the new one, those whom HR sends to
    another post go there, from a post that stands too, and the assignments of a suppressed post end otherwise.

    Raises CannotBeWritten, with what the chart in force refuses.
    """
    try:
        write_structure(
            difference=difference,
            by=by,
            on=on,
            reason=reason,
            successors=_successors(difference, changes),
            placing=_placing(reorganisation, difference, changes),
            rows=rows,
            record=record,
        )
    except (AgentOverfilled, PostOverfilled, UnknownReference) as refusal:
        raise CannotBeWritten(str(refusal)) from refusal


def _successors(difference: Difference, changes: tuple[AnyChange, ...]) -> dict[PostId, PostId]:
    """A post nobody is known to hold has one too, for the assignments that begin later."""
    gone = [delta.id for delta in difference.posts.values() if delta.after is None]
    fates = fates_of(difference, dict.fromkeys(gone, ("",)), {}, changes)
    return {fate.post_before: fate.post_after for fate in fates if fate.post_after is not None}


def _placing(reorganisation: Reorganisation, difference: Difference, changes: tuple[AnyChange, ...]) -> Placing:
    rows = reorganisation.situations.values_list("agent_uid", "post_uid", "note")
    said = {uid: Resolution(post=PostId(post) if post else None, note=note) for uid, post, note in rows}
    named = frozenset(each.post for each in said.values() if each.post in difference.after.post_by_id and each.post)

    def settle(holders: Holders) -> Mapping[tuple[PostId, str], PostId]:
        fates = fates_of(difference, holders, said, changes)
        return {
            (fate.post_before, fate.holder): fate.post_after
            for fate in fates
            if fate.resolved_by and fate.post_after is not None and fate.post_after != fate.post_before
        }

    return Placing(named, settle)
