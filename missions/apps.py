from django.apps import AppConfig

from accounts.menu import MenuEntry

MENU = [
    MenuEntry(
        "Organigramme", "missions:chart", when="missions.permissions.can_view_chart", position=10, also=("/unites/",)
    ),
    MenuEntry("Postes", "missions:posts", when="missions.permissions.can_view_chart", position=20),
    MenuEntry("Historique", "missions:history", when="missions.permissions.can_view_chart", position=40),
    MenuEntry(
        "Agents",
        "missions:agents",
        when="missions.permissions.can_edit_agents",
        section="administration",
        position=20,
    ),
    MenuEntry(
        "Types d’unité",
        "missions:kinds",
        when="missions.permissions.can_edit_reference",
        section="administration",
        position=30,
    ),
    MenuEntry(
        "Cotations",
        "missions:grades",
        when="missions.permissions.can_edit_reference",
        section="administration",
        position=31,
    ),
    MenuEntry(
        "Intitulés de poste",
        "missions:titles",
        when="missions.permissions.can_edit_reference",
        section="administration",
        position=32,
    ),
    MenuEntry(
        "Sites",
        "missions:sites",
        when="missions.permissions.can_edit_reference",
        section="administration",
        position=33,
    ),
    MenuEntry(
        "Périmètres",
        "missions:perimeters",
        when="missions.permissions.can_edit_perimeters",
        section="administration",
        position=21,
    ),
    MenuEntry(
        "Employeur",
        "missions:employer",
        when="missions.permissions.can_edit_reference",
        section="administration",
        position=34,
    ),
]

TRAIL_LABELS = {
    "seal_version": "Version scellée",
    "edit_opening": "Saisie de l’état constaté",
    "correct": "Correction",
    "create_agent": "Agent enregistré",
    "update_agent": "Agent modifié",
    "purge_agents": "Agents oubliés",
    "export_holders": "Export nominatif",
    "assign_agent": "Affectation",
    "end_assignment": "Fin d’affectation",
    "change_assignment": "Affectation modifiée",
    "cancel_assignment": "Affectation annulée",
    "state_vacancy": "Vacance d’un poste",
    "save_reference": "Donnée de référence enregistrée",
    "delete_reference": "Donnée de référence supprimée",
    "save_employer": "Réglages de l’employeur",
    "set_perimeters": "Périmètre d’un compte",
    "record_post_events": "Événements de poste",
    "add_milestone": "Jalon ajouté",
    "remove_milestone": "Jalon retiré",
    "store_document": "Document enregistré",
}

# What is forgotten, in French → the action that forgets it.
PURGES = {
    "Agents partis (cinq ans après leur dernière affectation)": "missions.actions.purge_agents",
    "Documents préparés (un jour après la demande)": "missions.actions.renderings.purge_renderings",
    "Travaux de fond terminés (un jour après)": "missions.actions.renderings.purge_finished_tasks",
}

# Kind of document (missions.printing) → who may read it, and how it is written.
PRINTINGS = {"organigramme": "missions.views.chart.CHART", "version": "missions.views.history.VERSION"}


class MissionsConfig(AppConfig):
    name = "missions"
    verbose_name = "Organigramme"
