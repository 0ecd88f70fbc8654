"""Reference data: listed, added, changed, taken away when nothing uses it, never overwritten by a reload."""

import pytest
from bs4 import BeautifulSoup

from missions.actions import add_missing_reference
from missions.models import Grade, JobTitle, Site, UnitKind
from tests.factories import WORDS, open_small_chart

NEW = {
    "types-d-unite": (UnitKind, {"label": "pôle", "plural": "pôles", "code": "pole", "rank": "0"}, "label"),
    "cotations": (Grade, {"code": "C 1", "label": "", "category": "C", "rank": "9"}, "code"),
    "intitules": (JobTitle, {"masculine": "agent", "masculine_plural": "agents", "code": "agent"}, "masculine"),
    "sites": (Site, {"label": "Arras", "code": "arras"}, "label"),
}


@pytest.fixture
def client(hr, client_as):
    open_small_chart(by=hr)
    return client_as(hr)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("what", NEW)
def test_an_entry_is_added_listed_changed_and_deleted(client, what):
    model, given, field = NEW[what]
    url = f"/reference/{what}/"
    assert client.post(f"{url}ajouter/", given)["Location"] == url
    item = model.objects.get(code=given["code"])
    rows = [row.get_text() for row in page_of(client.get(url)).select("tbody th a")]
    assert given[field] in rows
    changed = given | {field if field != "code" else "label": "autre"}
    assert client.post(f"{url}{item.pk}/", changed).status_code == 302
    item.refresh_from_db()
    assert getattr(item, field if field != "code" else "label") == "autre"
    assert "Supprimer" in page_of(client.get(f"{url}{item.pk}/supprimer/")).get_text()
    assert client.post(f"{url}{item.pk}/supprimer/")["Location"] == url
    assert not model.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("what", NEW)
def test_what_is_missing_is_said_next_to_its_field(client, what):
    _, given, field = NEW[what]
    response = client.post(f"/reference/{what}/ajouter/", given | {field: ""})
    assert response.status_code == 422
    assert page_of(response).select_one(f"#id_{field}")["aria-invalid"] == "true"


def test_a_code_is_given_once(client):
    response = client.post("/reference/sites/ajouter/", {"label": "Lille 2", "code": "lille"})
    assert response.status_code == 422
    assert "Ce code existe déjà." in page_of(response).get_text()
    lille = Site.objects.get(code="lille")
    client.post(f"/reference/sites/{lille.pk}/", {"label": "Lille-Centre", "code": "autre"})
    lille.refresh_from_db()
    assert (lille.code, lille.label) == ("lille", "Lille-Centre")


def test_what_the_chart_uses_is_not_deleted(client):
    grade = Grade.objects.get(code="A 3")
    response = client.post(f"/reference/cotations/{grade.pk}/supprimer/", follow=True)
    assert "est utilisé dans l’organigramme" in page_of(response).get_text()
    assert Grade.objects.filter(pk=grade.pk).exists()


def test_what_was_edited_stays_after_a_reload(client):
    lille = Site.objects.get(code="lille")
    client.post(f"/reference/sites/{lille.pk}/", {"label": "Lille-Centre", "code": "lille"})
    add_missing_reference(words=WORDS, by=None)
    assert Site.objects.get(code="lille").label == "Lille-Centre"


def test_an_empty_list_says_what_to_do(hr, client_as):
    page = page_of(client_as(hr).get("/reference/sites/"))
    assert page.select_one(".empty a")["href"] == "/reference/sites/ajouter/"


def test_lists_take_one_query_of_their_own(client, django_assert_num_queries):
    for what in NEW:
        with django_assert_num_queries(4):
            client.get(f"/reference/{what}/")
