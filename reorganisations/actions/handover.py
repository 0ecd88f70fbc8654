"""What becomes of the holders when a stage comes into force."""

import datetime
from typing import NamedTuple

from accounts.models import User
from missions.actions import (
    AgentOverfilled,
    InvalidAssignment,
    PostGone,
    PostOverfilled,
    UnknownReference,
    assign_agent,
    write_structure,
)
from missions.models import Agent, Assignment, Post
from missions.queries import holders_on
from orgchart.changes import AnyChange
from orgchart.diff import Difference
from orgchart.fates import Resolution, fates_of
from orgchart.values import PostId

from ..exceptions import CannotBeWritten
from ..models import Reorganisation


class Placement(NamedTuple):
    """An assignment as it was, to go on at the post that HR named."""

    assignment: Assignment
    post: PostId


class Handover(NamedTuple):
    """`successors`: transformed post → the new one, which all its assignments follow to. `placements`: one by one."""

    on: datetime.date
    successors: dict[PostId, PostId]
    placements: tuple[Placement, ...]


def plan_handover(
    reorganisation: Reorganisation, difference: Difference, changes: tuple[AnyChange, ...], on: datetime.date
) -> Handover:
    """Read before the chart is written: afterwards the assignments are ended already."""
    gone = [delta.id for delta in difference.posts.values() if delta.after is None]
    holders = holders_on(on, gone) if gone else {}
    rows = reorganisation.situations.values_list("agent_uid", "post_uid", "note")
    said = {uid: Resolution(post=PostId(post) if post else None, note=note) for uid, post, note in rows}
    successors: dict[PostId, PostId] = {}
    named: dict[tuple[str, str], PostId] = {}
    # A post nobody is known to hold still has a successor, for the assignments that begin later.
    fates = fates_of(difference, {post: holders.get(post, ("",)) for post in gone}, said, changes)
    settled = {fate.post_before for fate in fates if fate.resolved_by}
    for fate in fates:
        if fate.post_after is not None and fate.post_before in settled:
            named[fate.post_before, fate.holder] = fate.post_after
        elif fate.post_after is not None:
            successors[fate.post_before] = fate.post_after
    running = Assignment.objects.in_force_on(on).filter(post__in=[post for post, _ in named]).select_related("agent")
    placements = tuple(
        Placement(each, named[each.post_id, each.agent.uid])
        for each in running
        if (each.post_id, each.agent.uid) in named
    )
    return Handover(on, successors, placements)


def write_chart(difference: Difference, handover: Handover, *, by: User | None, reason: str) -> None:
    """Write the chart, and the holders who follow. Raises CannotBeWritten, with what the chart in force refuses."""
    try:
        write_structure(difference=difference, by=by, on=handover.on, reason=reason, successors=handover.successors)
        _place(handover, by=by)
    except (AgentOverfilled, InvalidAssignment, PostGone, PostOverfilled, UnknownReference) as refusal:
        raise CannotBeWritten(str(refusal)) from refusal


def _place(handover: Handover, *, by: User | None) -> None:
    for placement in handover.placements:
        was = placement.assignment
        assign_agent(
            agent=Agent.objects.get(pk=was.agent_id),
            post=Post.objects.get(uid=placement.post),
            begins_on=handover.on,
            ends_on=was.ends_on,
            kind=was.kind,
            share=was.share,
            working_time=was.working_time,
            by=by,
        )
