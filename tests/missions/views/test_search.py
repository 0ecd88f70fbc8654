"""Search: units, posts and people, grouped, as far as one may know."""

import datetime

import pytest
from bs4 import BeautifulSoup

from missions.actions import assign_agent
from missions.models import Post
from tests.factories import make_agent, open_small_chart


@pytest.fixture
def opened(hr):
    open_small_chart(by=hr)
    person = make_agent("Zoé Portal", uid="zoe", fictitious=True)
    assign_agent(agent=person, post=Post.objects.get(uid="port-1"), begins_on=datetime.date(2022, 1, 1), by=hr)


def found(client, text):
    page = BeautifulSoup(client.get("/recherche/", {"q": text}).content, "html.parser")
    return {
        section.h2.get_text(): [(link.get_text(), link["href"]) for link in section.select("a")]
        for section in page.select("main section")
    }, page


def test_results_come_in_groups(opened, hr, client_as):
    groups, page = found(client_as(hr), "PORT")
    assert groups["Unités"] == [("Service des ports", "/unites/service-1/fiche/")]
    assert groups["Agents"] == [("Zoé Portal", "/agents/zoe/")]
    assert "2 résultats" in page.select_one(".facts").get_text().replace("\u00a0", " ")
    groups, _ = found(client_as(hr), "chargee de mission")
    assert ("Chargée de mission", "/postes/port-2/") in groups["Postes"]
    assert ("Direction de la mer (DM)", "/unites/direction/fiche/") in found(client_as(hr), "dm")[0]["Unités"]


def test_people_are_found_by_those_who_may_know_them(opened, manager, agent, client_as, hr):
    for user in (manager, agent):
        assert "Agents" not in found(client_as(user), "portal")[0]
    from missions.actions import set_perimeters
    from missions.models import Unit

    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=hr)
    assert found(client_as(manager), "portal")[0]["Agents"] == [("Zoé Portal", "/postes/port-1/")]


@pytest.mark.parametrize(("text", "title"), [("", "Que cherchez-vous ?"), ("zzz", "Aucun résultat")])
def test_nothing_found_says_so(opened, hr, client_as, text, title):
    groups, page = found(client_as(hr), text)
    assert groups == {}
    assert page.select_one(".empty h2").get_text().replace("\u00a0", " ") == title


def test_many_results_say_that_there_are_more(opened, hr, client_as):
    row = Post.objects.get(uid="port-1")
    for rank in range(30):
        row.pk, row.uid = None, f"port-x{rank}"
        row.save()
    groups, page = found(client_as(hr), "mission")
    assert len(groups["Postes"]) == 20
    assert "Seuls les premiers résultats" in page.get_text()


def test_searching_takes_few_queries(opened, manager, client_as, django_assert_max_num_queries):
    client = client_as(manager)
    with django_assert_max_num_queries(12):
        client.get("/recherche/?q=port")
