"""What is invented says so wherever it shows, and nowhere else."""

import datetime

import pytest

from missions.actions import assign_agent
from missions.models import Post
from missions.queries import shows_fiction
from orgchart.changes import RenameUnit
from tests.factories import apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)
PAGES = (
    "/postes/",
    "/agents/",
    "/agents/personne/",
    "/recherche/?q=port",
    "/unites/service-1/fiche/",
    "/unites/service-1/historique/",
)


def rename(*, fictitious=False):
    apply_changes(RenameUnit(id="r", unit="service-1", label="Ports"), on=DAY, fictitious=fictitious)


@pytest.fixture
def opened(hr):
    open_small_chart(by=hr)
    assign_agent(
        agent=make_agent("Zoé Martin", uid="personne"), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr
    )


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("fictitious", [True, False])
def test_a_fictitious_version_says_so_on_each_page_of_the_chart(opened, see, hr, path, fictitious):
    rename(fictitious=fictitious)
    assert bool(see(hr, path).select_one(".fictitious")) is fictitious


@pytest.mark.parametrize("path", PAGES)
def test_a_fictitious_person_says_so_too(opened, see, hr, path):
    make_agent("Luc Petit", fictitious=True)
    assert see(hr, path).select_one(".fictitious")


def test_a_search_that_finds_nothing_shows_nothing_invented(opened, see, hr):
    rename(fictitious=True)
    assert not see(hr, "/recherche/?q=introuvable").select_one(".fictitious")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_to_take_away_says_so_in_its_name(opened, client_as, hr, kind):
    assert "donnees-fictives" not in client_as(hr).get(f"/postes.{kind}")["Content-Disposition"]
    rename(fictitious=True)
    assert "donnees-fictives" in client_as(hr).get(f"/postes.{kind}")["Content-Disposition"]


def test_what_is_not_in_force_yet_shows_nowhere(opened, django_assert_num_queries):
    rename(fictitious=True)
    with django_assert_num_queries(1):
        assert not shows_fiction(DAY - datetime.timedelta(days=1))
    assert shows_fiction(DAY)
