"""The lock of the whole chart, taken inside a transaction and kept to its end."""

import pytest
from django.db import connection, transaction

from missions.actions import lock_chart


def advisory_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_taken_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        lock_chart()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite the transaction itself is the lock")
@pytest.mark.django_db(transaction=True)
def test_the_lock_is_kept_to_the_end_of_the_transaction():
    with transaction.atomic():
        lock_chart()
        lock_chart()
        assert advisory_locks() == 1
    assert advisory_locks() == 0
