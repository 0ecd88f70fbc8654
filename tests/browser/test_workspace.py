"""The workspace as a person works in it: with the mouse, with the keyboard, without JavaScript, on a phone."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from orgchart.changes import CreateUnit, NewUnit, TransformUndetermined
from orgchart.changes.base import NewPost
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, TitleCode, UnitId
from reorganisations import actions
from reorganisations.models import Reorganisation
from tests.factories import open_small_chart

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def reorganisation(hr: User) -> Reorganisation:
    open_small_chart()
    made = actions.create_reorganisation(
        code="essai", title="Réorganiser les ports", unit="direction", by=hr, effective_on=datetime.date(2022, 1, 1)
    )
    unit = NewUnit(id=UnitId("neuve"), kind=KindCode("cellule"), label="Cellule Neuve")
    lead = NewPost(id=PostId("chef-neuf"), title=TitleCode("responsable"), grade=GradeCode("A 2.2"), leads=True)
    actions.add_changes(
        reorganisation=made,
        changes=[
            CreateUnit(
                id=ChangeId("creer"),
                new=unit,
                parent=UnitId("service-1"),
                posts=(PostId("port-1"), PostId("port-2")),
                motive="Regrouper.",
            ),
            TransformUndetermined(
                id=ChangeId("un-des-deux"),
                candidates=(PostId("port-1"), PostId("port-2")),
                into=lead,
                motive="Diriger.",
            ),
        ],
        by=hr,
        seen=0,
    )
    return made


@pytest.fixture
def workspace(signed_in_page, hr: User, reorganisation: Reorganisation) -> Page:
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:workspace", args=["essai"]))
    return page


def adjustments(page: Page):
    return page.locator(".adjustment")


@WIDTHS
def test_every_page_of_a_draft_is_accessible_and_fits(signed_in_page, hr, reorganisation, axe, viewport):
    page = signed_in_page(hr, viewport=viewport)
    pages = [
        ("list", []),
        ("create", []),
        *((name, ["essai"]) for name in ("what_changes", "workspace", "choose_change", "situations", "narrative")),
        ("add_change", ["essai", "create_unit"]),
        ("add_change", ["essai", "split_unit"]),
        ("edit_change", ["essai", "un-des-deux"]),
        ("delete_change", ["essai", "creer"]),
        ("section", ["essai", "context"]),
    ]
    for name, args in pages:
        page.goto(reverse(f"reorganisations:{name}", args=args))
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, args)


def test_an_adjustment_is_added_without_leaving_the_page(workspace: Page, axe):
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    workspace.get_by_role("link", name="Renommer l’unité").click()
    editor = workspace.locator("#editor")
    expect(editor.get_by_role("heading", name="Renommer l’unité")).to_be_focused()
    axe(workspace)
    editor.get_by_label("Unité", exact=True).select_option("cellule")
    editor.get_by_label("Nouveau libellé").fill("Cellule Finances")
    editor.get_by_role("button", name="Ajouter l’ajustement").click()
    expect(adjustments(workspace)).to_have_count(3)
    expect(workspace.locator("#organisation")).to_contain_text("Cellule Finances")
    expect(workspace.locator("#editor")).to_be_empty()
    assert workspace.url.endswith("/atelier/")


def test_from_the_page_of_a_unit_an_adjustment_is_chosen_filled_and_added(workspace: Page):
    """The pages that the workspace shows in place are also pages of their own, with JavaScript as without."""
    workspace.goto(reverse("reorganisations:choose_change", args=["essai"]) + "?unite=cellule")
    workspace.get_by_role("link", name="Renommer l’unité").click()
    workspace.wait_for_url("**/rename_unit/**")
    workspace.get_by_label("Nouveau libellé").fill("Cellule Finances")
    expect(workspace.locator("#consequences")).to_contain_text("Cellule Finances")
    workspace.get_by_role("button", name="Voir les conséquences").click()
    expect(workspace.get_by_label("Nouveau libellé")).to_have_value("Cellule Finances")
    workspace.get_by_role("button", name="Ajouter l’ajustement").click()
    workspace.wait_for_url("**/atelier/**")
    expect(adjustments(workspace)).to_have_count(3)


def test_one_primary_button_at_a_time(workspace: Page):
    """That of the page, and while something is being written that of its form."""
    submit = workspace.get_by_role("link", name="Soumettre au comité")
    primary = submit.evaluate("each => getComputedStyle(each).backgroundColor")
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    workspace.get_by_role("link", name="Renommer l’unité").click()
    add = workspace.get_by_role("button", name="Ajouter l’ajustement")
    expect(add).to_have_css("background-color", primary)
    expect(submit).not_to_have_css("background-color", primary)
    workspace.get_by_role("link", name="Ne rien changer").click()
    expect(workspace.locator("#editor")).to_be_empty()
    expect(submit).to_have_css("background-color", primary)


def test_what_is_refused_stays_in_place_with_its_reason(workspace: Page):
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    workspace.get_by_role("link", name="Supprimer l’unité").click()
    editor = workspace.locator("#editor")
    editor.get_by_label("Unité", exact=True).select_option("service-1")
    editor.get_by_label("Motif").fill("Plus d’objet.")
    editor.get_by_role("button", name="Ajouter l’ajustement").click()
    expect(editor.get_by_role("alert")).to_contain_text("porte encore")
    expect(editor.get_by_label("Motif")).to_have_value("Plus d’objet.")
    editor.get_by_role("link", name="Ne rien changer").click()
    expect(editor).to_be_empty()
    expect(adjustments(workspace)).to_have_count(2)


def test_a_field_at_fault_takes_the_focus(workspace: Page):
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    workspace.get_by_role("link", name="Renommer l’unité").click()
    editor = workspace.locator("#editor")
    editor.get_by_role("button", name="Ajouter l’ajustement").click()
    expect(editor.locator("[aria-invalid=true]").first).to_be_focused()


def test_a_post_is_given_another_title(workspace: Page):
    workspace.goto(reverse("reorganisations:workspace", args=["essai"]))
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    editor = workspace.locator("#editor")
    editor.locator("a[href*='/retitle_post/']").click()
    editor.locator("[name=post]").select_option("budget")
    editor.locator("[name=title]").select_option("responsable")
    editor.locator("[name=title_form]").select_option("feminine")
    editor.get_by_role("button", name="Ajouter l’ajustement").click()
    expect(adjustments(workspace)).to_have_count(3)


def test_a_unit_is_dragged_in_the_outline_then_taken_back(workspace: Page):
    row = workspace.locator("[data-unit='cellule'] > .outline__row")
    row.hover()
    workspace.locator("[data-unit='cellule'] > .outline__row .drag-handle").drag_to(
        workspace.locator("[data-unit='service-2'] > [data-drop-units]"), force=True, target_position={"x": 20, "y": 3}
    )
    expect(adjustments(workspace)).to_have_count(3)
    expect(adjustments(workspace).last).to_contain_text("Rattacher")
    workspace.get_by_role("button", name="Annuler", exact=True).click()
    expect(adjustments(workspace)).to_have_count(2)
    workspace.get_by_role("button", name="Rétablir").click()
    expect(adjustments(workspace)).to_have_count(3)


def test_the_keyboard_does_what_dragging_does(workspace: Page):
    workspace.get_by_role("link", name="Ajuster : Cellule budget").focus()
    workspace.keyboard.press("Enter")
    workspace.get_by_role("link", name="Rattacher l’unité ailleurs").focus()
    workspace.keyboard.press("Enter")
    editor = workspace.locator("#editor")
    expect(editor.get_by_label("Unité", exact=True)).to_have_value("cellule")
    editor.get_by_label("Nouveau rattachement").focus()
    workspace.keyboard.type("Service des phares")
    editor.get_by_role("button", name="Ajouter l’ajustement").focus()
    workspace.keyboard.press("Enter")
    expect(adjustments(workspace)).to_have_count(3)


def test_adjustments_are_ordered_and_deleted_from_their_menu(workspace: Page):
    last = adjustments(workspace).last
    last.get_by_label("Autres actions").click()
    last.get_by_role("button", name="Supprimer l’ajustement").click()
    expect(adjustments(workspace)).to_have_count(1)


def test_all_of_it_works_without_javascript(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr, java_script_enabled=False)
    page.goto(reverse("reorganisations:workspace", args=["essai"]))
    page.get_by_role("link", name="Ajouter un ajustement").click()
    page.get_by_role("link", name="Créer un poste").click()
    page.get_by_label("Unité", exact=True).select_option("cellule")
    page.get_by_label("Intitulé", exact=False).first.select_option("charge-mission")
    page.get_by_role("button", name="Ajouter l’ajustement").click()
    expect(adjustments(page)).to_have_count(3)
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(adjustments(page)).to_have_count(2)
    page.get_by_role("link", name="Avant", exact=True).click()
    expect(page.locator(".drawing")).not_to_contain_text("Cellule Neuve")


def test_a_section_is_previewed_before_it_is_saved(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:section", args=["essai", "context"]))
    page.get_by_label("Texte").fill("Depuis **mars**.")
    page.get_by_role("button", name="Aperçu").click()
    expect(page.locator("#preview strong")).to_have_text("mars")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#s-context")).to_contain_text("Depuis mars.")


def test_a_drag_tells_its_consequences_and_is_taken_back(workspace: Page, axe):
    workspace.locator("[data-unit='cellule'] > .outline__row .drag-handle").drag_to(
        workspace.locator("[data-unit='service-2'] > [data-drop-units]"), force=True, target_position={"x": 20, "y": 3}
    )
    done = workspace.locator(".done")
    expect(done).to_contain_text("Effectif inchangé")
    axe(workspace)
    done.get_by_role("button", name="Annuler ce geste").click()
    expect(adjustments(workspace)).to_have_count(2)


def test_a_post_is_dragged_to_another_unit(workspace: Page):
    handle = workspace.locator("[data-drop-posts='cellule'] > [data-posts] > .outline__row .drag-handle").first
    handle.drag_to(workspace.locator("[data-drop-posts='service-2']"), force=True, target_position={"x": 20, "y": 3})
    expect(adjustments(workspace)).to_have_count(3)
    expect(adjustments(workspace).last).to_contain_text("Rattacher")
    expect(workspace.locator(".done")).to_be_visible()


def test_undo_and_redo_by_keyboard_when_nobody_is_typing(workspace: Page):
    workspace.locator("h1").click()
    workspace.keyboard.press("Control+z")
    expect(adjustments(workspace)).to_have_count(1)
    workspace.keyboard.press("Control+y")
    expect(adjustments(workspace)).to_have_count(2)


def test_the_consequences_follow_what_is_typed(workspace: Page, axe):
    workspace.get_by_role("link", name="Ajouter un ajustement").click()
    workspace.get_by_role("link", name="Créer un poste").click()
    editor = workspace.locator("#editor")
    expect(editor.locator("#consequences")).to_contain_text("Rien n’est encore enregistré")
    editor.get_by_label("Unité", exact=True).select_option("cellule")
    editor.get_by_label("Intitulé", exact=False).first.select_option("charge-mission")
    expect(editor.locator("#consequences")).to_contain_text("(+1)")
    expect(adjustments(workspace)).to_have_count(2)
    axe(workspace)


def test_a_section_saves_itself_while_it_is_written(signed_in_page, hr, reorganisation, axe):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:section", args=["essai", "context"]))
    page.get_by_label("Texte").fill("Depuis mars.")
    expect(page.locator("#saving")).to_contain_text("Enregistré à")
    axe(page)
    page.reload()
    expect(page.get_by_label("Texte")).to_have_value("Depuis mars.")


def test_a_text_that_could_not_be_saved_is_offered_again(signed_in_page, hr, reorganisation):
    page = signed_in_page(hr)
    page.goto(reverse("reorganisations:section", args=["essai", "context"]))
    page.evaluate("sessionStorage.setItem(`section:${location.pathname}`, 'Gardé.')")
    page.reload()
    page.get_by_role("button", name="Le reprendre").click()
    expect(page.get_by_label("Texte")).to_have_value("Gardé.")
    expect(page.locator("#saving")).to_contain_text("Enregistré à")
