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
from orgchart.changes import CreatePost, CreateUnit, MoveUnit, NewPost, NewUnit, RegradePost
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, TitleCode, UnitId
from reorganisations import actions
from reorganisations.models import Reorganisation
from tests.factories import apply_changes, make_agent

from ..conftest import REGRADE, SUPPRESS, TRANSFORM
from ..holding import hold
from .page import told


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
    assert "Aucune situation" in told(soup(client, reorganisation, "?etat=a-preciser").select_one("tbody"))


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
    assert "2 postes touchés dont l’occupation n’est pas renseignée" in page
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


def test_the_page_costs_eleven_queries_however_many_hold_the_posts(
    client: Client,
    holder: Agent,
    add: Callable[..., None],
    reorganisation: Reorganisation,
    hr: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add(SUPPRESS, TRANSFORM)
    with django_assert_num_queries(11):
        soup(client, reorganisation)
    for name, post in (("Bruno Essai", "port-1"), ("Clara Essai", "chef")):
        assign_agent(
            agent=make_agent(name), post=Post.objects.get(uid=post), begins_on=datetime.date(2020, 1, 1), by=hr
        )
    with django_assert_num_queries(11):
        soup(client, reorganisation)


def test_filters_combine_and_are_counted(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation, hr: User
) -> None:
    other = make_agent("Bruno Essai")
    assign_agent(agent=other, post=Post.objects.get(uid="port-2"), begins_on=datetime.date(2020, 1, 1), by=hr)
    add(SUPPRESS, REGRADE)
    page = soup(client, reorganisation)
    assert "Reste à préciser (1)" in told(page.select_one("#id_etat"))
    assert [told(row.th).split(" ")[0] for row in page.select("tbody tr")] == ["Ada", "Bruno"]
    narrowed = soup(client, reorganisation, "?nom=brun&etat=precisees")
    assert len(narrowed.select("tbody tr")) == 1
    assert "Reste à préciser (0)" in told(narrowed.select_one("#id_etat"))
    assert "Aucune situation" in told(soup(client, reorganisation, "?nom=brun&etat=a-preciser").select_one("tbody"))
    descending = soup(client, reorganisation, "?tri=-agent")
    assert [told(row.th).split(" ")[0] for row in descending.select("tbody tr")] == ["Bruno", "Ada"]
    refused = client.get(reverse("reorganisations:situations", args=[reorganisation.code]) + "?avant=ailleurs")
    assert refused.status_code == 422


def test_settling_in_place_answers_the_list_that_a_reload_gives_and_is_taken_back(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(SUPPRESS)
    address = reverse("reorganisations:settle", args=[reorganisation.code, holder.uid])
    htmx = {"HX-Request": "true"}
    assert client.get(address, headers=htmx).content.decode().lstrip().startswith("<tr")
    refused = client.post(address, {"seen": str(reorganisation.revision)}, headers=htmx)
    assert refused.status_code == 422
    assert "Indiquez le poste proposé" in refused.content.decode()
    done = client.post(address, {"seen": str(reorganisation.revision), "note": "Départ."}, headers=htmx)
    assert done.headers["HX-Retarget"] == "#situations"
    assert "no-store" in done.headers["Cache-Control"]
    swapped = told(BeautifulSoup(done.content, "html.parser").select_one("tbody"))
    assert swapped == told(soup(client, reorganisation).select_one("tbody"))
    reorganisation.refresh_from_db()
    undo = reverse("reorganisations:undo_situation", args=[reorganisation.code, holder.uid])
    assert client.post(undo, {"seen": str(reorganisation.revision)}).status_code == 302
    assert not reorganisation.situations.exists()
    reorganisation.refresh_from_db()
    assert client.post(undo, {"seen": str(reorganisation.revision)}).status_code == 302
    assert reorganisation.situations.get().note == "Départ."
    stale = client.post(undo, {"seen": "1"}, headers=htmx)
    assert stale.status_code == 422
    reorganisation.refresh_from_db()
    cleared = client.post(address, {"seen": str(reorganisation.revision), "effacer": "1"})
    assert cleared.status_code == 302
    assert not reorganisation.situations.exists()


def test_nothing_was_said_nothing_is_taken_back(
    client: Client, holder: Agent, add: Callable[..., None], reorganisation: Reorganisation
) -> None:
    add(SUPPRESS)
    undo = reverse("reorganisations:undo_situation", args=[reorganisation.code, holder.uid])
    answer = client.post(undo, {"seen": "x"})
    assert answer.status_code == 422
    assert "Il n’y a plus rien à annuler" in answer.content.decode()


def test_more_than_a_page_is_turned_over_with_its_filters(
    client: Client, chart: object, add: Callable[..., None], reorganisation: Reorganisation, hr: User
) -> None:
    many = [
        CreatePost(
            id=ChangeId(f"creer-{number}"),
            unit=UnitId("service-1"),
            new=NewPost(id=PostId(f"p-{number:02}"), title=TitleCode("charge-mission"), grade=GradeCode("A 3")),
        )
        for number in range(53)
    ]
    apply_changes(*many, on=datetime.date(2021, 10, 10))
    actions.rebase_draft(reorganisation=reorganisation, by=hr, seen=reorganisation.revision)
    reorganisation.refresh_from_db()
    for number in range(53):
        hold(f"Agent {number:02}", f"p-{number:02}")
    regraded = [
        RegradePost(id=ChangeId(f"recoter-{number}"), post=PostId(f"p-{number:02}"), grade=GradeCode("A 2.2"))
        for number in range(53)
    ]
    add(*regraded)
    first = soup(client, reorganisation, "?situation=recote&tri=-agent")
    assert len(first.select("tbody tr")) == 50
    link = first.select_one("a[rel=next]")
    assert link is not None
    second = soup(client, reorganisation, str(link["href"]))
    assert len(second.select("tbody tr")) == 3
    assert "situation=recote" in str(link["href"])
    assert "tri=-agent" in str(link["href"])
    assert "53 agents concernés" in told(second.main)
    assert len(soup(client, reorganisation, "?page=99").select("tbody tr")) == 3


def test_whose_unit_goes_to_another_direction_is_told_from_where_to_where(
    client: Client, chart: object, add: Callable[..., None], reorganisation: Reorganisation, hr: User
) -> None:
    agent = hold("Ada Exemple", "port-1")
    other = CreateUnit(
        id=ChangeId("autre-direction"),
        new=NewUnit(id=UnitId("autre"), kind=KindCode("direction"), label="Direction des ports"),
        parent=None,
    )
    add(other, MoveUnit(id=ChangeId("emmener"), unit=UnitId("service-1"), to=UnitId("autre")))
    row = told(soup(client, reorganisation).select_one("tbody tr"))
    assert "Rattachement avec son unité" in row
    assert "Direction des ports" in row
    sheet = client.get(reverse("reorganisations:impact", args=[reorganisation.code, agent.uid]))
    assert "Unité supérieure" in told(BeautifulSoup(sheet.content, "html.parser").main)
