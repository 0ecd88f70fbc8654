"""The list of changes edited from the workspace: what each edit does, who may, and that a swap equals a reload."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from reorganisations.models import Reorganisation, Status

from ..conftest import CREATE_CELL, CREATE_POST
from .page import HTMX, Workspace, told


def test_a_swap_equals_a_reload(workspace: Workspace, add: Callable[..., None]) -> None:
    add(CREATE_CELL)
    status, swapped = workspace.post("move_change", CREATE_CELL.id, position="0")
    assert status == 200
    whole = workspace.soup().select_one("#workspace")
    part = swapped.select_one("#workspace")
    for side in (whole, part):
        assert side
        for changing in side.select("[data-changed], input[name=csrfmiddlewaretoken]"):
            del changing["data-changed"]
            if changing.name == "input":
                changing.decompose()
    assert part.prettify() == whole.prettify()  # type: ignore[union-attr]


def test_adding_a_change_by_htmx_gives_the_workspace_again_and_marks_the_new_place(workspace: Workspace) -> None:
    status, page = workspace.post("add_change", "rename_unit", unit="cellule", label="Cellule Finances")
    assert status == 200
    assert "Cellule Finances" in told(page.select_one(".adjustment[data-changed]"))


def test_adding_a_change_without_javascript_goes_back_to_the_workspace(workspace: Workspace) -> None:
    status, _ = workspace.post("add_change", "rename_unit", htmx=False, unit="cellule", label="Cellule Finances")
    assert status == 302
    assert workspace.adjustments[0].startswith("Renommer")


def test_an_impossible_change_comes_back_with_its_reason_and_what_was_typed(workspace: Workspace) -> None:
    workspace.reorganisation.refresh_from_db()
    address = reverse("reorganisations:add_change", args=[workspace.reorganisation.code, "close_unit"])
    response = workspace.client.post(address, {"seen": "0", "unit": "service-1", "motive": "Regrouper."}, **HTMX)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#editor"
    assert "porte encore" in told(page.select_one("[role=alert]"))
    assert told(page.select_one("textarea[name=motive]")) == "Regrouper."
    assert page.select_one("select[name=unit] option[selected]")["value"] == "service-1"  # type: ignore[index]


def test_two_editors_the_second_is_told_and_nothing_is_overwritten(workspace: Workspace, hr: User) -> None:
    seen = str(workspace.reorganisation.revision)
    workspace.post("add_change", "rename_unit", unit="cellule", label="Cellule Finances")
    status, page = workspace.post("add_change", "rename_unit", seen=seen, unit="service-1", label="Service Mer")
    assert status == 422
    words = told(page.select_one("[role=alert]"))
    assert "Le projet a changé depuis que vous l’avez ouvert" in words
    assert hr.name in words
    assert len(workspace.adjustments) == 1
    # What was typed is still there, and can now be sent over the draft as it is.
    assert page.select_one("input[name=seen]")["value"] != seen  # type: ignore[index]
    assert page.select_one("input[name=label]")["value"] == "Service Mer"  # type: ignore[index]


def test_editing_a_change_keeps_its_id(workspace: Workspace, add: Callable[..., None]) -> None:
    add(CREATE_POST)
    form = BeautifulSoup(
        workspace.client.get(
            reverse("reorganisations:edit_change", args=[workspace.reorganisation.code, CREATE_POST.id])
        ).content,
        "html.parser",
    )
    assert form.select_one("select[name='new.grade'] option[selected]")["value"] == "A 3"  # type: ignore[index]
    status, _ = workspace.post(
        "edit_change",
        CREATE_POST.id,
        **{"unit": "service-2", "new.title": "charge-mission", "new.form": "feminine", "new.grade": "A 2.2"},
    )
    assert status == 200
    (record,) = workspace.reorganisation.change_records.all()
    assert (record.uid, record.payload["new"]["id"]) == (CREATE_POST.id, "nouveau")
    assert record.payload["new"]["grade"] == "A 2.2"


def test_deleting_asks_first_and_can_be_undone_and_done_again(workspace: Workspace, add: Callable[..., None]) -> None:
    add(CREATE_CELL, CREATE_POST)
    address = reverse("reorganisations:delete_change", args=[workspace.reorganisation.code, CREATE_CELL.id])
    assert "Supprimer cet ajustement" in workspace.client.get(address).content.decode()
    for name, left in (("delete_change", 1), ("undo", 2), ("redo", 1)):
        status, _ = workspace.post(name, *([CREATE_CELL.id] if name == "delete_change" else []))
        assert status == 200
        assert len(workspace.adjustments) == left


def test_an_edit_over_a_draft_that_moved_on_is_told_on_the_workspace(
    workspace: Workspace, add: Callable[..., None]
) -> None:
    add(CREATE_CELL)
    status, page = workspace.post("undo", seen="0")
    assert status == 409
    assert page.select_one("#workspace")
    assert len(workspace.adjustments) == 1


@pytest.mark.parametrize(
    ("data", "verb"),
    [
        ({"unit": "cellule", "to": "service-2", "position": "0"}, "Rattacher"),
        ({"posts": "port-1,port-2", "to": "cellule"}, "Rattacher"),
    ],
)
def test_what_is_dropped_in_the_outline_becomes_an_adjustment(
    workspace: Workspace, data: dict[str, str], verb: str
) -> None:
    status, _ = workspace.post("drop", **data)
    assert status == 200
    assert workspace.adjustments[0].startswith(verb)


def test_what_cannot_be_dropped_is_told_and_nothing_moves(workspace: Workspace) -> None:
    for data in ({"unit": "direction", "to": "cellule"}, {"unit": "partie", "to": "cellule"}):
        status, page = workspace.post("drop", **data)
        assert status == 422
        assert page.select_one("#workspace")
    assert workspace.adjustments == []


def test_a_split_takes_more_parts_without_saving(workspace: Workspace) -> None:
    status, page = workspace.post("add_change", "split_unit", parts="2", more_parts="1")
    assert status == 200
    assert page.select("[name='into.2.new.label']")
    assert workspace.adjustments == []


def test_the_catalogue_is_offered_whole_or_from_a_unit_or_from_posts(workspace: Workspace) -> None:
    address = reverse("reorganisations:choose_change", args=[workspace.reorganisation.code])

    def offered(query: str) -> str:
        return told(BeautifulSoup(workspace.client.get(address + query).content, "html.parser").select_one("main"))

    assert "Créer une unité" in offered("")
    assert "Supprimer le poste" in offered("")
    assert "Supprimer le poste" not in offered("?unite=cellule")
    assert "Supprimer l’unité" not in offered("?postes=port-1")
    assert workspace.client.get(f"{address}?unite=partie").status_code == 404
    assert workspace.client.get(f"{address}?postes=port-1,parti").status_code == 404


def test_what_the_draft_took_away_is_told_where_an_adjustment_of_it_is_prepared(workspace: Workspace) -> None:
    workspace.post("add_change", "suppress_post", post="budget", motive="Mission achevée.")
    workspace.post("add_change", "attach_posts", posts="port-1", to="service-2", motive="Regrouper.")
    workspace.post("add_change", "close_unit", unit="cellule", motive="Sans objet.")
    address = reverse("reorganisations:choose_change", args=[workspace.reorganisation.code])
    answers = [
        workspace.client.get(f"{address}?{query}", follow=True).text for query in ("unite=cellule", "postes=budget")
    ]
    assert "Ce projet supprime déjà «\u00a0Cellule budget\u00a0»." in answers[0]
    assert "Ce projet supprime ou transforme déjà «\u00a0" in answers[1]


def test_an_edit_says_again_when_the_draft_was_saved(workspace: Workspace) -> None:
    _, page = workspace.post("add_change", "rename_unit", unit="cellule", label="Cellule Finances")
    again = page.select_one("#saved-at[hx-swap-oob]")
    assert told(again) == told(workspace.soup().select_one("#saved-at"))
    assert told(again).startswith("enregistré à ")
    assert not workspace.soup().select("[hx-swap-oob]")


def test_a_post_that_comes_of_another_starts_from_it(workspace: Workspace) -> None:
    address = reverse("reorganisations:add_change", args=[workspace.reorganisation.code, "transform_post"])
    page = BeautifulSoup(workspace.client.get(f"{address}?postes=port-1").content, "html.parser")

    def chosen(name: str) -> str:
        return page.select_one(f"select[name='{name}'] option[selected]")["value"]  # type: ignore[index,return-value]

    assert [chosen(name) for name in ("post", "into.title", "into.grade")] == ["port-1", "charge-mission", "A 3"]
    assert page.select_one("[name='into.hours_worked']")["value"] == "35"  # type: ignore[index]
    assert workspace.client.get(f"{address}?postes=parti").status_code == 200


@pytest.mark.parametrize(
    ("name", "args", "method"),
    [
        ("add_change", ["resolve_transformation"], "get"),
        ("edit_change", ["parti"], "get"),
        ("move_change", ["parti"], "post"),
        ("delete_change", ["parti"], "get"),
    ],
)
def test_what_is_not_in_the_draft_does_not_exist(workspace: Workspace, name: str, args: list[str], method: str) -> None:
    address = reverse(f"reorganisations:{name}", args=[workspace.reorganisation.code, *args])
    assert getattr(workspace.client, method)(address).status_code == 404


def test_numbers_that_are_no_numbers_do_not_exist(workspace: Workspace, add: Callable[..., None]) -> None:
    add(CREATE_CELL)
    assert workspace.post("move_change", CREATE_CELL.id, position="haut")[0] == 404
    assert workspace.post("undo", seen="hier")[0] == 404


EDITS = [
    ("choose_change", []),
    ("add_change", ["create_unit"]),
    ("edit_change", ["creer-poste"]),
    ("delete_change", ["creer-poste"]),
]


@pytest.mark.parametrize(("name", "args"), [("workspace", []), *EDITS])
@pytest.mark.parametrize(
    ("role", "draft", "in_force"),
    [("hr", 200, 403), ("manager", 404, 403), ("agent", 404, 403), ("committee_member", 404, 403)],
)
def test_only_hr_edits_and_only_while_it_may_be_edited(
    request: pytest.FixtureRequest,
    client_as: Callable[[User], Client],
    bring: Callable[..., Reorganisation],
    add: Callable[..., None],
    reorganisation: Reorganisation,
    role: str,
    draft: int,
    in_force: int,
    name: str,
    args: list[str],
) -> None:
    add(CREATE_POST)
    client = client_as(request.getfixturevalue(role))
    address = reverse(f"reorganisations:{name}", args=[reorganisation.code, *args])
    assert client.get(address).status_code == draft
    bring(Status.IN_FORCE)
    # HR still reads the workspace of what is in force; nobody edits it.
    expected = 200 if (role, name) == ("hr", "workspace") else in_force
    assert client.get(address).status_code == expected


def test_adding_a_change_and_seeing_all_of_it_again(
    workspace: Workspace, add: Callable[..., None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The session, the user and the roles; the reorganisation, the words, its changes; the savepoint, the row locked,
    the change, the revision, the edit and its line of the trail, the savepoint; the situations and the other drafts."""
    add(CREATE_CELL)
    data = {"unit": "service-2", "new.title": "charge-mission", "new.form": "masculine", "seen": "1"}
    workspace.reorganisation.refresh_from_db()
    data["seen"] = str(workspace.reorganisation.revision)
    address = reverse("reorganisations:add_change", args=[workspace.reorganisation.code, "create_post"])
    with django_assert_num_queries(15):
        assert workspace.client.post(address, data, **HTMX).status_code == 200


def test_the_consequences_are_seen_before_anything_is_written(workspace: Workspace) -> None:
    typed = {"unit": "service-2", "new.title": "charge-mission", "new.form": "masculine"}
    status, part = workspace.post("add_change", "create_post", voir="direct", **typed)
    assert status == 200
    told_part = part.get_text(" ", strip=True)
    assert "Créer" in told_part
    assert "(+1)" in told_part
    assert "Aucune situation d’agent connue n’est touchée." in told_part
    assert not workspace.adjustments
    status, part = workspace.post("add_change", "create_post", voir="direct", unit="")
    assert "Complétez l’ajustement" in part.get_text()
    status, page = workspace.post("add_change", "create_post", htmx=False, voir="1", unit="")
    assert status == 422
    assert page.select_one(".field__error")
    status, page = workspace.post("add_change", "create_post", htmx=False, voir="1", **typed)
    assert "(+1)" in page.get_text()
    assert not workspace.adjustments


def test_a_drop_tells_what_it_brings_and_offers_to_take_it_back(workspace: Workspace) -> None:
    _, part = workspace.post("drop", unit="cellule", to="service-2", position="0")
    done = part.select_one(".done")
    assert "Effectif inchangé" in told(done)
    assert done is not None
    assert done.select_one("form[action$='/annuler/']")
