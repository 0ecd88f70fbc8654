"""A stage of 500 changes brought into force over 10,000 posts: lock, read, fold, compare, write with history, seal.

Bound: 20 queries for the write and the seal, the tree included, whatever the number of changes (savepoints are not
counted); seconds are reported.
"""

import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.database import apply, fill
from benchmarks.generate import draft
from missions.models import Post
from missions.queries import structure_in_force
from missions.verify import verify_chart

BOUND = 20
READING = 7


class Undone(Exception):
    """Leaves the database as it was for the next measurement."""


def stage(changes: int) -> tuple[int, float]:
    """Queries beside the reading of the chart, and seconds."""
    wanted = draft(structure_in_force(), changes=changes, seed=99)
    try:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                apply(wanted, 50)
                seconds = time.perf_counter() - start
            assert not (faults := verify_chart()), faults[0].message
            raise Undone
    except Undone:
        asked = [each for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]]
        return len(asked) - READING, seconds


def main() -> bool:
    fill()
    print(f"{Post.objects.in_force().count():,} posts in force on {connection.vendor}")
    counts = []
    for changes in (50, 500):
        number, seconds = stage(changes)
        counts.append(number)
        print(f"{changes} changes: {number} queries beside the {READING} that read, {seconds:.2f} s")
    return counts[-1] <= BOUND
