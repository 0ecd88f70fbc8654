"""A long PDF, written by a process of its own: its memory and its time are limited, and it takes nobody down with it.

`python -m missions.pdf_process SOURCE TARGET MEMORY SECONDS` reads HTML, writes the PDF, and prints « done total » for
each page. It knows neither Django nor the database.
"""

import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .pdf import Tell, render_pdf

HERE = Path(__file__).resolve().parent.parent
OUT_OF_MEMORY = 3
# How often the one who waits is told, in seconds, whether something moved or not.
BEAT = 1.0


class Limits(NamedTuple):
    """`memory`: bytes of address space; `processor` and `clock`: seconds of computing, and in all."""

    memory: int = 4 * 1024**3
    processor: int = 15 * 60
    clock: int = 30 * 60


USUAL = Limits()


class NotWritten(Exception):
    """The PDF was not written; the words say why, to the one who asked for it."""


class TookTooLong(NotWritten):
    def __init__(self) -> None:
        super().__init__("Le document est trop long\u00a0: il demandait trop de temps.")


class TookTooMuchMemory(NotWritten):
    def __init__(self) -> None:
        super().__init__("Le document est trop long\u00a0: il demandait trop de mémoire.")


class Broke(NotWritten):
    def __init__(self) -> None:
        super().__init__("Le document n’a pas pu être écrit\u00a0: la raison est au journal du serveur.")


def write_apart(html: str, *, tell: Tell, limits: Limits = USUAL) -> bytes:
    """`tell` is called every second from here, whether pages came or not; when it raises, the process is ended.

    Raises NotWritten.
    """
    with TemporaryDirectory(prefix="pdf-") as folder:
        source, target = Path(folder, "document.html"), Path(folder, "document.pdf")
        source.write_text(html, encoding="utf-8")
        command = [sys.executable, "-m", __name__, str(source), str(target), str(limits.memory), str(limits.processor)]
        reader, writer = os.pipe()
        process = subprocess.Popen(command, cwd=HERE, stdin=subprocess.DEVNULL, stdout=writer)  # noqa: S603
        os.close(writer)
        try:
            _follow(reader, tell, limits)
            process.wait()
        finally:
            process.kill()
            process.wait()
            os.close(reader)
        if process.returncode == OUT_OF_MEMORY:
            raise TookTooMuchMemory
        if process.returncode == -signal.SIGXCPU:
            raise TookTooLong
        if process.returncode != 0:
            raise Broke
        return target.read_bytes()


def _follow(printed: int, tell: Tell, limits: Limits) -> None:
    """Read what the process prints until it has no more to say."""
    deadline, told, rest, latest = time.monotonic() + limits.clock, 0.0, b"", (0, 0)
    with selectors.DefaultSelector() as selector:
        selector.register(printed, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=BEAT):
                read = os.read(printed, 65_536)
                if not read:
                    break
                *lines, rest = (rest + read).split(b"\n")
                if lines:
                    done, total = lines[-1].split()
                    latest = (int(done), int(total))
            now = time.monotonic()
            if now >= deadline:
                raise TookTooLong
            if now - told >= BEAT:
                tell(*latest)
                told = now


def main(source: str, target: str, memory: str, seconds: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Allocations fail one by one in C libraries, which then abort: those end as `Broke`.
    try:
        content = render_pdf(Path(source).read_text(encoding="utf-8"), tell=_print)
    except MemoryError:
        return OUT_OF_MEMORY
    Path(target).write_bytes(content)
    return 0


def _print(done: int, total: int) -> None:
    print(done, total, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
