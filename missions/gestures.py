"""What the rooms above let somebody do from the page of a unit or of a post: they register here how to ask them."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from accounts.models import User


class Gesture(NamedTuple):
    """A link of the page: what it does, where it leads inside the application."""

    label: str
    url: str


type Provider = Callable[[User, Sequence[str], str], Iterable[Gesture]]
"""(who looks, the units from the top of the chart down to that shown or that holds the post, the post or nothing)."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called by a room above when it is ready. Registering twice is registering once."""
    if provider not in _providers:
        _providers.append(provider)


def offered(user: User, path: Sequence[str], post: str = "") -> tuple[Gesture, ...]:
    return tuple(gesture for provider in _providers for gesture in provider(user, path, post))
