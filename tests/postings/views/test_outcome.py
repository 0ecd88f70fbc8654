"""« Classement » and « Issue »: the ranking at once, what deciding will do said before, and who came too late."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from missions.actions import assign_agent, end_assignment
from missions.models import Assignment, Post
from postings import actions
from postings.actions.foreseeing import Decision, NotAsForeseen, decide_as_foreseen, foresee_outcome
from postings.actions.ranking import Place
from postings.exceptions import ImpossibleTransition, InvalidExamination
from postings.fiche import Fiche
from postings.models import ConflictOfInterest, JuryMember, Outcome, PostingStatus, Proposal, Ranking
from tests.postings.bringing import EFFECTIVE, bring, decide, prepare
from tests.postings.test_outcome_transformation import examined_of, held, in_force  # noqa: F401

from .test_jury import fresh, told, url


def ranks(hers, his, first="1", second="2", **more):
    return {f"rank_{hers.uid}": first, f"rank_{his.uid}": second} | more


def assessed(*applications, score=4):
    for each in applications:
        actions.admit(application=fresh(each), by=None)
        scores = {criterion.uid: (score, "") for criterion in each.posting.criteria.all()}
        for member in each.posting.jury.all():
            actions.assess(application=each, by=member.user, scores=scores)
            actions.submit_assessment(application=each, by=member.user)


def rank_of(application):
    return Ranking.objects.get(application=application).rank


def test_whoever_declared_a_tie_leaves_the_decision_to_another(client_as, ranked, hers, hr):
    member = JuryMember.objects.create(posting=ranked, user=hr)
    ConflictOfInterest.objects.create(member=member, application=hers)
    client = client_as(hr)
    assert "Vous avez déclaré un lien avec un candidat" in told(client.get(url("outcome", ranked)))
    assert client.post(url("outcome", ranked), {"do": "decide"}).status_code == 403
    assert not Outcome.objects.exists()


def test_two_candidates_change_places_in_one_go(client_as, ranked, hers, his, president):
    client = client_as(president)
    client.post(url("rank", ranked), ranks(hers, his, "2", "1"))
    assert (rank_of(hers), rank_of(his)) == (2, 1)
    twice = client.post(url("rank", ranked), ranks(hers, his, "1", "1"))
    assert twice.status_code == 422
    assert "Le rang 1 est donné deux fois" in told(twice)
    client.post(url("rank", ranked), ranks(hers, his, "1", "1", ties="on"))
    assert list(Ranking.objects.values_list("rank", "tied")) == [(1, True), (1, True)]
    assert "ex æquo" in told(client.get(url("candidates", ranked)))
    none = client.post(url("rank", ranked), ranks(hers, his, "", "1"))
    assert "est déjà classée" in told(none)
    assert client.post(url("rank", ranked), ranks(hers, his, "zéro", "1")).status_code == 422


def test_moving_a_line_writes_nothing(client_as, ranked, hers, his, president):
    page = client_as(president).post(url("rank", ranked), ranks(hers, his) | {"move": f"down:{hers.uid}"})
    soup = BeautifulSoup(page.content, "html.parser")
    assert "Classement non enregistré" in told(page)
    assert [row.th.a.text for row in soup.select("table.ranking tbody tr")] == ["Luc Roy", "Ana Blin"]
    assert soup.find(id=f"id_rank_{hers.uid}")["value"] == "2"
    assert (rank_of(hers), rank_of(his)) == (1, 2)
    up = client_as(president).post(url("rank", ranked), ranks(hers, his) | {"move": f"up:{hers.uid}"})
    assert BeautifulSoup(up.content, "html.parser").find(id=f"id_rank_{hers.uid}")["value"] == "1"
    odd = client_as(president).post(url("rank", ranked), ranks(hers, his, "x") | {"move": "up:personne"})
    assert odd.status_code == 200


def test_equal_totals_are_said_and_suggested_at_one_rank(client_as, examined, hers, his, president):
    assessed(hers, his)
    page = client_as(president).get(url("ranking", examined))
    assert "Ana Blin et Luc Roy ont le même total : 4." in told(page)
    soup = BeautifulSoup(page.content, "html.parser")
    assert [each["value"] for each in soup.select("table.ranking input")] == ["1", "1"]


def test_what_is_awaited_is_not_ranked_yet(client_as, examined, hers, juror, president):
    empty = client_as(president).get(url("ranking", examined))
    assert "Aucune candidature à classer" in told(empty)
    actions.admit(application=hers, by=None)
    assert "Ana Blin : 0 sur 2" in told(client_as(president).get(url("ranking", examined)))
    assert "n’a pas encore fait sa proposition" in told(client_as(juror).get(url("ranking", examined)))


def test_the_ranking_refuses_what_does_not_hold(ranked, hers, his, president):
    for places, words in (
        ([], "au moins un rang"),
        ([Place(hers), Place(his, 1)], "est déjà classée"),
        ([Place(hers, 0)], "premier rang"),
    ):
        with pytest.raises(InvalidExamination, match=words):
            actions.rank_candidates(posting=ranked, places=places, by=president)
    found = actions.rank_candidates(posting=ranked, places=[Place(hers, opinion=" Très bien. ")], by=president)
    assert [(each.rank, each.opinion, each.tied) for each in found] == [(None, "Très bien.", False)]
    actions.withdraw(application=fresh(his), by=his.agent.user)
    with pytest.raises(ImpossibleTransition):
        actions.rank_candidates(posting=ranked, places=[Place(his, 1)], by=president)


def test_the_proposal_says_how_a_tie_is_broken(client_as, ranked, hers, his, president, juror):
    client = client_as(president)
    client.post(url("rank", ranked), ranks(hers, his, "1", "1", ties="on"))
    given = {"proposed": [hers.uid], "reason": "Elle."}
    refused = client.post(url("propose", ranked), given)
    assert refused.status_code == 422
    assert "départage des ex æquo" in told(refused)
    assert "Elle." in refused.content.decode()
    client.post(url("propose", ranked), given | {"tie_break": "Ancienneté."})
    assert Proposal.objects.get().tie_break == "Ancienneté."
    assert "Départage : Ancienneté." in told(client_as(juror).get(url("ranking", ranked)))
    assert client.post(url("propose", ranked), {"reason": ""}).status_code == 422


# The decision


@pytest.fixture
def proposed(ranked, hers):
    actions.propose(posting=ranked, by=None, applications=[fresh(hers)], reason="Expérience.")
    return ranked


def decision(hers, his, **more):
    return {
        f"retained_{hers.uid}": "on",
        f"reason_{hers.uid}": "Expérience.",
        f"reason_{his.uid}": "Projet moins abouti.",
        "effective_on": EFFECTIVE.isoformat(),
        "appeal_ways": "Recours gracieux ou contentieux.",
        "appeal_until": "2022-06-30",
    } | more


def seen(answer):
    return BeautifulSoup(answer.content, "html.parser").find("input", {"name": "seen"})["value"]


def test_what_deciding_will_do_is_said_then_done(client_as, proposed, hers, his, hr, ana):
    client = client_as(hr)
    address = url("outcome", proposed)
    assert "Ana Blin" in told(client.get(address))
    preview = client.post(address, decision(hers, his, do="preview"))
    said = told(preview)
    for words in (
        "Personne retenue : Ana Blin, date d’effet : 2 mai 2022.",
        "L’affectation de Ana Blin (chargé de mission, Service des ports) prend fin le 1er mai 2022.",
        "Une affectation de Ana Blin commence le 2 mai 2022 : responsable, Service des ports.",
        "Cela laisse vacant : chargé de mission, Service des ports.",
        "Total de Direction de la mer : 6 postes avant, 6 après.",
        "La bourse passe à l’état « Affectée ».",
        "2 personnes sont informées, dans l’application et par courriel : Ana Blin et Luc Roy.",
    ):
        assert words in said
    assert not Outcome.objects.exists()
    assert Assignment.objects.filter(agent=ana).count() == 1
    again = client.post(address, decision(hers, his, do="edit"))
    assert "Projet moins abouti." in again.content.decode()
    answer = client.post(address, decision(hers, his, do="decide", seen=seen(preview)), follow=True)
    assert "chaque candidat est informé" in told(answer)
    assert "Laisse vacant" in told(answer)
    assert "Recours gracieux ou contentieux. Jusqu’au 30 juin 2022." in told(answer)
    assert fresh(hers).status == "retenue"
    assert Outcome.objects.get().decided_by == hr


def test_a_decision_is_complete_or_tells_what_lacks(client_as, proposed, hers, his, hr):
    client = client_as(hr)
    for wrong, words in (
        ({f"reason_{his.uid}": " "}, "Chaque candidat reçoit un motif."),
        ({"effective_on": ""}, "Donnez la date d’effet"),
        ({f"retained_{hers.uid}": ""}, "dites pourquoi la bourse est infructueuse"),
        ({f"retained_{his.uid}": "on"}, "plus de candidatures retenues que de places"),
    ):
        answer = client.post(url("outcome", proposed), decision(hers, his, do="preview") | wrong)
        assert answer.status_code == 422, words
        assert words in told(answer)
        assert "Recours gracieux ou contentieux." in answer.content.decode()
    assert not Outcome.objects.exists()


def test_the_second_of_two_decisions_is_told_why(client_as, proposed, hers, his, hr):
    client = client_as(hr)
    preview = client.post(url("outcome", proposed), decision(hers, his, do="preview"))
    decide(proposed, fresh(his), by=None)
    answer = client.post(url("outcome", proposed), decision(hers, his, do="decide", seen=seen(preview)), follow=True)
    assert "est déjà enregistrée" in told(answer)
    assert fresh(hers).status == "non_retenue"
    assert Outcome.objects.count() == 1


def test_somebody_who_decides_between_the_reading_and_the_lock_is_told_too(
    client_as, proposed, hers, his, hr, monkeypatch
):
    client = client_as(hr)
    preview = client.post(url("outcome", proposed), decision(hers, his, do="preview"))
    from postings.views import outcome as view

    def too_late(**given):
        decide(proposed, fresh(his), by=None)
        return decide_as_foreseen(**given)

    monkeypatch.setattr(view, "decide_as_foreseen", too_late)
    answer = client.post(url("outcome", proposed), decision(hers, his, do="decide", seen=seen(preview)), follow=True)
    assert "Quelqu’un d’autre a décidé pendant ce temps" in told(answer)


def test_a_withdrawal_meanwhile_is_told(client_as, proposed, hers, his, hr, ana, monkeypatch):
    client = client_as(hr)
    preview = client.post(url("outcome", proposed), decision(hers, his, do="preview"))
    from postings.views import outcome as view

    def too_late(**given):
        actions.withdraw(application=fresh(hers), by=ana.user)
        return decide_as_foreseen(**given)

    monkeypatch.setattr(view, "decide_as_foreseen", too_late)
    answer = client.post(url("outcome", proposed), decision(hers, his, do="decide", seen=seen(preview)))
    assert answer.status_code == 422
    assert "a été retirée : rien n’est décidé." in told(answer)
    assert "Retenir Ana Blin" not in told(answer)
    assert not Outcome.objects.exists()


def test_what_was_read_is_what_is_done(client_as, proposed, hers, his, hr):
    answer = client_as(hr).post(url("outcome", proposed), decision(hers, his, do="decide", seen="autre"))
    assert answer.status_code == 422
    assert "La situation a changé depuis" in told(answer)
    given = Decision(
        retained=((fresh(hers), ""),),
        reasons=dict.fromkeys([hers.uid, his.uid], "Motif."),
        effective_on=EFFECTIVE,
        appeal_ways="Recours.",
    )
    with pytest.raises(NotAsForeseen):
        decide_as_foreseen(posting=proposed, decision=given, seen="", by=hr)
    foreseen = foresee_outcome(posting=proposed, decision=given, by=hr)
    assert isinstance(decide_as_foreseen(posting=proposed, decision=given, seen=foreseen.sha256, by=hr), Outcome)


def test_what_lacks_before_deciding_is_said(client_as, examined, hr, juror):
    assert "n’a pas fait sa proposition" in told(client_as(hr).get(url("outcome", examined)))
    assert "L’issue n’est pas décidée" in told(client_as(juror).get(url("outcome", examined)))
    answer = client_as(hr).post(url("outcome", examined), {"do": "preview"})
    assert answer.status_code == 422


def test_an_unfilled_bourse_is_decided_for_a_reason(client_as, proposed, hers, his, hr):
    given = decision(hers, his, do="preview", reason="Aucun profil ne convient.") | {f"retained_{hers.uid}": ""}
    preview = client_as(hr).post(url("outcome", proposed), given)
    assert "La bourse est déclarée infructueuse : Aucun profil ne convient." in told(preview)
    answer = client_as(hr).post(url("outcome", proposed), given | {"do": "decide", "seen": seen(preview)}, follow=True)
    assert "Infructueuse" in told(answer)
    assert "Donner une suite" in told(answer)


def test_without_any_candidate_it_is_unfilled(client_as, to_fill, hr):
    posting = bring(prepare(), PostingStatus.CLOSED)
    client = client_as(hr)
    assert "Aucune candidature" in told(client.get(url("outcome", posting)))
    given = {"do": "preview", "reason": "Personne.", "appeal_ways": "Recours.", "appeal_until": "2022-06-30"}
    preview = client.post(url("outcome", posting), given)
    assert "infructueuse : Personne." in told(preview)
    client.post(url("outcome", posting), given | {"do": "decide", "seen": seen(preview)})
    assert Outcome.objects.get().kind == "infructueuse"


def test_the_assignment_waits_for_its_date(client_as, ranked, hers, hr, juror):
    decide(ranked, fresh(hers), effective_on=datetime.date(2999, 1, 1))
    page = client_as(hr).get(url("outcome", ranked))
    assert "L’affectation prend effet le 1er janvier 2999." in told(page)
    answer = client_as(hr).post(url("assign", ranked), follow=True)
    assert "prend effet le 1er janvier 2999" in told(answer)
    assert "Affecter maintenant" not in told(page)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_page_of_the_outcome_takes_a_constant_number_of_queries(
    client_as, proposed, hers, hr, moment, django_assert_num_queries
):
    client = client_as(hr)
    if moment == "after":
        decide(proposed, fresh(hers))
    with django_assert_num_queries({"before": 14, "after": 12}[moment]):
        client.get(url("outcome", proposed))


# An undetermined transformation


def test_the_post_that_disappears_and_the_version_are_said(client_as, bourse, held, in_force, hr):  # noqa: F811
    posting = examined_of(bourse, *held)
    hers, his = posting.applications.order_by("number")
    actions.propose(posting=posting, by=None, applications=[hers], reason="Expérience.")
    preview = client_as(hr).post(url("outcome", posting), decision(hers, his, do="preview"))
    said = told(preview)
    assert "Le poste qui disparaît est celui-ci : chargé de mission, Service des ports." in said
    assert "est scellée, « issue de la bourse »" in said
    assert "Total de " in said
    client_as(hr).post(url("outcome", posting), decision(hers, his, do="decide", seen=seen(preview)))
    answer = client_as(hr).get(url("outcome", posting))
    version = Outcome.objects.get().resolution.version
    assert f'href="{reverse("missions:version", args=[version.number])}"' in answer.content.decode()


def test_before_the_entry_into_force_what_waits_is_said(client_as, bourse, held, hr):  # noqa: F811
    posting = examined_of(bourse, *held)
    hers, his = posting.applications.order_by("number")
    actions.propose(posting=posting, by=None, applications=[hers], reason="Expérience.")
    said = told(client_as(hr).post(url("outcome", posting), decision(hers, his, do="preview")))
    assert "elle s’appliquera avec l’étape de la réorganisation" in said
    assert "Aucune affectation n’est encore écrite" in said


def test_a_date_to_come_leaves_the_transformation_to_determine(client_as, bourse, held, in_force, hr):  # noqa: F811
    posting = examined_of(bourse, *held)
    hers, his = posting.applications.order_by("number")
    actions.propose(posting=posting, by=None, applications=[hers], reason="Expérience.")
    given = decision(hers, his, do="preview", effective_on="2999-01-01")
    assert "La transformation reste à déterminer" in told(client_as(hr).post(url("outcome", posting), given))


def test_from_elsewhere_hr_names_a_vacant_candidate_post(client_as, bourse, in_force, chart, hr):  # noqa: F811
    from tests.postings.bringing import person

    elsewhere = person("Eva Loin", "port-1")
    person("Luc Roy", "port-b")
    posting = examined_of(bourse, elsewhere)
    hers = posting.applications.get()
    actions.propose(posting=posting, by=None, applications=[hers], reason="Expérience.")
    client = client_as(hr)
    form = client.get(url("outcome", posting)).content.decode()
    assert "tenu par Luc Roy" in form
    assert "sans titulaire connu" in form
    given = {
        f"retained_{hers.uid}": "on",
        f"reason_{hers.uid}": "Expérience.",
        "effective_on": EFFECTIVE.isoformat(),
        "appeal_ways": "Recours.",
        "appeal_until": "2022-06-30",
        "do": "preview",
    }
    refused = client.post(url("outcome", posting), given)
    assert refused.status_code == 422
    assert "un nouvel examen par le comité peut être nécessaire" in told(refused)
    held_one = client.post(url("outcome", posting), given | {"candidate_post": "port-b"})
    assert held_one.status_code == 422
    preview = client.post(url("outcome", posting), given | {"candidate_post": "port-a"})
    assert "Cela laisse vacant" in told(preview)


def test_an_assignment_to_come_is_withdrawn_and_said(proposed, hers, his, ana, hr):
    (held_now,) = Assignment.objects.filter(agent=ana)
    end_assignment(assignment=held_now, ends_on=EFFECTIVE, by=None)
    later = EFFECTIVE + datetime.timedelta(days=1)
    assign_agent(agent=ana, post=Post.objects.get(uid="phare"), begins_on=later, by=None)
    given = Decision(
        retained=((fresh(hers), ""),),
        reasons=dict.fromkeys([hers.uid, his.uid], "Motif."),
        effective_on=EFFECTIVE,
        appeal_ways="Recours.",
    )
    lines = foresee_outcome(posting=proposed, decision=given, by=hr).lines
    assert "L’affectation prévue de Ana Blin (chargé de mission, Service des phares) est retirée." in lines


def test_no_total_is_said_of_a_post_that_no_chart_knows(to_fill, hr):
    posting = bring(prepare(post_uid="ailleurs", fiche=Fiche(title="Poste d’ailleurs")), PostingStatus.CLOSED)
    given = Decision(reason="Personne.", appeal_ways="Recours.")
    lines = foresee_outcome(posting=posting, decision=given, by=hr).lines
    assert not any("Total" in line for line in lines)
    assert lines[0] == "La bourse est déclarée infructueuse\u00a0: Personne."
