"""« Variantes »: the family of a draft, two of them compared, and the choice, which says what it will do."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Reorganisation, Status

from ..conftest import CREATE_CELL, CREATE_POST, REGRADE, TRANSFORM
from .page import told


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


@pytest.fixture
def copy(reorganisation: Reorganisation, add: Callable[..., None], hr: User) -> Reorganisation:
    """The first draft creates a post and transforms one; the copy creates a unit instead and transforms otherwise."""
    add(CREATE_POST, TRANSFORM)
    copy = actions.duplicate_draft(reorganisation=reorganisation, label="Avec une cellule", by=hr)
    actions.delete_change(reorganisation=copy, uid=CREATE_POST.id, by=hr, seen=copy.revision)
    actions.add_changes(reorganisation=copy, changes=[CREATE_CELL, REGRADE], by=hr, seen=copy.revision)
    return copy


def page(client: Client, reorganisation: Reorganisation, query: str = "") -> BeautifulSoup:
    response = client.get(reverse("reorganisations:variants", args=[reorganisation.code]) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def line(soup: BeautifulSoup, label: str) -> tuple[bool, list[str]]:
    """Whether it is marked as different, and its cells."""
    row = next(row for row in soup.select("tbody tr:not(.group)") if told(row.th).startswith(label))
    return "differs" in row.get("class", []), [told(cell) for cell in row.select("td")]


def test_a_single_draft_is_offered_to_be_copied(client: Client, reorganisation: Reorganisation) -> None:
    soup = page(client, reorganisation)
    assert "Une seule manière de faire" in told(soup.select_one(".empty"))
    assert soup.select_one(f"a[href='{reverse('reorganisations:duplicate', args=[reorganisation.code])}']")


def test_what_differs_is_marked_and_the_rest_is_not(
    client: Client, reorganisation: Reorganisation, copy: Reorganisation
) -> None:
    soup = page(client, reorganisation)
    today, one, other = line(soup, "Postes ")[1]
    assert int(one) == int(today) + 1
    assert int(other) == int(today)
    assert line(soup, "Postes ")[0]
    assert line(soup, "Unités ")[0]
    assert not line(soup, "Points bloquants")[0]
    assert line(soup, "Ajustements") == (True, ["–", "2", "3"])
    assert len(soup.select("svg.chart")) == 2
    ids = [each["id"] for each in soup.select("[id]")]
    assert [each for each in ids if ids.count(each) > 1] == []


def test_what_is_done_otherwise_is_in_words(
    client: Client, reorganisation: Reorganisation, copy: Reorganisation
) -> None:
    apart = told(page(client, copy).select_one("[aria-labelledby=apart-title]"))
    assert "1 ajustement en commun" in apart
    assert "Seulement dans « Avec une cellule » Créer la cellule Suivi" in apart
    assert "Seulement dans « Projet de départ » Créer un poste" in apart


def test_one_of_several_is_chosen_to_compare_with(
    client: Client, reorganisation: Reorganisation, copy: Reorganisation, hr: User
) -> None:
    third = actions.duplicate_draft(reorganisation=reorganisation, label="Troisième", by=hr)
    soup = page(client, copy, f"?avec={third.code}")
    assert told(soup.select_one("#side-2")) == "Troisième"
    assert told(page(client, copy).select_one("#side-2")) == "Projet de départ"


def test_the_number_of_queries(
    client: Client,
    reorganisation: Reorganisation,
    copy: Reorganisation,
    hr: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.duplicate_draft(reorganisation=reorganisation, label="Troisième", by=hr)
    with django_assert_num_queries(15):
        page(client, reorganisation)


def test_it_is_copied_from_the_page(client: Client, reorganisation: Reorganisation) -> None:
    address = reverse("reorganisations:duplicate", args=[reorganisation.code])
    assert client.get(address).status_code == 200
    assert client.post(address, {"label": ""}).status_code == 422
    response = client.post(address, {"label": "Scénario B"})
    assert response["Location"] == reverse("reorganisations:workspace", args=["essai-2021-variante-2"])
    refused = client.post(address, {"label": "Scénario B"})
    assert refused.status_code == 422
    assert "s’appelle déjà" in refused.content.decode()
    assert 'value="Scénario B"' in refused.content.decode()


def test_keeping_one_says_what_is_withdrawn_then_does_it(
    client: Client, reorganisation: Reorganisation, copy: Reorganisation
) -> None:
    address = reverse("reorganisations:keep_variant", args=[copy.code])
    asked = client.get(address).content.decode()
    assert "Projet de départ" in asked
    assert "Retenir cette variante et retirer l’autre" in asked
    assert client.post(address).status_code == 302
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.WITHDRAWN
    assert "il n’y a rien à choisir" in client.get(address).content.decode()
    again = client.post(address, follow=True).content.decode()
    assert "pas d’autre variante" in again


def test_a_withdrawn_variant_is_read_and_no_longer_chosen(
    client: Client, reorganisation: Reorganisation, copy: Reorganisation, hr: User
) -> None:
    actions.keep_variant(reorganisation=copy, by=hr)
    soup = page(client, copy)
    assert "retirée" in told(soup.select_one(".variants"))
    assert not soup.select("table")
    assert soup.select_one(f"a[href$='?avec={reorganisation.code}']")
    assert page(client, copy, f"?avec={reorganisation.code}").select("table")
    assert not page(client, reorganisation).select(f"a[href$='{reorganisation.code}/variantes/dupliquer/']")


@pytest.mark.parametrize("name", ["variants", "duplicate", "keep_variant"])
def test_nobody_else_gets_there(
    name: str,
    client_as: Callable[[User], Client],
    copy: Reorganisation,
    manager: User,
    agent: User,
    committee_member: User,
) -> None:
    for user in (manager, agent, committee_member):
        assert client_as(user).get(reverse(f"reorganisations:{name}", args=[copy.code])).status_code == 404
