"""The documents of a reorganisation and of the whole chart, reported in seconds, pages and peak memory.

No bound: WeasyPrint's own time counts for nearly all of it. Each document is written in a process of its own, so that
its peak memory is its own. What the application refuses as too long (missions.printing) is not written here either.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from reorganisations.documents.committee_file import CommitteeFile
    from reorganisations.documents.source import Report

LARGEST = (1_000, 10_000, 500)
SIZES = ((4, 17, 6), (100, 1_000, 100), LARGEST)


def report(units: int, posts: int, changes: int) -> bytes:
    """The report of a draft over the whole of a synthetic région: outline, tables of posts, organigrammes."""
    from missions.printing import AT_MOST
    from reorganisations.documents.pages import report_pdf, report_weight

    written = read_report(units, posts, changes)
    return report_pdf(written) if report_weight(written) <= AT_MOST else b""


def word_file(units: int, posts: int, changes: int) -> bytes:
    from reorganisations.documents.office import report_docx

    return report_docx(read_report(units, posts, changes))


def dossier(units: int, posts: int, changes: int) -> bytes:
    """The whole dossier of the committee over the same draft, in one PDF."""
    from missions.pdf import render_pdf
    from missions.printing import AT_MOST
    from reorganisations.documents.committee_file import dossier_html

    file = read_dossier(units, posts, changes)
    return render_pdf(dossier_html(file)) if file.weight <= AT_MOST else b""


def archive(units: int, posts: int, changes: int) -> bytes:
    """The same as an archive: each piece is written alone."""
    from missions.archives import zipped
    from missions.pdf import render_pdf
    from reorganisations.documents.committee_file import dossier_archive

    file = read_dossier(units, posts, changes)
    return zipped(dossier_archive(file), lambda html, _: render_pdf(html), lambda *_: None)


def read_dossier(units: int, posts: int, changes: int) -> "CommitteeFile":
    from benchmarks.generate import draft, region
    from reorganisations.documents.committee_file import committee_file
    from reorganisations.sealing import Facts, Text

    before = region(units=units, posts=posts)
    facts = Facts(code="mesure", title="Mesure", unit=before.roots[0].id)
    file = committee_file(Text(facts=facts, before=before, changes=draft(before, changes=changes)))
    rows = sum(len(group.rows) for piece in file.dossier.printed for table in piece.tables for group in table.groups)
    print(f"          {rows} rows of tables, weight {file.weight}", flush=True)
    return file


def read_report(units: int, posts: int, changes: int) -> "Report":
    from benchmarks.generate import draft, region
    from reorganisations.documents.source import report_of
    from reorganisations.sealing import Facts, Text

    before = region(units=units, posts=posts)
    facts = Facts(code="mesure", title="Mesure", unit=before.roots[0].id)
    return report_of(Text(facts=facts, before=before, changes=draft(before, changes=changes)))


def chart(units: int, posts: int, changes: int) -> bytes:
    """The organigramme: a summary, then a page per unit with its next level."""
    import datetime

    from benchmarks.generate import region
    from missions.drawing.documents import chart_html
    from missions.pdf import render_pdf

    before = region(units=units, posts=posts)
    day = datetime.date(2026, 1, 1)
    return render_pdf(chart_html(before, root=before.roots[0].id, title="Région", facts=(), day=day, source="mesure"))


def measured(write: Callable[..., bytes], size: tuple[int, int, int], answer: multiprocessing.SimpleQueue) -> None:
    django.setup()
    start = time.perf_counter()
    content = write(*size)
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((seconds, pages(content), len(content) / 1024, megabytes))


def pages(content: bytes) -> str:
    from pypdf import PdfReader

    if not content:
        return "refused, too long"
    if content.startswith(b"PK\x03\x04") and b"00-sommaire.pdf" in content[:200]:
        return "archive"
    return f"{len(PdfReader(BytesIO(content)).pages)} pages" if content.startswith(b"%PDF") else "Word"


def main() -> None:
    processes = multiprocessing.get_context("spawn")
    for size in SIZES:
        for write in (chart, report, word_file, dossier, archive) if size != LARGEST else (chart, report, word_file):
            answer = processes.SimpleQueue()
            process = processes.Process(target=measured, args=(write, size, answer))
            process.start()
            seconds, length, kilobytes, megabytes = answer.get()
            process.join()
            units, posts, changes = size
            print(
                f"{write.__name__:>9}: {units:>4} units, {posts:>5} posts, {changes:>3} changes: "
                f"{seconds:6.2f} s, {length}, {kilobytes:,.0f} kB, peak {megabytes:.0f} MB",
                flush=True,
            )
