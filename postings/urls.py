from django.urls import path

from .views.apply import apply, review
from .views.assessment import assess
from .views.balance import balance, export_balance, forgetting
from .views.candidate import candidate, decide_admissibility, declare_tie, record_interview, shortlist
from .views.candidates import candidates
from .views.composition import composition, declare, remove_member
from .views.eligible import add, eligible, look_for, tell_again, telling
from .views.files import file, interview, my_data
from .views.following import reopen
from .views.interviews import calendar, interview_calendar, interviews, plan_interviews
from .views.listing import postings
from .views.mine import applications, discard, mine_here, move_wish, my_application, read, withdraw
from .views.minutes import (
    minutes_as_docx,
    minutes_as_pdf,
    show_minutes,
    show_unnamed,
    unnamed_as_docx,
    unnamed_as_pdf,
)
from .views.outcome import assign, outcome
from .views.posting import posting
from .views.preparing import edit, prepare
from .views.ranking import propose, rank, ranking
from .views.rule import rule
from .views.steps import cancel, close_by_hand, declarations, extend, open_by_hand, publish, start_examination
from .views.team import team

app_name = "postings"

urlpatterns = [
    path("bourses/", postings, name="list"),
    path("bourses/preparer/", prepare, name="prepare"),
    path("bourses/<slug:code>/", posting, name="posting"),
    path("bourses/<slug:code>/modifier/", edit, name="edit"),
    path("bourses/<slug:code>/groupe/", rule, name="rule"),
    path("bourses/<slug:code>/eligibles/", eligible, name="eligible"),
    path("bourses/<slug:code>/eligibles/envois/", telling, name="telling"),
    path("bourses/<slug:code>/eligibles/informer/", tell_again, name="tell_again"),
    path("bourses/<slug:code>/eligibles/ajouter/", look_for, name="add_eligible"),
    path("bourses/<slug:code>/eligibles/ajouter/<str:uid>/", add, name="add_one"),
    path("bourses/<slug:code>/jury/", composition, name="composition"),
    path("bourses/<slug:code>/jury/<str:uid>/retirer/", remove_member, name="remove_member"),
    path("bourses/<slug:code>/jury/<str:uid>/liens/", declare, name="declare"),
    path("bourses/<slug:code>/declarations/", declarations, name="declarations"),
    path("bourses/<slug:code>/publier/", publish, name="publish"),
    path("bourses/<slug:code>/ouvrir/", open_by_hand, name="open"),
    path("bourses/<slug:code>/prolonger/", extend, name="extend"),
    path("bourses/<slug:code>/clore/", close_by_hand, name="close"),
    path("bourses/<slug:code>/examiner/", start_examination, name="start_examination"),
    path("bourses/<slug:code>/annuler/", cancel, name="cancel"),
    path("bourses/<slug:code>/suite/", reopen, name="reopen"),
    path("bourses/<slug:code>/candidater/", apply, name="apply"),
    path("bourses/<slug:code>/candidater/relire/", review, name="review"),
    path("bourses/<slug:code>/ma-candidature/", mine_here, name="my_place"),
    path("bilan-des-bourses/", balance, name="balance"),
    path("bilan-des-bourses/export.<slug:kind>", export_balance, name="balance_export"),
    path("candidatures-a-effacer/", forgetting, name="forgetting"),
    path("bourses/<slug:code>/proces-verbal/", show_minutes, name="minutes"),
    path("bourses/<slug:code>/proces-verbal.pdf", minutes_as_pdf, name="minutes_pdf"),
    path("bourses/<slug:code>/proces-verbal.docx", minutes_as_docx, name="minutes_docx"),
    path("bourses/<slug:code>/proces-verbal/sans-noms/", show_unnamed, name="minutes_unnamed"),
    path("bourses/<slug:code>/proces-verbal-sans-noms.pdf", unnamed_as_pdf, name="minutes_unnamed_pdf"),
    path("bourses/<slug:code>/proces-verbal-sans-noms.docx", unnamed_as_docx, name="minutes_unnamed_docx"),
    path("bourses/<slug:code>/candidatures/", candidates, name="candidates"),
    path("bourses/<slug:code>/candidatures/<str:uid>/", candidate, name="candidate"),
    path("bourses/<slug:code>/candidatures/<str:uid>/recevabilite/", decide_admissibility, name="decide_admissibility"),
    path("bourses/<slug:code>/candidatures/<str:uid>/lien/", declare_tie, name="declare_tie"),
    path("bourses/<slug:code>/candidatures/<str:uid>/preselection/", shortlist, name="shortlist"),
    path("bourses/<slug:code>/candidatures/<str:uid>/entretien-tenu/", record_interview, name="record_interview"),
    path("bourses/<slug:code>/candidatures/<str:uid>/entretien.ics", interview_calendar, name="interview_calendar"),
    path("bourses/<slug:code>/candidatures/<str:uid>/evaluation/", assess, name="assess"),
    path("bourses/<slug:code>/entretiens/", interviews, name="interviews"),
    path("bourses/<slug:code>/entretiens/prevoir/", plan_interviews, name="plan_interviews"),
    path("bourses/<slug:code>/entretiens.ics", calendar, name="interviews_calendar"),
    path("bourses/<slug:code>/classement/", ranking, name="ranking"),
    path("bourses/<slug:code>/classement/enregistrer/", rank, name="rank"),
    path("bourses/<slug:code>/classement/proposition/", propose, name="propose"),
    path("bourses/<slug:code>/issue/", outcome, name="outcome"),
    path("bourses/<slug:code>/issue/affecter/", assign, name="assign"),
    path("mes-candidatures/", applications, name="applications"),
    path("mes-candidatures/voeux/", move_wish, name="move_wish"),
    path("mes-candidatures/messages/", read, name="read_notices"),
    path("mes-candidatures/<str:uid>/", my_application, name="my_application"),
    path("mes-candidatures/<str:uid>/retirer/", withdraw, name="withdraw"),
    path("mes-candidatures/<str:uid>/effacer/", discard, name="discard"),
    path("mes-candidatures/<str:uid>/copie/", my_data, name="my_data"),
    path("mes-candidatures/<str:uid>/entretien.ics", interview, name="my_interview"),
    path("pieces-de-candidature/<str:uid>/", file, name="file"),
    path("candidatures-de-mon-equipe/", team, name="team"),
]
