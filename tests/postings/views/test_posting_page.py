"""The page of one bourse, and the pages of the other rooms that lead to it."""

from django.urls import reverse

from postings import actions
from postings.models import PostingStatus
from reorganisations.models import Status
from tests.postings.bringing import bring, prepare
from tests.reorganisations.conftest import PENDING

from .reading import LIST, PREPARE, filled, soup, told, url


def test_everybody_reads_what_is_published_and_nothing_of_how_it_is_led(client_as, agent, opened, posting):
    page = soup(client_as(agent).get(url("posting")))
    words = told(page)
    for said in (
        "Responsable du suivi",
        "Service des ports",
        "Expérience",
        "Mobilité, 03 22",
        "1er mars 2022 à 8 h 00",
    ):
        assert said in words
    assert "non renseigné" in words
    assert "exclus" in words
    assert "Qui a fait quoi" not in words
    assert "Annuler" not in words
    assert not page.select(".next-step")


def test_the_human_resources_read_what_to_do_next(as_hr, posting):
    page = soup(as_hr.get(url("posting")))
    assert "En préparation" in told(page.select_one(".next-step"))
    # The dates of the small bourse are past: it cannot be published, the first thing is to complete it.
    assert "La date de clôture est passée." in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step .button--primary")] == ["Compléter la bourse"]
    assert "DVE" in told(page.select_one(".notice--warning"))
    assert "Bourse préparée" in told(page)
    assert page.select_one("svg.workflow")


def test_a_bourse_in_preparation_does_not_exist_for_the_others(client_as, agent, posting):
    assert client_as(agent).get(url("posting")).status_code == 404
    for name in ("edit", "rule", "eligible", "composition", "publish", "cancel", "declarations", "extend", "reopen"):
        assert client_as(agent).get(url(name)).status_code == 404
    assert client_as(agent).get(PREPARE).status_code == 403


def test_what_is_published_is_led_by_the_human_resources_alone(client_as, agent, opened):
    for name in ("edit", "rule", "eligible", "composition", "publish", "cancel", "declarations", "extend", "telling"):
        assert client_as(agent).get(url(name)).status_code == 403


def test_the_page_of_a_post_leads_to_its_bourse(as_hr, client_as, agent, to_fill):
    page = reverse("missions:post", args=["a-pourvoir"])
    assert soup(as_hr.get(page)).select_one(f'a[href="{PREPARE}?poste=a-pourvoir"]')
    assert not soup(client_as(agent).get(page)).select('a[href*="bourses"]:not(nav a)')
    prepare()
    assert told(soup(as_hr.get(page)).select_one(f'a[href="{url("posting")}"]')) == "Bourse en préparation"


def test_a_post_transformed_and_never_opened_says_so_until_it_is(as_hr, candidates, bring_reorganisation):
    """On the page of the post, on the list and on the reorganisation, prepared or not; no more once it is published."""
    found = bring_reorganisation(Status.IN_FORCE, PENDING)
    pages = [
        reverse("missions:post", args=["referent"]),
        reverse("reorganisations:follow_up", args=[found.code]),
        LIST,
    ]

    def alerts():
        return ["ransformé, jamais ouvert" in told(soup(as_hr.get(page))) for page in pages]

    assert alerts() == [True, True, True]
    link = soup(as_hr.get(pages[0])).select_one(f'a[href="{PREPARE}?poste=referent"]')
    assert told(link) == "Transformé, jamais ouvert : préparer la bourse"
    posting = prepare(reorganisation=found, pending="a-determiner", post_uid="")
    assert alerts() == [True, True, True]
    assert "Transformé, jamais ouvert : bourse en préparation" in told(soup(as_hr.get(pages[0])))
    bring(posting, PostingStatus.PUBLISHED)
    assert alerts() == [False, False, False]
    actions.cancel_posting(posting=posting, reason="Repris.", by=None)
    assert alerts() == [True, True, True]


def test_the_reorganisation_says_where_the_bourse_of_a_transformation_is(as_hr, candidates, bring_reorganisation):
    found = bring_reorganisation(Status.IN_FORCE, PENDING)
    page = reverse("reorganisations:follow_up", args=[found.code])
    link = soup(as_hr.get(page)).select_one("#transformations a[href*=preparer]")
    assert told(link) == "Préparer la bourse"
    query = link["href"].removeprefix(PREPARE)
    as_hr.post(link["href"], filled(as_hr, query))
    assert "Bourse en préparation" in told(soup(as_hr.get(page)).select_one("#transformations"))
