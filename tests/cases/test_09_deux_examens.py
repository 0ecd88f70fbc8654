"""Two reorganisations in one session, one examined twice and refused a third time, a session without quorum."""

import datetime

import pytest
from bs4 import BeautifulSoup

from reorganisations import actions
from reorganisations.models import AgendaItem, Committee, Opinion, Reorganisation, Session, Status
from reorganisations.queries.deadlines import calendar_sessions, calendars
from reorganisations.queries.records import opinion_warnings, rules_on

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2025, 6, 1)


@pytest.fixture
def rules(settings):
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")


@pytest.fixture
def case(rules, open_case):
    return open_case("09-deux-examens")


@pytest.fixture
def twice(case):
    return Reorganisation.objects.get(code="guichet-unique-2025")


def session(day):
    return Session.objects.get(uid=f"cst-2025-{day}")


def test_one_session_gives_an_opinion_on_each_of_its_points(case):
    items = session("03-20").agenda_items.order_by("number")
    outcomes = {
        item.reorganisation.code: {each.college: (each.outcome, each.unanimous) for each in item.opinion.colleges.all()}
        for item in items
    }
    assert [item.number for item in items] == [1, 2]
    assert outcomes == {
        "guichet-unique-2025": {"personnel": ("defavorable", True), "employeur": ("favorable", True)},
        "urbanisme-2025": {"personnel": ("repute", False), "employeur": ("favorable", True)},
    }


def test_it_is_examined_anew_21_days_later_with_another_text(twice):
    first, second = Opinion.objects.filter(agenda_item__reorganisation=twice).order_by("recorded_at")
    held = [each.agenda_item.session.held_on for each in (first, second)]
    assert (held[1] - held[0]).days == 21
    assert second.agenda_item.new_examination_of == first.agenda_item
    assert [first.sealed_text.number, second.sealed_text.number] == [1, 2]
    assert second.sealed_text.kind == "modifie"
    rules = rules_on(held[1])
    assert "un nouvel examen a lieu 8 à 30 jours plus tard" in opinion_warnings(
        first.colleges.all(), rules, deliberation_needed=True
    )[0].replace("\u00a0", " ")


def test_a_third_examination_is_refused(twice, hr):
    committee = Committee.objects.get()
    third = actions.plan_session(committee=committee, held_on=datetime.date(2025, 5, 2), by=hr)
    with pytest.raises(actions.ThirdExamination) as refusal:
        actions.present_again(reorganisation=twice, session=third, confirmation="Essai.", by=hr)
    assert "le 20\u00a0mars\u00a02025 et le 10\u00a0avril\u00a02025" in str(refusal.value)
    assert not third.agenda_items.exists()


def test_both_texts_are_read_side_by_side(twice, client_as, hr):
    answer = client_as(hr).get("/reorganisations/guichet-unique-2025/textes/")
    words = BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True).replace("\u00a0", " ")
    for told in (
        "retiré",
        "motif : Instruire les demandes au guichet.",
        "motif : Instruire les demandes au guichet et former les agents d’accueil.",
        "Deux postes d’accueil ne sont plus nécessaires.",
        "Un poste d’accueil n’est plus nécessaire, un autre est maintenu.",
    ):
        assert told in words
    assert "Le guichet ouvre en septembre." not in words


def test_the_session_without_quorum_passes_its_point_on(case):
    failed, again = session("05-15"), session("05-22")
    assert (again.in_place_of, again.after_failed_quorum) == (failed, True)
    assert case.code == "etat-civil-2025"
    assert [item.session for item in case.agenda_items.order_by("pk")] == [failed, again]
    assert case.status == Status.OPINION_GIVEN
    assert AgendaItem.objects.get(session=again).opinion.colleges.get().outcome == "favorable"
    assert not hasattr(AgendaItem.objects.get(session=failed), "opinion")


def test_the_calendar_says_what_was_in_time_and_what_was_not(case):
    found = {each.session.uid[-5:]: each.deadlines for each in calendars(calendar_sessions(), TODAY)}
    first = {each.kind: each.words.replace("\u00a0", " ") for each in found["03-20"]}
    assert first["convocation"] == "Envoyée le 4 mars 2025."
    assert first["documents"] == "Envoyés le 13 mars 2025, 1 jour trop tard."
    assert first["nouvel-examen"] == "Tenu le 10 avril 2025."
    anew = {each.kind: each for each in found["04-10"]}
    assert "nouvelle-convocation" not in anew
    assert anew["proces-verbal"].state == "en-retard"
    failed = {each.kind: each for each in found["05-15"]}
    assert failed["nouvelle-convocation"].words.replace("\u00a0", " ") == "Envoyée le 16 mai 2025."
    assert failed["proces-verbal"].state == "sans-objet"
    again = {each.kind: each for each in found["05-22"]}
    assert again["convocation"].state == "sans-objet"
    assert "documents envoyés le 5 mai 2025" in again["documents"].words.replace("\u00a0", " ")
