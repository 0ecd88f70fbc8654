"""Opens one account for each role, with known passwords. Only where nothing is at stake."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import actions
from accounts.models import Role, User

PASSWORD = "organigramme-demo"  # noqa: S105 — printed for everybody to use
ACCOUNTS = [
    ("rh@exemple.fr", "Rita Gabarit", Role.HR),
    ("encadrement@exemple.fr", "Ada Exemple", Role.MANAGER),
    ("agent@exemple.fr", "Jules Figurant", Role.AGENT),
    ("instance@exemple.fr", "Gilles Prototype", Role.COMMITTEE),
]


class Command(BaseCommand):
    help = "Opens the demonstration accounts and prints them (DEBUG or DEMO only). Can be run again."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError(
                "Demonstration accounts have known passwords: they are opened with DEBUG=1 or DEMO=1 only."
            )
        self.stdout.write(f"  Comptes (mot de passe\u00a0: {PASSWORD})")
        for email, name, role in ACCOUNTS:
            user = User.objects.filter(email=email).first()
            if user is None:
                user = actions.create_user(email=email, name=name, by=None)
            if not user.check_password(PASSWORD):
                actions.set_password(user=user, password=PASSWORD, by=None)
            if not user.has_role(role):
                actions.grant_role(user=user, role=role, by=None)
            self.stdout.write(f"    {email:<24} {role.label} ({user.name})")
