"""One change more in a draft of 500 over 10,000 posts, the whole workspace sent back, against reading the snapshot.

Bounds: 15 queries, transactions apart, and three times the reading. Both are measured by turns, so that what else the
machine does weighs on both. The first edit of a process, whose caches are empty, is reported apart.
"""

import statistics
import time

import zstandard
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.bench_fold import milliseconds
from benchmarks.bench_pages import LARGE, database
from benchmarks.load import Loaded, load
from missions.models import Version
from missions.seals import forget_structures
from orgchart.structure import read_structure
from reorganisations.models import Reorganisation
from reorganisations.queries import bases, kept, neighbours

QUERIES = 15
RATIO = 3.0
TIMES = 9
NOT_QUERIES = ("SAVEPOINT", "BEGIN", "COMMIT", "RELEASE")


def add_one(client: Client, loaded: Loaded, number: int) -> float:
    """Milliseconds of one post more, sent as htmx does."""
    reorganisation = Reorganisation.objects.get(code=loaded.long)
    typed = {
        "seen": reorganisation.revision,
        "unit": "u1",
        "new.title": "gestionnaire",
        "new.form": "masculine",
        "new.label": f"gestionnaire {number}",
        "motive": "Mesure.",
    }
    address = reverse("reorganisations:add_change", args=[loaded.long, "create_post"])
    start = time.perf_counter()
    answer = client.post(address, typed)
    assert answer.status_code == 200, answer.content
    return (time.perf_counter() - start) * 1_000


def main() -> bool:
    with database():
        loaded = load(**LARGE)
        client = Client(SERVER_NAME="localhost", headers={"HX-Request": "true"})
        client.force_login(loaded.hr)
        sealed = bytes(Version.objects.latest("number").snapshot)
        forget_structures()
        bases.BASES.forget()
        kept.KEPT.forget()
        neighbours.RECENT.forget()
        first = add_one(client, loaded, 0)
        turns = [
            (add_one(client, loaded, number), milliseconds(lambda: read_structure(zstandard.decompress(sealed)), 3))
            for number in range(1, TIMES + 1)
        ]
        spent, reading = (statistics.median(each) for each in zip(*turns, strict=True))
        with CaptureQueriesContext(connection) as captured:
            add_one(client, loaded, TIMES + 1)
        # The first one is the measure's own.
        queries = sum(not each["sql"].startswith(NOT_QUERIES) for each in captured.captured_queries) - 1
    ratio = spent / reading
    print(
        f"one change more, all views again: {queries} queries (at most {QUERIES}), {spent:.0f} ms = {ratio:.1f} × "
        f"reading the snapshot ({reading:.0f} ms), bound {RATIO:.0f} ×; the first of a process {first:.0f} ms"
    )
    return queries <= QUERIES and ratio <= RATIO
