"""The writers of accounts: what they write, what they refuse, and that each leaves a line on the trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import Event, Role, User
from tests.factories import PASSWORD, UserFactory


def trail():
    return list(Event.objects.order_by("pk").values_list("verb", "by__name", "target_type"))


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_opening_an_account_grants_its_roles(hr):
    user = actions.create_user(email="Nora@Exemple.fr", name="Nora", roles=[Role.AGENT, Role.MANAGER], by=hr)
    assert fresh(user).email == "nora@exemple.fr"
    assert fresh(user).roles == {Role.AGENT, Role.MANAGER}
    assert not user.has_usable_password()
    assert trail() == [
        ("create_user", hr.name, "accounts.user"),
        ("grant_role", hr.name, "accounts.user"),
        ("grant_role", hr.name, "accounts.user"),
    ]


def test_an_address_has_one_account(hr):
    with pytest.raises(actions.EmailTaken, match=r"Un compte a déjà l’adresse"):
        actions.create_user(email=hr.email.upper(), name="Autre", by=hr)
    assert trail() == []


def test_a_role_is_granted_once_and_seen_at_once(hr, agent):
    assert not agent.has_role(Role.MANAGER)
    actions.grant_role(user=agent, role=Role.MANAGER, by=hr)
    assert agent.has_role(Role.MANAGER)
    with pytest.raises(actions.RoleAlreadyGranted, match="Encadrement"):
        actions.grant_role(user=agent, role=Role.MANAGER, by=hr)
    assert trail() == [("grant_role", hr.name, "accounts.user")]


def test_a_role_is_withdrawn_from_who_holds_it(hr, agent):
    assert agent.has_role(Role.AGENT)
    actions.withdraw_role(user=agent, role=Role.AGENT, by=hr)
    assert not agent.has_role(Role.AGENT)
    with pytest.raises(actions.RoleNotGranted, match="Agent"):
        actions.withdraw_role(user=agent, role=Role.AGENT, by=hr)


def test_setting_roles_grants_and_withdraws(hr, agent):
    actions.set_roles(user=agent, roles=[Role.MANAGER, Role.COMMITTEE], by=hr)
    assert fresh(agent).roles == {Role.MANAGER, Role.COMMITTEE}
    actions.set_roles(user=agent, roles=[Role.MANAGER, Role.COMMITTEE], by=hr)
    assert [verb for verb, _, _ in trail()] == ["grant_role", "grant_role", "withdraw_role"]


@pytest.mark.parametrize(
    "refused",
    [
        lambda hr: actions.withdraw_role(user=hr, role=Role.HR, by=hr),
        lambda hr: actions.set_roles(user=hr, roles=[Role.AGENT], by=hr),
        lambda hr: actions.deactivate_user(user=hr, by=hr),
    ],
)
def test_the_last_hr_account_stays(hr, refused):
    UserFactory.create(roles=[Role.HR], is_active=False)
    with pytest.raises(actions.LastHR, match="dernier compte"):
        refused(hr)
    assert fresh(hr).roles == {Role.HR}
    assert fresh(hr).is_active
    assert trail() == []


def test_another_hr_account_may_go(hr):
    other = UserFactory.create(roles=[Role.HR])
    actions.withdraw_role(user=other, role=Role.HR, by=hr)
    assert fresh(other).roles == frozenset()


def test_an_account_is_closed_and_opened_again(hr, agent):
    actions.deactivate_user(user=agent, by=hr)
    assert not fresh(agent).is_active
    actions.activate_user(user=agent, by=hr)
    assert fresh(agent).is_active
    assert [verb for verb, _, _ in trail()] == ["deactivate_user", "activate_user"]


def test_a_password_is_set_without_being_written_down(agent):
    actions.set_password(user=agent, password="une-autre-phrase-longue", by=None)
    assert fresh(agent).check_password("une-autre-phrase-longue")
    assert not fresh(agent).check_password(PASSWORD)
    event = Event.objects.get()
    assert (event.verb, event.by, event.details) == ("set_password", None, {})


def test_the_trail_is_forgotten_after_a_year(hr, agent):
    actions.record_event(verb="grant_role", target=agent, by=hr, summary="Récente.")
    old = Event(verb="grant_role", target_type="accounts.user", target_uid=agent.uid, summary="Ancienne.")
    old.at = timezone.now() - timedelta(days=366)
    old.save()
    assert actions.purge_trail() == 1
    assert [event.summary for event in Event.objects.all()] == ["Récente."]
    assert actions.purge_trail() == 0
