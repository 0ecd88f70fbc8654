"""Who holds what: never more than 100 % on any day, and an absence of assignment is not a vacancy."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from missions.actions import (
    AgentOverfilled,
    InvalidAgent,
    InvalidAssignment,
    PostGone,
    PostHeld,
    PostOverfilled,
    assign_agent,
    cancel_assignment,
    change_assignment,
    create_agent,
    end_assignment,
    purge_agents,
    state_vacancy,
    update_agent,
)
from missions.models import Agent, Assignment, AssignmentKind, Post
from missions.permissions import VisibleHolders
from missions.queries import (
    Occupation,
    agents_by_uid,
    holders_by_post,
    holders_of,
    holders_on,
    occupations,
)
from missions.verify import verify_chart
from orgchart.changes import SuppressPost
from tests.factories import OPENED_ON, UserFactory, apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 3, 1)
LAST = datetime.date(2022, 3, 31)
EVERYBODY = VisibleHolders(everything=True)


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


@pytest.fixture
def post(opened):
    return Post.objects.get(uid="port-1")


@pytest.fixture
def other_post(opened):
    return Post.objects.get(uid="port-2")


@pytest.fixture
def ada(opened):
    return make_agent("Ada Morel")


@pytest.fixture
def jean(opened):
    return make_agent("Jean Petit")


def test_an_agent_holds_a_post(hr, post, ada):
    assignment = assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    assert holders_on(DAY) == {"port-1": (ada.uid,)}
    assert holders_on(DAY - datetime.timedelta(days=1)) == {}
    line = assignment.history.get()
    assert (line.history_type, line.history_user, line.history_change_reason) == ("+", hr, "Affectation")
    assert str(assignment) == f"affectation {assignment.uid}"


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ((DAY, LAST, 100), (LAST, None, 100), False),
        ((DAY, LAST, 100), (LAST + datetime.timedelta(days=1), None, 100), True),
        ((DAY, None, 50), (DAY, None, 50), True),
        ((DAY, None, 50), (DAY, None, Decimal("50.01")), False),
        ((DAY, None, 60), (OPENED_ON, DAY - datetime.timedelta(days=1), 100), True),
        ((DAY, None, 60), (OPENED_ON, DAY, 60), False),
        ((DAY, None, 60), (OPENED_ON, None, 60), False),
    ],
)
@pytest.mark.parametrize("on", ["post", "agent"])
def test_the_shares_of_a_day_never_exceed_the_whole(hr, post, other_post, ada, jean, first, second, fits, on):
    def assign(agent, on_post, terms):
        begins_on, ends_on, share = terms
        return assign_agent(
            agent=agent, post=on_post, begins_on=begins_on, ends_on=ends_on, share=Decimal(share), by=hr
        )

    assign(ada, post, first)
    same_post = on == "post"
    again = (jean, post) if same_post else (ada, other_post)
    if fits:
        assign(*again, second)
    else:
        with pytest.raises(PostOverfilled if same_post else AgentOverfilled) as refusal:
            assign(*again, second)
        assert refusal.value.day == max(first[0], second[0])
        assert Assignment.objects.count() == 1
    assert not verify_chart()


def test_the_refusal_says_how_much_and_when(hr, post, ada, jean):
    assign_agent(agent=ada, post=post, begins_on=DAY, share=Decimal("62.5"), by=hr)
    with pytest.raises(PostOverfilled, match=r"serait occupé à 162,5 % le 1er mars 2022\."):
        assign_agent(agent=jean, post=post, begins_on=OPENED_ON, by=hr)
    with pytest.raises(AgentOverfilled, match=r"Ada Morel serait affecté à 162,5 % au total"):
        assign_agent(agent=ada, post=Post.objects.get(uid="port-2"), begins_on=OPENED_ON, by=hr)


def test_a_peak_between_three_assignments_is_seen(hr, post, ada, jean):
    june, july = datetime.date(2022, 6, 1), datetime.date(2022, 7, 1)
    assign_agent(agent=ada, post=post, begins_on=DAY, ends_on=june, share=Decimal(50), by=hr)
    assign_agent(agent=jean, post=post, begins_on=june, share=Decimal(50), by=hr)
    assign_agent(agent=make_agent("Lou Blanc"), post=post, begins_on=july, share=Decimal(50), by=hr)
    with pytest.raises(PostOverfilled, match="1er juin 2022"):
        assign_agent(agent=make_agent("Max Roux"), post=post, begins_on=DAY, ends_on=june, share=Decimal(50), by=hr)


def test_an_interim_overlaps_an_absent_holder(hr, post, ada, jean):
    assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    assign_agent(agent=jean, post=post, begins_on=DAY, kind=AssignmentKind.INTERIM, by=hr)
    assert holders_on(DAY) == {"port-1": (ada.uid,)}
    assert holders_on(DAY, ["port-1"], interim=True) == {"port-1": (ada.uid, jean.uid)}
    assert holders_on(DAY, ["port-2"]) == {}
    assert not verify_chart()


def test_a_contract_counts_as_a_holder(hr, post, ada, jean):
    assign_agent(agent=ada, post=post, begins_on=DAY, kind=AssignmentKind.CONTRACT, by=hr)
    with pytest.raises(PostOverfilled):
        assign_agent(agent=jean, post=post, begins_on=LAST, by=hr)


@pytest.mark.parametrize(
    ("terms", "fact"),
    [
        ({"ends_on": OPENED_ON}, "ne peut pas finir avant d’avoir commencé"),
        ({"share": Decimal(0)}, "entre 0 et 100"),
        ({"share": Decimal(101)}, "entre 0 et 100"),
        ({"working_time": Decimal(120)}, "quotité"),
        ({"kind": "roi"}, "roi"),
    ],
)
def test_terms_that_cannot_be_are_refused(hr, post, ada, terms, fact):
    with pytest.raises(InvalidAssignment, match=fact):
        assign_agent(agent=ada, post=post, begins_on=DAY, by=hr, **terms)
    assert not Assignment.objects.exists()


def test_an_assignment_ends_and_is_changed(hr, post, ada, jean):
    assignment = assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    end_assignment(assignment=assignment, ends_on=LAST, by=hr)
    assign_agent(agent=jean, post=post, begins_on=LAST + datetime.timedelta(days=1), by=hr)
    terms = {"kind": "ordinary", "share": Decimal(100), "working_time": Decimal(80), "by": hr}
    with pytest.raises(PostOverfilled):
        change_assignment(assignment=assignment, begins_on=DAY, ends_on=None, **terms)
    with pytest.raises(InvalidAssignment):
        end_assignment(assignment=assignment, ends_on=OPENED_ON, by=hr)
    changed = change_assignment(assignment=assignment, begins_on=OPENED_ON, ends_on=LAST, **terms)
    assert (changed.begins_on, changed.ends_on, changed.working_time) == (OPENED_ON, LAST, 80)
    assert [line.history_change_reason for line in changed.history.all()] == [
        "Affectation modifiée",
        "Fin d’affectation",
        "Affectation",
    ]


def test_an_assignment_recorded_by_mistake_is_cancelled(hr, post, ada):
    assignment = assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    with pytest.raises(InvalidAssignment, match="a un motif"):
        cancel_assignment(assignment=assignment, reason=" ", by=hr)
    cancel_assignment(assignment=assignment, reason="homonyme", by=hr)
    assert not Assignment.objects.exists()
    line = Assignment.history.first()
    assert (line.history_type, line.history_user, line.history_change_reason) == ("-", hr, "Annulation : homonyme")


def test_a_suppressed_post_is_held_up_to_the_day_before(hr, post, ada):
    apply_changes(SuppressPost(id="s", post="port-1"), on=LAST, by=hr)
    with pytest.raises(PostGone, match="n’existe plus depuis le 31 mars 2022"):
        assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    with pytest.raises(PostGone):
        assign_agent(agent=ada, post=post, begins_on=DAY, ends_on=LAST, by=hr)
    assign_agent(agent=ada, post=post, begins_on=DAY, ends_on=LAST - datetime.timedelta(days=1), by=hr)
    with pytest.raises(PostGone):
        state_vacancy(post=post, since=DAY, by=hr)
    assert not verify_chart()


def test_no_assignment_is_not_a_vacancy(hr, post, ada):
    assert occupations(DAY)["port-1"] == Occupation.UNKNOWN
    assert Occupation.UNKNOWN.label == "occupation non renseignée"
    state_vacancy(post=post, since=DAY, by=hr)
    assert occupations(DAY)["port-1"] == Occupation.VACANT
    assert occupations(DAY - datetime.timedelta(days=1))["port-1"] == Occupation.UNKNOWN
    state_vacancy(post=post, since=None, by=hr)
    assert occupations(DAY, ["service-1"]) == {"port-1": Occupation.UNKNOWN, "port-2": Occupation.UNKNOWN}
    assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    assert occupations(DAY, ["service-1"])["port-1"] == Occupation.HELD
    assert occupations(OPENED_ON)["port-1"] == Occupation.UNKNOWN


def test_a_held_post_is_not_stated_vacant(hr, post, ada):
    assignment = assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    with pytest.raises(PostHeld, match="ne peut pas être déclaré vacant"):
        state_vacancy(post=post, since=OPENED_ON, by=hr)
    end_assignment(assignment=assignment, ends_on=LAST, by=hr)
    state_vacancy(post=post, since=LAST + datetime.timedelta(days=1), by=hr)
    assert occupations(datetime.date(2022, 4, 1))["port-1"] == Occupation.VACANT


@pytest.mark.parametrize(("begins_on", "ends_on", "still"), [(DAY, None, False), (OPENED_ON, DAY, True)])
def test_an_arrival_ends_a_stated_vacancy(hr, post, ada, begins_on, ends_on, still):
    since = LAST
    state_vacancy(post=post, since=since, by=hr)
    assign_agent(agent=ada, post=post, begins_on=begins_on, ends_on=ends_on, by=hr)
    post.refresh_from_db()
    assert (post.stated_vacant_since == since) is still


def test_holders_come_with_names_only_for_those_who_may_know(hr, post, ada, django_assert_num_queries):
    assign_agent(agent=ada, post=post, begins_on=DAY, by=hr)
    with django_assert_num_queries(1):
        (known,) = holders_by_post(DAY, EVERYBODY)["port-1"]
    assert (known.name, known.agent_uid) == ("Ada Morel", ada.uid)
    (hidden,) = holders_by_post(DAY, VisibleHolders(), ["service-1"])["port-1"]
    assert (hidden.name, hidden.agent_uid) == (None, None)
    assert holders_by_post(DAY, EVERYBODY, ["service-2"]) == {}
    (own,) = holders_of(post, VisibleHolders(agent=ada.pk))
    assert own.name == "Ada Morel"
    (inside,) = holders_of(post, VisibleHolders(units=frozenset({"service-1"})))
    assert inside.name == "Ada Morel"


def test_agents_are_recorded_and_mended(hr, opened):
    user, other = UserFactory.create(), UserFactory.create()
    agent = create_agent(first_name=" Ada ", last_name="Morel", by=hr, user=user, fictitious=True, uid="ada")
    assert agents_by_uid(["ada"])["ada"] == ("ada", "Ada Morel", True)
    update_agent(agent=agent, first_name="Ada", last_name="Morel-Petit", by=hr, user=other)
    agent.refresh_from_db()
    assert (str(agent), agent.user) == ("Ada Morel-Petit", other)
    assert [line.history_user for line in agent.history.all()] == [hr, hr]
    for fields, fact in (
        ({"last_name": " ", "user": None}, "champ"),
        ({"last_name": "Autre", "user": other}, "celui d’un autre agent"),
    ):
        with pytest.raises(InvalidAgent, match=fact):
            create_agent(first_name="Jean", by=hr, **fields)


def test_the_statutory_grade_stays_until_another_is_given(hr, opened):
    agent = create_agent(first_name="Ada", last_name="Morel", by=hr, statutory_grade=" attaché ")
    for given, kept in ((None, "attaché"), (" attaché principal ", "attaché principal"), ("", "")):
        update_agent(agent=agent, first_name="Ada", last_name="Morel", by=hr, statutory_grade=given)
        agent.refresh_from_db()
        assert agent.statutory_grade == kept
    assert [line.statutory_grade for line in agent.history.all()] == ["", "attaché principal", "attaché", "attaché"]


def test_agents_long_gone_are_forgotten_their_assignments_stay(hr, post, other_post, ada, jean):
    past = datetime.date(2021, 10, 4)
    gone = assign_agent(
        agent=ada, post=post, begins_on=datetime.date(2010, 1, 1), ends_on=datetime.date(2012, 1, 1), by=hr
    )
    assign_agent(agent=jean, post=other_post, begins_on=past, by=hr)
    without_post = make_agent("Lou Blanc")
    assert purge_agents() == 1
    assert purge_agents() == 0
    names = dict(Agent.objects.values_list("pk", "last_name"))
    assert names == {ada.pk: "Agent parti", jean.pk: "Petit", without_post.pk: "Blanc"}
    assert not Agent.history.filter(id=ada.pk).exists()
    assert Assignment.objects.get(pk=gone.pk).agent_id == ada.pk


@pytest.mark.parametrize("which", ["post", "agent"])
def test_postgresql_excludes_two_full_time_holders_by_itself(hr, post, other_post, ada, jean, which):
    """Two posts of one agent weigh by their hours: the actions and `verify` sum them, on both databases."""
    terms = {"begins_on": DAY, "share": 100}
    Assignment.objects.create(agent=ada, post=post, **terms)
    again = {"agent": jean, "post": post} if which == "post" else {"agent": ada, "post": other_post}
    if connection.vendor == "postgresql" and which == "post":
        with pytest.raises(IntegrityError, match="assignment_one_full"), transaction.atomic():
            Assignment.objects.create(**again, **terms)
        Assignment.objects.create(**again, **terms | {"kind": AssignmentKind.INTERIM})
        assert not verify_chart()
    else:
        Assignment.objects.create(**again, **terms)
        code = "post_overfilled" if which == "post" else "agent_overfilled"
        assert [fault.code for fault in verify_chart()] == [code]


def test_two_posts_a_temps_non_complet_weigh_by_their_hours(opened, hr):
    """17,5/35 and half of 35/35 fit; a post of unknown hours weighs as a whole one."""
    agent = make_agent("Aya Inventée")
    half, whole, unknown = (Post.objects.get(uid=uid) for uid in ("budget", "port-1", "chef"))
    begins = datetime.date(2022, 1, 1)
    assign_agent(agent=agent, post=half, begins_on=begins, by=hr)
    assign_agent(agent=agent, post=whole, share=Decimal(50), begins_on=begins, by=hr)
    assert verify_chart() == []
    with pytest.raises(AgentOverfilled):
        assign_agent(agent=agent, post=unknown, share=Decimal(1), begins_on=begins, by=hr)
