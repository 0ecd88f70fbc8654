"""Role × page, then what each page does."""

import datetime
import re
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.actions import record_event
from accounts.models import Event, Role, User
from tests.factories import UserFactory

HR_ONLY = {"hr": 200, "manager": 403, "agent": 403, "committee_member": 403, "nobody": 302}
EVERYBODY = {"hr": 200, "manager": 200, "agent": 200, "committee_member": 200, "nobody": 302}
PAGES = {
    "accounts:users": HR_ONLY,
    "accounts:create_user": HR_ONLY,
    "accounts:user": HR_ONLY,
    "accounts:trail": HR_ONLY,
    "accounts:me": EVERYBODY,
    "account_change_password": EVERYBODY,
}


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def url_of(name, account):
    return reverse(name, args=[account.uid]) if name in {"accounts:user", "accounts:set_active"} else reverse(name)


@pytest.fixture
def account(db):
    return UserFactory.create(name="Odile Karam", email="odile.karam@exemple.fr", roles=[Role.AGENT])


@pytest.mark.parametrize(
    ("page", "who", "status"), [(page, who, status) for page, table in PAGES.items() for who, status in table.items()]
)
def test_who_sees_what(request, client_as, account, page, who, status):
    client = Client() if who == "nobody" else client_as(request.getfixturevalue(who))
    response = client.get(url_of(page, account))
    assert response.status_code == status
    if status == 302:
        assert urlsplit(response["Location"]).path == reverse("account_login")
    if status == 403:
        assert "ressources humaines" in read(response).main.text


@pytest.mark.parametrize("who", ["manager", "agent", "committee_member"])
@pytest.mark.parametrize("page", ["accounts:create_user", "accounts:user", "accounts:set_active"])
def test_only_hr_writes(request, client_as, account, page, who):
    data = {"name": "X", "email": "x@exemple.fr", "roles": ["rh"]}
    response = client_as(request.getfixturevalue(who)).post(url_of(page, account), data)
    assert response.status_code == 403
    assert not User.objects.filter(email="x@exemple.fr").exists()
    assert User.objects.get(pk=account.pk).roles == {Role.AGENT}


def test_the_list_says_who_has_which_role_in_few_queries(hr, client_as, account, django_assert_max_num_queries):
    UserFactory.create_batch(30, roles=[Role.AGENT, Role.COMMITTEE])
    client = client_as(hr)
    with django_assert_max_num_queries(8):
        page = read(client.get(reverse("accounts:users")))
    row = page.find("a", string="Odile Karam").find_parent("tr")
    assert [cell.text.strip() for cell in row.find_all("td")] == ["odile.karam@exemple.fr", "Agent", "ouvert"]


def test_hr_opens_an_account(hr, client_as):
    client = client_as(hr)
    response = client.post(
        reverse("accounts:create_user"),
        {"name": "Paul Ostrowski", "email": "Paul@exemple.fr", "roles": ["agent", "instance"]},
        follow=True,
    )
    assert "Le compte de Paul Ostrowski est ouvert." in read(response).text
    user = User.objects.get(email="paul@exemple.fr")
    assert user.roles == {Role.AGENT, Role.COMMITTEE}
    assert Event.objects.filter(verb="create_user", by=hr, target_uid=user.uid).exists()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"name": "", "email": "paul@exemple.fr"}, "obligatoire"),
        ({"name": "Paul", "email": "paul"}, "valide"),
        ({"name": "Odile", "email": "ODILE.KARAM@exemple.fr"}, "Un compte a déjà cette adresse."),
        ({"name": "Paul", "email": "paul@exemple.fr", "roles": ["roi"]}, "roi"),
    ],
)
def test_a_mistaken_form_says_so(hr, client_as, account, data, error):
    response = client_as(hr).post(reverse("accounts:create_user"), data)
    assert response.status_code == 422
    assert error in read(response).main.text


def test_an_address_taken_in_between_is_refused_in_words(hr, client_as, account, monkeypatch):
    monkeypatch.setattr("accounts.forms.NewUserForm.clean_email", lambda form: form.cleaned_data["email"])
    response = client_as(hr).post(reverse("accounts:create_user"), {"name": "Odile", "email": account.email})
    assert response.status_code == 422
    assert "Un compte a déjà l’adresse" in read(response).main.text


def test_hr_sets_the_roles(hr, client_as, account):
    client = client_as(hr)
    page = read(client.get(url_of("accounts:user", account)))
    assert [box["value"] for box in page.select("input[name=roles][checked]")] == ["agent"]
    response = client.post(url_of("accounts:user", account), {"roles": ["encadrement"]}, follow=True)
    assert "Les rôles de Odile Karam sont enregistrés." in read(response).text
    assert User.objects.get(pk=account.pk).roles == {Role.MANAGER}
    client.post(url_of("accounts:user", account), {})
    assert User.objects.get(pk=account.pk).roles == frozenset()


def test_the_last_hr_account_keeps_its_role_and_its_access(hr, client_as):
    client = client_as(hr)
    for page, data in [("accounts:user", {"roles": ["agent"]}), ("accounts:set_active", {})]:
        response = client.post(url_of(page, hr), data)
        assert response.status_code == 422
        assert "dernier compte actif" in read(response).main.text
    assert User.objects.get(pk=hr.pk).has_role(Role.HR)


def test_hr_closes_an_account_and_opens_it_again(hr, client_as, account):
    client, member = client_as(hr), client_as(account)
    assert member.get(reverse("accounts:me")).status_code == 200
    response = client.post(url_of("accounts:set_active", account), follow=True)
    assert "Le compte de Odile Karam est désactivé." in read(response).text
    assert member.get(reverse("accounts:me")).status_code == 302
    assert "Réactiver le compte" in read(client.get(url_of("accounts:user", account))).text
    client.post(url_of("accounts:set_active", account))
    assert User.objects.get(pk=account.pk).is_active


def test_an_unknown_account_is_not_found(hr, client_as):
    response = client_as(hr).get(reverse("accounts:user", args=["personne"]))
    assert response.status_code == 404
    assert "Page introuvable" in read(response).h1.text


def test_my_account_says_my_roles(client_as, committee_member):
    assert "Membre d’une instance" in read(client_as(committee_member).get(reverse("accounts:me"))).main.text
    stranger = UserFactory.create(date_joined=datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC))
    assert "1er\u00a0décembre\u00a02026" in read(client_as(stranger).get(reverse("accounts:me"))).main.text
    assert "Aucun rôle" in read(client_as(stranger).get(reverse("accounts:me"))).main.text


def test_the_trail_is_paged_and_filtered(hr, client_as, account, django_assert_max_num_queries):
    for n in range(60):
        record_event(verb="grant_role", target=account, by=hr, summary=f"Ligne {n}.")
    record_event(verb="create_user", target=account, by=None, summary="Par la machine.")
    client = client_as(hr)
    with django_assert_max_num_queries(8):
        first = read(client.get(reverse("accounts:trail")))
    assert len(first.select("tbody tr")) == 50
    assert "l’application" in first.select_one("tbody tr").text
    assert re.fullmatch(r"[^/]+ à \d\d?\u00a0h\u00a0\d\d", first.select_one("tbody time").text)
    assert first.find("a", string="Odile Karam")["href"] == reverse("accounts:user", args=[account.uid])
    second = read(client.get(reverse("accounts:trail"), {"page": 2}))
    assert len(second.select("tbody tr")) == 11
    filtered = read(client.get(reverse("accounts:trail"), {"verbe": "create_user"}))
    assert [row.find_all("td")[-1].text for row in filtered.select("tbody tr")] == ["Par la machine."]
    assert "Aucune ligne" in read(client.get(reverse("accounts:trail"), {"verbe": "set_password"})).main.text
    assert len(read(client.get(reverse("accounts:trail"), {"verbe": "inconnue"})).select("tbody tr")) == 50


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("hr", "missions:chart"),
        ("manager", "missions:chart"),
        ("agent", "missions:chart"),
        ("committee_member", "reorganisations:dossiers"),
    ],
)
def test_where_each_role_lands(request, client_as, who, name):
    try:
        expected = reverse(name)
    except NoReverseMatch:
        expected = "/"
    response = client_as(request.getfixturevalue(who)).get(reverse("accounts:landing"))
    assert (response.status_code, response["Location"]) == (302, expected)


def test_without_a_role_or_while_a_room_is_not_built_one_lands_on_the_chart(db, monkeypatch):
    # The package has a view of the same name.
    landing = import_module("accounts.views.landing")
    monkeypatch.setattr(landing, "DEFAULT_LANDING", "accounts:me")
    monkeypatch.setattr(landing, "LANDINGS", [((Role.COMMITTEE,), "nowhere:nothing")])
    assert landing.landing_url(UserFactory.create()) == reverse("accounts:me")
    assert landing.landing_url(UserFactory.create(roles=[Role.COMMITTEE])) == reverse("accounts:me")
    monkeypatch.setattr(landing, "DEFAULT_LANDING", "nowhere:nothing")
    assert landing.landing_url(UserFactory.create()) == "/"


def test_somebody_of_the_committee_and_of_hr_lands_on_the_chart(client_as, db):
    user = UserFactory.create(roles=[Role.COMMITTEE, Role.HR])
    assert client_as(user).get(reverse("accounts:landing"))["Location"] != reverse("accounts:me")
