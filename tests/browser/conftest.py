"""Debian's Chromium on a live server: `page`, `signed_in_page(user)`, and `axe(page)` for accessibility.

A script error, a refusal of the content security policy or a file that is not found fails the test that met it.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What Chromium says of a status we asked for is no fault of the page.
EXPECTED = ("the server responded with a status of 4", "the server responded with a status of 5")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, and Django takes every query made meanwhile for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_context(browser: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """`open_context(viewport=PHONE, color_scheme="dark", java_script_enabled=False)`: closed when the test ends."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and not any(words in message.text for words in EXPECTED)
                else None
            ),
        )

    def opened(**options: Any) -> BrowserContext:
        options = {"viewport": DESKTOP, "locale": "fr-FR", "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        context.on("page", watch)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert not faults, f"The page complained: {faults}"


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on which nobody is signed in."""
    return open_context().new_page()


@pytest.fixture
def signed_in_page(open_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., Page]:
    """`signed_in_page(hr)`, `signed_in_page(hr, viewport=PHONE)`: a page on which this user is signed in."""

    def opened(user: User, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = open_context(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    return opened


SETTLE = """() => Promise.allSettled(
  document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
    .map(animation => animation.finished)
)"""


def violations(page: Page) -> list[str]:
    """What axe finds on the page once it has come to rest, one line for each element at fault."""
    # What fades in has not its colours yet.
    page.evaluate(SETTLE)
    # Preloading style sheets makes axe fetch our @imports from the wrong address.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}) {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with the list of what is not accessible."""

    def check(page: Page) -> None:
        found = violations(page)
        assert not found, "\n".join(found)

    return check
