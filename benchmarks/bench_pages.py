"""Every page of the chart and of reorganisations, over 100 and over 10,000 posts: queries, time, size of the answer.

Bounds: the same number of queries at both sizes, 15 at most; at the large size 500 ms and 1 MB of HTML, files of all
the posts excepted.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.load import Loaded, load
from benchmarks.pages import not_measured, pages
from missions.seals import forget_structures

QUERIES = 15
MILLISECONDS = 500.0
BYTES = 1_000_000
SMALL = {"units": 10, "posts": 100, "agents": 90, "changes": 20}
LARGE = {"units": 1_000, "posts": 10_000, "agents": 9_000, "changes": 500}


class Measure(NamedTuple):
    status: int
    queries: int
    first: float
    median: float
    size: int
    whole: bool

    @property
    def fits(self) -> bool:
        return self.status == 200 and (self.whole or (self.median <= MILLISECONDS and self.size <= BYTES))


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
        body = b"".join(answer) if answer.streaming else answer.content
        spent = []
        for _ in range(times):
            start = time.perf_counter()
            client.get(page.address)
            spent.append(time.perf_counter() - start)
        found[page.name, page.asked] = Measure(
            answer.status_code,
            len([each for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]]),
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
        fits = found.fits and found.queries <= QUERIES and (before is None or before.queries == found.queries)
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


def main() -> bool:
    with database():
        small = measured(load(**SMALL))
    with database():
        large = measured(load(**LARGE))
        missing = not_measured({name for name, _ in large})
    good = table(small, large)
    slowest = sorted(large.items(), key=lambda each: each[1].median)[-5:]
    print("the slowest: " + ", ".join(f"{' '.join(key)} {found.median:.0f} ms" for key, found in reversed(slowest)))
    if missing:
        print(f"not measured: {', '.join(missing)}")
    return good and not missing
