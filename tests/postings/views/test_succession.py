"""What comes after an outcome: another wave, a post left vacant, the next bourse."""

from postings import actions
from postings.models import Posting, PostingStatus
from tests.postings.bringing import bring, decide

from .reading import filled, soup, told, url


def test_an_unfilled_bourse_is_widened_as_a_new_wave(as_hr, opened):
    unfilled(opened)
    assert "Dites la suite" in told(soup(as_hr.get(url("posting"))))
    soup(as_hr.post(url("reopen"), {}), 422)
    wrong = {"follow_up": "rouvrir", "opens_at": "2030-01-02T09:00", "closes_at": "2030-01-01T09:00"}
    soup(as_hr.post(url("reopen"), wrong), 422)
    response = as_hr.post(url("reopen"), {"follow_up": "elargir"})
    wave = Posting.objects.get(wave=2)
    assert response["Location"] == url("rule", code=wave.code)
    assert "Vague 2" in told(soup(as_hr.get(url("posting"))))
    assert "Fait suite à la vague 1" in told(soup(as_hr.get(url("posting", code=wave.code))))
    assert as_hr.get(url("reopen"))["Location"] == url("posting")


def test_an_unfilled_bourse_is_reopened_or_left_vacant(as_hr, opened):
    unfilled(opened)
    assert as_hr.post(url("reopen"), {"follow_up": "vacant"}).status_code == 302
    page = soup(as_hr.get(url("posting")))
    assert "laisser le poste vacant" in told(page.select_one(".next-step"))
    assert as_hr.get(url("reopen"))["Location"] == url("posting")


def test_what_the_move_leaves_vacant_leads_to_the_next_bourse(as_hr, ranked, hers):
    decide(ranked, hers)
    page = soup(as_hr.get(url("posting")))
    link = page.select_one('a[href$="?poste=port-1"]')
    assert told(link) == "Ouvrir une bourse sur ce poste"
    as_hr.post(link["href"], filled(as_hr, "?poste=port-1"))
    page = soup(as_hr.get(url("posting")))
    assert "Voir la bourse ouverte dessus" in told(page)
    assert "Ouverte sur un poste laissé vacant" in told(page)


def unfilled(posting):
    bring(posting, PostingStatus.CLOSED)
    actions.record_outcome(posting=posting, by=None, reasons={}, reason="Aucune candidature.")
