from django.apps import AppConfig

from accounts.menu import MenuEntry

MENU = [
    MenuEntry(
        "Bourse interne",
        "postings:list",
        when="postings.permissions.can_list_postings",
        position=38,
        also=("/bilan-des-bourses/", "/candidatures-a-effacer/", "/candidatures-de-mon-equipe/"),
    ),
    MenuEntry("Mes candidatures", "postings:applications", when="postings.permissions.can_apply", position=39),
]

TRAIL_LABELS = {
    "prepare_posting": "Bourse préparée",
    "edit_posting": "Bourse modifiée",
    "record_declarations": "Déclarations de la bourse renseignées",
    "edit_jury": "Jury modifié",
    "declare_interests": "Liens d’intérêts déclarés",
    "publish_posting": "Bourse publiée",
    "extend_posting": "Bourse prolongée",
    "open_posting": "Bourse ouverte",
    "add_eligible": "Agent ajouté aux éligibles",
    "tell_eligible": "Agents éligibles informés",
    "close_posting": "Bourse close",
    "start_examination": "Examen des candidatures ouvert",
    "cancel_posting": "Bourse annulée",
    "clock_refused": "Échéance d’une bourse non tenue",
    "begin_application": "Candidature commencée",
    "discard_draft": "Brouillon de candidature effacé",
    "late_application": "Candidature arrivée après la clôture",
    "submit_application": "Candidature déposée",
    "withdraw_application": "Candidature retirée",
    "set_wishes": "Ordre des vœux modifié",
    "add_file": "Pièce de candidature versée",
    "remove_file": "Pièce de candidature retirée",
    "admit": "Candidature recevable",
    "refuse_admission": "Candidature irrecevable",
    "shortlist": "Candidature présélectionnée",
    "plan_interview": "Entretien prévu",
    "record_interview": "Entretien tenu",
    "assess": "Évaluation enregistrée",
    "submit_assessment": "Évaluation rendue",
    "rank": "Candidature classée",
    "propose": "Proposition du jury",
    "record_outcome": "Issue de la bourse",
    "assign_retained": "Affectation à l’issue de la bourse",
    "seal_minutes": "Procès-verbal de la bourse établi",
    "record_follow_up": "Suite donnée à une bourse infructueuse",
    "reopen_posting": "Bourse relancée",
    "purge_applications": "Candidatures effacées",
}

# What is forgotten, in French → the action that forgets it.
PURGES = {"Candidatures (deux ans après la fin des recours)": "postings.actions.purge_applications"}

# Kind of document (missions.printing) → who may read it, and how it is written.
PRINTINGS = {
    "pv-bourse": "postings.views.minutes.NAMED",
    "pv-bourse-docx": "postings.views.minutes.OFFICE_NAMED",
    "pv-bourse-sans-noms": "postings.views.minutes.UNNAMED",
    "pv-bourse-sans-noms-docx": "postings.views.minutes.OFFICE_UNNAMED",
}


class PostingsConfig(AppConfig):
    name = "postings"
    verbose_name = "Bourse"

    def ready(self) -> None:
        from missions import gestures
        from reorganisations import bourses

        from .links import of_a_post, of_transformations

        gestures.register(of_a_post)
        bourses.register(of_transformations)
