"""The files of the applications, outside what is served: read through views that check, never by an address."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def root() -> Path:
    found = Path(settings.APPLICATIONS_ROOT)
    found.mkdir(parents=True, exist_ok=True, mode=0o750)
    return found


def write(content: bytes) -> str:
    """Under a name of its own that says nothing; returned, relative to the root."""
    name = secrets.token_hex(16)
    path = root() / name
    path.touch(mode=0o640)
    path.write_bytes(content)
    return name


def read(path: str) -> bytes:
    """Raises FileNotFoundError."""
    return (root() / Path(path).name).read_bytes()


def remove(path: str) -> None:
    """One that is gone already is gone."""
    (root() / Path(path).name).unlink(missing_ok=True)


def names() -> Iterator[tuple[str, float]]:
    """Each file and when it was written, in seconds since 1970."""
    for path in root().iterdir():
        yield path.name, path.stat().st_mtime
