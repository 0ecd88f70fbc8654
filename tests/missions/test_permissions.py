"""Role × permission on the chart in force: `check_can_x` raises exactly when `can_x` says no."""

import datetime

import pytest

from accounts.models import Role
from accounts.permissions import NotAllowed
from missions import permissions
from missions.actions import set_perimeters
from missions.models import Perimeter, Unit
from missions.permissions import VisibleHolders, holders_visible_to
from orgchart.changes import AttachPosts, CloseUnit
from tests.factories import UserFactory, apply_changes, make_agent, open_small_chart

ALLOWED = {
    "view_chart": {Role.HR, Role.MANAGER, Role.AGENT, Role.COMMITTEE},
    "edit_assignments": {Role.HR},
    "edit_agents": {Role.HR},
    "export_holders": {Role.HR},
    "correct": {Role.HR},
    "edit_reference": {Role.HR},
    "open_chart": {Role.HR},
    "edit_perimeters": {Role.HR},
    "read_row_history": {Role.HR},
}


def user_with(role):
    return UserFactory.create(roles=[role] if role else [])


def agrees(name, *arguments, allowed):
    assert getattr(permissions, f"can_{name}")(*arguments) is allowed
    check = getattr(permissions, f"check_can_{name}")
    if allowed:
        check(*arguments)
    else:
        with pytest.raises(NotAllowed):
            check(*arguments)


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", ALLOWED)
def test_who_may(db, name, role):
    agrees(name, user_with(role), allowed=role in ALLOWED[name])


def test_every_permission_is_in_a_table():
    # These depend on a thing as well as on the role; they have their own tables below.
    told = {*ALLOWED, "see_holders", "see_agent"}
    assert {name.removeprefix("can_") for name in vars(permissions) if name.startswith("can_")} == told


def test_a_deactivated_account_sees_nothing(db):
    user = UserFactory.create(roles=[Role.HR], is_active=False)
    assert not permissions.can_view_chart(user)


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


@pytest.mark.parametrize(
    ("role", "perimeter", "unit", "allowed"),
    [
        (Role.HR, None, "service-1", True),
        (Role.MANAGER, None, "service-1", False),
        (Role.MANAGER, "service-1", "service-1", True),
        (Role.MANAGER, "service-1", "cellule", True),
        (Role.MANAGER, "service-1", "service-2", False),
        (Role.MANAGER, "service-1", "direction", False),
        (Role.MANAGER, "direction", "cellule", True),
        (Role.AGENT, "service-1", "service-1", False),
        (Role.COMMITTEE, "service-1", "service-1", False),
        (None, "service-1", "service-1", False),
    ],
)
def test_who_sees_the_holders_of_a_unit(opened, hr, role, perimeter, unit, allowed):
    user = user_with(role)
    units = {each.uid: each for each in Unit.objects.all()}
    set_perimeters(user=user, units=[units[perimeter]] if perimeter else [], by=hr)
    agrees("see_holders", user, units[unit], allowed=allowed)
    assert holders_visible_to(user).sees(unit=unit) is allowed


def test_a_closed_unit_is_in_nobodys_perimeter(opened, hr):
    manager = user_with(Role.MANAGER)
    set_perimeters(user=manager, units=[Unit.objects.get(uid="cellule")], by=hr)
    attach = AttachPosts(id="a", posts=("budget",), to="service-1")
    apply_changes(attach, CloseUnit(id="c", unit="cellule"), on=datetime.date(2022, 1, 1), by=hr)
    closed = Unit.objects.get(uid="cellule")
    agrees("see_holders", manager, closed, allowed=False)
    agrees("see_holders", hr, closed, allowed=True)
    assert holders_visible_to(manager) == VisibleHolders()


@pytest.mark.parametrize(
    ("role", "own", "allowed"),
    [
        (Role.HR, False, True),
        (Role.AGENT, True, True),
        (Role.AGENT, False, False),
        (Role.MANAGER, False, False),
        (Role.COMMITTEE, True, True),
        (None, True, False),
    ],
)
def test_who_sees_an_agent(db, role, own, allowed):
    user = user_with(role)
    agent = make_agent(user=user if own else None)
    agrees("see_agent", user, agent, allowed=allowed)
    assert holders_visible_to(user).sees(unit="x", agent=agent.pk) is allowed


def test_two_queries_say_whose_names_a_manager_knows(opened, hr, django_assert_num_queries):
    manager = user_with(Role.MANAGER)
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=hr)
    agent = make_agent(user=manager)
    assert manager.roles
    with django_assert_num_queries(2):
        visible = holders_visible_to(manager)
    assert visible == VisibleHolders(units=frozenset({"service-1", "cellule"}), agent=agent.pk)


def test_perimeters_are_replaced(opened, hr, manager):
    units = {each.uid: each for each in Unit.objects.all()}
    set_perimeters(user=manager, units=[units["service-1"], units["service-2"]], by=hr)
    set_perimeters(user=manager, units=[units["service-2"], units["cellule"]], by=hr)
    assert set(manager.perimeters.values_list("unit__uid", flat=True)) == {"service-2", "cellule"}
    assert str(Perimeter.objects.get(unit__uid="cellule")) == f"{manager}\u00a0: Cellule budget"
