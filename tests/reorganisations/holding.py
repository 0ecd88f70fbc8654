"""Who holds which post of the small chart, where HR sends them, and what the bourse says of them."""

import datetime

from missions.actions import assign_agent
from missions.models import Post
from missions.queries import holders_on
from orgchart.values import PostId
from reorganisations import actions
from tests.factories import make_agent

from .conftest import EFFECTIVE_ON, LATER


def hold(name, post, begins_on=datetime.date(2021, 11, 1), **given):
    agent = make_agent(name)
    assign_agent(agent=agent, post=Post.objects.get(uid=post), begins_on=begins_on, by=None, **given)
    return agent


def holders(post, day=EFFECTIVE_ON):
    return holders_on(day, [post]).get(PostId(post), ())


def send(reorganisation, hr, agent, post):
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=agent.uid, post_uid=post, by=hr, seen=reorganisation.revision
    )


def resolve(reorganisation, hr, **given):
    said = {"pending": "a-determiner", "post": "port-b", "on": LATER} | given
    return actions.resolve_transformation(reorganisation=reorganisation, by=hr, **said)
