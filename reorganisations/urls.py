from django.urls import path

from .views.changes import add_change, choose_change, delete_change, drop, edit_change, move_change, redo, undo
from .views.follow_up import follow_up
from .views.index import create, index
from .views.narrative import add_section, delete_section, move_section, narrative, section
from .views.report import report, report_as_docx, report_as_pdf
from .views.situations import settle, situations
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
    path("reorganisations/<slug:code>/rapport/", report, name="report"),
    path("reorganisations/<slug:code>/rapport.pdf", report_as_pdf, name="report_pdf"),
    path("reorganisations/<slug:code>/rapport.docx", report_as_docx, name="report_docx"),
    path("reorganisations/<slug:code>/suivi/", follow_up, name="follow_up"),
    path("reorganisations/<slug:code>/situations/", situations, name="situations"),
    path("reorganisations/<slug:code>/situations/<str:agent>/", settle, name="settle"),
    path("reorganisations/<slug:code>/redaction/", narrative, name="narrative"),
    path("reorganisations/<slug:code>/redaction/ajouter/", add_section, name="add_section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/", section, name="section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/deplacer/", move_section, name="move_section"),
    path("reorganisations/<slug:code>/redaction/<str:key>/supprimer/", delete_section, name="delete_section"),
]
