"""« Ce qui change » and the list: the figures, their causes, and what each role is given to read."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from missions.models import Perimeter, Unit
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Status
from tests.factories import UserFactory

from ..conftest import CREATE_CELL, CREATE_POST, SUPPRESS, TRANSFORM
from .page import told

QUERIES = {"what_changes": 11, "list": 7}


def soup(client: Client, name: str, *args: str) -> BeautifulSoup:
    response = client.get(reverse(f"reorganisations:{name}", args=args))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def hr_client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


class TestWhatChanges:
    def test_each_variation_has_its_causes_and_opens_on_posts_and_adjustment(
        self, hr_client: Client, add: Callable[..., None], reorganisation: Reorganisation
    ) -> None:
        add(CREATE_POST, TRANSFORM, SUPPRESS)
        page = soup(hr_client, "what_changes", reorganisation.code)
        line = page.select_one("details[id='c-A-2.2']")
        assert told(line.select_one("summary")) == "A 2.2 1 → 2 (+1) +1 transformation"  # type: ignore[union-attr]
        assert line.select_one("a[href$='#a-transformer']")  # type: ignore[union-attr]
        assert told(page.select_one("details[id='c-B-1'] summary")) == "B 1 1 → 0 (−1) −1 suppression"
        assert "Chargé de mission" in told(page.select_one("details[id='c-B-1'] ul ul"))

    def test_of_many_causes_a_variation_shows_its_own_when_it_is_asked_for(
        self,
        hr_client: Client,
        add: Callable[..., None],
        reorganisation: Reorganisation,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("reorganisations.views.what_changes.ALL_UP_TO", 1)
        add(CREATE_POST, TRANSFORM, SUPPRESS)
        page = soup(hr_client, "what_changes", reorganisation.code)
        assert not page.select("details.variation-details")
        closed = page.select_one("a[id='c-A-2.2']")
        assert told(closed) == "A 2.2 1 → 2 (+1) +1 transformation"
        page = BeautifulSoup(
            hr_client.get(
                reverse("reorganisations:what_changes", args=[reorganisation.code]) + str(closed["href"])
            ).content,
            "html.parser",
        )  # type: ignore[index]
        assert page.select_one("details[id='c-A-2.2'][open] a[href$='#a-transformer']")
        assert len(page.select("details.variation-details")) == 1

    def test_an_empty_draft_says_that_nothing_changes(self, hr_client: Client, reorganisation: Reorganisation) -> None:
        assert "Rien ne change encore" in told(soup(hr_client, "what_changes", reorganisation.code).main)

    def test_the_committee_reads_what_was_sealed_whatever_was_edited_since(
        self,
        client_as: Callable[[User], Client],
        committee_member: User,
        committee: Committee,
        bring: Callable[..., Reorganisation],
        add: Callable[..., None],
        hr_client: Client,
        reorganisation: Reorganisation,
        hr: User,
    ) -> None:
        actions.add_member(committee=committee, college="personnel", user=committee_member, by=hr)
        member = client_as(committee_member)
        address = reverse("reorganisations:what_changes", args=[reorganisation.code])
        assert member.get(address).status_code == 404
        add(CREATE_POST)
        bring(Status.SUBMITTED)
        reorganisation.refresh_from_db()
        add(CREATE_CELL)
        live = hr_client.get(address).content.decode()
        assert "la cellule Suivi" in live
        assert "Le projet a été modifié depuis le dernier texte scellé." in live
        read = member.get(address)
        assert read.status_code == 200
        assert "cellule Suivi" not in read.content.decode()
        assert "Atelier" not in read.content.decode()
        assert "modifié depuis le dernier texte scellé" not in read.content.decode()

    @pytest.mark.parametrize("changes", [[SUPPRESS], [CREATE_CELL, CREATE_POST, TRANSFORM, SUPPRESS]])
    def test_it_costs_the_same_whatever_the_draft_holds(
        self,
        hr_client: Client,
        add: Callable[..., None],
        reorganisation: Reorganisation,
        changes: list[object],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        add(*changes)
        with django_assert_num_queries(QUERIES["what_changes"]):
            soup(hr_client, "what_changes", reorganisation.code)


class TestList:
    def test_it_is_empty_at_first_and_says_what_to_do(self, hr_client: Client, chart: object) -> None:
        page = soup(hr_client, "list")
        assert "Aucune réorganisation" in told(page.main)
        assert page.select_one(f"a[href='{reverse('reorganisations:create')}']")

    def test_it_tells_state_session_and_date(
        self, hr_client: Client, bring: Callable[..., Reorganisation], django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        bring(Status.SUBMITTED)
        with django_assert_num_queries(QUERIES["list"]):
            row = told(soup(hr_client, "list").select_one("tbody tr"))
        assert "Réorganisation d’essai" in row
        assert "Soumise au comité" in row
        assert "Comité technique du 1er décembre 2021" in row

    def test_each_role_sees_its_own(
        self,
        client_as: Callable[[User], Client],
        manager: User,
        agent: User,
        bring: Callable[..., Reorganisation],
        reorganisation: Reorganisation,
    ) -> None:
        near = UserFactory.create(roles=[Role.MANAGER])
        Perimeter.objects.create(user=near, unit=Unit.objects.get(uid="direction"))

        def sees(user: User) -> bool:
            return reorganisation.title in told(soup(client_as(user), "list").main)

        assert [sees(user) for user in (near, manager, agent)] == [True, False, False]
        bring(Status.IN_FORCE)
        assert [sees(user) for user in (near, manager, agent)] == [True, True, True]


class TestCreate:
    address = "reorganisations:create"

    def test_the_code_comes_from_the_title(self, hr_client: Client, chart: object) -> None:
        data = {"title": "Réorganiser les ports", "unit": "service-1", "effective_on": "2022-03-01"}
        response = hr_client.post(reverse(self.address), data)
        made = Reorganisation.objects.get()
        assert response.headers["Location"] == reverse("reorganisations:workspace", args=[made.code])
        assert (made.code, made.unit_uid, str(made.effective_on)) == (
            "reorganiser-les-ports",
            "service-1",
            "2022-03-01",
        )

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"title": "", "unit": "service-1"}, "title"),
            ({"title": "Ports", "unit": "partie"}, "unit"),
            ({"title": "Ports", "unit": "service-1", "effective_on": "demain"}, "effective_on"),
            ({"title": "Ports", "unit": "service-1", "code": "é!"}, "code"),
            ({"title": "???", "unit": "service-1"}, "code"),
            ({"title": "Ports", "unit": "service-1", "code": "essai-2021"}, "code"),
        ],
    )
    def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_comes_back(
        self, hr_client: Client, reorganisation: Reorganisation, data: dict[str, str], field: str
    ) -> None:
        response = hr_client.post(reverse(self.address), data)
        assert response.status_code == 422
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one(f"[name={field}][aria-invalid=true]")
        assert page.select_one("[name=title]")["value"] == data["title"] if data["title"] else True  # type: ignore[index]
        assert Reorganisation.objects.count() == 1

    def test_without_a_chart_in_force_it_is_refused(self, hr_client: Client) -> None:
        assert hr_client.post(reverse(self.address), {"title": "Ports", "unit": ""}).status_code == 422

    @pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
    def test_only_hr_prepares_one(
        self, request: pytest.FixtureRequest, client_as: Callable[[User], Client], role: str
    ) -> None:
        assert client_as(request.getfixturevalue(role)).get(reverse(self.address)).status_code == 403
