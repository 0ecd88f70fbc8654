"""Fold, difference and checks of 500 changes over 10,000 posts, against reading the snapshot they start from.

Bounds: at most twice the reading of the sealed snapshot (zstd and JSON), and linear from 500 to 5,000 changes.
"""

import statistics
import time
from collections.abc import Callable

import zstandard

from benchmarks.generate import draft, region
from orgchart.causes import causes
from orgchart.changes import AnyChange
from orgchart.checks import check_draft
from orgchart.diff import compare
from orgchart.fold import fold_leniently
from orgchart.structure import Structure, read_structure

BOUND = 2.0
SLOPE = 1.3


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """The median of a few runs, each on its own."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1_000)
    return statistics.median(found)


def whole(before: Structure, changes: tuple[AnyChange, ...]) -> None:
    folded = fold_leniently(before, changes)
    difference = compare(before, folded.structure)
    check_draft(before, changes, folded, difference=difference)


def fresh(text: bytes) -> list[Structure]:
    """Charts just read, none of whose indexes is made: one for each run."""
    return [read_structure(text) for _ in range(15)]


def main() -> bool:
    chart = region()
    text = chart.canonical
    sealed = zstandard.compress(text)
    reading = milliseconds(lambda: read_structure(zstandard.decompress(sealed)))
    print(f"snapshot of {len(chart.posts):,} posts and {len(chart.units):,} units: read in {reading:.1f} ms")

    few = draft(chart, changes=500)
    charts = fresh(text)
    cold = milliseconds(lambda: whole(charts.pop(), few))
    ratio = cold / reading
    print(f"{len(few)} changes, fold + difference + checks: {cold:.1f} ms = {ratio:.2f} × reading (bound {BOUND})")

    large = region(units=1_000, posts=12_000, seed=2)
    small_draft, long_draft = draft(large, changes=500, seed=2), draft(large, changes=5_000, seed=2)
    nothing = milliseconds(lambda: whole(large, ()))
    small = milliseconds(lambda: whole(large, small_draft)) - nothing
    long = milliseconds(lambda: whole(large, long_draft), 5) - nothing
    slope = (long / len(long_draft)) / (small / len(small_draft))
    print(
        f"{len(small_draft)} changes add {small:.1f} ms, {len(long_draft)} add {long:.1f} ms: "
        f"a change costs {slope:.2f} × as much (bound {SLOPE})"
    )

    after = fold_leniently(chart, few).structure
    print(f"causes of the same {len(few)} changes: {milliseconds(lambda: causes(chart, few, after), 3):.1f} ms")
    return ratio <= BOUND and slope <= SLOPE


if __name__ == "__main__":
    main()
