"""What the checks of a draft read: the draft as folded, its difference, and what is known of the people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..changes import Change
from ..diff import Difference
from ..fates import Fate, Resolution, fates_of
from ..structure import Structure
from ..values import PostId


@dataclass(frozen=True)
class Checked:
    """`made`: the changes that could be made. `holders`: post → its holders, none when the vacancy is stated; a post
    that is absent has an unknown occupation."""

    difference: Difference
    changes: Sequence[Change]
    made: Sequence[Change]
    holders: Mapping[PostId, Sequence[str]]
    situations: Mapping[str, Resolution]

    @property
    def before(self) -> Structure:
        return self.difference.before

    @property
    def after(self) -> Structure:
        return self.difference.after

    @cached_property
    def fates(self) -> tuple[Fate, ...]:
        return fates_of(self.difference, self.holders, self.situations, self.made)

    def title(self, post: PostId) -> str:
        """As it is printed after, or before for a post that is gone."""
        return self.after.post_label(post) if post in self.after.post_by_id else self.before.post_label(post)
