from django.urls import path

from .views.agenda import add_item, edit_item, inscribe, move_item, remove_item
from .views.attendance import record_attendance
from .views.calendar import deadlines, download, feed, make_address, reconvene, revoke_address
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
)
from .views.conflicts import conflicts, settle_conflict
from .views.debates import add_statement, remove_statement, show_item
from .views.documents import attach_document, download_document
from .views.dossier import act_as_file, dossier, dossier_file, piece_file
from .views.dossiers import dossiers
from .views.drawing import drawing, drawing_svg
from .views.follow_up.acts import confirm_undeliberated, record_act
from .views.follow_up.adjusting import add_adjustment, adjust_execution, give_up_change, replace_change
from .views.follow_up.committee import amend_text, postpone, present_again, put_on_agenda, send_back, submit, withdraw
from .views.follow_up.draft import details, rebase
from .views.follow_up.execution import apply_stage, decide, resolve_transformation, set_stage_date
from .views.follow_up.opinion import record_opinion, say_deliberation
from .views.follow_up.page import follow_up
from .views.follow_up.since import acknowledge, since
from .views.impact import impact, impact_as_pdf, impact_sheets
from .views.index import create, index
from .views.minutes import (
    convocation_as_docx,
    convocation_as_pdf,
    minutes_as_docx,
    minutes_as_pdf,
    show_convocation,
    show_minutes,
    sign_minutes,
)
from .views.narrative import add_section, delete_section, move_section, narrative, section
from .views.prepare import prepare
from .views.report import report, report_as_docx, report_as_pdf
from .views.review import duties, invite, review, settle_remark, sign, uninvite
from .views.session_files import attach_to_session, download_session_file
from .views.sessions import show_session
from .views.situations import settle, situations, undo_situation
from .views.texts import texts
from .views.variants import duplicate, keep, variants
from .views.what_changes import what_changes
from .views.workspace import workspace

app_name = "reorganisations"

urlpatterns = [
    path("reorganisations/", index, name="list"),
    path("preparer-une-reorganisation/", create, name="create"),
    path("preparer-un-ajustement/", prepare, name="prepare"),
    path("reorganisations/<slug:code>/", what_changes, name="what_changes"),
    path("reorganisations/<slug:code>/atelier/", workspace, name="workspace"),
    path("reorganisations/<slug:code>/dessin/", drawing, name="drawing"),
    path("reorganisations/<slug:code>/dessin.svg", drawing_svg, name="drawing_svg"),
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
    path("reorganisations/<slug:code>/relecture/", review, name="review"),
    path("reorganisations/<slug:code>/relecture/inviter/", invite, name="invite"),
    path("reorganisations/<slug:code>/relecture/<str:user>/retirer/", uninvite, name="uninvite"),
    path("reorganisations/<slug:code>/relecture/viser/", sign, name="sign"),
    path("reorganisations/<slug:code>/relecture/remarques/<str:uid>/", settle_remark, name="settle_remark"),
    path("reorganisations/<slug:code>/relecture/missions/<str:uid>/", duties, name="duties"),
    path("reorganisations/<slug:code>/variantes/", variants, name="variants"),
    path("reorganisations/<slug:code>/variantes/dupliquer/", duplicate, name="duplicate"),
    path("reorganisations/<slug:code>/variantes/retenir/", keep, name="keep_variant"),
    path("reorganisations/<slug:code>/rapport/", report, name="report"),
    path("reorganisations/<slug:code>/rapport.pdf", report_as_pdf, name="report_pdf"),
    path("reorganisations/<slug:code>/rapport.docx", report_as_docx, name="report_docx"),
    path("reorganisations/<slug:code>/textes/", texts, name="texts"),
    path("reorganisations/<slug:code>/dossier/", dossier, name="dossier"),
    path("reorganisations/<slug:code>/dossier.<slug:suffix>", dossier_file, name="dossier_file"),
    path("reorganisations/<slug:code>/dossier/<slug:piece>.<slug:suffix>", piece_file, name="piece_file"),
    path("reorganisations/<slug:code>/actes/<slug:kind>.<slug:suffix>", act_as_file, name="act_file"),
    path("reorganisations/<slug:code>/suivi/", follow_up, name="follow_up"),
    path("reorganisations/<slug:code>/suivi/inscrire/", put_on_agenda, name="put_on_agenda"),
    path("reorganisations/<slug:code>/suivi/soumettre/", submit, name="submit"),
    path("reorganisations/<slug:code>/suivi/version-modifiee/", amend_text, name="amend_text"),
    path("reorganisations/<slug:code>/suivi/avis/", record_opinion, name="record_opinion"),
    path("reorganisations/<slug:code>/suivi/avis/<str:uid>/deliberation/", say_deliberation, name="say_deliberation"),
    path("reorganisations/<slug:code>/suivi/reporter/", postpone, name="postpone"),
    path("reorganisations/<slug:code>/suivi/presenter/", present_again, name="present_again"),
    path("reorganisations/<slug:code>/suivi/renvoyer/", send_back, name="send_back"),
    path("reorganisations/<slug:code>/suivi/retirer/", withdraw, name="withdraw"),
    path("reorganisations/<slug:code>/suivi/decision/", decide, name="decide"),
    path("reorganisations/<slug:code>/suivi/acte/", record_act, name="record_act"),
    path("reorganisations/<slug:code>/suivi/sans-deliberation/", confirm_undeliberated, name="confirm_undeliberated"),
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
    path("seances/echeances/", deadlines, name="deadlines"),
    path("seances/echeances.ics", download, name="deadlines_ics"),
    path("seances/echeances/agenda/", make_address, name="make_calendar_address"),
    path("seances/echeances/agenda/revoquer/", revoke_address, name="revoke_calendar_address"),
    path("agenda/<str:token>/echeances.ics", feed, name="calendar_feed"),
    path("seances/regles/<slug:code>/", edit_rules, name="rules"),
    path("seances/instances/nouvelle/", create_committee, name="create_committee"),
    path("seances/instances/<str:uid>/", show_committee, name="committee"),
    path("seances/instances/<str:uid>/membres/ajouter/", add_member, name="add_member"),
    path("seances/instances/<str:uid>/membres/<int:key>/retirer/", remove_member, name="remove_member"),
    path("seances/instances/<str:uid>/seances/ajouter/", plan_session, name="plan_session"),
    path("seances/<str:uid>/", show_session, name="session"),
    path("seances/<str:uid>/reconvoquer/", reconvene, name="reconvene"),
    path("seances/<str:uid>/completer/", record_session, name="record_session"),
    path("seances/<str:uid>/points/inscrire/", inscribe, name="inscribe"),
    path("seances/<str:uid>/points/ajouter/", add_item, name="add_item"),
    path("seances/<str:uid>/points/<str:item_uid>/", show_item, name="agenda_item"),
    path("seances/<str:uid>/points/<str:item_uid>/modifier/", edit_item, name="edit_item"),
    path("seances/<str:uid>/points/<str:item_uid>/deplacer/", move_item, name="move_item"),
    path("seances/<str:uid>/points/<str:item_uid>/retirer/", remove_item, name="remove_item"),
    path("seances/<str:uid>/points/<str:item_uid>/declarations/", add_statement, name="add_statement"),
    path("seances/<str:uid>/declarations/<str:statement_uid>/retirer/", remove_statement, name="remove_statement"),
    path("seances/<str:uid>/presences/", record_attendance, name="attendance"),
    path("seances/<str:uid>/convocation/", show_convocation, name="convocation"),
    path("seances/<str:uid>/convocation.pdf", convocation_as_pdf, name="convocation_pdf"),
    path("seances/<str:uid>/convocation.docx", convocation_as_docx, name="convocation_docx"),
    path("seances/<str:uid>/proces-verbal/", show_minutes, name="minutes"),
    path("seances/<str:uid>/proces-verbal.pdf", minutes_as_pdf, name="minutes_pdf"),
    path("seances/<str:uid>/proces-verbal.docx", minutes_as_docx, name="minutes_docx"),
    path("seances/<str:uid>/proces-verbal/signatures/", sign_minutes, name="sign_minutes"),
    path("seances/<str:uid>/fichiers/verser/", attach_to_session, name="attach_to_session"),
    path("seances/<str:uid>/fichiers/<str:file_uid>/", download_session_file, name="session_file"),
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
