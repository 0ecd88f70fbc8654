"""Sign-in, sign-out, forgotten password: in French, by address, and silent on who has an account."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, UserFactory


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_signed_in(client):
    return client.get(reverse("accounts:me")).status_code == 200


def test_signing_in_by_address_whatever_the_case(agent, client):
    response = sign_in(client, agent.email.upper())
    assert response["Location"] == reverse("accounts:landing")
    assert is_signed_in(client)


def test_signing_in_leads_back_to_the_page_asked_for(agent, client):
    asked = client.get(reverse("accounts:me"))
    page = read(client.get(asked["Location"]))
    assert page.h1.text.strip() == "Se connecter"
    hidden = page.select_one("input[name=next]")
    response = client.post(
        reverse("account_login"), {"login": agent.email, "password": PASSWORD, "next": hidden["value"]}
    )
    assert response["Location"] == reverse("accounts:me")


def test_coming_by_the_front_door_leads_where_the_role_lands(agent, client):
    page = read(client.get(reverse("account_login"), {"next": "/"}))
    assert page.main.form["action"] == reverse("account_login")
    assert page.select_one("input[name=next]") is None


@pytest.mark.parametrize(("email", "password"), [("{}", "faux"), ("personne@exemple.fr", PASSWORD)])
def test_a_wrong_pair_does_not_say_which_half_is_wrong(agent, client, email, password):
    response = sign_in(client, email.format(agent.email), password)
    errors = read(response).main.text
    assert "adresse" in errors.lower()
    assert "mot de passe" in errors.lower()
    assert not is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client, db):
    user = UserFactory.create(is_active=False)
    sign_in(client, user.email, follow=True)
    assert not is_signed_in(client)


def test_signing_out_asks_first(agent, client):
    client.force_login(agent)
    assert "Se déconnecter" in read(client.get(reverse("account_logout"))).h1.text
    assert is_signed_in(client)
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not is_signed_in(client)


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    assert "ressources humaines" in read(page).main.text
    client.post(reverse("account_signup"), {"email": "moi@exemple.fr", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_changing_the_password(agent, client):
    client.force_login(agent)
    new = "un-long-secret-de-plus"
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response.status_code == 302
    assert User.objects.get(pk=agent.pk).check_password(new)
    assert is_signed_in(client)


def test_a_short_password_is_refused_in_french(agent, client):
    client.force_login(agent)
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "court", "password2": "court"}
    )
    assert "12 caractères" in read(response).main.text.replace("\xa0", " ")


def test_a_forgotten_password_is_replaced_by_letter(client, db):
    # Opened by HR, without a password: the letter is how the first one is chosen.
    user = User.objects.create_user("nouvelle@exemple.fr", name="Nouvelle")
    assert (
        "Lien envoyé"
        in read(client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)).h1.text
    )
    [letter] = mail.outbox
    assert letter.to == [user.email]
    link = re.search(r"https?://testserver(\S+)", letter.body)[1]
    form_page = client.get(link, follow=True)
    assert "Choisir un mot de passe" in read(form_page).h1.text
    new = "un-long-secret-de-plus"
    done = client.post(form_page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Mot de passe enregistré" in read(done).h1.text
    assert sign_in(Client(), user.email, new).status_code == 302
    assert "Ce lien ne sert plus" in read(Client().get(link, follow=True)).main.text


def test_no_letter_goes_to_strangers_and_the_page_says_the_same(client, db):
    page = read(client.post(reverse("account_reset_password"), {"email": "personne@exemple.fr"}, follow=True))
    assert "Lien envoyé" in page.h1.text
    assert getattr(mail, "outbox", []) == []


def test_a_person_already_signed_in_is_not_asked_again(agent, client):
    client.force_login(agent)
    assert client.get(reverse("account_login"))["Location"] == reverse("accounts:landing")
