"""Several documents in one archive, one after the other, always the same bytes."""

import io
import zipfile

from missions.archives import Archive, Member, zipped

ARCHIVE = Archive((Member("a.pdf", lambda: "<p>A</p>"), Member("b.csv", lambda: b"1;2")))


def written(told: list[tuple[int, int]]) -> bytes:
    def write(html: str, beat) -> bytes:
        beat()
        return f"PDF {html}".encode()

    return zipped(ARCHIVE, write, lambda done, total: told.append((done, total)))


def test_members_are_written_in_order_and_told():
    told: list[tuple[int, int]] = []
    bundle = zipfile.ZipFile(io.BytesIO(written(told)))
    assert {name: bundle.read(name) for name in bundle.namelist()} == {"a.pdf": b"PDF <p>A</p>", "b.csv": b"1;2"}
    assert told == [(0, 2), (0, 2), (1, 2)]


def test_no_clock_is_in_it():
    assert written([]) == written([])
