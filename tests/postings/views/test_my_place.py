"""On the page of a bourse, the place of the agent who reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from postings import actions
from postings.models import PostingStatus
from postings.queries.mine import my_application_to
from postings.views.my_place import my_place
from tests.postings.bringing import apply, bring, close_now, open_now, person, prepare

PAGE = reverse("postings:posting", args=["en-cours"])


def place_of(agent, posting):
    return my_place(agent.user, posting, my_application_to(posting, agent))


@pytest.fixture
def bourse(ana, luc, zoe):
    return open_now()


def test_who_may_apply_reads_until_when_and_why(bourse, ana, client_as, django_assert_num_queries):
    client = client_as(ana.user)
    client.get(PAGE)
    with django_assert_num_queries(13):
        page = client.get(PAGE).content.decode()
    assert "Vous pouvez candidater" in page
    assert "Jusqu’au" in page
    assert ", heure de Paris." in page
    assert "Pourquoi vous le pouvez" in page
    assert (
        f'<a class="button button--primary" href="{reverse("postings:apply", args=["en-cours"])}">Candidater</a>'
        in page
    )


def test_who_may_not_reads_each_reason(bourse, zoe, client_as, django_assert_num_queries):
    client = client_as(zoe.user)
    client.get(PAGE)
    with django_assert_num_queries(14):
        page = client.get(PAGE).content.decode()
    assert "Vous ne pouvez pas candidater" in page
    assert "Exclusion (autre métier)" in page
    assert reverse("postings:apply", args=["en-cours"]) not in page


def test_a_missing_fact_is_said(bourse, client_as):
    newcomer = person("Noé Neuf")
    place = place_of(newcomer, bourse)
    assert place.eligible is False
    assert place.reasons


def test_the_state_of_a_draft_then_of_an_application(bourse, ana):
    draft = actions.save_application(posting=bourse, agent=ana, letter="Bonjour.", by=ana.user)
    place = place_of(ana, bourse)
    assert (place.title, place.progress.state, place.action) == (
        "Votre candidature",
        "Brouillon",
        "Poursuivre ma candidature",
    )
    actions.submit_application(application=draft, by=ana.user)
    place = place_of(ana, bourse)
    assert (place.progress.state, place.action, place.primary) == ("Déposée", "Voir ma candidature", False)
    actions.withdraw(application=draft, by=ana.user)
    place = place_of(ana, bourse)
    assert (place.title, place.progress.state, place.action) == ("Vous pouvez candidater", "Retirée", "Candidater")
    close_now(bourse)
    place = place_of(ana, bourse)
    assert (place.title, place.action) == ("Votre candidature", "Voir ma candidature")


def test_a_closed_bourse_says_nothing_to_who_did_not_apply(bourse, ana, luc):
    actions.save_application(posting=bourse, agent=luc, letter="Bonjour.", by=luc.user)
    close_now(bourse)
    assert place_of(ana, bourse) is None
    assert place_of(luc, bourse).action == "Voir ma candidature"


def test_before_it_opens_one_prepares(ana):
    soon = timezone.now() + timedelta(days=2)
    posting = prepare(opens_at=soon, closes_at=soon + timedelta(days=9))
    assert place_of(ana, posting) is None
    actions.publish(posting=posting, by=None)
    place = place_of(ana, posting)
    assert (place.eligible, place.action) == (True, "Préparer ma candidature")
    assert place.when.startswith("À partir du")


def test_who_is_no_agent_has_no_place(bourse, hr):
    assert my_place(hr, bourse, None) is None


def test_a_cancelled_bourse_gives_its_reason(bourse, ana):
    apply(bourse, ana, now=timezone.now())
    bring(bourse, PostingStatus.CANCELLED)
    place = place_of(ana, bourse)
    assert (place.progress.state, place.progress.next_step) == ("Bourse annulée", "Motif\u00a0: Poste repris.")
