"""Arrivals and departures from the page of a post; each refusal next to its field."""

import datetime

import pytest
from bs4 import BeautifulSoup

from missions.actions import assign_agent
from missions.models import Agent, Assignment, Post
from tests.factories import make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)
GIVEN = {
    "agent": "Camille Lenoir",
    "kind": "ordinary",
    "begins_on": "2022-01-01",
    "ends_on": "",
    "share": "100",
    "working_time": "80",
}
ADDRESS = "/postes/port-1/affecter/"


@pytest.fixture
def client(hr, client_as):
    open_small_chart(by=hr)
    make_agent(uid="camille")
    return client_as(hr)


@pytest.fixture
def held(client, hr):
    return assign_agent(agent=Agent.objects.get(), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def refused(response, field):
    page = page_of(response)
    assert response.status_code == 422
    assert page.select_one(f"#id_{field}")["aria-invalid"] == "true"
    return page.select_one(".field--invalid .field__error").get_text(strip=True)


def test_an_agent_is_assigned(client):
    response = client.post(ADDRESS, GIVEN | {"share": "50,5", "ends_on": "31/12/2022"})
    assert response["Location"] == "/postes/port-1/#occupation"
    assignment = Assignment.objects.get()
    assert (assignment.agent.uid, float(assignment.share), assignment.working_time) == ("camille", 50.5, 80)
    assert (assignment.begins_on, assignment.ends_on) == (DAY, datetime.date(2022, 12, 31))


def test_part_of_a_name_is_enough_when_only_one_has_it(client):
    client.post(ADDRESS, GIVEN | {"agent": "lenoir"})
    assert Assignment.objects.get().agent.uid == "camille"


def test_people_of_the_same_name_are_told_apart(client, held):
    make_agent(uid="autre")
    response = client.post("/postes/port-2/affecter/", GIVEN)
    page = page_of(response)
    assert response.status_code == 422
    choices = [
        choice.get_text(" ", strip=True) for choice in page.select("[name=agent_uid] + *, label:has([name=agent_uid])")
    ]
    assert any("chargé de mission, Service des ports" in choice for choice in choices)
    assert page.select_one("#id_begins_on")["value"] == "2022-01-01"
    assert client.post("/postes/port-2/affecter/", GIVEN | {"agent_uid": "autre"}).status_code == 302
    assert Assignment.objects.get(post="port-2").agent.uid == "autre"


@pytest.mark.parametrize(
    ("given", "field", "fact"),
    [
        ({"agent": "Personne"}, "agent", "Aucun agent ne porte ce nom."),
        ({"agent": ""}, "agent", "obligatoire"),
        ({"begins_on": ""}, "begins_on", "obligatoire"),
        ({"begins_on": "hier"}, "begins_on", "date"),
        ({"ends_on": "2021-12-31"}, "ends_on", "ne peut pas précéder"),
        ({"share": "0"}, "share", "supérieur à 0"),
        ({"share": "101"}, "share", "100"),
        ({"working_time": "0"}, "working_time", "supérieur à 0"),
        ({"kind": "autre"}, "kind", "autre"),
    ],
)
def test_what_is_wrong_is_said_next_to_the_field(client, given, field, fact):
    response = client.post(ADDRESS, GIVEN | given)
    page = page_of(response)
    assert response.status_code == 422
    assert page.select_one(f"#id_{field}")["aria-invalid"] == "true"
    assert fact in page.select_one(".field--invalid .field__error").get_text()
    assert not Assignment.objects.exists()


def test_more_than_the_whole_post_is_refused_next_to_the_share(client, held):
    make_agent("Zoé Martin")
    response = client.post(ADDRESS, GIVEN | {"agent": "Zoé Martin", "share": "1"})
    assert "serait occupé à 101 %" in refused(response, "share").replace("\u00a0", " ")
    assert client.post(ADDRESS, GIVEN | {"agent": "Zoé Martin", "kind": "interim"}).status_code == 302


def test_more_than_the_whole_agent_is_refused(client, held):
    response = client.post("/postes/port-2/affecter/", GIVEN)
    assert "au total" in refused(response, "share")


def test_an_assignment_changes_and_its_history_is_kept(client, held):
    url = f"/affectations/{held.uid}/"
    page = page_of(client.get(url))
    assert page.select_one("#id_begins_on")["value"] == "2022-01-01"
    assert page.select_one("#id_share")["value"].startswith("100")
    assert client.post(url, GIVEN | {"kind": "contract", "share": "80"}).status_code == 302
    held.refresh_from_db()
    assert (held.kind, held.share) == ("contract", 80)
    text = page_of(client.get(url)).get_text(" ", strip=True).replace("\u00a0", " ")
    assert "nature : de « ordinaire » à « contractuel »" in text
    assert "part du poste : de « 100 » à « 80 »" in text


def test_a_refused_change_leaves_the_assignment_as_it_was(client, held, hr):
    other = assign_agent(
        agent=make_agent("Zoé Martin"),
        post=Post.objects.get(uid="port-1"),
        begins_on=datetime.date(2021, 11, 1),
        ends_on=datetime.date(2021, 12, 31),
        by=hr,
    )
    response = client.post(f"/affectations/{other.uid}/", GIVEN | {"begins_on": "2021-11-01"})
    assert "200 %" in refused(response, "share").replace("\u00a0", " ")
    other.refresh_from_db()
    assert other.ends_on == datetime.date(2021, 12, 31)


def test_an_assignment_ends_on_its_last_day(client, held):
    url = f"/affectations/{held.uid}/fin/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"ends_on": "2021-12-31"}).status_code == 422
    assert client.post(url, {"ends_on": "2022-06-30"}).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == datetime.date(2022, 6, 30)


def test_a_mistake_is_cancelled_with_its_reason(client, held):
    url = f"/affectations/{held.uid}/annuler/"
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "Autre poste"}).status_code == 302
    assert not Assignment.objects.exists()


def test_a_vacancy_is_stated_and_withdrawn(client):
    url = "/postes/port-1/vacance/"
    assert client.post(url, {"since": "2022-03-01"}).status_code == 302
    assert Post.objects.get(uid="port-1").stated_vacant_since == datetime.date(2022, 3, 1)
    assert page_of(client.get(url)).select_one("#id_since")["value"] == "2022-03-01"
    assert client.post(url, {"since": ""}).status_code == 302
    assert Post.objects.get(uid="port-1").stated_vacant_since is None


def test_a_held_post_is_not_vacant(client, held):
    response = client.post("/postes/port-1/vacance/", {"since": "2022-03-01"})
    assert "est occupé à cette date" in refused(response, "since")


def test_assigning_takes_few_queries(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(ADDRESS)
