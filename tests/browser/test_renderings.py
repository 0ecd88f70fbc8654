"""The page of a document that takes time: accessible in each state, becomes the download, works without JavaScript."""

import datetime

import pytest
from django.utils import timezone

from missions import printing
from missions.actions import add_missing_reference, open_chart, renderings
from missions.models import Rendering, RenderingState
from missions.views import renderings as views
from tests.browser.conftest import PHONE
from tests.orgchart import real_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = "/organigramme.pdf"


@pytest.fixture
def long(transactional_db, monkeypatch):
    """Every document is long, and no worker takes what is put in the queue."""
    monkeypatch.setattr(printing, "IN_THE_REQUEST", 0)
    monkeypatch.setattr(views, "prepare_document", type("Task", (), {"enqueue": staticmethod(lambda uid: None)}))
    add_missing_reference(words=real_case.NOMENCLATURE, by=None)
    open_chart(structure=real_case.before(), effective_on=datetime.date(2021, 6, 1), by=None)


def begin():
    return renderings.begin_rendering(uid=Rendering.objects.get().uid)


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
def test_it_is_accessible_in_each_state(options, signed_in_page, axe, hr, long):
    page = signed_in_page(hr, **options)
    page.goto(PDF)
    address = page.url
    now = timezone.now()
    for values, said in (
        ({}, "en attente"),
        ({"requested_at": now - datetime.timedelta(minutes=1)}, "ne répond pas"),
        ({"state": RenderingState.RUNNING, "done": 12, "total": 40}, "sur 40"),
        ({"state": RenderingState.FAILED, "failure": "Le document est trop long."}, "trop long"),
        ({"state": RenderingState.DONE, "content": b"%PDF"}, "est prêt"),
    ):
        Rendering.objects.update(**{"heard_at": timezone.now(), **values})
        page.goto(address)
        page.get_by_text(said).first.wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), said


def test_too_long_is_accessible(signed_in_page, axe, hr, long, monkeypatch):
    monkeypatch.setattr(printing, "AT_MOST", 1)
    page = signed_in_page(hr)
    page.goto(PDF)
    page.get_by_role("heading", name="Document trop long").wait_for()
    axe(page)


def test_the_page_follows_the_work_and_becomes_the_download(signed_in_page, hr, long):
    page = signed_in_page(hr)
    page.goto(PDF)
    rendering = begin()
    renderings.tell_progress(rendering=rendering, done=12, total=40)
    page.get_by_text("12\u00a0pages sur 40").wait_for()
    assert page.get_by_role("progressbar").get_attribute("value") == "12"
    with page.expect_download() as download:
        renderings.finish_rendering(rendering=rendering, content=b"%PDF-fait", document=None)
    assert download.value.suggested_filename == rendering.name
    assert download.value.path().read_bytes() == b"%PDF-fait"
    assert page.get_by_role("link", name="Télécharger le document").is_visible()


def test_a_failure_stops_it_and_offers_to_begin_again(signed_in_page, hr, long):
    page = signed_in_page(hr)
    page.goto(PDF)
    renderings.fail_rendering(rendering=begin(), reason="Le document est trop long.")
    page.get_by_role("button", name="Recommencer").click()
    page.get_by_text("en attente de son tour").wait_for()
    assert Rendering.objects.get().state == RenderingState.WAITING


def test_without_javascript_one_looks_again(signed_in_page, hr, long):
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto(PDF)
    rendering = begin()
    renderings.tell_progress(rendering=rendering, done=3, total=4)
    page.get_by_role("link", name="Voir où en est le travail").click()
    page.get_by_text("3\u00a0pages sur 4").wait_for()
    renderings.finish_rendering(rendering=rendering, content=b"%PDF-fait", document=None)
    page.get_by_role("link", name="Voir où en est le travail").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le document").click()
    assert download.value.path().read_bytes() == b"%PDF-fait"
