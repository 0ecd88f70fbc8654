"""Sealing: the compressed text of a structure, its hash, and the chain of the versions."""

from typing import Any

import zstandard

from orgchart.structure import Structure, read_structure
from orgchart.values import canonical, sha256

from .models import Version


class Unreadable(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(f"Le contenu scellé de la version {number} est illisible.")


def pack(text: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(text)


def unpack(version: Version) -> bytes:
    """The canonical text as it was sealed. Raises Unreadable."""
    try:
        # Some bytes of a damaged frame still read as one; its own length is checked too.
        return zstandard.ZstdDecompressor().decompress(bytes(version.snapshot))
    except zstandard.ZstdError:
        raise Unreadable(version.number) from None


def sealed_structure(version: Version) -> Structure:
    """Raises Unreadable."""
    text = unpack(version)
    try:
        return read_structure(text)
    except ValueError:
        raise Unreadable(version.number) from None


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
