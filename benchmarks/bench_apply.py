"""A stage of 500 changes brought into force over 10,000 posts, by `apply_stage`: from the lock to the trail.

Bound: 25 queries beside the moves in the tree (its lock and the statement that numbers it; savepoints are not counted)
and beside five for each open draft that follows, whatever the number of changes; seconds are reported.
"""

import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.load import decide, load
from missions.models import Post, Version
from missions.verify import verify_chart
from reorganisations import actions

BOUND, FOLLOWING = 25, 5
ASIDE = ("SAVEPOINT", "pg_advisory_xact_lock", "FROM (VALUES")


class Undone(Exception):
    """Leaves the database as it was for the next measurement."""


def stage(changes: int, by: User) -> tuple[int, float]:
    """Queries, beside those of the drafts that follow, and seconds of the only stage of a reorganisation with so many
    changes."""
    try:
        with transaction.atomic():
            reorganisation = decide(code=f"mesure-etape-{changes}", changes=changes, seed=990 + changes, by=by)
            waiting = reorganisation.stages.get()
            day = Version.objects.latest("number").effective_on
            actions.set_stage_date(stage=waiting, on=day, by=by)
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                actions.apply_stage(stage=waiting, by=by, today=day)
                seconds = time.perf_counter() - start
            assert not (faults := verify_chart()), faults[0].message
            raise Undone
    except Undone:
        asked = [each for each in queries.captured_queries if not any(words in each["sql"] for words in ASIDE)]
        followed = sum('INSERT INTO "reorganisations_draftedit"' in each["sql"] for each in asked)
        return len(asked) - FOLLOWING * followed, seconds


def main() -> bool:
    by = load().hr
    print(f"{Post.objects.in_force().count():,} posts in force on {connection.vendor}")
    counts = []
    for changes in (50, 500):
        number, seconds = stage(changes, by)
        counts.append(number)
        print(f"{changes} changes: {number} queries, {seconds:.2f} s")
    return max(counts) <= BOUND
