"""From the page of a unit or of a post to the draft in which an adjustment of it is prepared."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Reorganisation

ADDRESS = "reorganisations:prepare"


def test_the_page_of_a_unit_leads_to_the_only_draft_that_covers_it(
    client_as: Any, hr: User, reorganisation: Reorganisation
) -> None:
    client: Client = client_as(hr)
    page = client.get(reverse("missions:unit", args=["cellule"]))
    assert f"{reverse(ADDRESS)}?unite=cellule" in page.text
    answer = client.get(reverse(ADDRESS), {"unite": "cellule"})
    assert "unite=cellule" in answer["Location"]
    answer = client.get(reverse(ADDRESS), {"unite": "cellule", "postes": "budget"})
    assert "postes=budget" in answer["Location"]
    assert client.get(answer["Location"]).status_code == 200


def test_several_drafts_are_listed_and_none_is_said(client_as: Any, hr: User, reorganisation: Reorganisation) -> None:
    client: Client = client_as(hr)
    actions.create_reorganisation(code="autre", title="Autre projet", unit="direction", by=hr)
    page = client.get(reverse(ADDRESS), {"unite": "cellule"})
    assert "Autre projet" in page.text
    assert client.get(reverse(ADDRESS), {"unite": "inconnue"}).status_code == 404


def test_nobody_else_is_offered_to_prepare(client_as: Any, agent: User, reorganisation: Reorganisation) -> None:
    client: Client = client_as(agent)
    assert "Préparer un ajustement" not in client.get(reverse("missions:unit", args=["cellule"])).text
    assert client.get(reverse(ADDRESS), {"unite": "cellule"}).status_code == 403
