"""The text given to a committee as one value: what is sealed, how it is written, and how two texts differ."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import zstandard
from msgspec.structs import replace

from orgchart.changes import AnyChange
from orgchart.checks import Announced
from orgchart.dossier import Milestone
from orgchart.structure import Structure
from orgchart.values import ChangeId, UnitId, Value, canonical, sha256

from .models import SealedText

LEVEL = 10


class Section(Value, frozen=True, kw_only=True):
    """A written part as it stood. `change`: the one it explains."""

    key: str
    title: str
    markdown: str = ""
    change: ChangeId | None = None


class Facts(Value, frozen=True, kw_only=True):
    """What the text says of itself. No person is named. `item`: « avis » or « information ».

    `milestones`: what is known of the unit's past, printed with the context. One recorded later does not make the draft
    another text.
    """

    code: str
    title: str
    unit: UnitId
    effective_on: datetime.date | None = None
    committee: str = ""
    session_on: datetime.date | None = None
    item: str = "avis"
    announced: tuple[Announced, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    fictitious: bool = False


class Text(Value, frozen=True, kw_only=True):
    """Everything the committee was given: the chart before, the changes in their order, the words and the facts."""

    facts: Facts
    before: Structure
    changes: tuple[AnyChange, ...] = ()
    sections: tuple[Section, ...] = ()


class Tampered(Exception):
    """The content no longer has the hash it was sealed with."""

    def __init__(self, text: SealedText) -> None:
        super().__init__(
            f"Le texte scellé n°\u00a0{text.number} de «\u00a0{text.reorganisation.code}\u00a0» "
            "ne correspond plus à son empreinte."
        )


class Sealed(NamedTuple):
    content: bytes
    sha256: str


def seal(text: Text) -> Sealed:
    written = canonical(text)
    return Sealed(zstandard.ZstdCompressor(level=LEVEL).compress(written), sha256(written))


def unseal(text: SealedText) -> Text:
    """Raises Tampered."""
    return msgspec.json.decode(verified(text), type=Text)


def verified(text: SealedText) -> bytes:
    """The canonical JSON, once its hash is checked. Raises Tampered."""
    try:
        written = zstandard.ZstdDecompressor().decompress(bytes(text.content))
    except zstandard.ZstdError:
        raise Tampered(text) from None
    if sha256(written) != text.sha256:
        raise Tampered(text)
    return written


class TextDifference(NamedTuple):
    """What the draft says otherwise than the text sealed: ids of changes, titles of sections, names of facts."""

    added: tuple[ChangeId, ...] = ()
    removed: tuple[ChangeId, ...] = ()
    edited: tuple[ChangeId, ...] = ()
    reordered: bool = False
    sections: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    before: bool = False

    @property
    def empty(self) -> bool:
        return not any(self)


FACT_LABELS = {
    "code": "code",
    "title": "titre",
    "unit": "unité",
    "effective_on": "date d’effet",
    "committee": "instance",
    "session_on": "date de la séance",
    "item": "nature du point",
    "announced": "effectifs annoncés",
    "fictitious": "mention «\u00a0fictif\u00a0»",
}


def differences(sealed: Text, now: Text) -> TextDifference:
    old = {change.id: change for change in sealed.changes}
    new = {change.id: change for change in now.changes}
    kept = [change.id for change in sealed.changes if change.id in new]
    return TextDifference(
        added=tuple(change for change in new if change not in old),
        removed=tuple(change for change in old if change not in new),
        edited=tuple(change for change in kept if old[change] != new[change]),
        reordered=kept != [change.id for change in now.changes if change.id in old],
        sections=_sections(sealed.sections, now.sections),
        facts=tuple(
            label for field, label in FACT_LABELS.items() if getattr(sealed.facts, field) != getattr(now.facts, field)
        ),
        # The words alone may have been respelled since: the chart the text was written over is still the same.
        before=replace(sealed.before, nomenclature=now.before.nomenclature) != now.before,
    )


def _sections(old: Sequence[Section], new: Sequence[Section]) -> tuple[str, ...]:
    """Titles of the parts added, taken away, rewritten or moved."""
    before: Mapping[str, tuple[int, Section]] = {section.key: (rank, section) for rank, section in enumerate(old)}
    after: Mapping[str, tuple[int, Section]] = {section.key: (rank, section) for rank, section in enumerate(new)}
    return tuple(
        (after.get(key) or before[key])[1].title
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )
