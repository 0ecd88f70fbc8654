"""Several documents in one ZIP archive, written one after the other: the memory is that of the largest."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

MEDIA_TYPE = "application/zip"
# The same documents give the same archive: no clock in it.
EPOCH = (1980, 1, 1, 0, 0, 0)


class Member(NamedTuple):
    """`source`: HTML that a PDF is made of, or the whole file."""

    name: str
    source: Callable[[], str | bytes]


class Archive(NamedTuple):
    members: tuple[Member, ...]


# Makes a PDF of HTML; what it is given to call says that somebody is still at work.
type Write = Callable[[str, Callable[[], None]], bytes]


def zipped(archive: Archive, write: Write, tell: Callable[[int, int], None]) -> bytes:
    """`tell` is called with the members done and how many there are, before each and while it is written."""
    target = io.BytesIO()
    total = len(archive.members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for done, member in enumerate(archive.members):
            beat = partial(tell, done, total)
            beat()
            source = member.source()
            content = write(source, beat) if isinstance(source, str) else source
            entry = zipfile.ZipInfo(member.name, EPOCH)
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
