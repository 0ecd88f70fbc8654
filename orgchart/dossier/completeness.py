"""What a dossier still lacks before a committee reads it: named, never blocking by itself."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from .. import french
from ..changes import (
    AttachPosts,
    Change,
    CreatePost,
    RedeployPost,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from ..fold import stages
from ..records import Post
from ..wording import sentence
from .committee import CommitteeDossier
from .facts import STANDARD_PARTS, Facts, Narrative
from .listing import Lists
from .sheets import made_posts
from .tables import Figures

NAMED_AT_MOST = 3
EXPLAINED = (
    CreatePost,
    SuppressPost,
    TransformPost,
    TransformUndetermined,
    RedeployPost,
    TransferPost,
    AttachPosts,
)
"""The changes of which a committee is told the motive."""


class Mend(StrEnum):
    """Where a lack is mended; the target is an id, or the key of a written part."""

    CHANGES = "ajustements"
    CHANGE = "ajustement"
    POST = "poste"
    SECTION = "section"
    SITUATIONS = "situations"
    AGENDA = "seance"
    DETAILS = "donnees"


class Lack(NamedTuple):
    """One thing that is missing from a piece, in words. `people`: only for those who may know who holds the posts."""

    piece: str
    message: str
    mend: Mend
    target: str = ""
    people: bool = False


class Condition(StrEnum):
    COMPLETE = "complet"
    INCOMPLETE = "incomplet"
    NOT_CONCERNED = "sans-objet"


def condition(dossier: CommitteeDossier, key: str, lacks: Iterable[Lack]) -> Condition:
    """Of one piece."""
    if not next(piece for piece in dossier.pieces if piece.key == key).concerned:
        return Condition.NOT_CONCERNED
    return Condition.INCOMPLETE if any(lack.piece == key for lack in lacks) else Condition.COMPLETE


def completeness(
    dossier: CommitteeDossier,
    changes: Sequence[Change],
    facts: Facts,
    narrative: Narrative,
    *,
    unsettled: int = 0,
    named: Iterable["Named"] = (),
) -> tuple[Lack, ...]:
    """What is missing, piece by piece. `unsettled`: holders without a situation; `named`: texts that name somebody."""
    reading = _Reading(dossier, changes, facts, narrative)
    found = (*reading.lacks(), *_people(unsettled, named))
    return tuple(lack._replace(message=french.typographic(lack.message)) for lack in found)


class Named(NamedTuple):
    """A text in which the name of a person stands. `where`: what it is, in words."""

    where: str
    name: str
    mend: Mend
    target: str = ""
    piece: str = "report"


def _people(unsettled: int, named: Iterable[Named]) -> Iterator[Lack]:
    if unsettled:
        message = f"La situation de {french.count(unsettled, 'agent')} reste à préciser."
        yield Lack("report", message, Mend.SITUATIONS, people=True)
    for each in named:
        message = (
            f"Le nom d’une personne du périmètre ({each.name}) figure dans {each.where}\u00a0: "
            "le dossier ne nomme personne."
        )
        yield Lack(each.piece, message, each.mend, each.target, people=True)


class _Reading:
    def __init__(
        self, dossier: CommitteeDossier, changes: Sequence[Change], facts: Facts, narrative: Narrative
    ) -> None:
        self.counted: Figures = dossier.counted
        self.changes = changes
        self.facts = facts
        self.narrative = narrative
        self.made_by = Lists(self.counted, {}).causes

    def lacks(self) -> Iterator[Lack]:
        if not self.changes:
            yield Lack("changes", "Le projet ne contient aucun ajustement.", Mend.CHANGES)
        yield from self._report()
        yield from self._posts()
        yield from self._motives()
        yield from self._sheets()
        yield from self._calendar()

    def _report(self) -> Iterator[Lack]:
        sections = {section.key: section for section in self.narrative.sections}
        for key in dict.fromkeys(("context", *sections)):
            section = sections.get(key)
            if key != "adjustments" and (section is None or not section.markdown.strip()):
                title = section.title if section else STANDARD_PARTS[key]
                yield Lack("report", f"La partie {french.quoted(title)} n’est pas rédigée.", Mend.SECTION, key)

    def _posts(self) -> Iterator[Lack]:
        """Counted as everywhere: of the candidates of a transformation to be determined, one counts no more."""
        after, root = self.counted.after, self.counted.root
        if root not in after.unit_by_id:
            return
        for words, known in (
            ("Durée non renseignée", _hours),
            ("Cotation non renseignée", _grade),
            ("Catégorie non renseignée", after.category_of),
            ("Intitulé non renseigné", _title),
        ):
            missing = [post for post in after.posts_below(root) if not known(post)]
            if missing:
                number = after.tally(lambda post: not known(post), root)[True].posts  # noqa: B023  (read at once)
                lack = self._about("posts", words, missing)
                yield lack._replace(message=f"{words}\u00a0: {french.count(number, 'poste')}.")

    def _about(self, piece: str, words: str, posts: Sequence[Post]) -> Lack:
        """The link leads to the change that makes the first of them, else to the post itself."""
        first = posts[0].id
        change = None if first in self.counted.before.post_by_id else self.made_by.get(first)
        message = f"{words}\u00a0: {self._which(posts)}."
        if change is not None:
            return Lack(piece, message, Mend.CHANGE, change.id)
        return Lack(piece, message, Mend.POST, first)

    def _which(self, posts: Sequence[Post]) -> str:
        """« 2 postes de graphiste (A 4) », only their number when they are of many kinds."""
        names = self.counted.names
        if len({names.post_noun(post) for post in posts}) > NAMED_AT_MOST:
            return french.count(len(posts), "poste")
        return names.posts([post.id for post in posts])

    def _motives(self) -> Iterator[Lack]:
        silent = [change for change in self.changes if isinstance(change, EXPLAINED) and not change.motive.strip()]
        explained = {section.change for section in self.narrative.sections if section.markdown.strip()}
        silent = [change for change in silent if change.id not in explained]
        if not silent:
            return
        said = [sentence(change, self.counted.before, self.counted.after).heading for change in silent[:NAMED_AT_MOST]]
        more = len(silent) - len(said)
        others = f"\u00a0; et {french.count(more, 'autre')}" if more else ""
        message = f"Sans motif\u00a0: {'\u00a0; '.join(map(french.lower_first, said))}{others}."
        yield Lack("lists", message, Mend.CHANGE, silent[0].id)

    def _sheets(self) -> Iterator[Lack]:
        after = self.counted.after
        posts = [after.post_by_id[post] for group in made_posts(self.counted) for post in group]
        for label, missing in (
            ("Missions non renseignées", [post for post in posts if not post.duties]),
            ("Cadres d’emplois et grades ouverts non renseignés", [post for post in posts if not _statutory(post)]),
        ):
            if missing:
                yield self._about("sheets", label, missing)

    def _calendar(self) -> Iterator[Lack]:
        if not self.facts.session_on:
            yield Lack("calendar", "La séance n’est pas fixée.", Mend.AGENDA)
        undated = [stage for stage in stages(self.changes, self.facts.effective_on) if stage.date is None]
        if any(not stage.eventual for stage in undated) or not (self.changes or self.facts.effective_on):
            yield Lack("calendar", "La date d’effet n’est pas renseignée.", Mend.DETAILS)
        eventual = sum(len(stage.changes) for stage in undated if stage.eventual)
        if eventual:
            number = french.count(eventual, "ajustement prévu", "ajustements prévus")
            yield Lack("calendar", f"{number} «\u00a0à terme\u00a0», sans date.", Mend.CHANGES)


def _hours(post: Post) -> object:
    return post.hours


def _grade(post: Post) -> object:
    return post.grade


def _title(post: Post) -> object:
    return post.title or post.label


def _statutory(post: Post) -> bool:
    return bool(post.corps or post.statutory_grades)
