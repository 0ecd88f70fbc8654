"""What a suppressed post's assignments become."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from orgchart.values import PostId

from ..models import Assignment
from .capacity import check_capacity, lock_holders
from .row_history import DELETED, write_lines


def end_assignments(
    *,
    posts: Iterable[PostId],
    on: datetime.date,
    successors: Mapping[PostId, PostId],
    by: User | None,
    reason: str,
) -> None:
    """End, the day before `on`, those that still run on posts gone that day; those that begin later are withdrawn.

    Where `successors` names a post, each goes on there as it was, from `on` or its own later beginning. Called inside
    the transaction that writes the chart, which holds the rows of the posts gone: nobody is assigned to them meanwhile.
    Raises PostOverfilled, AgentOverfilled.
    """
    posts = list(posts)
    running = Assignment.objects.overlapping(on, None).filter(post__uid__in=posts).order_by("pk")
    found = list(running.select_related("agent", "post"))
    if not found:
        return
    history: dict[str, Any] = {
        "default_user": by,
        "default_change_reason": reason,
        "default_date": timezone.now(),
    }
    following = [
        Assignment(
            agent=each.agent,
            post_id=successors[PostId(each.post_id)],
            kind=each.kind,
            share=each.share,
            working_time=each.working_time,
            begins_on=max(on, each.begins_on),
            ends_on=each.ends_on,
        )
        for each in found
        if PostId(each.post_id) in successors
    ]
    ended = [each for each in found if each.begins_on < on]
    withdrawn = [each for each in found if each.begins_on >= on]
    for each in ended:
        each.ends_on = on - datetime.timedelta(days=1)
    if ended:
        bulk_update_with_history(ended, Assignment, ["ends_on"], **history)
    if withdrawn:
        remove_assignments(withdrawn, by=by, reason=reason)
    if following:
        lock_holders(posts=[each.post_id for each in following], agents=[each.agent_id for each in following])
        check_capacity(following)
        bulk_create_with_history(following, Assignment, **history)


def remove_assignments(rows: Sequence[Assignment], *, by: User | None, reason: str) -> None:
    """The rows go, their lines of history stay and one more says why. Two queries."""
    write_lines(Assignment, ((DELETED, row) for row in rows), by=by, reason=reason, at=timezone.now())
    # Nothing hangs from an assignment: no need to look for it, nor for the signal that would write history again.
    Assignment.objects.filter(pk__in=[row.pk for row in rows])._raw_delete(using=Assignment.objects.db)
