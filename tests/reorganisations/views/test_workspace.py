"""The workspace: what it shows, and what it costs."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from missions.actions import save_reference
from missions.models import JobTitle
from orgchart.changes import AnyChange, CloseUnit, MoveUnit
from orgchart.values import ChangeId, UnitId
from reorganisations import actions, queries
from reorganisations.models import Reorganisation, Status

from ..conftest import CREATE_CELL, CREATE_POST, SUPPRESS, TRANSFORM
from .page import Workspace, told

# The session, the user and the roles; the reorganisation (with the corrections of its base and the newest version), the
# words of today, its changes, the last
# session, the other drafts, the situations, the holders, what can be undone and redone.
WORKSPACE_QUERIES = 12


def test_an_empty_draft_says_so_and_what_to_do(workspace: Workspace) -> None:
    page = workspace.soup()
    assert "Aucun ajustement" in told(page.select_one("#ajustements"))
    assert page.select_one("#ajustements a[href$='/ajuster/']")
    assert workspace.totals["Ensemble"] == ("5", "5", "0")


def test_the_page_shows_the_outline_the_totals_the_adjustments_and_the_problems(
    workspace: Workspace, add: Callable[..., None]
) -> None:
    add(CREATE_CELL, CREATE_POST, SUPPRESS)
    assert workspace.totals["A 3"] == ("3", "4", "+1")
    assert workspace.totals["B 1"] == ("1", "0", "−1")
    assert workspace.totals["Ensemble"] == ("5", "5", "0")
    assert len(workspace.adjustments) == 3
    outline = told(workspace.soup().select_one(".outline"))
    assert "Cellule Suivi créée" in outline
    assert "Chargé de mission créé" in outline
    assert workspace.soup().select_one(".drawing svg")


@pytest.mark.parametrize("view", ["avant", "apres", "difference", "inconnue"])
def test_the_drawing_shows_one_of_three_views(workspace: Workspace, add: Callable[..., None], view: str) -> None:
    add(CREATE_CELL)
    page = workspace.soup(query=f"?vue={view}")
    assert ("Cellule Suivi" in told(page.select_one(".drawing"))) is (view != "avant")
    assert bool(page.select(".chart-legend li")) is (view in {"difference", "inconnue"})


def test_a_refused_change_is_shown_where_it_stands_and_among_the_problems(
    workspace: Workspace, add: Callable[..., None], hr: User
) -> None:
    inside = MoveUnit(id=ChangeId("deplacer"), unit=UnitId("cellule"), to=UnitId("cellule-suivi"))
    add(CREATE_CELL, inside)
    actions.delete_change(
        reorganisation=workspace.reorganisation, uid=CREATE_CELL.id, by=hr, seen=workspace.reorganisation.revision
    )
    page = workspace.soup()
    assert "n’existe pas ou n’existe plus" in told(page.select_one(".adjustment--refused"))
    assert page.select_one(".problem--blocking a[href$='#a-deplacer']")


def test_an_adjustment_leads_to_a_remark_about_it(workspace: Workspace) -> None:
    workspace.post("add_change", "rename_unit", unit="cellule", label="Cellule Finances")
    page = workspace.soup()
    [change] = workspace.reorganisation.change_records.all()
    [link] = page.select(".adjustment a[href*=relecture]")
    assert link["href"].endswith(f"?sur={change.uid}")  # type: ignore[union-attr]  # one value
    form = BeautifulSoup(workspace.client.get(str(link["href"])).content, "html.parser")
    assert form.select_one(f"option[value='{change.uid}'][selected]")


def test_the_gravest_points_are_told_first_and_the_others_on_demand(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.post("add_change", "suppress_post", post="budget")
    whole = len(workspace.soup().select("#effectifs .problem"))
    assert whole > 1
    monkeypatch.setattr("reorganisations.workspace.MOST_PROBLEMS", 1)
    page = workspace.soup()
    assert len(page.select("#effectifs .problem--blocking")) == len(page.select("#effectifs .problem")) == 1
    [more] = page.select("#effectifs a[href*='verifier=tout']")
    assert str(whole - 1) in told(more)
    assert len(workspace.soup(query="?verifier=tout").select("#effectifs .problem")) == whole


def test_a_title_added_since_the_version_was_sealed_can_be_used(
    workspace: Workspace, bring: Callable[..., Reorganisation]
) -> None:
    save_reference(
        item=JobTitle(code="pilote", masculine="pilote", masculine_plural="pilotes"),
        by=workspace.reorganisation.created_by,
    )
    given = {"unit": "cellule", "new.title": "pilote", "new.form": "masculine"}
    status, page = workspace.post("add_change", "create_post", **given)
    assert status == 200
    assert "Pilote créé" in told(page.select_one(".outline"))
    assert "poste de pilote" in workspace.adjustments[0]
    # What was sealed keeps the words it was sealed with, and respelling a title is no other text.
    bring(Status.SUBMITTED)
    JobTitle.objects.filter(code="charge-mission").update(masculine="chargé de projet")
    workspace.reorganisation.refresh_from_db()
    assert "Chargé de projet" in told(workspace.soup().select_one(".outline"))
    assert not queries.draft(workspace.reorganisation).differs_from_sealed


@pytest.mark.parametrize("changes", [[SUPPRESS], [CREATE_CELL, CREATE_POST, TRANSFORM, SUPPRESS]])
def test_the_page_costs_the_same_whatever_the_draft_holds(
    workspace: Workspace,
    add: Callable[..., None],
    changes: list[AnyChange],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add(*changes)
    with django_assert_num_queries(WORKSPACE_QUERIES):
        workspace.soup()


def test_a_unit_closed_stays_in_the_outline_struck_out(workspace: Workspace, add: Callable[..., None]) -> None:
    close = CloseUnit(id=ChangeId("fermer"), unit=UnitId("cellule"), successors=(UnitId("service-2"),))
    add(SUPPRESS, close)
    closed = workspace.soup().select_one(".outline__label--closed")
    assert "Cellule budget supprimée" in told(closed)
