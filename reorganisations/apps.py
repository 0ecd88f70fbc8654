from django.apps import AppConfig

from accounts.menu import MenuEntry

MENU = [
    MenuEntry("Réorganisations", "reorganisations:list", position=30),
    MenuEntry(
        "Dossiers", "reorganisations:dossiers", when="reorganisations.permissions.can_read_dossiers", position=32
    ),
    MenuEntry(
        "Séances", "reorganisations:sessions", when="reorganisations.permissions.can_manage_committees", position=35
    ),
]

TRAIL_LABELS = {
    "create_reorganisation": "Réorganisation ouverte",
    "edit_draft": "Projet modifié",
    "invite_reviewer": "Relecteur invité",
    "remove_reviewer": "Invitation à relire retirée",
    "make_remark": "Remarque faite",
    "resolve_remark": "Remarque traitée",
    "reopen_remark": "Remarque rouverte",
    "give_visa": "Visa donné",
    "duplicate_draft": "Variante ouverte",
    "keep_variant": "Variante retenue",
    "create_committee": "Instance créée",
    "add_member": "Membre ajouté à l’instance",
    "remove_member": "Membre retiré de l’instance",
    "plan_session": "Séance prévue",
    "record_session": "Séance complétée",
    "put_on_agenda": "Inscription à l’ordre du jour",
    "edit_agenda": "Ordre du jour ou débats modifiés",
    "record_attendance": "Présences enregistrées",
    "sign_minutes": "Procès-verbal signé ou approuvé",
    "submit": "Texte soumis au comité",
    "amend_text": "Version modifiée scellée",
    "postpone": "Examen reporté",
    "present_again": "Nouvelle présentation au comité",
    "send_back": "Renvoi en projet",
    "withdraw": "Réorganisation retirée",
    "reconvene_session": "Séance sans quorum reconvoquée",
    "say_deliberation_needed": "Délibération nécessaire ou non",
    "make_calendar_address": "Adresse d’agenda créée",
    "revoke_calendar_address": "Adresse d’agenda révoquée",
    "record_opinion": "Avis enregistré",
    "decide": "Décision enregistrée",
    "record_act": "Acte enregistré",
    "confirm": "Point confirmé par les ressources humaines",
    "set_stage_date": "Étape datée",
    "adjust_execution": "Adaptation d’exécution enregistrée",
    "apply_stage": "Étape mise en vigueur",
    "settle_conflict": "Conflit arbitré",
    "acknowledge_following": "Suivi d’une version lu",
    "fruitless_bourse": "Bourse infructueuse",
    "stage_refused": "Étape refusée à l’échéance",
    "resolve_transformation": "Transformation déterminée par la bourse",
    "attach_document": "Document versé",
    "print_impact": "Fiches d’impact éditées",
    "purge_situations": "Situations des agents effacées",
    "save_committee_rules": "Règles d’instance modifiées",
}

# What is forgotten, in French → the action that forgets it.
PURGES = {"Situations des agents (deux ans après)": "reorganisations.actions.purge_situations"}

# Kind of document (missions.printing) → who may read it, and how it is written.
PRINTINGS = {
    "rapport": "reorganisations.views.report.REPORT",
    "dossier": "reorganisations.views.dossier.DOSSIER",
    "acte": "reorganisations.views.dossier.ACT",
    "rapport-docx": "reorganisations.views.report.OFFICE_REPORT",
    "convocation": "reorganisations.views.minutes.CONVOCATION",
    "convocation-docx": "reorganisations.views.minutes.OFFICE_CONVOCATION",
    "proces-verbal": "reorganisations.views.minutes.MINUTES",
    "proces-verbal-docx": "reorganisations.views.minutes.OFFICE_MINUTES",
    "fiches-impact": "reorganisations.views.impact.SHEETS",
}

# Reference data of the room: file of fixtures/ → the action that loads what is not there yet.
REFERENCE_FILES = {"committee_rules.yaml": "reorganisations.actions.load_committee_rules"}


class ReorganisationsConfig(AppConfig):
    name = "reorganisations"
    verbose_name = "Réorganisations"

    def ready(self) -> None:
        from missions import gestures, planned

        from .chart_gestures import prepare_adjustment
        from .queries import planned_stages

        planned.register(planned_stages)
        gestures.register(prepare_adjustment)
