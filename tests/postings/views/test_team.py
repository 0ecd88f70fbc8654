"""« Candidatures de mon équipe »: who, to what, when; only where the bourse says so."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import Role
from missions.actions import set_perimeters
from missions.models import Unit
from postings import actions
from postings.models import PostingStatus
from tests.factories import UserFactory, make_agent
from tests.postings.bringing import apply, bring, prepare

PAGE = reverse("postings:team")


@pytest.fixture
def head(to_fill, manager):
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=None)
    return manager


@pytest.fixture
def told(ana, luc, zoe):
    return bring(prepare(line_manager_informed=True), PostingStatus.OPEN)


def test_a_manager_reads_who_to_what_and_when(head, told, ana, luc, client_as, django_assert_num_queries):
    apply(told, ana)
    client = client_as(head)
    client.get(PAGE)
    with django_assert_num_queries(7):
        page = client.get(PAGE).content.decode()
    assert "Ana Blin" in page
    assert "Luc Roy" not in page
    assert told.title in page
    assert "10\u00a0mars\u00a02022" in page
    assert "Je souhaite ce poste." not in page
    apply(told, luc)
    with django_assert_num_queries(7):
        assert "Luc Roy" in client.get(PAGE).content.decode()
    assert "Candidatures de mon équipe" in client.get(reverse("postings:list")).content.decode()


def test_what_is_withdrawn_or_a_draft_is_not_told(head, told, ana, luc, client_as):
    mine = apply(told, ana)
    actions.withdraw(application=mine, by=ana.user)
    actions.save_application(posting=told, agent=luc, letter="Bonjour.", by=luc.user)
    assert "Aucune candidature connue" in client_as(head).get(PAGE).content.decode()


def test_a_bourse_that_does_not_say_so_tells_nothing(head, opened, hers, client_as):
    assert "Aucune candidature connue" in client_as(head).get(PAGE).content.decode()


def test_another_unit_is_none_of_theirs(told, ana, client_as):
    apply(told, ana)
    other = UserFactory.create(roles=[Role.MANAGER])
    set_perimeters(user=other, units=[Unit.objects.get(uid="service-2")], by=None)
    assert "Ana Blin" not in client_as(other).get(PAGE).content.decode()


def test_a_rival_is_not_told(head, told, ana, luc, client_as):
    """A manager who applies to the same bourse."""
    apply(told, ana)
    mine = apply(told, luc)
    luc.user.role_grants.create(role=Role.MANAGER)
    luc.user.__dict__.pop("roles", None)
    set_perimeters(user=luc.user, units=[Unit.objects.get(uid="service-1")], by=None)
    assert "Ana Blin" not in client_as(luc.user).get(PAGE).content.decode()
    actions.withdraw(application=mine, by=luc.user)
    assert "Ana Blin" in client_as(luc.user).get(PAGE).content.decode()


@pytest.mark.parametrize("role", [Role.HR, Role.AGENT, Role.COMMITTEE])
def test_who_leads_nobody_has_no_such_page(db, client_as, role):
    assert client_as(UserFactory.create(roles=[role])).get(PAGE).status_code == 404


def test_the_menu_entry_is_for_whoever_is_an_agent_whatever_their_roles(client_as, agent, hr, ana, head):
    """A role says nothing of it: Ana is an agent, and so may be somebody of the human resources."""

    def offered(user):
        return reverse("postings:applications") in client_as(user).get(reverse("postings:list")).content.decode()

    assert offered(ana.user)
    assert not offered(agent)
    assert not offered(hr)
    make_agent("Rita Gabarit", user=hr)
    assert offered(hr)


@pytest.mark.parametrize("name", ["balance", "forgetting", "team", "prepare"])
def test_the_pages_beside_the_list_are_of_its_entry_of_the_menu(client_as, db, name):
    user = UserFactory.create(roles=[Role.HR, Role.MANAGER])
    page = BeautifulSoup(client_as(user).get(reverse(f"postings:{name}")).content, "html.parser")
    assert [each.get_text(strip=True) for each in page.select(".site-menu [aria-current]")] == ["Bourse interne"]
