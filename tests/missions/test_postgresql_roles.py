"""On PostgreSQL the application's role adds to what is sealed and can neither change nor remove it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from missions.management.commands.grant_application_role import append_only_models
from tests.factories import open_small_chart

ROLE = "organigramme_application_test"
SEALED = ["missions_version", "missions_correction", "missions_document", "accounts_event", "missions_historicalunit"]

pytestmark = pytest.mark.django_db

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="roles exist on PostgreSQL only")


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.fixture
def application():
    """`with application():` runs as the application's role; all is undone with the test."""
    execute(f"CREATE ROLE {ROLE}")
    call_command("grant_application_role", ROLE, verbosity=0, stdout=_Silent())

    class AsApplication:
        def __enter__(self):
            execute(f"SET ROLE {ROLE}")

        def __exit__(self, *args):
            execute("RESET ROLE")

    return AsApplication


class _Silent:
    def write(self, text):
        pass


def test_everything_sealed_is_found_by_itself():
    assert {*SEALED} <= {model._meta.db_table for model in append_only_models()}


@on_postgresql
@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_alter_what_is_sealed(application, hr, table, statement):
    open_small_chart(by=hr)
    column = "history_id" if "historical" in table else "id"
    with application(), pytest.raises(ProgrammingError, match="permission denied"):
        execute(statement.format(table, column, column))


@on_postgresql
def test_the_application_does_all_the_rest(application, hr):
    with application():
        version = open_small_chart(by=hr)
        assert execute("SELECT 1 FROM missions_version") == 1
        assert execute("UPDATE missions_unit SET label = label") == 4
    assert version.number == 1


@on_postgresql
def test_the_owner_can(application, hr):
    """The sabotage twin: it is the grants that refuse, nothing else."""
    open_small_chart(by=hr)
    assert execute("UPDATE missions_version SET title = 'Autre'") == 1
    assert execute("DELETE FROM missions_version") == 1


@on_postgresql
def test_a_role_that_owns_or_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("grant_application_role", "nobody_here")
    with pytest.raises(CommandError, match="prenez-en un autre"):
        call_command("grant_application_role", connection.settings_dict["USER"])


@on_postgresql
def test_who_does_not_own_the_tables_grants_nothing(application):
    execute("CREATE ROLE another_role")
    with application(), pytest.raises(CommandError, match="ne possède pas les tables"):
        call_command("grant_application_role", "another_role")


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="SQLite has no roles")
def test_sqlite_has_no_roles():
    with pytest.raises(CommandError, match="que sur PostgreSQL"):
        call_command("grant_application_role", ROLE)
