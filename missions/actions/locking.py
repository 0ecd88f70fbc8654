"""One lock for the whole chart: MPTT's tree and the chain of versions are corrupted by two writers at a time."""

from django.db import connection, transaction

# Any constant does; it is the same for every writer of the chart.
CHART = 0x0C4A_2700


def lock_chart() -> None:
    """Wait for the only right to write the chart, and keep it up to the end of the transaction.

    The outermost action takes it first, before any read. On SQLite the transaction, IMMEDIATE, holds it already.

    Raises TransactionManagementError outside a transaction, where the lock would hold nothing.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lock_chart() must be called inside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHART])
