"""Every page of reorganisations and sessions, reached by the links that HR has, on a desk and on a phone.

Each kind of page is opened once: it answers, axe finds nothing, nothing sticks out, there is one title and no more than
one primary button.
"""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve, reverse
from playwright.sync_api import Page

from accounts.models import User

from .conftest import DESKTOP, PHONE, violations

pytestmark = pytest.mark.browser

CASES = Path(settings.BASE_DIR) / "tests" / "cases"
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
FILES = ("_pdf", "_docx", "_svg", "_ics", "_file", "document", "impact_sheets")

OF_A_DRAFT = {
    "what_changes", "workspace", "drawing", "choose_change", "add_change", "edit_change", "conflicts",
    "settle_conflict", "variants", "duplicate", "situations", "narrative", "review",
    "invite", "report", "dossier", "follow_up", "put_on_agenda", "details", "create",
}  # fmt: skip
OF_A_SESSION = {
    "sessions", "session", "record_session", "inscribe", "add_item", "agenda_item", "edit_item", "remove_item",
    "attendance", "convocation", "minutes", "sign_minutes", "attach_to_session", "deadlines", "committee", "add_member",
    "plan_session", "rules", "create_committee", "texts",
}  # fmt: skip
OF_VARIANTS = {"variants", "keep_variant", "duplicate"}


def faults(page: Page, address: str) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += violations(page)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("is wider than the screen")
    if page.locator("h1").count() != 1:
        found.append(f"has {page.locator('h1').count()} titles")
    if page.locator(".button--primary:visible").count() > 1:
        found.append(f"has several primary buttons: {page.locator('.button--primary:visible').all_inner_texts()}")
    return [f"{address} {words}" for words in found]


def walk(page: Page, *starts: str) -> tuple[set[str], list[str]]:
    """→ the names of the pages reached, each opened once, and what is wrong with them."""
    waiting, opened, found = list(starts), set(), []
    while waiting:
        address = waiting.pop(0).split("#")[0]
        match = resolve(address.split("?")[0])
        name = match.url_name or ""
        if match.namespace != "reorganisations" or name in opened or name.endswith(FILES):
            continue
        opened.add(name)
        found += faults(page, address)
        links = page.locator("main a[href^='/']")
        waiting += links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return opened, found


@WIDTHS
@pytest.mark.parametrize(
    ("case", "starts", "expected"),
    [
        ("10-projets-concurrents", [("what_changes", "memoire"), ("list",)], OF_A_DRAFT),
        ("09-deux-examens", [("follow_up", "guichet-unique-2025"), ("sessions",)], OF_A_SESSION),
        ("12-variantes", [("list",)], OF_VARIANTS),
    ],
    ids=["drafts", "sessions", "variants"],
)
def test_every_page_reached_by_links_is_right(
    hr: User, signed_in_page: Callable[..., Page], case: str, starts: Any, expected: set[str], viewport: Any
) -> None:
    call_command("load_reference", stdout=StringIO())
    call_command("import_case", str(CASES / f"{case}.yaml"), stdout=StringIO())
    page = signed_in_page(hr, viewport=viewport)
    opened, found = walk(page, *(reverse(f"reorganisations:{name}", args=args) for name, *args in starts))
    assert not found, "\n".join(found)
    assert expected <= opened, f"No link leads to {sorted(expected - opened)}."


def test_the_tab_of_the_page_is_in_sight_on_a_phone(hr: User, signed_in_page: Callable[..., Page]) -> None:
    call_command("load_reference", stdout=StringIO())
    call_command("import_case", str(CASES / "12-variantes.yaml"), stdout=StringIO())
    page = signed_in_page(hr, viewport=PHONE)
    page.goto(reverse("reorganisations:list"))
    page.locator("main table a").first.click()
    page.get_by_role("link", name="Séance et décision").click()
    here = page.locator(".tabs [aria-current=page]").bounding_box()
    assert here is not None
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= PHONE["width"]
