from django.apps import AppConfig

TRAIL_LABELS = {
    "create_user": "Compte créé",
    "grant_role": "Rôle accordé",
    "withdraw_role": "Rôle retiré",
    "activate_user": "Compte réactivé",
    "deactivate_user": "Compte désactivé",
    "purge_trail": "Journal purgé",
}

# What is forgotten, in French → the action that forgets it.
PURGES = {"Journal (au-delà d’un an)": "accounts.actions.purge_trail"}


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"
