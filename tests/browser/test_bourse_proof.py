"""The proof of a bourse in a browser: minutes in both versions, the bilan, what is to be forgotten."""

import datetime

import pytest

from postings.models import PostingStatus
from tests.factories import apply_changes, open_small_chart
from tests.postings.bringing import NEW_POST, apply, bring, decide, examine, person, prepare, sit

from .conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def done(hr):
    open_small_chart()
    apply_changes(NEW_POST, on=datetime.date(2021, 10, 8))
    ana = person("Ana Blin", "port-1")
    posting = bring(prepare(), PostingStatus.OPEN)
    sit(posting, president=True, name="Paule Présidente")
    hers = apply(posting, ana)
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    examine(hers)
    decide(posting, hers)
    return posting


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}])
def test_hr_reads_the_minutes_and_the_bilan(done, hr, signed_in_page, axe, options):
    page = signed_in_page(hr, **options)
    page.goto(f"/bourses/{done.code}/")
    page.get_by_role("link", name="Procès-verbal").click()
    assert page.get_by_text("Ana Blin (n°\u00a01)").first.is_visible()
    scripted = options.get("java_script_enabled", True)
    if scripted:
        axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger en PDF").click()
    assert download.value.suggested_filename == "proces-verbal-bourse-bourse.pdf"
    page.get_by_role("link", name="Sans les noms").click()
    assert page.get_by_text("Candidat n°\u00a01").first.is_visible()
    assert "Blin" not in page.inner_text("main")
    page.goto("/bourses/")
    page.get_by_role("link", name="Bilan").click()
    assert page.get_by_role("heading", name="Bilan des bourses").is_visible()
    if scripted:
        axe(page)
    page.get_by_role("link", name="Candidatures à effacer").click()
    assert page.get_by_role("heading", name="Ce qui s’efface, ce qui reste").is_visible()
    if scripted:
        axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if scripted else True
