"""« Situations »: every known holder of a touched post, what is still to be said, and nobody else to read it."""

import datetime
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from missions.actions import assign_agent
from missions.models import Agent, Post
from reorganisations.models import Reorganisation
from tests.factories import make_agent

from ..conftest import SUPPRESS, TRANSFORM
from .test_workspace import told


@pytest.fixture
def holder(chart: object, hr: User) -> Agent:
    """Somebody holds the post that is suppressed."""
    agent = make_agent("Ada Exemple")
    assign_agent(agent=agent, post=Post.objects.get(uid="budget"), begins_on=datetime.date(2020, 1, 1), by=hr)
    return agent


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


def soup(client: Client, reorganisation: Reorganisation, query: str = "") -> BeautifulSoup:
    response = client.get(reverse("reorganisations:situations", args=[reorganisation.code]) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_holder_without_a_post_is_to_be_settled_and_blocks(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(SUPPRESS)
    page = soup(client, reorganisation)
    assert "La situation d’un agent reste à préciser" in told(page.select_one(".notice--blocking"))
    row = told(page.select_one("tbody tr"))
    assert "Ada Exemple" in row
    assert "À préciser" in row


def test_it_is_settled_in_place_and_no_longer_blocks(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(SUPPRESS)
    address = reverse("reorganisations:settle", args=[reorganisation.code, holder.uid])
    assert "Ada Exemple" in client.get(address).content.decode()
    data = {"seen": str(reorganisation.revision), "post": "port-2", "note": "Accord du 3 mai."}
    assert client.post(address, data).status_code == 302
    page = soup(client, reorganisation)
    assert not page.select(".notice--blocking")
    assert "Accord du 3 mai." in told(page.select_one("tbody"))
    assert "Aucun titulaire" in told(soup(client, reorganisation, "?filtre=a-preciser").select_one("tbody"))


def test_a_situation_that_says_nothing_and_a_draft_that_moved_on_are_refused(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(SUPPRESS)
    address = reverse("reorganisations:settle", args=[reorganisation.code, holder.uid])
    seen = str(reorganisation.revision)
    assert client.post(address, {"seen": seen}).status_code == 422
    assert client.post(address, {"seen": seen, "note": "Départ."}).status_code == 302
    stale = client.post(address, {"seen": seen, "note": "Retraite."})
    assert stale.status_code == 422
    assert "Retraite." in stale.content.decode()


def test_unknown_occupation_is_told_and_never_called_vacant(
    client: Client, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(TRANSFORM, SUPPRESS)
    page = told(soup(client, reorganisation).main)
    assert "Occupation non renseignée pour 2 postes concernés sur 2" in page
    assert "vacant" not in page


def test_somebody_whom_nothing_touches_does_not_exist_here(
    client: Client, holder: Agent, reorganisation: Reorganisation
) -> None:
    address = reverse("reorganisations:settle", args=[reorganisation.code, holder.uid])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_nobody_but_hr_reads_it(
    request: pytest.FixtureRequest, client_as: Callable[[User], Client], reorganisation: Reorganisation, role: str
) -> None:
    address = reverse("reorganisations:situations", args=[reorganisation.code])
    assert client_as(request.getfixturevalue(role)).get(address).status_code == 404


def test_the_page_costs_twelve_queries(
    client: Client,
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add(SUPPRESS, TRANSFORM)
    with django_assert_num_queries(12):
        soup(client, reorganisation)
