"""The chart on any day, among ten versions, against one `values_list` of the posts in force.

Bound: three times that reading, on the median day and on the slowest one.
"""

import datetime
import random
import statistics
import time

from benchmarks.bench_fold import milliseconds
from benchmarks.database import OPENED_ON, fill
from missions.models import Post, Version
from missions.queries import chart_on, structure_in_force
from missions.records import POST_COLUMNS
from missions.seals import forget_structures

BOUND = 3.0


def main() -> bool:
    fill()
    posts, versions = Post.objects.in_force().count(), Version.objects.count()
    reading = milliseconds(lambda: list(Post.objects.in_force().order_by().values_list(*POST_COLUMNS)))
    short = milliseconds(lambda: list(Post.objects.in_force().order_by().values_list("uid", "unit_id", "grade_id")))
    print(f"values_list of {posts:,} posts in force: {reading:.1f} ms; of three columns of them: {short:.1f} ms")
    chance = random.Random(1)
    days = [OPENED_ON + datetime.timedelta(days=chance.randrange(365 * (versions + 1))) for _ in range(30)]
    found = []
    for day in days:
        forget_structures()
        start = time.perf_counter()
        chart_on(day)
        found.append((time.perf_counter() - start) * 1_000)
    median, slowest = statistics.median(found), max(found)
    print(
        f"the chart on {len(days)} days among {versions} versions: median {median:.1f} ms = {median / reading:.2f} ×, "
        f"slowest {slowest:.1f} ms = {slowest / reading:.2f} × (bound {BOUND})"
    )
    print(f"the same day asked again: {milliseconds(lambda: chart_on(days[-1])):.1f} ms")
    print(f"the chart in force read from its rows: {milliseconds(structure_in_force, 5):.1f} ms")
    return median / reading <= BOUND
