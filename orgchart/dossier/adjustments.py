"""The adjustments as the report proposes them: a numbered list by unit, each with its posts and what explains it."""

from collections.abc import Iterable, Iterator, Sequence

from .. import french
from ..changes import (
    AttachPosts,
    Change,
    CloseUnit,
    CreatePost,
    CreateUnit,
    MergeUnits,
    RedeployPost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from ..naming import Names
from ..records import Unit
from ..structure import Structure
from ..values import Deduction, PostId
from ..wording import (
    AS_SUPPRESSION_AND_CREATION,
    IN_AGREEMENT,
    TO_BE_DETERMINED,
    ChangeWording,
    opened_to,
    sentence,
    when,
)
from .blocks import Adjustment, Bullets, Explanation, Line, Paragraph
from .facts import NarrativeSection
from .provenance import Origin, origins, unit_lines

Maker = CreateUnit | MergeUnits | SplitUnit
Rowed = CreatePost | TransformPost | TransformUndetermined | TransferPost | RedeployPost
"""Changes that the list of posts tells by itself, as the provenance of a post."""

SEMICOLON = f"{french.NBSP}; "


def adjustments(
    before: Structure, after: Structure, changes: Sequence[Change], sections: Iterable[NarrativeSection]
) -> tuple[Adjustment, ...]:
    """Changes gathered by the unit they make or touch, in the order in which they first come."""
    names = Names(before, after)
    known = origins(tuple(changes), names)
    explained: dict[str, list[NarrativeSection]] = {}
    for section in sections:
        explained.setdefault(section.change or "", []).append(section)
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(_place(change, names), []).append(change)
    return tuple(
        _Item(names, known, group, explained).adjustment(number) for number, group in enumerate(groups.values(), 1)
    )


def _place(change: Change, names: Names) -> str:
    """The unit the change is told with, as it stands in the end; a split tells its own parts."""
    match change:
        case CreateUnit(new=new) | MergeUnits(into=new):
            return new.id
        case SplitUnit(id=identifier):
            return f"scission {identifier}"
        case (
            CreatePost(new=made) | TransformPost(into=made) | TransformUndetermined(into=made) | RedeployPost(into=made)
        ):
            return _home(made.id, names)
        case TransferPost(to=unit) | AttachPosts(to=unit):
            return unit
        case SuppressPost(post=post):
            return _home(post, names)
        case _:
            touched = getattr(change, "unit", None)
            return str(touched) if touched else _home(PostId(str(getattr(change, "post", ""))), names)


def _home(post: PostId, names: Names) -> str:
    found = names.find_post(post)
    return found.unit if found else ""


class _Item:
    def __init__(
        self,
        names: Names,
        known: dict[PostId, Origin],
        changes: Sequence[Change],
        explained: dict[str, list[NarrativeSection]],
    ) -> None:
        self.names = names
        self.known = known
        self.changes = changes
        self.explained = explained
        self.maker = next((change for change in changes if isinstance(change, Maker)), None)

    def adjustment(self, number: int) -> Adjustment:
        return Adjustment(
            number=number,
            heading=self._heading(),
            lines=tuple(self._lines()),
            notes=tuple(self._notes()),
            explanations=tuple(self._explanations()),
            duties=tuple(self._duties()),
            changes=tuple(change.id for change in self.changes),
        )

    def _heading(self) -> str:
        if self.maker or len(self.changes) == 1:
            return self._words(self.maker or self.changes[0]).heading
        unit = self.names.find_unit(_place(self.changes[0], self.names))
        name = french.upper_first(self.names.noun(unit)) if unit else "Autres ajustements"
        return french.typographic(f"{name}\u00a0: {french.count(len(self.changes), 'ajustement')}")

    def _words(self, change: Change) -> ChangeWording:
        return sentence(change, self.names.before, self.names.after)

    # The posts

    def _made(self) -> list[Unit]:
        """The units this item makes, that still stand in the end."""
        match self.maker:
            case CreateUnit(new=new) | MergeUnits(into=new):
                made = [new.id]
            case SplitUnit(into=parts):
                made = [part.new.id for part in parts]
            case _:
                made = []
        return [self.names.after.unit_by_id[unit] for unit in made if unit in self.names.after.unit_by_id]

    def _lines(self) -> Iterator[Line]:
        for unit in self._made():
            if isinstance(self.maker, SplitUnit):
                yield Line(f"{self.names.a_unit(unit)}{self.names.size(unit.id)}")
            yield from unit_lines(self.names.after, unit.id, self.known)
            for child in self.names.after.children_of.get(unit.id, ()):
                yield Line(f"{self.names.the(child)}{self.names.size(child.id)}")
        if not self.maker and len(self.changes) > 1:
            for change in self.changes:
                words = self._words(change)
                yield Line(words.heading, SEMICOLON.join(self._beside(change)))

    # What is said of them

    def _notes(self) -> Iterator[Paragraph]:
        for unit in self._made():
            yield from self._unit_notes(unit)
        for change in self.changes:
            yield from self._change_notes(change)

    def _unit_notes(self, unit: Unit) -> Iterator[Paragraph]:
        if unit.lead:
            led = "Dirigée" if self.names.is_feminine(unit) else "Dirigé"
            reason = next((each.reason for each in self._deduced("lead")), "")
            yield Paragraph(f"{led} par {self.names.the_post(unit.lead)}.", clause(reason))
        if unit.sites:
            label = "Site" if len(unit.sites) == 1 else "Sites"
            yield Paragraph(sentence_of(f"{label}\u00a0: {french.join(map(self.names.site, unit.sites))}"))
        if unit.aliases:
            label = "Autre appellation" if len(unit.aliases) == 1 else "Autres appellations"
            yield Paragraph(sentence_of(f"{label}\u00a0: {SEMICOLON.join(unit.aliases)}"))
        if unit.purposes:
            label = "Mission" if len(unit.purposes) == 1 else "Missions"
            yield Paragraph(sentence_of(f"{label}\u00a0: {SEMICOLON.join(map(clause, unit.purposes))}"))

    def _deduced(self, field: str) -> tuple[Deduction, ...]:
        return tuple(each for change in self.changes for each in change.deduced if each.field == field)

    def _change_notes(self, change: Change) -> Iterator[Paragraph]:
        beside = [sentence_of(each) for each in self._beside(change)]
        whole = next((clause(each.reason) for each in change.deduced if not each.field), "")
        heading = self._words(change).heading
        rowed = self.maker is not None and isinstance(change, Rowed) and not when(change)
        if self.maker and change is not self.maker and not rowed:
            beside.insert(0, sentence_of(heading))
        if beside and (self.maker or len(self.changes) == 1):
            yield from (Paragraph(each) for each in beside[:-1])
            yield Paragraph(beside[-1], whole)
        elif whole:
            yield Paragraph(sentence_of(heading), whole)
        if change.motive and change.id not in self.explained:
            reason = next((clause(each.reason) for each in change.deduced if each.field == "motive"), "")
            alone = self.maker is not None or len(self.changes) == 1
            told = (
                f"Motif\u00a0: {clause(change.motive)}" if alone else f"{heading}, motif\u00a0: {clause(change.motive)}"
            )
            yield Paragraph(sentence_of(told), reason)

    def _beside(self, change: Change) -> list[str]:
        """What the heading and the list of posts do not say."""
        match change:
            case TransformUndetermined():
                found = [TO_BE_DETERMINED, opened_to(change), _emploi(change)]
            case TransferPost(agreed=True):
                found = [f"transfert {IN_AGREEMENT}"]
            case CreateUnit() | MergeUnits() | SplitUnit():
                found = []
            case CreatePost() if self.maker:
                found = []
            case TransformPost() | RedeployPost() if self.maker:
                found = [_emploi(change)]
            case CloseUnit(successors=successors):
                verb = "lui succèdent" if len(successors) > 1 else "lui succède"
                found = [f"{french.join(map(self.names.the_unit, successors))} {verb}" if successors else ""]
            case _:
                found = [*self._words(change).details]
        dated = when(change)
        return [each for each in dict.fromkeys((*found, dated)) if each]

    def _explanations(self) -> Iterator[Explanation]:
        first = self.maker or self.changes[0]
        for change in sorted(self.changes, key=lambda each: each is not first):
            for section in self.explained.get(change.id, ()):
                yield Explanation("" if change is first else french.typographic(section.title), section.markdown)

    def _duties(self) -> Iterator[Bullets]:
        """Of the posts that this item makes or brings."""
        for change in self.changes:
            match change:
                case TransferPost(post=post):
                    pass
                case (
                    CreatePost(new=new)
                    | TransformPost(into=new)
                    | TransformUndetermined(into=new)
                    | RedeployPost(into=new)
                ):
                    post = new.id
                case _:
                    continue
            found = self.names.find_post(post)
            if found and found.duties:
                yield Bullets(
                    tuple(french.typographic(duty) for duty in found.duties),
                    f"Missions {self.names.of_post(post)}",
                )


def _emploi(change: TransformPost | TransformUndetermined | RedeployPost) -> str:
    return AS_SUPPRESSION_AND_CREATION if change.as_suppression_and_creation else ""


def clause(text: str) -> str:
    """A sentence as part of another: no capital, no full stop."""
    return french.lower_first(french.typographic(text.strip()).rstrip("."))


def sentence_of(text: str) -> str:
    """A sentence: a capital and a full stop."""
    whole = french.typographic(text.strip())
    return french.upper_first(whole if whole.endswith((".", "?", "!", "…")) else f"{whole}.")
