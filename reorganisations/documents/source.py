"""From a text, sealed or being written, to the dossier that every document prints."""

from typing import NamedTuple, Protocol

from orgchart.changes import AnyChange
from orgchart.diff import Difference, compare
from orgchart.dossier import Dossier, Facts, Narrative, NarrativeSection, Part, dossier, unknown_part
from orgchart.dossier.tables import Figures
from orgchart.fold import fold_leniently, in_fold_order
from orgchart.structure import Structure
from orgchart.values import UnitId

from ..models import SealedText
from ..sealing import Text

# What a word processor leaves in pasted text and XML refuses: all control characters but tab and line ends.
UNPRINTABLE = dict.fromkeys(code for code in range(32) if code not in (9, 10, 13))


class Charted(Protocol):
    """What pictures are drawn of: the chart of a unit on both sides."""

    @property
    def root(self) -> UnitId: ...
    @property
    def difference(self) -> Difference: ...
    @property
    def before(self) -> Structure: ...
    @property
    def after(self) -> Structure: ...


class Report(NamedTuple):
    """What documents are written from: the words and figures, and the charts that pictures are drawn of."""

    code: str
    root: UnitId
    dossier: Dossier
    difference: Difference
    sealed: bool

    @property
    def before(self) -> Structure:
        return self.difference.before

    @property
    def after(self) -> Structure:
        return self.difference.after

    def name(self, suffix: str) -> str:
        """The name of the file: « rapport-proch-orientation-2021.pdf »; a working document says so."""
        return f"rapport-{self.code}{'' if self.sealed else '-document-de-travail'}.{suffix}"


def report_of(text: Text, *, sealed: SealedText | None = None) -> Report:
    """`sealed`: the record the text was read from; without it, a working document."""
    changes: tuple[AnyChange, ...] = text.changes
    folded = fold_leniently(text.before, in_fold_order(changes, text.facts.effective_on))
    facts, narrative = facts_of(text, sealed), narrative_of(text)
    return Report(
        code=text.facts.code,
        root=text.facts.unit,
        dossier=printable(dossier(text.before, changes, folded, facts, narrative)),
        difference=compare(text.before, folded.structure),
        sealed=sealed is not None,
    )


def unknowns_of(text: Text, counted: Figures) -> Part:
    """The annex of what is not known, alone: what it counts is counted already."""
    return printable(unknown_part(counted, facts_of(text), narrative_of(text).sections))


def facts_of(text: Text, sealed: SealedText | None = None) -> Facts:
    amended = sealed is not None and sealed.kind == SealedText.Kind.AMENDED
    return Facts(
        code=text.facts.code,
        title=text.facts.title,
        unit=text.facts.unit,
        effective_on=text.facts.effective_on,
        committee=text.facts.committee,
        session_on=text.facts.session_on,
        item=text.facts.item,
        announced=text.facts.announced,
        milestones=text.facts.milestones,
        fictitious=text.facts.fictitious,
        sealed=sealed is not None,
        origin=sealed.origin if sealed is not None and amended else "",
        dated_on=sealed.dated_on if sealed is not None and amended else None,
    )


def narrative_of(text: Text) -> Narrative:
    return Narrative(
        sections=tuple(
            NarrativeSection(key=each.key, title=each.title, markdown=each.markdown, change=each.change)
            for each in text.sections
        )
    )


def printable[V](value: V) -> V:
    """The same value, its texts without control characters."""
    if isinstance(value, str):
        return value.translate(UNPRINTABLE)  # type: ignore[return-value]  # a str for a str
    if isinstance(value, tuple):
        parts = (printable(each) for each in value)
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)  # type: ignore[return-value]
    return value
