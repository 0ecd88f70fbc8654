"""Pages that belong to no room."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse


def test_anybody_reads_the_accessibility_statement(client, db):
    page = BeautifulSoup(client.get(reverse("accessibility")).content, "html.parser")
    assert page.h1.get_text() == "Déclaration d’accessibilité"
    assert "non évaluée" in page.main.get_text()
    assert page.find("nav", attrs={"aria-label": "Menu principal"}) is None


def test_the_style_guide_is_for_developers(client_as, hr, settings):
    assert client_as(hr).get(reverse("style_guide")).status_code == 404
    settings.DEBUG = True
    assert client_as(hr).get(reverse("style_guide")).status_code == 200


@pytest.mark.parametrize("name", ["accessibility", "style_guide"])
def test_these_pages_are_only_read(client, db, name):
    assert client.post(reverse(name)).status_code == 405
