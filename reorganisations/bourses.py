"""What the room of the bourses says on the page of a reorganisation: it registers here how to ask it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from accounts.models import User

from .models import Reorganisation


class BourseLink(NamedTuple):
    """Beside an undetermined transformation: what one may do or read there. `opened`: the agents know of a bourse."""

    label: str
    url: str
    opened: bool


type Provider = Callable[[User, Reorganisation, Sequence[str]], Mapping[str, BourseLink]]
"""(who looks, the reorganisation, the ids of its transformations) → the link of each that has one."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called by a room above when it is ready. Registering twice is registering once."""
    if provider not in _providers:
        _providers.append(provider)


def links(user: User, reorganisation: Reorganisation, pendings: Sequence[str]) -> dict[str, BourseLink]:
    """Nothing is asked of anybody where no transformation waits."""
    found: dict[str, BourseLink] = {}
    for provider in _providers if pendings else ():
        found |= provider(user, reorganisation, pendings)
    return found
