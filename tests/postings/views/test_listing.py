"""« Bourse interne » as HR and agents read it: order, filters, what was never opened, what is theirs."""

from postings import actions
from postings.models import Posting, PostingStatus
from reorganisations.models import Status
from tests.postings.bringing import bring, open_now, prepare
from tests.reorganisations.conftest import PENDING

from .reading import LIST, PREPARE, filled, soup, told, url


def test_the_open_ones_come_first_and_those_in_preparation_are_the_human_resources_alone(
    as_hr, client_as, agent, to_fill, ana
):
    prepare(code="finie")
    actions.cancel_posting(posting=Posting.objects.get(code="finie"), reason="Repris.", by=None)
    prepare(code="preparee")
    bring(prepare(code="ouverte"), PostingStatus.OPEN)
    bring(prepare(code="publiee"), PostingStatus.PUBLISHED)
    page = soup(as_hr.get(LIST))
    assert [a["href"] for a in page.select("tbody th a")] == [
        url("posting", code=code) for code in ("ouverte", "publiee", "preparee", "finie")
    ]
    theirs = soup(client_as(agent).get(LIST))
    assert [a["href"] for a in theirs.select("tbody th a")] == [
        url("posting", code=code) for code in ("ouverte", "publiee", "finie")
    ]
    assert "À vérifier" not in told(theirs)
    assert not theirs.select('option[value="en-preparation"]')


def test_the_list_is_filtered_and_says_when_nothing_answers(as_hr, posting):
    assert "Responsable du suivi" in told(soup(as_hr.get(LIST, {"etat": "en-preparation"})))
    assert "Aucune bourse ne correspond" in told(soup(as_hr.get(LIST, {"etat": "ouvertes"})))
    assert "Responsable du suivi" in told(soup(as_hr.get(LIST, {"unite": "Service des ports"})))
    # What is not in the list filters nothing.
    assert "Responsable du suivi" in told(soup(as_hr.get(LIST, {"etat": "nimporte"})))


def test_the_list_says_what_was_transformed_and_never_opened(as_hr, candidates, bring_reorganisation):
    bring_reorganisation(Status.IN_FORCE, PENDING)
    page = soup(as_hr.get(LIST))
    assert page.select_one(f'a[href="{PREPARE}?transformation=a-determiner"]')
    as_hr.post(f"{PREPARE}?transformation=a-determiner", filled(as_hr, "?transformation=a-determiner"))
    page = soup(as_hr.get(LIST))
    assert "Transformé, jamais ouvert" in told(page)
    assert "Voir la préparation" in told(page)


def test_an_agent_reads_what_is_theirs(client_as, ana, zoe, as_hr, django_assert_num_queries):
    """Open to Ana, excluded for Zoé; where Ana has an application; and what asks nothing of them any more."""
    open_now("a-prendre")
    applied = open_now("deposee")
    draft = actions.save_application(posting=applied, agent=ana, letter="Oui.", by=ana.user)
    actions.submit_application(application=draft, by=ana.user)
    bring(prepare(code="publiee"), PostingStatus.PUBLISHED)
    bring(prepare(code="finie"), PostingStatus.CLOSED)
    hers, theirs = client_as(ana.user), client_as(zoe.user)
    assert parts(hers) == {
        "a-prendre": "Vous pouvez candidater",
        "deposee": "Déposée",
        "publiee": "Liste arrêtée à l’ouverture",
        "finie": "–",
    }
    assert set(parts(hers, pour="moi")) == {"a-prendre", "deposee"}
    assert (parts(theirs)["a-prendre"], parts(theirs, pour="moi")) == ("Non éligible", {})
    actions.withdraw(application=draft, by=ana.user)
    assert parts(hers)["deposee"] == "Vous pouvez candidater"
    with django_assert_num_queries(6):
        hers.get(LIST)
    assert "Pour moi" not in told(soup(as_hr.get(LIST)))


def parts(client, **asked):
    """Code of each bourse of the list → what it is for the reader."""
    rows = soup(client.get(LIST, asked)).select("tbody tr:has(th)")
    return {row.th.a["href"].split("/")[-2]: told(row.select_one('td[data-label="Pour moi"]')) for row in rows}
