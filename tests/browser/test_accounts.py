"""The pages of accounts as a person meets them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.actions import grant_role
from accounts.models import Role
from tests.factories import PASSWORD

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@WIDTHS
def test_pages_for_everybody_are_accessible(open_context, axe, viewport, db):
    page = open_context(viewport=viewport).new_page()
    for name in ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"]:
        page.goto(reverse(name))
        axe(page)
        assert fits(page), name


@WIDTHS
def test_pages_for_hr_are_accessible(signed_in_page, hr, agent, axe, viewport):
    grant_role(user=agent, role=Role.MANAGER, by=hr)
    page = signed_in_page(hr, viewport=viewport)
    names = ["me", "users", "create_user", "trail"]
    for address in [
        *(reverse(f"accounts:{name}") for name in names),
        agent.get_absolute_url(),
        reverse("account_change_password"),
        reverse("account_logout"),
        "/cette-page-n-existe-pas/",
    ]:
        page.goto(address)
        axe(page)
        assert fits(page), address


def test_signing_in_with_the_keyboard_alone(page, agent):
    page.goto(reverse("accounts:me"))
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(agent.email)
    page.keyboard.press("Tab")
    page.keyboard.type("faux")
    page.keyboard.press("Enter")
    expect(page.get_by_text("incorrects")).to_be_visible()
    page.get_by_label("Mot de passe", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")


def test_roles_are_granted_without_javascript(signed_in_page, hr, agent):
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto(agent.get_absolute_url())
    page.get_by_label("Encadrement").check()
    page.get_by_role("button", name="Enregistrer les rôles").click()
    expect(page.get_by_role("row", name=agent.name)).to_contain_text("Encadrement, Agent")


def test_a_mistaken_form_is_accessible(signed_in_page, hr, axe):
    page = signed_in_page(hr)
    page.goto(reverse("accounts:create_user"))
    page.get_by_role("button", name="Ouvrir le compte").click()
    expect(page.get_by_text("2 points sont à corriger")).to_be_visible()
    axe(page)
