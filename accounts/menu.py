"""The menu of every page. Each room declares its entries; what is not built, or not allowed, does not show.

A room writes in its `apps.py`:

    MENU = [MenuEntry("Postes", "missions:posts", when="missions.permissions.can_list_posts", position=20)]
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from .models import User

Section = Literal["main", "administration"]


@dataclass(frozen=True, kw_only=True)
class MenuLink:
    """An entry as the template needs it: an address, and whether the page shown is under it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class MenuEntry:
    """`when` is the dotted path of a `can_x(user)`: app modules load before models, so it is named, not imported."""

    label: str
    url_name: str
    when: str = ""
    section: Section = "main"
    position: int = 100
    # Other beginnings of addresses whose pages belong to this entry (« /unites/ »).
    also: tuple[str, ...] = ()

    def visible_to(self, user: "User") -> bool:
        if not self.when:
            return True
        return cast("Callable[[User], bool]", import_string(self.when))(user)


@dataclass(frozen=True, kw_only=True)
class Menu:
    main: list[MenuLink]
    administration: list[MenuLink]
    # Where the search field of the header leads; empty hides the field.
    search: str


def address(url_name: str) -> str:
    """The address of a page, or nothing while no room offers it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def declared_entries() -> list[MenuEntry]:
    entries = [
        entry for room in ("config", *settings.ROOMS) for entry in getattr(import_module(f"{room}.apps"), "MENU", [])
    ]
    return sorted(entries, key=lambda entry: entry.position)


def build_menu(request: HttpRequest) -> Menu:
    user = request.user
    if not user.is_authenticated:
        return Menu(main=[], administration=[], search="")
    offered = [(entry, address(entry.url_name)) for entry in declared_entries()]
    shown = [(entry, url) for entry, url in offered if url and entry.visible_to(user)]
    # Of two addresses that both lead here, « /postes/ » and « / », the longer one says more.
    under = [
        (len(prefix), url)
        for entry, url in shown
        for prefix in (url, *entry.also)
        if request.path == prefix or (prefix not in ("", "/") and request.path.startswith(prefix))
    ]
    here = max(under, default=(0, ""))[1]

    def links(section: Section) -> list[MenuLink]:
        return [
            MenuLink(label=entry.label, url=url, current=url == here)
            for entry, url in shown
            if entry.section == section
        ]

    return Menu(main=links("main"), administration=links("administration"), search=address("missions:search"))


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: a fragment without header asks nobody anything."""
    return {"site_menu": SimpleLazyObject(lambda: build_menu(request))}
