"""The steps HR makes: each says what it does and what is missing, and seals."""

import datetime

from django.utils import timezone

from accounts.models import Event
from postings import actions
from postings.models import Posting, PostingStatus
from tests.postings.bringing import CLOSES, OPENS, bring, prepare

from .reading import soup, told, url

SOON = {
    "opens_at": timezone.now() + datetime.timedelta(days=2),
    "closes_at": timezone.now() + datetime.timedelta(days=20),
}


def test_publishing_says_what_it_does_and_seals(as_hr, to_fill, ana):
    prepare(**SOON)
    page = soup(as_hr.get(url("publish")))
    assert "1 agent éligible aujourd’hui" in told(page)
    assert "DVE" in told(page.select_one(".notice--warning"))
    assert as_hr.post(url("publish")).status_code == 302
    assert Posting.objects.get().status == PostingStatus.PUBLISHED
    page = soup(as_hr.get(url("posting")))
    assert "s’ouvrira toute seule le" in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step a")] == ["Prolonger", "Annuler la bourse"]
    # What is done is not offered again, and by hand it does not open before its time.
    assert as_hr.get(url("publish"))["Location"] == url("posting")
    page = soup(as_hr.get(url("open")))
    assert "La bourse ouvre le" in told(page.select_one(".notice--blocking"))
    soup(as_hr.post(url("open")), 422)


def test_publishing_with_something_missing_says_it(as_hr, posting):
    page = soup(as_hr.get(url("publish")))
    assert "La date de clôture est passée." in told(page.select_one(".notice--blocking"))
    assert "Personne ne pourrait candidater" in told(page)
    assert "date de clôture" in told(soup(as_hr.post(url("publish")), 422))


def test_publishing_before_the_opinion_asks_for_a_reason(as_hr, to_fill, reorganisation):
    prepare(reorganisation=reorganisation, **SOON)
    page = soup(as_hr.get(url("publish")))
    assert page.select_one("#id_early_reason")
    assert not page.select(".notice--blocking")
    soup(as_hr.post(url("publish"), {"early_reason": ""}), 422)
    assert as_hr.post(url("publish"), {"early_reason": "Besoin urgent"}).status_code == 302
    assert Event.objects.get(verb="publish_posting").details["early_reason"] == "Besoin urgent"


def test_the_closing_is_postponed_for_a_reason(as_hr, to_fill):
    bring(
        prepare(opens_at=OPENS, closes_at=SOON["closes_at"]),
        PostingStatus.OPEN,
    )
    page = soup(as_hr.post(url("extend"), {"closes_at": "01/01/2022 10:00", "reason": "Trêve"}), 422)
    assert "après l’ancienne" in told(page)
    assert page.select_one("#id_closes_at")["value"] == "01/01/2022 10:00"
    later = timezone.localtime(SOON["closes_at"] + datetime.timedelta(days=9)).replace(second=0, microsecond=0)
    assert as_hr.post(url("extend"), {"closes_at": f"{later:%Y-%m-%dT%H:%M}", "reason": "Trêve"}).status_code == 302
    assert Posting.objects.get().closes_at == later


def test_by_hand_what_the_clock_has_not_done_yet(as_hr, posting, ana):
    bring(posting, PostingStatus.PUBLISHED)
    # Its closing is past: it opens no more.
    assert "prolongez-la" in told(soup(as_hr.get(url("open"))))
    actions.extend(posting=posting, closes_at=SOON["closes_at"], reason="Oubli", by=None)
    assert as_hr.post(url("open")).status_code == 302
    assert "Elle se clora toute seule" in told(soup(as_hr.get(url("posting"))))
    soup(as_hr.post(url("close")), 422)
    Posting.objects.update(closes_at=CLOSES)
    assert as_hr.post(url("close")).status_code == 302
    page = soup(as_hr.get(url("posting")))
    assert "Le jury n’a pas de présidence." in told(page.select_one(".next-step"))
    assert [told(a) for a in page.select(".next-step .button--primary")] == ["Composer le jury"]
    assert "présidence" in told(soup(as_hr.get(url("start_examination"))))


def test_the_examination_begins_when_the_jury_is_ready(as_hr, opened, president, hers):
    bring(opened, PostingStatus.CLOSED)
    assert as_hr.post(url("start_examination")).status_code == 302
    assert Posting.objects.get().status == PostingStatus.EXAMINATION
    assert as_hr.get(url("extend"))["Location"] == url("posting")


def test_cancelling_says_who_will_be_told(as_hr, opened, hers):
    assert "1 candidat sera informé" in told(soup(as_hr.get(url("cancel"))))
    soup(as_hr.post(url("cancel"), {"reason": ""}), 422)
    assert as_hr.post(url("cancel"), {"reason": "Poste repris."}).status_code == 302
    assert "Poste repris." in told(soup(as_hr.get(url("posting"))))
    assert as_hr.get(url("cancel"))["Location"] == url("posting")


def test_the_declarations_are_recorded_at_any_time(as_hr, opened):
    given = {"dve_number": "080220300001", "dve_published_on": "2022-02-20", "legal_number": "", "legal_on": ""}
    assert as_hr.post(url("declarations"), given).status_code == 302
    assert "n° 080220300001" in told(soup(as_hr.get(url("posting"))))
    soup(as_hr.post(url("declarations"), given | {"legal_on": "jamais"}), 422)
