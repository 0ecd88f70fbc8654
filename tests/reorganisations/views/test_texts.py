"""Two sealed texts side by side, and the pages of a new examination."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from reorganisations import actions
from reorganisations.models import College, CommitteeRules, Opinion, Status
from reorganisations.votes import Ballot

from ..conftest import CREATE_CELL, CREATE_POST, HELD_ON, REGRADE, SUPPRESS
from .page import told
from .test_follow_up import address

ADDRESS = "/reorganisations/essai-2021/textes/"
QUERIES = 12


def page(client, query=""):
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def table(found, title):
    return [
        [told(cell) for cell in row.find_all(["th", "td"])]
        for row in found.select_one(f"#{title}").find_parent("section").select("tbody tr")
    ]


@pytest.fixture
def rules(db, settings):
    actions.load_committee_rules(path=settings.BASE_DIR / "fixtures" / "committee_rules.yaml")


@pytest.fixture
def amended(reorganisation, add, session, hr):
    add(CREATE_POST, SUPPRESS)

    def seen():
        return reorganisation.revision

    actions.save_section(
        reorganisation=reorganisation, key="context", markdown="Un.\nDeux.\nTrois.", by=hr, seen=seen()
    )
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    actions.delete_change(reorganisation=reorganisation, uid=SUPPRESS.id, by=hr, seen=seen())
    actions.add_changes(reorganisation=reorganisation, changes=[CREATE_CELL, REGRADE], by=hr, seen=seen())
    other = replace(CREATE_POST, motive="Autre.", on=datetime.date(2022, 3, 1))
    actions.edit_change(reorganisation=reorganisation, change=other, by=hr, seen=seen())
    actions.save_section(
        reorganisation=reorganisation, key="context", markdown="Un.\nDeux, mieux.\nTrois.", by=hr, seen=seen()
    )
    actions.change_details(
        reorganisation=reorganisation, title="Réorganisation revue", effective_on=None, by=hr, seen=seen()
    )
    actions.amend_text(reorganisation=reorganisation, dated_on=HELD_ON, origin="En séance", by=hr)
    return reorganisation


@pytest.fixture
def client(client_as, hr):
    return client_as(hr)


def test_what_parts_two_texts_is_told_in_words(amended, client):
    found = page(client)
    assert table(found, "facts-title") == [
        ["Titre", "Réorganisation d’essai", "Réorganisation revue"],
        ["Date d’effet", "1er janvier 2022", "non renseignée"],
    ]
    changes = table(found, "changes-title")
    assert [line[0] for line in changes] == ["retiré", "modifié", "ajouté", "ajouté"]
    assert changes[0][1].startswith("Supprimer")
    assert "motif : Renforcer le service." in changes[1][1]
    assert "motif : Autre." in changes[1][2]
    assert "à la date du 1er mars 2022" in changes[1][2]
    assert changes[2][1] == "n’y est pas"
    assert changes[2][2].startswith("Créer la cellule Suivi")
    assert table(found, "parts-title") == [["Deux.", "Deux, mieux."]]
    assert "2 lignes inchangées" in told(found.select_one("caption"))


def test_the_posts_after_each_text_are_counted(amended, client):
    sums = table(page(client), "sums-title")
    assert sums[0] == ["Ensemble", "5", "6", "+1"]
    assert ["A 2.2", "1", "2", "+1"] in sums
    assert ["B 1", "0", "1", "+1"] in sums


def test_any_two_are_chosen_and_the_other_way_round(amended, client):
    sums = table(page(client, "?un=2&autre=1"), "sums-title")
    assert sums[0] == ["Ensemble", "6", "5", "−1"]
    assert "Deux fois le même texte" in told(page(client, "?un=1&autre=1").select_one(".empty"))
    assert client.get(f"{ADDRESS}?un=9").status_code == 404


def test_one_text_alone_has_nothing_beside_it(bring, client):
    bring(Status.SUBMITTED)
    assert "Rien à comparer" in told(page(client).select_one(".empty"))


def test_it_is_reached_from_the_follow_up(amended, client):
    assert f'href="{ADDRESS}"' in client.get("/reorganisations/essai-2021/suivi/").content.decode()


def test_members_of_the_committee_read_it_and_nobody_else(
    amended, client_as, committee, committee_member, manager, agent, hr
):
    actions.add_member(committee=committee, user=committee_member, college="personnel", by=hr)
    assert client_as(committee_member).get(ADDRESS).status_code == 200
    assert [client_as(user).get(ADDRESS).status_code for user in (manager, agent)] == [404, 404]


def test_it_takes_so_many_queries(amended, client, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        page(client)


# New examinations


@pytest.fixture
def refused(rules, bring, session, hr):
    reorganisation = bring(Status.SUBMITTED)
    ballots = [Ballot(College.STAFF, "CGT", against=4)]
    actions.record_opinion(reorganisation=reorganisation, session=session, ballots=ballots, by=hr)
    return reorganisation


def test_a_new_examination_says_its_days_and_asks_for_a_reason_outside(refused, steps, committee):
    asked = steps.get("present_again")
    assert "du 9 décembre 2021 au 31 décembre 2021, une seule fois" in told(asked.select_one("main"))
    data = {"committee": committee.uid, "held_on": "2022-01-03", "needed": "oui"}
    status, again = steps.post("present_again", **data)
    assert status == 422
    field = again.select_one("#id_confirmation").find_parent("div")
    assert "33 jours après la séance du 1er décembre 2021, soit 3 jours trop tard" in told(field)
    assert again.select_one("#id_held_on")["value"] == "2022-01-03"
    # Nothing of a refused step is kept.
    assert (committee.sessions.count(), Opinion.objects.get().deliberation_needed) == (1, None)
    status, _ = steps.post("present_again", **data, confirmation="Congés de fin d’année.")
    assert (status, steps.status) == (302, Status.SUBMITTED)
    assert Opinion.objects.get().deliberation_needed is True


def test_the_later_session_that_has_it_on_its_agenda_already_is_offered_first(refused, steps, committee, session, hr):
    actions.plan_session(committee=committee, held_on=session.held_on - datetime.timedelta(days=9), by=hr)
    later = actions.plan_session(committee=committee, held_on=session.held_on + datetime.timedelta(days=9), by=hr)
    inscribed = actions.plan_session(committee=committee, held_on=session.held_on + datetime.timedelta(days=12), by=hr)
    actions.put_on_agenda(reorganisation=refused, session=inscribed, by=hr)
    listed = steps.get("present_again").select("#id_session option")
    assert {option["value"] for option in listed} == {"", later.uid, inscribed.uid}
    assert next(option["value"] for option in listed if option.has_attr("selected")) == inscribed.uid
    assert steps.post("present_again", session=inscribed.uid, needed="oui")[0] == 302
    assert refused.agenda_items.get(session=inscribed).new_examination_of == refused.agenda_items.get(session=session)


def test_the_opinion_names_the_very_article_that_asks_for_it(refused, steps):
    CommitteeRules.objects.update(new_examination_source="Article 30-1 du décret")
    warned = steps.get("follow_up").find(string=re.compile("Avis défavorable unanime")).find_parent(class_="notice")
    assert "Article 30-1 du décret" in told(warned)


def test_the_decision_says_that_a_new_examination_is_due_and_is_not_refused(refused, steps):
    asked = told(steps.get("decide").select_one("main"))
    assert "si une délibération est nécessaire, un nouvel examen a lieu 8 à 30 jours plus tard." in asked
    assert steps.post("decide", kind="arrete", dated_on="2021-12-05")[0] == 302


def test_in_its_window_it_is_only_presented(refused, steps, committee):
    status, _ = steps.post("present_again", committee=committee.uid, held_on="2021-12-20", needed="")
    assert (status, steps.status) == (302, Status.SUBMITTED)


def test_a_third_examination_is_told_to_be_impossible(refused, steps, committee, hr):
    steps.post("present_again", committee=committee.uid, held_on="2021-12-20", needed="oui")
    second = committee.sessions.get(held_on=datetime.date(2021, 12, 20))
    ballots = [Ballot(College.STAFF, "CGT", against=4)]
    actions.record_opinion(reorganisation=refused, session=second, ballots=ballots, deliberation_needed=True, by=hr)
    assert not steps.get("follow_up").select(f"a[href='{address('present_again')}']")
    asked = steps.get("present_again")
    assert "déjà été examiné deux fois" in told(asked.select_one(".notice--blocking"))
    status, again = steps.post("present_again", committee=committee.uid, held_on="2022-01-10", needed="oui")
    assert status == 422
    assert "déjà été examiné deux fois" in told(again.select_one("main form"))
    follow_up = steps.get("follow_up")
    assert "Nouvel examen, valable quel que soit le nombre de présents." in told(follow_up)


def test_one_that_nothing_asks_for_is_said_to_be_so(rules, bring, steps):
    bring(Status.OPINION_GIVEN)
    assert steps.get("follow_up").select(f"main a[href='{address('present_again')}']")
    assert "rien n’oblige à un nouvel examen" in told(steps.get("present_again").select_one("main"))


def test_whether_a_deliberation_is_needed_is_said_on_a_page(refused, steps):
    opinion = Opinion.objects.get()
    assert "non renseigné" in told(steps.get("follow_up").select_one("main"))
    assert steps.get("say_deliberation", opinion.uid).select_one("input[value=oui]")
    assert steps.post("say_deliberation", opinion.uid, needed="non")[0] == 302
    opinion.refresh_from_db()
    assert opinion.deliberation_needed is False
    assert "Aucune délibération n’est nécessaire." in told(steps.get("follow_up").select_one("main"))
    assert steps.post("say_deliberation", "avis-inconnu")[0] == 404
    assert steps.post("say_deliberation", opinion.uid, needed="peut-être")[0] == 422
