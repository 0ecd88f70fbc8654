"""Sealing: the compressed text of a structure, its hash, and the chain of the versions."""

from functools import lru_cache
from typing import Any

import msgspec
import zstandard

from orgchart.records import Unit
from orgchart.structure import Structure, read_structure
from orgchart.values import PostId, UnitId, canonical, sha256

from .models import Version


class Unreadable(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(f"Le contenu scellé de la version {number} est illisible.")


def pack(text: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(text)


def unpack(version: Version) -> bytes:
    """The canonical text as it was sealed. Raises Unreadable."""
    try:
        return zstandard.ZstdDecompressor().decompress(bytes(version.snapshot))
    except zstandard.ZstdError:
        raise Unreadable(version.number) from None


def sealed_structure(version: Version) -> Structure:
    """Raises Unreadable."""
    try:
        return _structure(bytes(version.snapshot))
    except (zstandard.ZstdError, ValueError):
        raise Unreadable(version.number) from None


class Home(msgspec.Struct, frozen=True):
    """A post, as far as where it is."""

    id: PostId
    unit: UnitId


class Skeleton(msgspec.Struct, frozen=True):
    """The units of a version and where its posts are: the rest of the text is passed over."""

    units: tuple[Unit, ...] = ()
    posts: tuple[Home, ...] = ()


def sealed_skeleton(version: Version) -> Skeleton:
    """What looks at many versions reads so, in half the time of the whole chart. Raises Unreadable."""
    try:
        return msgspec.json.decode(unpack(version), type=Skeleton)
    except ValueError:
        raise Unreadable(version.number) from None


@lru_cache(maxsize=4)
def _structure(snapshot: bytes) -> Structure:
    """Read once for each content, with the indexes it makes: it is frozen, and other bytes are another entry."""
    return read_structure(zstandard.ZstdDecompressor().decompress(snapshot))


def forget_structures() -> None:
    """For measurements: the next one is read again."""
    _structure.cache_clear()


def heading(version: Version, previous_seal: str) -> dict[str, Any]:
    """What the seal covers: all that a reader is told of the version, and the seal before."""
    return {
        "uid": version.uid,
        "number": version.number,
        "title": version.title,
        "kind": version.kind,
        "effective_on": version.effective_on,
        "sealed_at": version.sealed_at,
        "sha256": version.sha256,
        "source_label": version.source_label,
        "source_code": version.source_code,
        "stage_label": version.stage_label,
        "partly": version.partly,
        "note": version.note,
        "fictitious": version.fictitious,
        "previous_sha256": version.previous_sha256,
        "previous_seal": previous_seal,
    }


def seal_of(version: Version, previous_seal: str) -> str:
    return sha256(canonical(heading(version, previous_seal)))
