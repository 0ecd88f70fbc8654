"""« Dossiers »: a member reads the sealed texts of their committees, and nothing else of a draft."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Status
from tests.factories import UserFactory

from ..conftest import CREATE_CELL, CREATE_POST
from .page import told

DOSSIERS = reverse("reorganisations:dossiers")


@pytest.fixture
def member(committee: Committee, committee_member: User) -> User:
    actions.add_member(committee=committee, college="personnel", union="CGT", user=committee_member, by=None)
    return committee_member


@pytest.fixture
def client(client_as: Callable[[User], Client], member: User) -> Client:
    return client_as(member)


def soup(client: Client, address: str = DOSSIERS) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HR, 403), (Role.MANAGER, 403), (Role.AGENT, 403), (Role.COMMITTEE, 200), (None, 403)]
)
def test_only_members_have_dossiers(
    client_as: Callable[[User], Client], role: Role | None, status: int, db: None
) -> None:
    client = client_as(UserFactory.create(roles=[role] if role else []))
    assert client.get(DOSSIERS).status_code == status


def test_a_member_lands_there_and_finds_it_in_the_menu(client: Client) -> None:
    response = client.get(reverse("accounts:landing"))
    assert response.headers["Location"] == DOSSIERS
    assert told(soup(client).select_one("nav [aria-current=page]")) == "Dossiers"


def test_a_draft_is_not_there(client: Client, bring: Callable[..., Reorganisation], session: object) -> None:
    bring(Status.DRAFT)
    assert "Aucun dossier" in told(soup(client).main)


def test_every_text_sealed_is_there_the_last_one_first(
    client: Client, bring: Callable[..., Reorganisation], add: Callable[..., None], hr: User
) -> None:
    reorganisation = bring(Status.SUBMITTED)
    add(CREATE_CELL)
    actions.amend_text(
        reorganisation=reorganisation, origin="En séance", dated_on=reorganisation.created_at.date(), by=hr
    )
    links = [link["href"] for link in soup(client).select("tbody a[href*='texte=']")]
    report = reverse("reorganisations:report", args=[reorganisation.code])
    assert links == [f"{report}?texte=2", f"{report}?texte=2", f"{report}?texte=1"]
    assert "Créer la cellule Suivi" not in told(soup(client, f"{report}?texte=1").main)


def test_the_committee_of_others_is_not_theirs(
    client_as: Callable[[User], Client], bring: Callable[..., Reorganisation]
) -> None:
    reorganisation = bring(Status.SUBMITTED)
    client = client_as(UserFactory.create(roles=[Role.COMMITTEE]))
    assert "Aucun dossier" in told(soup(client).main)
    for name in ("report", "follow_up", "what_changes"):
        assert client.get(reverse(f"reorganisations:{name}", args=[reorganisation.code])).status_code == 404


# What a member meets on the other pages of a reorganisation submitted to them.
OF_A_DRAFT = {
    "workspace": 403,
    "situations": 403,
    "narrative": 403,
    "choose_change": 403,
    "details": 403,
    "submit": 403,
    "record_opinion": 403,
    "attach_document": 403,
    "report": 200,
    "what_changes": 200,
    "follow_up": 200,
}


@pytest.mark.parametrize("name", OF_A_DRAFT)
def test_nothing_else_of_the_draft_is_open(client: Client, bring: Callable[..., Reorganisation], name: str) -> None:
    code = bring(Status.SUBMITTED).code
    assert client.get(reverse(f"reorganisations:{name}", args=[code])).status_code == OF_A_DRAFT[name]


def test_what_was_edited_since_is_not_shown(
    client: Client, bring: Callable[..., Reorganisation], add: Callable[..., None]
) -> None:
    code = bring(Status.SUBMITTED, CREATE_POST).code
    add(CREATE_CELL)
    for name in ("report", "what_changes", "follow_up"):
        words = told(soup(client, reverse(f"reorganisations:{name}", args=[code])).main)
        assert "ellule Suivi" not in words, name
        assert "diffère" not in words, name
    assert client.get(reverse("reorganisations:report", args=[code]) + "?texte=projet").status_code == 404


def test_the_list_takes_so_many_queries(
    client: Client, bring: Callable[..., Reorganisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bring(Status.OPINION_GIVEN)
    with django_assert_num_queries(7):
        soup(client)
