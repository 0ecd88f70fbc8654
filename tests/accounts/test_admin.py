"""The technical administration: signs in by address, mends accounts, reads the trail without touching it."""

import pytest
from django.urls import reverse

from accounts.actions import record_event
from accounts.models import User
from tests.factories import PASSWORD

# Django's own admin templates name variables that nobody gave.
pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def technician(db):
    return User.objects.create_superuser("technique@exemple.fr", PASSWORD, name="Équipe technique")


def test_signing_in_by_address(client, technician):
    response = client.post(
        reverse("admin:login"),
        {"username": technician.email, "password": PASSWORD, "next": reverse("admin:index")},
    )
    assert response["Location"] == reverse("admin:index")


def test_only_the_technical_team_enters(client_as, hr):
    assert client_as(hr).get(reverse("admin:index")).status_code == 302


def test_an_account_is_mended(client_as, technician, agent):
    page = client_as(technician).get(reverse("admin:accounts_user_change", args=[agent.pk]))
    assert page.status_code == 200
    assert agent.role_grants.get().get_role_display() in page.text


@pytest.mark.parametrize(
    ("page", "status"), [("changelist", 200), ("add", 403), ("change", 200), ("delete", 403), ("history", 200)]
)
def test_the_trail_is_read_and_not_touched(client_as, technician, agent, page, status):
    event = record_event(verb="grant_role", target=agent, by=technician, summary="Rôle accordé.")
    address = reverse(f"admin:accounts_event_{page}", args=[] if page in {"changelist", "add"} else [event.pk])
    response = client_as(technician).get(address)
    assert response.status_code == status
    assert "_save" not in response.text


def test_what_a_role_grant_is_called(agent):
    assert str(agent.role_grants.get()) == "Agent"
