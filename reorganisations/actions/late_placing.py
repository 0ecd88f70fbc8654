"""Whom a stage left without a post, and whose post comes with a later one."""

import datetime
from collections.abc import Sequence

from accounts.models import User
from missions import actions as chart_actions
from missions.models import Assignment, Post
from orgchart.diff import Difference

from ..exceptions import CannotBeWritten
from ..models import Reorganisation, StageRecord

REFUSALS = (chart_actions.AgentOverfilled, chart_actions.PostOverfilled, chart_actions.InvalidAssignment)


def place_late(
    reorganisation: Reorganisation,
    earlier: Sequence[StageRecord],
    difference: Difference,
    *,
    on: datetime.date,
    by: User | None,
) -> None:
    """HR sent somebody to a post of this stage, and an earlier one had suppressed the post that he or she held: the
    assignment goes on at the new post from this stage on. Somebody who holds another post meanwhile stays there.

    Raises CannotBeWritten.
    """
    created = {delta.id for delta in difference.posts.values() if delta.before is None}
    said = (
        reorganisation.situations.filter(post_uid__in=created).values_list("agent_uid", "post_uid") if created else ()
    )
    wanted = {agent: post for agent, post in said if post}
    if not wanted:
        return
    ended = _ended(wanted, [stage.effective_on for stage in earlier if stage.effective_on])
    holding = set(
        Assignment.objects.overlapping(on, None).filter(agent__uid__in=wanted).values_list("agent__uid", flat=True)
    )
    posts = Post.objects.in_bulk({wanted[each.agent.uid] for each in ended}, field_name="uid")
    for each in ended:
        if each.agent.uid in holding:
            continue
        try:
            chart_actions.assign_agent(
                agent=each.agent,
                post=posts[wanted[each.agent.uid]],
                kind=each.kind,
                share=each.share,
                working_time=each.working_time,
                begins_on=on,
                by=by,
            )
        except REFUSALS as refusal:
            raise CannotBeWritten(str(refusal)) from refusal


def _ended(agents: dict[str, str], days: Sequence[datetime.date]) -> list[Assignment]:
    """The assignments that an earlier stage ended, with the post."""
    eves = [day - datetime.timedelta(days=1) for day in days]
    found = Assignment.objects.filter(agent__uid__in=agents, ends_on__in=eves, post__gone_on__in=days)
    return list(found.select_related("agent", "post").order_by("pk"))
