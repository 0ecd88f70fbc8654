from django.urls import path

from .views.changes import add_change, choose_change, delete_change, drop, edit_change, move_change, redo, undo
from .views.committees import (
    add_member,
    create_committee,
    edit_rules,
    list_sessions,
    plan_session,
    record_session,
    remove_member,
    show_committee,
    show_session,
)
from .views.conflicts import conflicts, settle_conflict
from .views.documents import attach_document, download_document
from .views.dossiers import dossiers
from .views.follow_up.adjusting import add_adjustment, adjust_execution, give_up_change, replace_change
from .views.follow_up.committee import amend_text, postpone, present_again, send_back, submit, withdraw
from .views.follow_up.draft import details, rebase
from .views.follow_up.execution import apply_stage, decide, resolve_transformation, set_stage_date
from .views.follow_up.opinion import record_opinion
from .views.follow_up.page import follow_up
from .views.follow_up.since import acknowledge, since
from .views.impact import impact, impact_as_pdf, impact_sheets
from .views.index import create, index
from .views.narrative import add_section, delete_section, move_section, narrative, section
from .views.report import report, report_as_docx, report_as_pdf
from .views.situations import settle, situations, undo_situation
from .views.variants import duplicate, keep, variants
from .views.what_changes import what_changes
from .views.workspace import workspace

app_name = "reorganisations"

urlpatterns = [
    path("reorganisations/", index, name="list"),
    path("preparer-une-reorganisation/", create, name="create"),
    path("reorganisations/<slug:code>/", what_changes, name="what_changes"),
    path("reorganisations/<slug:code>/atelier/", workspace, name="workspace"),
    path("reorganisations/<slug:code>/atelier/ajuster/", choose_change, name="choose_change"),
    path("reorganisations/<slug:code>/atelier/ajuster/<slug:kind>/", add_change, name="add_change"),
    path("reorganisations/<slug:code>/atelier/deposer/", drop, name="drop"),
    path("reorganisations/<slug:code>/atelier/annuler/", undo, name="undo"),
    path("reorganisations/<slug:code>/atelier/retablir/", redo, name="redo"),
    path("reorganisations/<slug:code>/ajustements/<str:uid>/", edit_change, name="edit_change"),
    path("reorganisations/<slug:code>/ajustements/<str:uid>/deplacer/", move_change, name="move_change"),
    path("reorganisations/<slug:code>/ajustements/<str:uid>/supprimer/", delete_change, name="delete_change"),
    path("reorganisations/<slug:code>/conflits/", conflicts, name="conflicts"),
    path("reorganisations/<slug:code>/conflits/<str:key>/", settle_conflict, name="settle_conflict"),
    path("reorganisations/<slug:code>/depuis/", since, name="since"),
    path("reorganisations/<slug:code>/depuis/lu/", acknowledge, name="acknowledge_following"),
    path("reorganisations/<slug:code>/variantes/", variants, name="variants"),
    path("reorganisations/<slug:code>/variantes/dupliquer/", duplicate, name="duplicate"),
    path("reorganisations/<slug:code>/variantes/retenir/", keep, name="keep_variant"),
    path("reorganisations/<slug:code>/rapport/", report, name="report"),
    path("reorganisations/<slug:code>/rapport.pdf", report_as_pdf, name="report_pdf"),
    path("reorganisations/<slug:code>/rapport.docx", report_as_docx, name="report_docx"),
    path("reorganisations/<slug:code>/suivi/", follow_up, name="follow_up"),
    path("reorganisations/<slug:code>/suivi/soumettre/", submit, name="submit"),
    path("reorganisations/<slug:code>/suivi/version-modifiee/", amend_text, name="amend_text"),
    path("reorganisations/<slug:code>/suivi/avis/", record_opinion, name="record_opinion"),
    path("reorganisations/<slug:code>/suivi/reporter/", postpone, name="postpone"),
    path("reorganisations/<slug:code>/suivi/presenter/", present_again, name="present_again"),
    path("reorganisations/<slug:code>/suivi/renvoyer/", send_back, name="send_back"),
    path("reorganisations/<slug:code>/suivi/retirer/", withdraw, name="withdraw"),
    path("reorganisations/<slug:code>/suivi/decision/", decide, name="decide"),
    path("reorganisations/<slug:code>/suivi/etapes/<str:stage>/date/", set_stage_date, name="set_stage_date"),
    path("reorganisations/<slug:code>/suivi/etapes/<str:stage>/vigueur/", apply_stage, name="apply_stage"),
    path(
        "reorganisations/<slug:code>/suivi/transformations/<str:pending>/",
        resolve_transformation,
        name="resolve_transformation",
    ),
    path("reorganisations/<slug:code>/suivi/adapter/", adjust_execution, name="adjust_execution"),
    path("reorganisations/<slug:code>/suivi/adapter/ajouter/<slug:kind>/", add_adjustment, name="add_adjustment"),
    path("reorganisations/<slug:code>/suivi/adapter/<str:uid>/", replace_change, name="replace_change"),
    path("reorganisations/<slug:code>/suivi/adapter/<str:uid>/renoncer/", give_up_change, name="give_up_change"),
    path("reorganisations/<slug:code>/suivi/reprendre/", rebase, name="rebase"),
    path("reorganisations/<slug:code>/donnees/", details, name="details"),
    path("reorganisations/<slug:code>/documents/verser/", attach_document, name="attach_document"),
    path("reorganisations/<slug:code>/documents/<str:uid>/", download_document, name="document"),
    path("dossiers/", dossiers, name="dossiers"),
    path("seances/", list_sessions, name="sessions"),
    path("seances/regles/<slug:code>/", edit_rules, name="rules"),
    path("seances/instances/nouvelle/", create_committee, name="create_committee"),
    path("seances/instances/<str:uid>/", show_committee, name="committee"),
    path("seances/instances/<str:uid>/membres/ajouter/", add_member, name="add_member"),
    path("seances/instances/<str:uid>/membres/<int:key>/retirer/", remove_member, name="remove_member"),
    path("seances/instances/<str:uid>/seances/ajouter/", plan_session, name="plan_session"),
    path("seances/<str:uid>/", show_session, name="session"),
    path("seances/<str:uid>/completer/", record_session, name="record_session"),
    path("reorganisations/<slug:code>/situations/", situations, name="situations"),
    path("reorganisations/<slug:code>/situations/fiches.pdf", impact_sheets, name="impact_sheets"),
    path("reorganisations/<slug:code>/situations/<str:agent>/", settle, name="settle"),
    path("reorganisations/<slug:code>/situations/<str:agent>/annuler/", undo_situation, name="undo_situation"),
    path("reorganisations/<slug:code>/situations/<str:agent>/fiche/", impact, name="impact"),
    path("reorganisations/<slug:code>/situations/<str:agent>/fiche.pdf", impact_as_pdf, name="impact_pdf"),
    path("reorganisations/<slug:code>/redaction/", narrative, name="narrative"),
    path("reorganisations/<slug:code>/redaction/ajouter/", add_section, name="add_section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/", section, name="section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/deplacer/", move_section, name="move_section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/supprimer/", delete_section, name="delete_section"),
]
