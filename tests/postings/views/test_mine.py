"""« Mes candidatures »: what an agent follows, orders, withdraws, takes away, and never somebody else's."""

import io
import json
import zipfile
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from postings import actions, letters
from postings.models import Application, Notice, PostingStatus
from tests.postings.bringing import INTERVIEW, apply, bring, close_now, open_now

PAGE = reverse("postings:applications")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def page_of(application, name="my_application"):
    return reverse(f"postings:{name}", args=[application.uid])


@pytest.fixture
def hers_page(client_as, ana):
    return client_as(ana.user)


@pytest.fixture
def wishes(ana, luc):
    """Three bourses open now: submitted, draft, submitted."""
    found = []
    for code in ("une", "deux", "trois"):
        posting = open_now(code=code, title=f"Poste {code}")
        draft = actions.save_application(posting=posting, agent=ana, letter="Bonjour.", by=ana.user)
        if code != "deux":
            actions.submit_application(application=draft, by=ana.user)
        found.append(draft)
    return found


def order():
    return list(Application.objects.order_by("wish_rank").values_list("posting__code", flat=True))


def test_nothing_yet(ana, hers_page):
    page = hers_page.get(PAGE).content.decode()
    assert "Aucune candidature" in page
    assert reverse("postings:list") in page


def test_all_ones_applications_in_a_constant_number_of_queries(wishes, hers_page, luc, django_assert_num_queries):
    apply(wishes[0].posting, luc, now=timezone.now())
    actions.withdraw(application=wishes[2], by=wishes[2].agent.user)
    hers_page.get(PAGE)
    with django_assert_num_queries(5):
        page = hers_page.get(PAGE).content.decode()
    assert "2\u00a0candidatures en cours" in page
    assert "Déposée" in page
    assert "Brouillon" in page
    assert "À déposer avant le" in page
    assert "Retirée" in page
    assert "Vous pouvez candidater de nouveau." in page
    assert sum(page_of(each) in page for each in wishes) == 3


def test_a_wish_moves_up_and_down(wishes, hers_page):
    assert order() == ["une", "deux", "trois"]
    answer = hers_page.post(reverse("postings:move_wish"), {"uid": wishes[2].uid, "to": "1"})
    assert answer.url == f"{PAGE}#voeux"
    assert order() == ["trois", "une", "deux"]
    hers_page.post(reverse("postings:move_wish"), {"uid": wishes[2].uid, "to": "99"})
    assert order() == ["une", "deux", "trois"]
    page = hers_page.get(PAGE).content.decode()
    assert page.index("Poste une") < page.index("Poste deux") < page.index("Poste trois")


@pytest.mark.parametrize("sent", [{"uid": "rien", "to": "1"}, {"to": "1"}, {"uid": "", "to": "x"}])
def test_a_wish_that_is_none_does_not_exist(wishes, hers_page, sent):
    assert hers_page.post(reverse("postings:move_wish"), sent).status_code == 404


def test_a_rank_that_is_no_number_moves_nothing(wishes, hers_page):
    assert hers_page.post(reverse("postings:move_wish"), {"uid": wishes[0].uid, "to": "-1"}).status_code == 404
    assert order() == ["une", "deux", "trois"]


def test_somebody_elses_wish_does_not_move(wishes, client_as, luc):
    answer = client_as(luc.user).post(reverse("postings:move_wish"), {"uid": wishes[0].uid, "to": "3"})
    assert answer.status_code == 404


def test_a_withdrawal_meanwhile_is_told(wishes, hers_page, monkeypatch):
    from postings.exceptions import InvalidApplication

    def refuse(**given):
        raise InvalidApplication("L’ordre des vœux comprend chacune de vos candidatures, une fois.")

    monkeypatch.setattr(actions, "set_wishes", refuse)
    answer = hers_page.post(reverse("postings:move_wish"), {"uid": wishes[0].uid, "to": "2"}, follow=True)
    assert "comprend chacune de vos candidatures" in answer.content.decode()


def test_messages_are_read_one_by_one_then_all(wishes, hers_page, ana):
    page = hers_page.get(PAGE).content.decode()
    unread = Notice.objects.filter(agent=ana, channel="application", read_at=None)
    total = unread.count()
    assert total == 5
    assert f"{total}\u00a0messages non lus" in page
    answer = hers_page.post(reverse("postings:read_notices"), {"bourse": "une", "objet": "depot"})
    assert answer.url == reverse("postings:my_place", args=["une"])
    assert unread.count() == total - 1
    answer = hers_page.post(reverse("postings:read_notices"), {"bourse": "une", "objet": "ouverture"})
    assert answer.url == reverse("postings:posting", args=["une"])
    answer = hers_page.post(reverse("postings:read_notices"), {"bourse": "une", "objet": "autre"})
    assert answer.url == reverse("postings:posting", args=["une"])
    assert hers_page.post(reverse("postings:read_notices"), {"bourse": "rien"}).status_code == 404
    assert hers_page.post(reverse("postings:read_notices")).url == PAGE
    assert not unread.exists()
    assert "non lu" not in hers_page.get(PAGE).content.decode()


def test_a_message_calls_nobody_to_a_bourse_that_is_closed(wishes, hers_page):
    assert hers_page.get(PAGE).content.decode().count("Vous pouvez y candidater.") == 3
    actions.close_posting(posting=close_now(wishes[1].posting), by=None)
    page = hers_page.get(PAGE).content.decode()
    assert page.count("Vous pouvez y candidater.") == 2
    assert "La bourse «\u00a0Poste deux\u00a0» vous était ouverte. Elle ne reçoit plus de candidature." in page


def test_a_letter_leads_to_ones_application_or_to_the_bourse(wishes, hers_page, client_as, luc):
    here = reverse("postings:my_place", args=["une"])
    assert hers_page.get(here).url == page_of(wishes[0])
    assert client_as(luc.user).get(here).url == reverse("postings:posting", args=["une"])


def test_ones_application(wishes, hers_page, django_assert_num_queries):
    hers_page.get(PAGE)
    with django_assert_num_queries(5):
        page = hers_page.get(page_of(wishes[0])).content.decode()
    assert "candidature n°\u00a01" in page
    assert "le jury examinera ensuite les candidatures" in page
    assert "sont effacés 2\u00a0ans après la fin des recours" in page
    assert page_of(wishes[0], "withdraw") in page
    assert page_of(wishes[0], "discard") not in page
    draft = hers_page.get(page_of(wishes[1])).content.decode()
    assert page_of(wishes[1], "discard") in draft
    assert page_of(wishes[1], "withdraw") not in draft
    assert "Poursuivre ma candidature" in draft


def test_the_time_they_are_kept_follows_the_settings(wishes, hers_page, settings):
    settings.APPLICATIONS_KEPT_DAYS = 100
    assert "sont effacés 100\u00a0jours après" in hers_page.get(page_of(wishes[0])).content.decode()


@pytest.mark.parametrize("name", ["my_application", "withdraw", "discard", "my_data", "my_interview"])
def test_somebody_elses_does_not_exist(wishes, client_as, luc, hr, name):
    for user in (luc.user, hr):
        assert client_as(user).get(page_of(wishes[0], name)).status_code == 404
        if name in ("withdraw", "discard"):
            assert client_as(user).post(page_of(wishes[0], name)).status_code == 404


def test_one_withdraws_after_confirming(wishes, hers_page):
    page = hers_page.get(page_of(wishes[0], "withdraw")).content.decode()
    assert "Retirer ma candidature\u00a0?" in page
    assert "en déposer une autre avant la clôture" in page
    answer = hers_page.post(page_of(wishes[0], "withdraw"), follow=True)
    assert "Votre candidature est retirée." in answer.content.decode()
    wishes[0].refresh_from_db()
    assert wishes[0].status == "retiree"
    again = hers_page.post(page_of(wishes[0], "withdraw"), follow=True)
    assert "ne peut pas passer à l’état" in again.content.decode()
    close_now(wishes[2].posting)
    assert "vous ne pourrez pas en déposer une autre" in hers_page.get(page_of(wishes[2], "withdraw")).content.decode()


def test_one_discards_a_draft_after_confirming(wishes, hers_page):
    assert "Effacer mon brouillon\u00a0?" in hers_page.get(page_of(wishes[1], "discard")).content.decode()
    assert hers_page.post(page_of(wishes[1], "discard")).url == PAGE
    assert not Application.objects.filter(pk=wishes[1].pk).exists()
    refused = hers_page.post(page_of(wishes[0], "discard"), follow=True)
    assert refused.status_code == 403
    assert Application.objects.filter(pk=wishes[0].pk).exists()


def test_the_copy_holds_all_that_was_given(ana, hers_page):
    posting = open_now()
    draft = actions.save_application(posting=posting, agent=ana, letter="Été", gender="femme", by=ana.user)
    for _ in range(2):
        actions.add_file(application=draft, name="../../cv.png", content=PNG, by=ana.user)
    answer = hers_page.get(page_of(draft, "my_data"))
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["lettre.txt", "candidature.json", "pieces/1-cv.png", "pieces/2-cv.png"]
        assert archive.read("lettre.txt").decode() == "Été"
        assert archive.read("pieces/2-cv.png") == PNG
        told = json.loads(archive.read("candidature.json"))
    assert (told["etat"], told["sexe"], told["numero"], told["entretien"]) == ("Brouillon", "femme", None, None)
    assert [each["octets"] for each in told["pieces"]] == [len(PNG)] * 2


def test_the_interview_goes_to_an_agenda_without_names(examined, hers, hers_page, ana):
    assert hers_page.get(page_of(hers, "my_interview")).status_code == 404
    hers.refresh_from_db()
    actions.admit(application=hers, by=None)
    actions.shortlist(application=hers, by=None)
    assert "s’il vous entend, la date est donnée ici" in hers_page.get(page_of(hers)).content.decode()
    ends = INTERVIEW + timedelta(minutes=45)
    actions.plan_interview(application=hers, starts_at=INTERVIEW, ends_at=ends, place="Salle 12", by=None)
    page = hers_page.get(page_of(hers)).content.decode()
    assert "Entretien le 5\u00a0avril\u00a02022 à 9\u00a0h\u00a000, Salle 12." in page
    answer = hers_page.get(page_of(hers, "my_interview"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == INTERVIEW
    assert event.decoded("dtend") == ends
    assert str(event["location"]) == "Salle 12"
    assert str(event["url"]) == "http://localhost:8000/bourses/bourse/"
    assert "Blin" not in answer.content.decode()
    told = Notice.objects.get(agent=ana, kind="entretien", channel="application")
    actions.read_notice(notice=told, by=ana.user)
    moved = INTERVIEW + timedelta(days=1)
    actions.plan_interview(
        application=hers, starts_at=moved, ends_at=moved + timedelta(hours=1), place="Lille", by=None
    )
    told.refresh_from_db()
    assert told.read_at is None
    with zipfile.ZipFile(io.BytesIO(hers_page.get(page_of(hers, "my_data")).content)) as archive:
        assert json.loads(archive.read("candidature.json"))["entretien"]["lieu"] == "Lille"
    actions.record_interview(application=hers, by=None, now=moved)
    assert "Le jury termine l’examen" in hers_page.get(page_of(hers)).content.decode()


def test_the_decision_its_reason_and_the_appeals(decided, hers, his, ana, luc, client_as):
    page = client_as(luc.user).get(page_of(his)).content.decode()
    assert "Non retenue" in page
    assert "Motif de la décision." in page
    assert "Voies de recours" in page
    assert "tribunal administratif" in page
    assert "seront effacés à partir du" in page
    page = client_as(ana.user).get(page_of(hers)).content.decode()
    assert "Retenue" in page
    assert "Affectation le 2\u00a0mai\u00a02022." in page
    with zipfile.ZipFile(io.BytesIO(client_as(luc.user).get(page_of(his, "my_data")).content)) as archive:
        told = json.loads(archive.read("candidature.json"))
    assert told["decision"] == {"retenue": False, "motif": "Motif de la décision."}


def test_the_rank_of_the_jury_is_not_told(ranked, his, luc, client_as):
    page = client_as(luc.user).get(page_of(his)).content.decode()
    assert "Examinée par le jury" in page
    assert "Classée" not in page


def test_an_inadmissible_application_says_why(examined, hers, hers_page):
    hers.refresh_from_db()
    page = hers_page.get(page_of(hers)).content.decode()
    assert "Le jury vérifie que les candidatures sont recevables." in page
    actions.refuse_admission(application=hers, reason="Le dossier est incomplet.", by=None)
    page = hers_page.get(page_of(hers)).content.decode()
    assert "Irrecevable" in page
    assert "Le dossier est incomplet." in page


def test_a_late_draft_cannot_go_on(opened, ana, hers_page):
    draft = actions.save_application(posting=opened, agent=ana, letter="Tard.", by=ana.user)
    bring(opened, PostingStatus.CLOSED)
    page = hers_page.get(page_of(draft)).content.decode()
    assert "La bourse est close\u00a0: ce brouillon ne peut plus être déposé." in page
    assert "Poursuivre ma candidature" not in page


@pytest.mark.parametrize("kind", Notice.Kind)
def test_each_letter_links_to_the_page_it_speaks_of(posting, kind, settings):
    page = reverse("postings:posting" if kind == "ouverture" else "postings:my_place", args=[posting.code])
    assert f"http://localhost:8000{page}" in letters.letter(posting, kind).body
    settings.SITE_URL = "https://organigramme.exemple.fr/"
    assert f"https://organigramme.exemple.fr{page}" in letters.letter(posting, kind).body
