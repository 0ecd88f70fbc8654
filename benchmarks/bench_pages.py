"""Every page of the chart and of reorganisations, over 100 and over 10,000 posts: queries, time, size of the answer.

Bounds: the same number of queries at both sizes, 15 at most; at the large size 500 ms and 1 MB of HTML, files of all
the posts excepted. `ALLOWED` says which page goes over one of them, and docs/performance.md why.

Then one adjustment added to the long draft, the workspace sent back: reported in queries and against the reading of the
snapshot.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import zstandard
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.bench_fold import milliseconds
from benchmarks.load import Loaded, load
from benchmarks.pages import not_measured, pages
from missions.models import Version
from missions.seals import forget_structures
from orgchart.structure import read_structure
from reorganisations.models import Reorganisation

QUERIES = 15
MILLISECONDS = 500.0
BYTES = 1_000_000


class Limits(NamedTuple):
    queries: int = QUERIES
    milliseconds: float = MILLISECONDS


ALLOWED = {
    # The whole dossier is written to show its first pages.
    "reorganisations:report": Limits(milliseconds=2_000),
    # The draft is held against every other open one over the same version, here eight, two of them of 500 changes.
    "reorganisations:workspace": Limits(milliseconds=1_000),
    # What is missing is told before the session is asked for: the completeness of the whole dossier, of 500 changes.
    "reorganisations:submit": Limits(milliseconds=2_000),
    # A form over the chart in force read from its rows, not from a version: seven queries of it.
    "reorganisations:add_adjustment": Limits(queries=18),
    "reorganisations:replace_change": Limits(queries=18),
}
SMALL = {"units": 10, "posts": 100, "agents": 90, "versions": 3, "changes": 20}
LARGE = {"units": 1_000, "posts": 10_000, "agents": 9_000, "changes": 500}


class Measure(NamedTuple):
    status: int
    queries: int
    first: float
    median: float
    size: int
    whole: bool

    def fits(self, limits: Limits) -> bool:
        light = self.whole or (self.median <= limits.milliseconds and self.size <= BYTES)
        return self.status == 200 and self.queries <= limits.queries and light


type Measures = dict[tuple[str, str], Measure]


@contextmanager
def database() -> Iterator[None]:
    """A database of its own beside the one that measurements share, gone at the end."""
    usual = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "pages.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)
            forget_structures()


def measured(loaded: Loaded, times: int = 3) -> Measures:
    """(name, what is asked) → its measure, with the charts of versions read already, as in a server that runs."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(loaded.hr)
    found: Measures = {}
    for page in pages(loaded):
        start = time.perf_counter()
        client.get(page.address)
        first = time.perf_counter() - start
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page.address)
            asked = [each for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]]
        body = b"".join(answer) if answer.streaming else answer.content
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            client.get(page.address)
            spent.append(time.perf_counter() - start)
        found[page.name, page.asked] = Measure(
            answer.status_code,
            len(asked),
            first * 1_000,
            statistics.median(spent) * 1_000,
            len(body),
            page.whole,
        )
    return found


def table(small: Measures, large: Measures) -> bool:
    """One line a page, those out of bounds marked; whether none is."""
    print(f"{'page':<74} {'queries':>9} {'ms at 100':>9} {'at 10,000':>9} {'ratio':>6} {'kB':>7}")
    good = True
    for key, found in large.items():
        before = small.get(key)
        fits = found.fits(ALLOWED.get(key[0], Limits())) and (before is None or found.queries <= before.queries)
        good = good and fits
        queries = str(found.queries) if before is None else f"{before.queries} → {found.queries}"
        earlier = "" if before is None else f"{before.median:.0f}"
        ratio = "" if before is None else f"{found.median / before.median:.1f}"
        status = "" if found.status == 200 else f" status {found.status}"
        print(
            f"{' '.join(key):<74} {queries:>9} {earlier:>9} {found.median:>9.0f} {ratio:>6} {found.size / 1_000:>7.0f}"
            f"{'' if fits else '  OUT'}{status}",
            flush=True,
        )
    return good


def editing(loaded: Loaded) -> tuple[int, float]:
    """Queries and milliseconds of one post more in the long draft, sent as htmx does: the workspace comes back."""
    client = Client(SERVER_NAME="localhost", headers={"HX-Request": "true"})
    client.force_login(loaded.hr)
    spent, queries = [], 0
    for number in range(5):
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
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            answer = client.post(address, typed)
            spent.append((time.perf_counter() - start) * 1_000)
            queries = len([each for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]])
        assert answer.status_code == 200, answer.content
    return queries, statistics.median(spent)


def main() -> bool:
    call_command("collectstatic", interactive=False, verbosity=0)
    with database():
        loaded = load(**SMALL)
        small = measured(loaded)
        few, _ = editing(loaded)
    with database():
        loaded = load(**LARGE)
        large = measured(loaded)
        missing = not_measured({name for name, _ in large})
        many, spent = editing(loaded)
        sealed = bytes(Version.objects.latest("number").snapshot)
        reading = milliseconds(lambda: read_structure(zstandard.decompress(sealed)))
    good = table(small, large)
    slowest = sorted(large.items(), key=lambda each: each[1].median)[-5:]
    print("the slowest: " + ", ".join(f"{' '.join(key)} {found.median:.0f} ms" for key, found in reversed(slowest)))
    print(
        f"one adjustment more in the long draft, the workspace sent back: {few} → {many} queries, {spent:.0f} ms = "
        f"{spent / reading:.1f} × reading the snapshot ({reading:.0f} ms)"
    )
    if missing:
        print(f"not measured: {', '.join(missing)}")
    return good and few == many and not missing
