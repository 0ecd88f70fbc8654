"""What each change gives to say, before typography."""

from collections.abc import Iterable
from typing import NamedTuple


class Words(NamedTuple):
    verb: str
    rest: str
    heading: str
    short: str
    details: Iterable[str] = ()
