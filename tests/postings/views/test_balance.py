"""« Bilan des bourses » and « Candidatures à effacer »: numbers alone, for HR, kept after the purge."""

import io
from fractions import Fraction

import pytest
import tablib

from postings import actions
from postings.documents.balance import balance_tables, delays_chart
from postings.models import Posting, PostingStatus
from postings.queries.balance import lines, years_of
from postings.queries.figures import figures_of
from postings.told import told_at

from ..bringing import CLOSES, DURING, EFFECTIVE, apply, bring, decide, examine, prepare, sit

PAGE = "/bilan-des-bourses/"


@pytest.fixture
def done(to_fill, ana, luc):
    """One filled, from a woman and a withdrawn application; one unfilled for want of a candidate."""
    posting = bring(prepare(), PostingStatus.OPEN)
    sit(posting, president=True)
    draft = actions.save_application(posting=posting, agent=ana, letter="Oui.", gender="femme", by=ana.user)
    hers = actions.submit_application(application=draft, by=ana.user, now=DURING)
    actions.withdraw(application=apply(posting, luc), by=luc.user)
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    with told_at(CLOSES):
        examine(hers)
        decide(posting, hers)
    other = bring(prepare(code="autre", post_uid="budget"), PostingStatus.CLOSED)
    with told_at(CLOSES):
        actions.record_outcome(posting=other, by=None, reasons={}, reason="Personne.")
    prepare(code="en-preparation", post_uid="port-1")
    return Posting.objects.get(code="bourse")


def test_each_bourse_and_each_year(done):
    found = {line.posting.code: line for line in lines()}
    assert set(found) == {"bourse", "autre"}
    assert found["bourse"].figures == figures_of(done)
    assert (found["bourse"].to_decide, found["bourse"].to_assign) == (30, (EFFECTIVE - CLOSES.date()).days)
    assert (found["autre"].unfilled, found["autre"].to_assign) == (True, None)
    (year,) = years_of(found.values())
    assert (year.year, year.postings, year.applications, year.withdrawn) == (2022, 2, 1, 1)
    assert (year.unfilled, year.women, year.to_decide, year.retained) == (1, 1, 30, 1)


def test_the_numbers_stay_when_the_applications_go(done):
    before = [(line.posting.code, line.figures, line.to_decide) for line in lines()]
    actions.purge_applications(today=done.purge_on)
    assert [(line.posting.code, line.figures, line.to_decide) for line in lines()] == before


def test_the_chart_is_in_parts_of_the_longest(done):
    bars = {bar.words: bar for bar in delays_chart(lines())}
    assert set(bars) == {"30 + 32\u00a0jours", "30\u00a0jours"}
    assert bars["30 + 32\u00a0jours"].to_decide + bars["30 + 32\u00a0jours"].to_assign == 100
    assert delays_chart([]) == ()


def test_the_chart_stays_readable_and_says_that_it_shows_the_newest(done, hr, client_as, monkeypatch):
    newest = delays_chart(lines() * 7)
    assert len(newest) == 12
    assert {bar.year for bar in newest} == {2022}
    assert "les plus récentes" not in client_as(hr).get(PAGE).content.decode()
    monkeypatch.setattr("postings.documents.balance.DRAWN", 1)
    assert "les plus récentes, en jours" in client_as(hr).get(PAGE).content.decode()


def test_a_mean_is_told_to_one_decimal(done):
    (year,) = years_of(lines())
    (by_year, _) = balance_tables([], [year._replace(to_decide=Fraction(51, 5), to_assign=None)]).tables
    assert by_year.groups[0].rows[0][-2:] == ("10,2", "")


def test_the_page_shows_them_in_a_constant_number_of_queries(done, hr, client_as, django_assert_num_queries):
    client = client_as(hr)
    client.get(PAGE)
    with django_assert_num_queries(6):
        text = client.get(PAGE).content.decode()
    for words in ("Responsable du suivi", "Infructueuse", "30 + 32\u00a0jours", "Exporter en XLSX"):
        assert words in text, words
    assert "Ana" not in text
    assert client.get(f"{PAGE}?annee=2022").status_code == 200
    assert client.get(f"{PAGE}?annee=1999").status_code == 404


def test_an_empty_one(hr, client_as):
    assert "Aucune bourse ouverte" in client_as(hr).get(PAGE).content.decode()


def test_the_spreadsheets(done, hr, client_as):
    client = client_as(hr)
    csv = client.get(f"{PAGE}export.csv?annee=2022")
    assert csv["Content-Disposition"] == 'attachment; filename="bilan-des-bourses-2022.csv"'
    assert "Responsable du suivi" in csv.content.decode("utf-8-sig")
    book = tablib.Databook().load(io.BytesIO(client.get(f"{PAGE}export.xlsx").content), "xlsx")
    (by_year, by_bourse) = book.sheets()
    assert by_year.dict[0]["Candidatures"] == 1
    assert len(by_bourse) == 2
    assert client.get(f"{PAGE}export.pdf").status_code == 404


def test_what_is_to_be_forgotten(done, hr, client_as, django_assert_num_queries):
    client = client_as(hr)
    text = client.get("/candidatures-a-effacer/").content.decode()
    assert "Responsable du suivi" in text
    with django_assert_num_queries(11):
        client.get("/candidatures-a-effacer/")
    assert actions.purge_report()
    actions.purge_applications()
    text = client.get("/candidatures-a-effacer/").content.decode()
    assert "Rien n’est à effacer" in text
    assert "Déjà effacées" in text


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}export.csv", "/candidatures-a-effacer/"])
def test_others_do_not_read_them(address, manager, agent, committee_member, client_as):
    for user in (manager, agent, committee_member):
        assert client_as(user).get(address).status_code == 403
