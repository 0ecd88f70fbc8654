"""The people: listed, found, recorded, linked to their account."""

import datetime

import pytest
from bs4 import BeautifulSoup

from missions.actions import assign_agent
from missions.models import Agent, Post
from tests.factories import make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)


@pytest.fixture
def client(hr, client_as):
    open_small_chart(by=hr)
    return client_as(hr)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def names(response):
    return [name.get_text(" ", strip=True) for name in page_of(response).select("tbody th")]


def test_people_are_listed_by_name_with_what_they_hold(client, hr):
    assert page_of(client.get("/agents/")).select_one(".empty h2").get_text() == "Aucun agent enregistré"
    make_agent("Zoé Martin", fictitious=True)
    assign_agent(agent=make_agent("Éric Abel"), post=Post.objects.get(uid="port-2"), begins_on=DAY, by=hr)
    response = client.get("/agents/")
    assert names(response) == ["Abel Éric", "Martin Zoé fictif"]
    assert page_of(response).select_one("td a").get_text() == "chargée de mission"


@pytest.mark.parametrize(
    ("text", "found"),
    [("eric", ["Abel Éric"]), ("abel eric", ["Abel Éric"]), ("xyz", ["Aucun agent ne porte ce nom."])],
)
def test_people_are_found_without_accents(client, text, found):
    make_agent("Zoé Martin")
    make_agent("Éric Abel")
    response = client.get("/agents/", {"texte": text})
    rows = names(response) or [page_of(response).select_one(".table__empty").get_text()]
    assert rows == found
    assert page_of(response).select_one("[name=texte]")["value"] == text


def test_the_list_takes_the_same_queries_whatever_its_size(client, django_assert_num_queries):
    for rank in range(60):
        make_agent(f"Agent {rank}")
    with django_assert_num_queries(6):
        response = client.get("/agents/?page=2")
    assert len(names(response)) == 10


def test_an_agent_is_recorded_then_assigned(client):
    given = {"first_name": "Léa", "last_name": "Roy", "account": ""}
    response = client.post("/agents/nouveau/?suite=/postes/port-1/affecter/", given)
    assert response["Location"] == "/postes/port-1/affecter/?agent=L%C3%A9a+Roy"
    assert page_of(client.get(response["Location"])).select_one("#id_agent")["value"] == "Léa Roy"
    response = client.post("/agents/nouveau/?suite=//ailleurs.example/", given)
    assert response["Location"].startswith("/agents/")


def test_an_account_belongs_to_one_agent(client, agent):
    given = {"first_name": "Léa", "last_name": "Roy", "account": agent.email}
    assert client.post("/agents/nouveau/", given).status_code == 302
    response = client.post("/agents/nouveau/", given)
    assert response.status_code == 422
    assert "déjà celui d’un autre agent" in page_of(response).get_text()
    response = client.post("/agents/nouveau/", given | {"account": "personne@exemple.fr"})
    assert page_of(response).select_one("#id_account")["aria-invalid"] == "true"
    assert page_of(response).select_one("#id_last_name")["value"] == "Roy"


def test_a_name_is_mended_and_an_account_unlinked(client, agent):
    person = make_agent("Lea Roy", user=agent)
    url = f"/agents/{person.uid}/modifier/"
    assert page_of(client.get(url)).select_one("#id_account")["value"] == agent.email
    assert client.post(url, {"first_name": "Léa", "last_name": ""}).status_code == 422
    assert client.post(url, {"first_name": "Léa", "last_name": "Roy", "account": ""}).status_code == 302
    person = Agent.objects.get()
    assert (str(person), person.user) == ("Léa Roy", None)


def test_an_account_of_another_is_refused_when_mending(client, agent):
    make_agent("Léa Roy", user=agent)
    other = make_agent("Luc Petit")
    response = client.post(
        f"/agents/{other.uid}/modifier/", {"first_name": "Luc", "last_name": "Petit", "account": agent.email}
    )
    assert response.status_code == 422


def test_the_page_of_an_agent_tells_their_assignments(client, hr):
    person = make_agent("Léa Roy", fictitious=True)
    assert "Aucune affectation" in page_of(client.get(f"/agents/{person.uid}/")).get_text()
    assign_agent(agent=person, post=Post.objects.get(uid="port-2"), begins_on=DAY, share=50, by=hr)
    text = page_of(client.get(f"/agents/{person.uid}/")).select_one("tbody").get_text(" ", strip=True)
    assert "Chargée de mission Service des ports depuis le 1er janvier 2022" in text.replace("\u00a0", " ")
    assert "50 %" in text.replace("\u00a0", " ")
