"""Two sites: posts counted by site, a change of residence told in the situations, the checks and the sheet."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from orgchart.departures import DepartureKind, departures
from orgchart.values import UnitId
from reorganisations import queries
from reorganisations.documents.impact import sheet_of
from reorganisations.models import Reorganisation

ROOT = UnitId("direction-aides")


@pytest.fixture
def reorganisation(open_case: Callable[[str], Reorganisation]) -> Reorganisation:
    return open_case("06-deux-sites")


def test_posts_are_counted_by_site_those_of_a_unit_with_one_site_included(reorganisation: Reorganisation) -> None:
    totals = queries.draft(reorganisation).difference.totals(ROOT)
    counted = {row.label: (row.before.posts, row.after.posts, row.gap.posts) for row in totals.sites if row.before}
    assert counted == {"Le Bourg": (4, 7, 3), "Le Port": (4, 1, -3)}
    assert (totals.headcount.gap.posts, totals.headcount.gap.etp) == (0, 0)


def test_holders_change_residence_because_of_their_post_or_of_its_unit(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    told = {fate.holder: [each.kind for each in departures(draft.before, draft.after, fate)] for fate in draft.fates}
    assert told == {"agent-cheffe": [DepartureKind.RESIDENCE], "agent-sud": [DepartureKind.RESIDENCE]}


def test_the_checks_say_it_of_posts_and_name_nobody(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    messages = [each.message for each in draft.checks if each.code == "security"]
    assert len(messages) == 2
    assert all("change de résidence administrative (Le Port → Le Bourg)" in message for message in messages)
    assert not any(name in message for message in messages for name in draft.names.values())


def test_a_vacancy_that_was_stated_is_not_an_unknown_occupation(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    (found,) = (each for each in draft.checks if each.code == "unknown_occupation")
    assert found.posts == ("assistant-sud", "instructeur-nord-2")


def test_the_pages_and_the_sheet_show_both_residences(
    reorganisation: Reorganisation, client_as: Callable[[User], Client], hr: User
) -> None:
    client = client_as(hr)
    page = client.get(reverse("reorganisations:situations", args=["un-seul-site"])).content.decode()
    assert page.count("La personne change de résidence administrative (Le Port → Le Bourg)") == 2
    what = client.get(reverse("reorganisations:what_changes", args=["un-seul-site"])).content.decode()
    assert "Par site" in what
    sheet = sheet_of(queries.draft(reorganisation), "agent-sud")
    assert sheet is not None
    (row,) = (row for row in sheet.posts[0].rows if row.label == "Résidence administrative")
    assert (row.before, row.after, row.changed) == ("Le Port", "Le Bourg", "change")
