from django.apps import AppConfig

from .menu import MenuEntry

TRAIL_LABELS = {
    "create_user": "Compte créé",
    "grant_role": "Rôle accordé",
    "withdraw_role": "Rôle retiré",
    "activate_user": "Compte réactivé",
    "deactivate_user": "Compte désactivé",
    "set_password": "Mot de passe fixé",
}

MENU = [
    MenuEntry(
        "Comptes et rôles",
        "accounts:users",
        when="accounts.permissions.can_manage_accounts",
        section="administration",
        position=10,
    ),
    MenuEntry(
        "Journal",
        "accounts:trail",
        when="accounts.permissions.can_read_trail",
        section="administration",
        position=90,
    ),
]

# What is forgotten, in French → the action that forgets it.
PURGES = {"Journal (au-delà d’un an)": "accounts.actions.purge_trail"}


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"
