"""The employer's settings, and the perimeters of managers."""

import pytest
from bs4 import BeautifulSoup

from missions.models import Perimeter
from missions.queries import employer
from tests.factories import open_small_chart


@pytest.fixture
def client(hr, client_as):
    open_small_chart(by=hr)
    return client_as(hr)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_employer_has_a_name_and_the_principle_of_security_by_default(client):
    assert page_of(client.get("/employeur/")).select_one("#id_principle_of_security").has_attr("checked")
    assert client.post("/employeur/", {"name": ""}).status_code == 422
    assert client.post("/employeur/", {"name": "Région X"}).status_code == 302
    assert (employer().name, employer().principle_of_security) == ("Région X", False)


def test_a_perimeter_is_chosen_unit_by_unit(client, manager):
    url = f"/perimetres/{manager.uid}/"
    assert "aucune" in page_of(client.get("/perimetres/")).get_text()
    assert client.post(url, {"units": ["service-1", "service-2"]}).status_code == 302
    assert set(Perimeter.objects.values_list("unit_id", flat=True)) == {"service-1", "service-2"}
    assert "Service des ports, Service des phares" in page_of(client.get("/perimetres/")).get_text()
    assert len(page_of(client.get(url)).select("input[checked]")) == 2
    assert client.post(url, {"units": ["absente"]}).status_code == 422
    assert client.post(url, {}).status_code == 302
    assert not Perimeter.objects.exists()


def test_only_managers_have_a_perimeter(client, agent):
    assert client.get(f"/perimetres/{agent.uid}/").status_code == 404
    assert "Aucun compte d’encadrement" in page_of(client.get("/perimetres/")).get_text()


def test_the_list_takes_the_same_queries_whatever_its_size(client, manager, django_assert_num_queries):
    client.post(f"/perimetres/{manager.uid}/", {"units": ["service-1", "service-2"]})
    with django_assert_num_queries(6):
        client.get("/perimetres/")
