"""`manage.py grant_application_role ROLE`: what the application's role may do on PostgreSQL, and what it may not.

Run by the owner of the tables after each `migrate`. The application then connects with a role that reads and adds, but
neither changes nor removes, what is sealed: versions, corrections, documents, the trail and the history of rows.
"""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction

from accounts.models import Event
from missions.models.append_only import AppendOnly


def append_only_models() -> list[type[models.Model]]:
    """Sealed models of every room, the trail, and the history that simple_history keeps."""
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, AppendOnly) or model is Event or hasattr(model, "instance_type")
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


class Command(BaseCommand):
    help = "Accorde au rôle de l’application, sur PostgreSQL, ses droits et rien de plus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="Rôle PostgreSQL avec lequel l’application se connecte.")

    @transaction.atomic
    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Les rôles n’existent que sur PostgreSQL.")
        quote = connection.ops.quote_name
        name = quote(role)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
            row = cursor.fetchone()
            if row is None:
                raise CommandError(f"Le rôle « {role} » n’existe pas : créez-le d’abord (CREATE ROLE).")
            if any(row):
                raise CommandError(f"Le rôle « {role} » possède les tables ou tout pouvoir : prenez-en un autre.")
            # PostgreSQL only warns whoever grants what is not theirs.
            cursor.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND NOT pg_has_role(tableowner, 'USAGE')"
            )
            if cursor.fetchone()[0]:
                raise CommandError(
                    "Le compte connecté ne possède pas les tables\u00a0: prenez celui de leur propriétaire."
                )
            for statement in (
                "GRANT USAGE ON SCHEMA public TO {role}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
                "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
            ):
                cursor.execute(statement.format(role=name))
            for model in append_only_models():
                table = quote(model._meta.db_table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        self.stdout.write(f"Droits accordés à « {role} » ; {len(append_only_models())} tables en ajout seul.")
