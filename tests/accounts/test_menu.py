"""The menu shows what is built and allowed, and says where one is."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import menu
from accounts.menu import MenuEntry

ENTRIES = [
    MenuEntry("Accessibilité", "accessibility", position=20),
    MenuEntry("Accueil", "accounts:landing", position=10),
    MenuEntry("Bourse", "postings:not-built-yet"),
    MenuEntry("Mot de passe", "account_change_password", when="accounts.permissions.can_manage_accounts"),
    MenuEntry("Guide", "style_guide", section="administration"),
]


@pytest.fixture(autouse=True)
def _entries(monkeypatch):
    monkeypatch.setattr("accounts.apps.MENU", ENTRIES, raising=False)
    monkeypatch.setattr("config.apps.MENU", [], raising=False)
    for room in ("missions", "reorganisations", "postings"):
        monkeypatch.setattr(f"{room}.apps.MENU", [], raising=False)


@pytest.fixture
def menu_at(rf):
    def built(path, user):
        request = rf.get(path)
        request.user = user
        return menu.menu(request)["site_menu"]

    return built


def labels(links):
    return [link.label for link in links]


def test_entries_come_in_order_and_unbuilt_pages_do_not_show(menu_at, hr):
    shown = menu_at("/", hr)
    assert labels(shown.main) == ["Accueil", "Accessibilité", "Mot de passe"]
    assert labels(shown.administration) == ["Guide"]


def test_an_entry_shows_only_to_those_who_may(menu_at, agent):
    assert labels(menu_at("/", agent).main) == ["Accueil", "Accessibilité"]


def test_the_entry_above_the_page_is_current(menu_at, hr):
    shown = menu_at("/accessibilite/audit/", hr)
    assert [link.label for link in shown.main if link.current] == ["Accessibilité"]
    assert not [link for link in menu_at("/ailleurs/", hr).main if link.current]


def test_nobody_signed_in_has_no_menu(menu_at):
    shown = menu_at("/", AnonymousUser())
    assert (shown.main, shown.administration, shown.search) == ([], [], "")


def test_search_is_offered_where_it_is_built(menu_at, hr, monkeypatch):
    monkeypatch.setattr(menu, "address", lambda name: f"/{name}/")
    assert menu_at("/", hr).search == "/missions:search/"
