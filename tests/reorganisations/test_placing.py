"""Where the holders go when a stage comes into force."""

import datetime

import pytest
from msgspec.structs import replace

from accounts.models import Event
from missions.actions import assign_agent, state_vacancy
from missions.models import Assignment, Post, PostEvent, Version
from missions.verify import verify_chart
from orgchart.values import ChangeId, GradeCode, PostId
from reorganisations import actions
from reorganisations.exceptions import (
    CannotBeWritten,
)
from reorganisations.models import Status

from .conftest import (
    CREATE_POST,
    EFFECTIVE_ON,
    LATER,
    REGRADE,
    SUPPRESS,
    TRANSFORM,
    next_stage,
)
from .holding import hold, holders, send


def test_the_holder_of_a_transformed_post_follows(bring, hr):
    agent = hold("Ana Blin", "port-1", share=60, working_time=80)
    bring(Status.IN_FORCE, TRANSFORM)
    old, new = Assignment.objects.order_by("begins_on")
    assert (old.post_id, old.ends_on) == ("port-1", datetime.date(2021, 12, 31))
    assert (new.post_id, new.begins_on, new.ends_on, new.agent) == ("port-chef", EFFECTIVE_ON, None, agent)
    assert (new.share, new.working_time) == (60, 80)


def test_the_assignment_of_a_suppressed_post_ends_and_its_holder_goes_where_hr_said(bring, reorganisation, hr, add):
    placed, offered = hold("Ana Blin", "budget", share=50), hold("Luc Roy", "budget", share=50)
    add(SUPPRESS, CREATE_POST)
    for agent, given in ((placed, {"post_uid": "nouveau"}), (offered, {"note": "Reclassement proposé."})):
        actions.set_situation(
            reorganisation=reorganisation, agent_uid=agent.uid, by=hr, seen=reorganisation.revision, **given
        )
    bring(Status.IN_FORCE)
    assert holders("budget") == ()
    assert holders("nouveau") == (placed.uid,)
    assert not Assignment.objects.in_force_on(EFFECTIVE_ON).filter(agent=offered).exists()


def test_the_holder_of_a_post_that_stands_goes_where_hr_said_on_the_day(bring, reorganisation, hr, add):
    sent, stays = hold("Ana Blin", "port-2", share=50, working_time=80), hold("Luc Roy", "port-2", share=50)
    add(REGRADE, CREATE_POST)
    send(reorganisation, hr, sent, "nouveau")
    send(reorganisation, hr, stays, "port-2")
    bring(Status.IN_FORCE)
    assert (holders("port-2"), holders("nouveau")) == ((stays.uid,), (sent.uid,))
    left, begun = Assignment.objects.filter(agent=sent).order_by("begins_on")
    assert (left.post_id, left.ends_on) == ("port-2", datetime.date(2021, 12, 31))
    assert (begun.begins_on, begun.ends_on, begun.share, begun.working_time) == (EFFECTIVE_ON, None, 50, 80)
    assert [(line.history_type, line.history_user) for line in left.history.all()] == [("~", hr), ("+", None)]
    assert [(line.history_type, line.history_user) for line in begun.history.all()] == [("+", hr)]
    assert Event.objects.filter(verb="assign_agent", target_uid="nouveau", by=hr).count() == 1


def test_two_holders_change_places(bring, reorganisation, hr, add):
    one, other = hold("Ana Blin", "port-2"), hold("Luc Roy", "budget", begins_on=EFFECTIVE_ON)
    add(REGRADE, replace(REGRADE, id=ChangeId("recoter-budget"), post=PostId("budget"), grade=GradeCode("A 3")))
    send(reorganisation, hr, one, "budget")
    send(reorganisation, hr, other, "port-2")
    bring(Status.IN_FORCE)
    assert (holders("port-2"), holders("budget")) == ((other.uid,), (one.uid,))
    assert verify_chart() == []


def test_a_post_stated_vacant_that_stays_as_it_is_receives_somebody(bring, reorganisation, hr, add):
    agent = hold("Ana Blin", "port-2")
    state_vacancy(post=Post.objects.get(uid="phare"), since=datetime.date(2021, 6, 1), by=hr)
    add(REGRADE)
    send(reorganisation, hr, agent, "phare")
    bring(Status.IN_FORCE)
    post = Post.objects.get(uid="phare")
    assert (post.stated_vacant_since, holders("phare"), holders("port-2")) == (None, (agent.uid,), ())
    assert post.history.latest().stated_vacant_since is None


def test_nobody_is_sent_where_there_is_no_room(bring, reorganisation, hr, add):
    agent, there = hold("Ana Blin", "port-2"), hold("Luc Roy", "phare")
    add(REGRADE)
    send(reorganisation, hr, agent, "phare")
    bring(Status.DECIDED)
    with pytest.raises(CannotBeWritten, match="serait occupé à 200"):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)
    assert (holders("port-2"), holders("phare")) == ((agent.uid,), (there.uid,))


def test_one_holder_placed_elsewhere_does_not_keep_the_other_from_following(bring, reorganisation, hr, add):
    placed, follows = hold("Ana Blin", "port-1", share=50), hold("Luc Roy", "port-1", share=50)
    add(TRANSFORM, CREATE_POST)
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=placed.uid, post_uid="nouveau", by=hr, seen=reorganisation.revision
    )
    bring(Status.IN_FORCE)
    assert (holders("nouveau"), holders("port-chef")) == ((placed.uid,), (follows.uid,))


@pytest.fixture
def staged(bring, reorganisation, hr, add):
    """`staged(agent, …)`: the post of each is suppressed, and the one where HR sends them comes later."""

    def brought(**sent):
        gone = [replace(SUPPRESS, id=ChangeId(f"supprimer-{post}"), post=PostId(post)) for post in sent]
        add(*gone, replace(CREATE_POST, on=LATER))
        for agent in sent.values():
            send(reorganisation, hr, agent, "nouveau")
        bring(Status.PARTLY_IN_FORCE)
        return next_stage(reorganisation)

    return brought


def test_whose_new_post_comes_with_a_later_stage_waits_for_it(staged, hr):
    agent = hold("Ana Blin", "budget", share=50, working_time=80)
    last = staged(budget=agent)
    assert not Assignment.objects.in_force_on(EFFECTIVE_ON).filter(agent=agent).exists()
    actions.apply_stage(stage=last, by=hr)
    placed = Assignment.objects.get(agent=agent, post="nouveau")
    assert (placed.begins_on, placed.ends_on, placed.share, placed.working_time) == (LATER, None, 50, 80)


def test_who_holds_another_post_meanwhile_stays_there(staged, hr):
    agent = hold("Ana Blin", "budget")
    last = staged(budget=agent)
    assign_agent(agent=agent, post=Post.objects.get(uid="phare"), begins_on=datetime.date(2022, 3, 1), by=hr)
    actions.apply_stage(stage=last, by=hr)
    assert (holders("phare", LATER), holders("nouveau", LATER)) == ((agent.uid,), ())


def test_a_later_stage_does_not_place_two_where_one_has_room(staged, hr):
    last = staged(**{"budget": hold("Ana Blin", "budget"), "port-2": hold("Luc Roy", "port-2")})
    with pytest.raises(CannotBeWritten, match="serait occupé à 200"):
        actions.apply_stage(stage=last, by=hr)
    assert not Post.objects.filter(uid="nouveau").exists()


def test_nothing_is_written_when_the_holder_has_no_room(bring, reorganisation, hr, add):
    agent = hold("Ana Blin", "budget")
    hold("Luc Roy", "port-2")
    add(SUPPRESS)
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=agent.uid, post_uid="port-2", by=hr, seen=reorganisation.revision
    )
    bring(Status.DECIDED)
    with pytest.raises(CannotBeWritten):
        actions.apply_stage(stage=next_stage(reorganisation), by=hr)
    assert Version.objects.count() == 1
    assert Post.objects.get(uid="budget").gone_on is None
    assert holders("budget") == (agent.uid,)
    assert not PostEvent.objects.exists()
