"""What people are called in the minutes: by their names; or by a number, their names taken out of what was written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from missions.models import Agent

from ..models import Application, JuryMember
from ..queries.record import PostingRecord

CIVILITY = r"(?:(?:M\.|Mme|Mlle|Mr|Monsieur|Madame|Mademoiselle)\s+)?"
SHORTEST = 2


class Person(NamedTuple):
    """`parts`: first name, last name, each of which may be written alone. `called`: what stands instead."""

    parts: tuple[str, ...]
    called: str


class Named:
    """Human resources and jury: the names."""

    nominative = True

    def candidate(self, application: Application) -> str:
        return f"{application.agent} (n°\u00a0{application.number})"

    def member(self, member: JuryMember) -> str:
        return str(member)

    def text(self, written: str) -> str:
        """What somebody wrote, as it is."""
        return written


class Unnamed(Named):
    """The committee: nobody is named. A name in what somebody wrote becomes what the person is called here."""

    nominative = False

    def __init__(self, record: PostingRecord) -> None:
        self._ranks = {member.pk: rank for rank, member in enumerate(record.jury, 1)}
        people = [*self._candidates(record), *self._jury(record), *self._eligible(record)]
        self._called: dict[str, str] = {}
        for person in people:
            for form in forms(person.parts):
                self._called.setdefault(form, person.called)
        longest = sorted(self._called, key=len, reverse=True)
        self._pattern = (
            re.compile(rf"{CIVILITY}(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)") if longest else None
        )

    def candidate(self, application: Application) -> str:
        return f"Candidat n°\u00a0{application.number}"

    def member(self, member: JuryMember) -> str:
        return f"Membre n°\u00a0{self._ranks[member.pk]}"

    def text(self, written: str) -> str:
        if self._pattern is None:
            return written
        return self._pattern.sub(lambda found: self._called[found[1]], written)

    def _candidates(self, record: PostingRecord) -> Iterator[Person]:
        for each in record.applications:
            yield Person(_of(each.agent), self.candidate(each))

    def _jury(self, record: PostingRecord) -> Iterator[Person]:
        for each in record.jury:
            called = f"{self.member(each)} du jury"
            yield Person(_split(str(each)), called)
            if each.user is not None:
                yield Person(_split(each.user.name), called)
                yield Person((each.user.email,), called)

    def _eligible(self, record: PostingRecord) -> Iterator[Person]:
        for each in record.eligible:
            yield Person(_of(each.agent), "un agent éligible")


def forms(parts: tuple[str, ...]) -> Iterator[str]:
    """The ways in which a name is written: whole, in both orders, each part alone; in capitals, without accents."""
    known = tuple(part.strip() for part in parts if len(part.strip()) >= SHORTEST)
    for written in (" ".join(known), " ".join(reversed(known)), *known):
        yield from dict.fromkeys(_spelt(written))


def _spelt(written: str) -> Iterable[str]:
    plain = "".join(each for each in unicodedata.normalize("NFD", written) if not unicodedata.combining(each))
    return (written, plain, written.upper(), plain.upper()) if written else ()


def _of(agent: Agent) -> tuple[str, ...]:
    return agent.first_name, agent.last_name


def _split(name: str) -> tuple[str, ...]:
    """« Paule de La Tour » → Paule, de La Tour."""
    first, _, last = name.partition(" ")
    return first, last
