"""Every transition × every status × every role, then what each transition needs."""

import datetime

import pytest
from msgspec.structs import replace

from accounts.models import Role
from accounts.permissions import NotAllowed
from missions.actions import assign_agent
from missions.models import Post
from orgchart.changes import AttachPosts
from orgchart.checks import Problem, Severity
from orgchart.values import ChangeId, PostId, UnitId
from reorganisations import actions
from reorganisations.exceptions import ImpossibleTransition, NeedsNotMet
from reorganisations.models import Status
from reorganisations.queries import Draft, draft
from reorganisations.status import EDITABLE
from reorganisations.workflow import TRANSITIONS, check_transition, offers
from tests.factories import UserFactory, apply_changes, make_agent

from .conftest import CREATE_CELL, CREATE_POST, SUPPRESS

STAGED = replace(CREATE_CELL, eventually=True)


@pytest.fixture
def reach(bring, session, hr):
    """Ready for any arrow from there: a draft is on an agenda."""

    def reached(status):
        reorganisation = bring(status, CREATE_POST, STAGED) if status == Status.PARTLY_IN_FORCE else bring(status)
        if status == Status.DRAFT:
            actions.put_on_agenda(reorganisation=reorganisation, session=session, by=hr)
        return reorganisation

    return reached


def check(reorganisation, target, by):
    transition = TRANSITIONS.get((Status(reorganisation.status), target))
    return check_transition(reorganisation, target, action=transition.action if transition else "submit", by=by)


@pytest.mark.parametrize("source", Status)
def test_only_the_arrows_of_the_table_are_there(reach, hr, source):
    reorganisation = reach(source)
    for target in Status:
        if (source, target) in TRANSITIONS:
            assert check(reorganisation, target, hr)
        else:
            with pytest.raises(ImpossibleTransition, match=source.label):
                check(reorganisation, target, hr)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("arrow", TRANSITIONS, ids="→".join)
def test_only_the_roles_of_the_table_take_an_arrow(reach, arrow, role):
    source, target = arrow
    reorganisation = reach(source)
    user = UserFactory.create(roles=[role] if role else [])
    if role in TRANSITIONS[arrow].roles:
        assert check(reorganisation, target, user)
    else:
        with pytest.raises(NotAllowed, match="Votre rôle"):
            check(reorganisation, target, user)
    assert bool(offers(draft(reorganisation), user)) is (role == Role.HR)


def test_every_arrow_has_its_action():
    assert {transition.action for transition in TRANSITIONS.values()} <= {*actions.__all__}


def test_a_draft_is_editable_until_the_opinion():
    assert {Status.DRAFT, Status.SUBMITTED, Status.POSTPONED} == EDITABLE


ACTIONS = {
    "submit": lambda reorganisation, session, hr: actions.submit(reorganisation=reorganisation, session=session, by=hr),
    "withdraw": lambda reorganisation, session, hr: actions.withdraw(reorganisation=reorganisation, by=hr),
    "send_back": lambda reorganisation, session, hr: actions.send_back(reorganisation=reorganisation, by=hr),
    "postpone": lambda reorganisation, session, hr: actions.postpone(reorganisation=reorganisation, by=hr),
    "present_again": lambda reorganisation, session, hr: actions.present_again(
        reorganisation=reorganisation,
        by=hr,
        session=actions.plan_session(committee=session.committee, held_on=datetime.date(2022, 3, 1), by=hr),
    ),
    "record_opinion": lambda reorganisation, session, hr: actions.record_opinion(
        reorganisation=reorganisation, session=session, by=hr
    ),
    "decide": lambda reorganisation, session, hr: actions.decide(
        reorganisation=reorganisation, kind="arrete", dated_on=datetime.date(2021, 12, 10), by=hr
    ),
}


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_reaches_its_status_or_is_refused_and_changes_nothing(reach, session, hr, action, source):
    reorganisation = reach(source)
    targets = [target for (status, target), found in TRANSITIONS.items() if status == source and found.action == action]
    if targets:
        ACTIONS[action](reorganisation, session, hr)
        assert [reorganisation.status] == targets
    else:
        with pytest.raises(ImpossibleTransition):
            ACTIONS[action](reorganisation, session, hr)
    kept = reorganisation.status
    reorganisation.refresh_from_db()
    assert reorganisation.status == kept == (targets[0] if targets else source)


def test_an_empty_draft_is_not_submitted_and_says_all_that_is_missing(reorganisation, hr):
    with pytest.raises(NeedsNotMet) as told:
        actions.submit(reorganisation=reorganisation, by=hr)
    assert told.value.reasons == (
        "Le projet ne contient aucun ajustement.",
        "La réorganisation n’est à l’ordre du jour d’aucune séance.",
    )
    offered = offers(draft(reorganisation), hr)
    assert [offer.transition.action for offer in offered] == ["submit", "withdraw"]
    assert offered[0].missing == told.value.reasons


def test_a_refused_submission_leaves_the_agenda_as_it_was(reorganisation, session, hr):
    with pytest.raises(NeedsNotMet):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert not reorganisation.agenda_items.exists()


def test_an_impossible_change_blocks_submission(reorganisation, session, hr, add):
    add(CREATE_POST, AttachPosts(id=ChangeId("rattacher"), posts=(PostId("nouveau"),), to=UnitId("service-2")))
    actions.delete_change(reorganisation=reorganisation, uid="creer-poste", by=hr, seen=2)
    with pytest.raises(NeedsNotMet, match="ne peuvent pas se faire"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)


def test_a_suppression_without_motive_blocks_submission(reorganisation, session, hr, add):
    add(replace(SUPPRESS, motive=" "))
    with pytest.raises(NeedsNotMet, match="Il manque le motif de"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)


def test_a_known_holder_without_a_situation_blocks_submission(reorganisation, session, hr, add):
    holder = make_agent()
    assign_agent(agent=holder, post=Post.objects.get(uid="budget"), begins_on=datetime.date(2021, 11, 1), by=hr)
    add(SUPPRESS)
    with pytest.raises(NeedsNotMet, match="La situation d’un agent reste à préciser"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
    actions.set_situation(
        reorganisation=reorganisation, agent_uid=holder.uid, note="Reclassement proposé.", by=hr, seen=1
    )
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    assert reorganisation.status == Status.SUBMITTED


def test_several_holders_without_a_situation_are_counted(reorganisation, session, hr, add):
    for name, post in (("Ana Blin", "budget"), ("Luc Roy", "port-1")):
        assign_agent(
            agent=make_agent(name), post=Post.objects.get(uid=post), begins_on=datetime.date(2021, 11, 1), by=hr
        )
    add(SUPPRESS, replace(SUPPRESS, id=ChangeId("supprimer-2"), post=PostId("port-1")))
    with pytest.raises(NeedsNotMet, match="La situation de 2 agents"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)


def test_a_draft_over_a_chart_that_moved_on_is_taken_over_before_it_is_submitted(reorganisation, session, hr, add):
    add(SUPPRESS)
    newest = apply_changes(replace(SUPPRESS, id=ChangeId("ailleurs")), on=datetime.date(2021, 11, 1))
    assert [refusal.change.id for refusal in draft(reorganisation).refused_now] == ["supprimer"]
    with pytest.raises(NeedsNotMet, match="reprenez le projet"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
    actions.rebase_draft(reorganisation=reorganisation, by=hr, seen=1)
    assert (reorganisation.base_version, draft(reorganisation).conflicts) == (newest, ())
    assert [refusal.change.id for refusal in draft(reorganisation).folded.refusals] == ["supprimer"]


def test_a_blocking_check_blocks_submission(reorganisation, session, hr, add, monkeypatch):
    add(CREATE_POST)
    problem = Problem("loop", Severity.BLOCKING, "Boucle", "Une unité dépend d’elle-même.")
    monkeypatch.setattr(Draft, "checks", (problem,))
    with pytest.raises(NeedsNotMet, match="À corriger d’abord"):
        actions.submit(reorganisation=reorganisation, session=session, by=hr)
