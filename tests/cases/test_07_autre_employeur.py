"""Posts that come from and leave to another employer: what the employer's headcount gains, and whom it concerns."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from missions.queries import PostFilters, posts_table, posts_totals, structure_in_force, unit_places
from missions.queries.shown import part_in_force, part_of
from orgchart.fates import Employer, FateKind
from orgchart.structure import Structure
from orgchart.values import UnitId
from reorganisations import queries
from reorganisations.documents.impact import sheet_of
from reorganisations.documents.source import report_of
from reorganisations.models import Reorganisation
from reorganisations.situation_lines import lines

REGION, DEPARTMENT = UnitId("region-fictive"), UnitId("departement-fictif")
TODAY = datetime.date(2024, 10, 1)


@pytest.fixture
def reorganisation(open_case: Callable[[str], Reorganisation]) -> Reorganisation:
    return open_case("07-autre-employeur")


def test_the_headcount_of_the_employer_gains_what_the_other_one_loses(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    whole = draft.difference.totals().headcount
    assert whole.before is not None
    assert whole.after is not None
    assert (whole.before.posts, whole.after.posts, whole.gap.posts) == (4, 5, 1)
    assert (draft.before.total(REGION), draft.after.total(REGION)) == (whole.before, whole.after)
    assert draft.before.total(DEPARTMENT) is None
    assert draft.difference.totals(DEPARTMENT).headcount.gap.posts == -1
    (grade,) = draft.difference.totals().changed_grades
    assert (grade.label, grade.gap.posts) == ("B 1", 1)


def test_holders_are_transferred_and_change_employer_and_residence(reorganisation: Reorganisation) -> None:
    draft = queries.draft(reorganisation)
    assert {fate.holder: (fate.kind, fate.employer, fate.site_changed) for fate in draft.fates} == {
        "agent-part": (FateKind.TRANSFERRED, Employer.LEAVES, True),
        "agent-vient": (FateKind.TRANSFERRED, Employer.JOINS, True),
    }
    found = {line.agent: line for line in lines(draft, editable=False)}
    assert found["agent-part"].situation == "Transfert vers un autre employeur"
    assert [each.words for each in found["agent-vient"].departures] == [
        "la personne rejoint l’employeur, son accord est à recueillir",
        "la personne change de résidence administrative (Le Bocage → Chef-lieu)",
    ]
    sheet = sheet_of(draft, "agent-vient")
    assert sheet is not None
    assert sheet.posts[0].situation == "transfert depuis un autre employeur"


def test_the_report_says_the_gap_of_the_other_employer_and_the_total_of_this_one(
    reorganisation: Reorganisation,
) -> None:
    written = report_of(queries.draft(reorganisation).text).dossier
    summary = str(written.summary).replace("\\xa0", " ")
    assert "Département fictif', 'non renseigné', 'non renseigné', '−1'" in summary
    assert "('Ensemble', '4', '5', '+1'" in summary


@pytest.fixture
def in_force(reorganisation: Reorganisation) -> Structure:
    assert reorganisation.status == "en_vigueur" or reorganisation.stages.filter(version__isnull=False).exists()
    return structure_in_force()


def test_the_chart_and_the_list_in_force_count_the_employer_only(in_force: Structure) -> None:
    assert in_force.whole.posts == 5
    for part in (part_in_force(None, TODAY), part_of(in_force, None)):
        assert part is not None
        assert part.total is not None
        assert part.total.posts == 5
    everything = posts_totals(posts_table(PostFilters(), TODAY), PostFilters(), unit_places())
    assert (everything.total.posts, everything.listed, everything.complete) == (5, 5, True)
    other = PostFilters(unit=DEPARTMENT)
    theirs = posts_totals(posts_table(other, TODAY), other)
    assert (theirs.listed, theirs.complete) == (1, False)


def test_the_pages_show_both_employers(in_force: Structure, client_as: Callable[[User], Client], hr: User) -> None:
    client = client_as(hr)
    page = client.get(reverse("reorganisations:what_changes", args=["transport-scolaire"])).content.decode()
    assert "Département fictif" in page
    posts = client.get(reverse("missions:posts")).content.decode().replace("\u00a0", " ")
    assert "5 postes" in posts
