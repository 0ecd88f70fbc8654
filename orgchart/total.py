"""So many posts and so many ETP: what is counted, added and taken away everywhere."""

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from .values import Hours


class Total(NamedTuple):
    """So many posts, worth so many ETP (exact), beside those whose hours are unknown."""

    posts: int = 0
    etp: Fraction = Fraction()
    unknown_etp: int = 0

    def __add__(self, other: "Total") -> "Total":  # type: ignore[override]  # totals add up, tuples would be joined
        return Total(self.posts + other.posts, self.etp + other.etp, self.unknown_etp + other.unknown_etp)

    def __sub__(self, other: "Total") -> "Total":
        return Total(self.posts - other.posts, self.etp - other.etp, self.unknown_etp - other.unknown_etp)

    def times(self, number: int) -> "Total":
        return Total(self.posts * number, self.etp * number, self.unknown_etp * number)


@lru_cache(maxsize=512)
def total_of(hours: Hours | None) -> Total:
    """One post of these hours; few are different in a chart."""
    return Total(1, Fraction(), 1) if hours is None else Total(1, hours.etp, 0)
