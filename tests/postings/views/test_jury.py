"""The jury's pages: who may open them, what they show under a number, what each button does, and how many queries."""

import datetime

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from postings import actions
from postings.exceptions import InvalidExamination
from postings.models import Application, Assessment, ConflictOfInterest, Interview, Notice, PostingStatus
from postings.queries.candidates import roster
from tests.postings.bringing import DURING, INTERVIEW, apply, bring, examine, prepare, sit
from tests.postings.test_applying import PNG


def url(name, posting, *rest):
    return reverse(f"postings:{name}", args=[posting.code, *rest])


def told(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True).split())


def fresh(application):
    return Application.objects.get(pk=application.pk)


def admit(*applications, shortlisted=False):
    for each in applications:
        actions.admit(application=fresh(each), by=None)
        if shortlisted:
            actions.shortlist(application=fresh(each), by=None)


@pytest.fixture
def numbered(examined):
    """The jury is not to know who they are."""
    examined.anonymous_until_decision = True
    examined.save()
    return examined


def test_pages_of_the_jury_do_not_exist_for_others(client_as, examined, hers, ana, luc, manager):
    for user in (ana.user, luc.user, manager):
        client = client_as(user)
        for address in (
            url("candidates", examined),
            url("candidate", examined, hers.uid),
            url("interviews", examined),
            url("interviews_calendar", examined),
            url("ranking", examined),
            url("outcome", examined),
        ):
            assert client.get(address).status_code == 404, address
        assert client.post(url("assess", examined, hers.uid)).status_code == 404
        assert client.post(url("rank", examined)).status_code == 404


def test_an_application_of_another_bourse_is_not_found(client_as, examined, juror):
    assert client_as(juror).get(url("candidate", examined, "inconnue")).status_code == 404


def test_the_list_says_how_far_each_is(client_as, examined, hers, his, president, juror):
    admit(hers)
    examine(fresh(hers))
    answer = client_as(juror).get(url("candidates", examined))
    rows = BeautifulSoup(answer.content, "html.parser").select("tbody tr")
    first, second = [" ".join(row.get_text(" ", strip=True).split()) for row in rows]
    assert "Ana Blin n° 1" in first.replace("\u00a0", " ")
    assert "Classée Recevable – 2 sur 2 rendue 1" in first
    assert "Déposée à décider" in second
    assert "2 candidatures" in told(answer)
    only = client_as(juror).get(url("candidates", examined) + "?etat=deposee")
    assert "Luc Roy" in told(only)
    assert "Ana Blin" not in told(only)
    none = client_as(juror).get(url("candidates", examined) + "?part=brouillon")
    assert "Aucune candidature ne correspond" in told(none)


@pytest.mark.parametrize("name", ["candidates", "interviews", "ranking"])
def test_the_lists_take_a_constant_number_of_queries(
    client_as, numbered, hers, his, juror, name, django_assert_num_queries
):
    client = client_as(juror)
    admit(hers, shortlisted=True)
    plan(hers)
    with django_assert_num_queries(QUERIES[name]):
        client.get(url(name, numbered))
    admit(his, shortlisted=True)
    plan(his, 1)
    for each in (hers, his):
        examine(fresh(each), position=each.number)
    with django_assert_num_queries(QUERIES[name]):
        client.get(url(name, numbered))


QUERIES = {"candidates": 12, "interviews": 13, "ranking": 13}


def test_one_candidacy_takes_a_constant_number_of_queries(client_as, examined, hers, juror, django_assert_num_queries):
    client = client_as(juror)
    with django_assert_num_queries(14):
        client.get(url("candidate", examined, hers.uid))
    admit(hers, shortlisted=True)
    plan(hers)
    with django_assert_num_queries(14):
        client.get(url("candidate", examined, hers.uid))


def plan(application, rank=0):
    starts_at = INTERVIEW + datetime.timedelta(hours=rank)
    return actions.plan_interview(
        application=fresh(application),
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(minutes=45),
        place="Amiens",
        by=None,
    )


def test_under_a_number_no_page_says_the_name(client_as, numbered, hers, his, ana, luc, president, juror, hr):
    admit(hers, his, shortlisted=True)
    plan(hers)
    plan(his, 1)
    examine(fresh(hers), position=1)
    examine(fresh(his), position=2)
    addresses = [
        url("candidates", numbered),
        url("candidate", numbered, hers.uid),
        url("interviews", numbered),
        url("interviews_calendar", numbered),
        url("interview_calendar", numbered, hers.uid),
        url("ranking", numbered),
        url("outcome", numbered),
    ]
    for user in (president, juror):
        client = client_as(user)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200
            said = answer.content.decode() + answer.headers.get("Content-Disposition", "")
            for person in (ana, luc):
                assert person.last_name not in said, address
                assert person.first_name not in said, address
    assert "Ana Blin" in client_as(hr).get(url("candidates", numbered)).content.decode()


def test_admissibility_is_decided_next_to_the_candidacy(client_as, examined, hers, his, president, juror):
    client = client_as(president)
    refused = client.post(url("decide_admissibility", examined, hers.uid), {"decision": "refuse", "reason": " "})
    assert refused.status_code == 422
    assert "L’irrecevabilité a un motif." in told(refused)
    client.post(url("decide_admissibility", examined, hers.uid), {"decision": "refuse", "reason": "Incomplète."})
    assert fresh(hers).status == "irrecevable"
    client.post(url("decide_admissibility", examined, his.uid), {"decision": "admit", "reason": ""})
    client.post(url("shortlist", examined, his.uid))
    assert fresh(his).status == "preselectionnee"
    again = client.post(url("shortlist", examined, his.uid), follow=True)
    assert "ne peut pas passer" in told(again)
    assert client_as(juror).post(url("record_interview", examined, his.uid)).status_code == 403


def test_a_tie_takes_the_candidacy_off_the_member_pages(client_as, examined, hers, juror, hr):
    admit(hers)
    client = client_as(juror)
    assert "ne vous sera plus montrée" in told(client.get(url("declare_tie", examined, hers.uid)))
    assert client.post(url("declare_tie", examined, hers.uid), {"reason": ""}).status_code == 422
    answer = client.post(url("declare_tie", examined, hers.uid), {"reason": "Parenté."}, follow=True)
    assert "Ana Blin" not in told(answer)
    assert client.get(url("candidate", examined, hers.uid)).status_code == 404
    assert ConflictOfInterest.objects.get().reason == "Parenté."
    sent_back = client_as(hr).post(url("declare_tie", examined, hers.uid), {"reason": "x"}, follow=True)
    assert "Seul un membre du jury" in told(sent_back)


def marks(posting, score="4", **more):
    found = {f"score_{each.uid}": score for each in posting.criteria.all()}
    return found | {f"remark_{each.uid}": "Solide." for each in posting.criteria.all()} | more


def test_an_assessment_is_a_draft_then_sealed_and_blind(client_as, examined, hers, president, juror):
    admit(hers)
    client, other = client_as(juror), client_as(president)
    address = url("assess", examined, hers.uid)
    (first, second) = examined.criteria.all()
    client.post(address, {f"score_{first.uid}": "2", f"remark_{first.uid}": "À revoir."})
    assert Assessment.objects.get().score == 2
    orphan = client.post(address, {f"remark_{second.uid}": "Sans note."})
    assert orphan.status_code == 422
    assert "Sans note." in orphan.content.decode()
    short = client.post(address, {f"score_{first.uid}": "2", "hand_in": "1"})
    assert short.status_code == 422
    assert "Notez ce critère" in told(short)
    client.post(address, marks(examined, "5", hand_in="1"))
    assert Assessment.objects.filter(sealed_at__isnull=False).count() == 2
    assert "rendue" in told(client.post(address, marks(examined, "1"), follow=True))
    mine, theirs = (
        told(client.get(url("candidate", examined, hers.uid))),
        other.get(url("candidate", examined, hers.uid)),
    )
    assert "Vous voyez les vôtres seulement" in mine
    assert "Solide." not in told(theirs)
    other.post(url("assess", examined, hers.uid), marks(examined, "4", hand_in="1"))
    both = told(other.get(url("candidate", examined, hers.uid)))
    assert "Moyenne du jury 4,5" in both


def test_who_does_not_assess_is_sent_back(client_as, examined, hers, hr, juror):
    assert "sans lien" in told(client_as(hr).get(url("assess", examined, hers.uid), follow=True))
    assert "une fois recevable" in told(client_as(juror).get(url("assess", examined, hers.uid), follow=True))


def slots(*applications, **more):
    given = {
        "applications": [each.uid for each in applications],
        "starts_at": "2022-04-05T09:00",
        "length": "45",
        "pause": "15",
        "place": "Amiens, salle 2",
    }
    return given | more


def test_several_interviews_are_planned_at_once_and_told(client_as, examined, hers, his, ana, luc, president):
    admit(hers, his, shortlisted=True)
    client = client_as(president)
    address = url("plan_interviews", examined)
    for wrong, words in (({"place": ""}, "Ce champ est obligatoire"), ({"applications": []}, "au moins une")):
        answer = client.post(address, slots(hers, his) | wrong)
        assert answer.status_code == 422
        assert words in told(answer)
        assert not Interview.objects.exists()
    answer = client.post(address, slots(hers, his), follow=True)
    assert "2 entretiens prévus" in told(answer)
    first, second = Interview.objects.order_by("starts_at")
    assert (first.application, second.application) == (hers, his)
    assert (second.starts_at - first.starts_at).seconds == 3600
    assert Notice.objects.filter(kind=Notice.Kind.INTERVIEW, channel="application").count() == 2
    taken = client.post(address, slots(his), follow=True)
    assert taken.status_code == 422
    assert "a lieu sur ce créneau" in told(taken)
    # Both change places in one go.
    client.post(address, slots(hers, his, starts_at="2022-04-05T09:30"))
    assert [each.application for each in Interview.objects.order_by("starts_at")] == [hers, his]


def test_a_member_of_the_jury_is_not_the_one_who_plans(client_as, examined, hers, juror, president):
    admit(hers, shortlisted=True)
    assert client_as(juror).get(url("plan_interviews", examined)).status_code == 403
    assert client_as(juror).post(url("rank", examined)).status_code == 403
    assert client_as(juror).post(url("outcome", examined)).status_code == 403


def test_the_agenda_of_the_jury_is_in_the_time_of_paris(client_as, examined, hers, his, president):
    admit(hers, his, shortlisted=True)
    client_as(president).post(url("plan_interviews", examined), slots(hers, his))
    answer = client_as(president).get(url("interviews_calendar", examined))
    assert "attachment" in answer["Content-Disposition"]
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in events] == [
        "Entretien\u00a0: Responsable du suivi (Ana Blin)",
        "Entretien\u00a0: Responsable du suivi (Luc Roy)",
    ]
    assert events[0]["DTSTART"].params["TZID"] == "Europe/Paris"
    assert events[0].decoded("DTSTART").hour == 9
    assert calendar.walk("VTIMEZONE")
    assert client_as(president).get(url("interview_calendar", examined, hers.uid)).status_code == 200


def test_an_interview_held_is_noted(client_as, examined, hers, president):
    admit(hers, shortlisted=True)
    client = client_as(president)
    assert client.get(url("interview_calendar", examined, hers.uid)).status_code == 404
    client.post(url("plan_interviews", examined), slots(hers))
    client.post(url("record_interview", examined, hers.uid))
    assert fresh(hers).status == "entendue"
    assert "tenu" in told(client.get(url("interviews", examined)))


def test_interviews_are_empty_until_somebody_is_shortlisted(client_as, examined, hers, president):
    client = client_as(president)
    assert "Aucun entretien prévu" in told(client.get(url("interviews", examined)))
    assert "pendant l’examen" in told(client.get(url("plan_interviews", examined), follow=True))
    admit(hers, shortlisted=True)
    assert "attendent leur entretien" in told(client.get(url("interviews", examined)))


def test_the_roster_knows_the_part_of_each(examined, hers, president, hr):
    admit(hers)
    assert [each.share for each in roster(examined, president, names=True).candidates] == ["a-evaluer", ""]
    assert [each.share for each in roster(examined, hr, names=True).candidates] == ["", ""]


def test_nobody_to_hear_is_refused(examined, president):
    with pytest.raises(InvalidExamination, match="au moins une"):
        actions.plan_interviews(
            applications=[], starts_at=INTERVIEW, length=datetime.timedelta(minutes=30), place="Lille", by=president
        )


def test_a_jury_that_hears_elsewhere_at_that_time_is_warned(client_as, examined, hers, ana, luc, president):
    admit(hers, shortlisted=True)
    plan(hers)
    other = bring(prepare(code="autre", title="Autre poste"), PostingStatus.OPEN)
    member = actions.add_jury_member(posting=other, user=president, president=True, by=None)
    actions.declare_interests(member=member, by=president)
    theirs = apply(other, luc)
    bring(other, PostingStatus.EXAMINATION)
    admit(theirs, shortlisted=True)
    client = client_as(president)
    answer = client.post(url("plan_interviews", other), slots(theirs, starts_at="2022-04-05T09:15"), follow=True)
    assert "un membre de ce jury entend déjà un candidat de la bourse « Responsable du suivi »" in told(answer)
    client.post(url("plan_interviews", other), slots(theirs, starts_at="2022-04-06T09:15"))
    assert "entend déjà" not in told(client.get(url("interviews", other)))


def test_under_a_number_a_piece_has_no_name_of_its_own(client_as, opened, ana, hr):
    opened.anonymous_until_decision = True
    opened.save()
    draft = actions.save_application(posting=opened, agent=ana, letter="Je candidate.", by=ana.user)
    actions.add_file(application=draft, name="cv-ana-blin.png", content=PNG, by=ana.user)
    application = actions.submit_application(application=draft, by=ana.user, now=DURING)
    juror = sit(opened)
    page = client_as(juror).get(url("candidate", opened, application.uid))
    assert "Pièce 1" in told(page)
    assert "cv-ana-blin" not in page.content.decode()
    address = reverse("postings:file", args=[application.files.get().uid])
    assert 'filename="candidature-1-piece-1.png"' in client_as(juror).get(address)["Content-Disposition"]
    for user in (hr, ana.user):
        assert 'filename="cv-ana-blin.png"' in client_as(user).get(address)["Content-Disposition"]
