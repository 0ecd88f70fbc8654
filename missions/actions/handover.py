"""Where the holders go when the chart is written: their assignments end, and go on elsewhere."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from accounts.actions import RecordEvent
from accounts.models import User
from orgchart.values import PostId

from ..models import Assignment, AssignmentKind, Post
from .capacity import check_shares, covers
from .row_history import CHANGED, CREATED, DELETED, write_lines

type Holders = Mapping[PostId, tuple[str, ...]]
"""Post → the uids of those who hold it, interims left out."""


class Placing(NamedTuple):
    """Who is sent elsewhere, one by one. `named`: the posts they may be sent to.

    `settle`: from the holders of the posts written, as they are once nobody else can change them, (post, agent) → the
    post where that agent goes on instead.
    """

    named: frozenset[PostId]
    settle: Callable[[Holders], Mapping[tuple[PostId, str], PostId]]


class Handover(NamedTuple):
    """`gone`: the posts suppressed `on` that day; `held`: those written that stood before, gone or not.

    `successors`: post gone → the post its assignments go on at, but for those that `placing` sends elsewhere.
    """

    on: datetime.date
    held: frozenset[PostId]
    gone: frozenset[PostId]
    successors: Mapping[PostId, PostId]
    placing: Placing

    @property
    def left(self) -> frozenset[PostId]:
        return self.held if self.placing.named else self.gone

    @property
    def reached(self) -> frozenset[PostId]:
        return self.placing.named | frozenset(self.successors.values())


class Move(NamedTuple):
    """An assignment that ends; `to`: where it goes on, `by_name` when its agent was sent there."""

    assignment: Assignment
    to: PostId | None
    by_name: bool


NOBODY = Placing(frozenset(), lambda holders: {})


def hand_over(
    handover: Handover, *, written: Mapping[str, Post], by: User | None, reason: str, record: RecordEvent
) -> None:
    """End, the day before, the assignments that are to move; those that begin later are withdrawn. Each goes on where
    it is expected, as it was, from that day or its own later beginning.

    Called inside the transaction that writes the chart. It holds the rows of the posts `written`: nobody is assigned
    to them meanwhile. An agent has the same shares on the same days before and after, only elsewhere: what another
    writer finds of them meanwhile is as full. Raises PostOverfilled, AgentOverfilled.
    """
    if not handover.left:
        return
    reached = {**written, **_hold(handover.reached - written.keys())}
    found = _assignments(handover)
    moves = _moves(handover, found)
    if not moves:
        return
    day_before = handover.on - datetime.timedelta(days=1)
    leaving = [move.assignment for move in moves]
    ended = [_again(each, uid=each.uid, ends_on=day_before) for each in leaving if each.begins_on < handover.on]
    withdrawn = [each for each in leaving if each.begins_on >= handover.on]
    following = [
        _again(each, post_id=post, begins_on=max(handover.on, each.begins_on))
        for each, post, _ in moves
        if post is not None
    ]
    gone = {each.pk for each in leaving}
    check_shares(following, beside=[each for each in found if each.pk not in gone])
    _delete(withdrawn)
    # One statement for those that end and those that begin.
    Assignment.objects.bulk_create(
        [*ended, *following], update_conflicts=True, unique_fields=["uid"], update_fields=["ends_on"]
    )
    lines = ((CHANGED, ended), (DELETED, withdrawn), (CREATED, following))
    write_lines(
        Assignment, ((kind, row) for kind, rows in lines for row in rows), by=by, reason=reason, at=timezone.now()
    )
    _end_stated_vacancies(reached, following, by=by, reason=reason)
    for move in moves:
        if move.to is not None and move.by_name:
            record(verb="assign_agent", target=reached[move.to], by=by, summary="Affectation enregistrée.")


def _moves(handover: Handover, found: Sequence[Assignment]) -> list[Move]:
    holders: dict[PostId, tuple[str, ...]] = {}
    for each in sorted(found, key=lambda each: (each.begins_on, each.pk)):
        post = PostId(each.post_id)
        if post in handover.left and each.kind != AssignmentKind.INTERIM and covers(each, handover.on):
            holders[post] = (*holders.get(post, ()), each.agent.uid)
    placements = handover.placing.settle(holders)
    moves: list[Move] = []
    for each in found:
        post = PostId(each.post_id)
        sent = placements.get((post, each.agent.uid)) if covers(each, handover.on) else None
        if sent is not None or post in handover.gone:
            moves.append(Move(each, sent or handover.successors.get(post), sent is not None))
    return moves


def remove_assignments(rows: Sequence[Assignment], *, by: User | None, reason: str) -> None:
    """The rows go, their lines of history stay and one more says why. Two queries."""
    write_lines(Assignment, ((DELETED, row) for row in rows), by=by, reason=reason, at=timezone.now())
    _delete(rows)


def _delete(rows: Sequence[Assignment]) -> None:
    """Nothing hangs from an assignment: no need to look for it, nor for the signal that would write history again."""
    if rows:
        Assignment.objects.filter(pk__in=[row.pk for row in rows])._raw_delete(using=Assignment.objects.db)


def _hold(posts: Iterable[PostId]) -> dict[str, Post]:
    """The rows of posts that the chart leaves as they are, held until the end of the transaction."""
    wanted = list(posts)
    if not wanted:
        return {}
    return {row.uid: row for row in Post.objects.select_for_update(of=("self",)).filter(uid__in=wanted).order_by("pk")}


def _assignments(handover: Handover) -> list[Assignment]:
    """Those that run that day or later on the posts left and reached, or are of agents who leave. One query."""
    coming = Assignment.objects.overlapping(handover.on, None)
    leaving = coming.filter(post__uid__in=handover.left).values("agent")
    concerned = coming.filter(Q(post__uid__in=handover.left | handover.reached) | Q(agent__in=leaving))
    return list(concerned.select_for_update(of=("self",)).select_related("agent").order_by("pk"))


def _again(each: Assignment, **otherwise: Any) -> Assignment:
    """The same assignment but for this, without a key: a row of its own unless it has the same uid."""
    kept = {
        "agent": each.agent,
        "post_id": each.post_id,
        "kind": each.kind,
        "share": each.share,
        "working_time": each.working_time,
        "begins_on": each.begins_on,
        "ends_on": each.ends_on,
    }
    return Assignment(**kept | otherwise)


def _end_stated_vacancies(
    posts: Mapping[str, Post], following: Sequence[Assignment], *, by: User | None, reason: str
) -> None:
    """A post stated vacant is so no longer from the day somebody holds it."""
    filled = {each.post_id: posts[each.post_id] for each in following if ends_stated_vacancy(each, posts[each.post_id])}
    for post in filled.values():
        post.stated_vacant_since = None
    if filled:
        Post.objects.bulk_update(filled.values(), ["stated_vacant_since"])
        write_lines(Post, ((CHANGED, post) for post in filled.values()), by=by, reason=reason, at=timezone.now())


def ends_stated_vacancy(assignment: Assignment, post: Post) -> bool:
    since = post.stated_vacant_since
    return since is not None and (covers(assignment, since) or assignment.begins_on > since)
