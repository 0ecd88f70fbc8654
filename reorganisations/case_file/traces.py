"""A step retraced and its place among the others: they are told in the order in which they were recorded."""

import datetime
from typing import NamedTuple

from .steps import AnyStep

# Steps of one instant, in the order in which they follow from each other.
BACK, EDITED, AGAIN, DONE, THEN, LAST, SETTLED = range(7)


class Trace(NamedTuple):
    """A step and when it was recorded."""

    at: datetime.datetime
    rank: int
    tie: str
    step: AnyStep

    @property
    def key(self) -> tuple[datetime.datetime, int, str]:
        return self.at, self.rank, self.tie
