"""Whether somebody is named in what people wrote. Names are passed in; nothing of a person enters a dossier."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .. import french
from ..changes import Change, TransformUndetermined
from ..structure import Structure
from ..wording import sentence
from .completeness import Mend, Named
from .facts import Narrative

SHORTEST = 3


class Person(NamedTuple):
    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()


class _Text(NamedTuple):
    where: str
    text: str
    mend: Mend
    target: str
    piece: str


def named(
    before: Structure, after: Structure, changes: Sequence[Change], narrative: Narrative, people: Iterable[Person]
) -> tuple[Named, ...]:
    """The texts in which a person of `people` is named, each person once a text.

    By their last name, as a whole word that begins with a capital; accents, case of the rest and hyphens do not
    matter. A last name that is also a common word (Petit) may be found where nobody is meant: it is only a warning.
    """
    wanted = {person: _pattern(person.last) for person in people if len(person.last.strip()) >= SHORTEST}
    return tuple(
        Named(text.where, person.name, text.mend, text.target, text.piece)
        for text in _texts(before, after, changes, narrative)
        for person, pattern in wanted.items()
        if any(match.group(0)[:1].isupper() for match in pattern.finditer(_plain(text.text)))
    )


def _texts(before: Structure, after: Structure, changes: Sequence[Change], narrative: Narrative) -> Iterator[_Text]:
    for section in narrative.sections:
        where = f"la partie {french.quoted(section.title)}"
        yield _Text(where, f"{section.title}\n{section.markdown}", Mend.SECTION, section.key, "report")
    for change in changes:
        opened = change.opened_to if isinstance(change, TransformUndetermined) else ""
        written = "\n".join((change.motive, opened, *(each.reason for each in change.deduced)))
        if written.strip():
            heading = french.lower_first(sentence(change, before, after).heading)
            yield _Text(f"l’ajustement {french.quoted(heading)}", written, Mend.CHANGE, change.id, "lists")
    for post in after.posts:
        words = "\n".join((post.label, *post.duties))
        if words.strip():
            where = f"la fiche {french.quoted(after.title_of(post))}"
            yield _Text(where, words, Mend.POST, post.id, "sheets")


def _pattern(last: str) -> re.Pattern[str]:
    words = re.split(r"[\s-]+", _plain(last.strip()))
    return re.compile(rf"(?<!\w){r'[\s-]+'.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    """Without accents; every hyphen and space alike."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("’", "'")
