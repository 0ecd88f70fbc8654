"""What two ways of organising the same unit are compared by: size, levels, who leads and how many answer to them."""

from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from .records import Post, Unit
from .structure import Structure
from .total import Total
from .values import GradeCode, PostId, UnitId


class Span(NamedTuple):
    """Largeur d'encadrement: `reports` posts answer directly to `lead`."""

    lead: PostId
    reports: int


class Measures:
    """Of a unit and all below it. A shared post counts in its own unit; of the candidates of a pending transformation,
    those that will be transformed no longer do.

    A post that leads units answers to nobody below itself; units without a lead of their own answer, post by post and
    all the way down to the next lead, to whoever leads above.
    """

    def __init__(self, structure: Structure, unit: UnitId) -> None:
        self.structure = structure
        self.unit = unit

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(self.structure.subtree(self.unit))

    @property
    def total(self) -> Total | None:
        """None: known in part, no total is given."""
        return self.structure.total(self.unit)

    @cached_property
    def grades(self) -> dict[GradeCode | None, Total]:
        """Cotation → total; None for posts whose cotation is unknown."""
        return self.structure.tally(lambda post: post.grade, self.unit)

    @cached_property
    def depth(self) -> int:
        """Levels of units, the unit itself the first."""
        level: dict[UnitId, int] = {}
        for each in self.units:
            level[each.id] = level.get(each.parent, 0) + 1 if each.parent else 1
        return max(level.values())

    @cached_property
    def leads(self) -> tuple[Post, ...]:
        """The posts of these units that lead one of them, in the order of the tree."""
        posts, inside = self.structure.post_by_id, {each.id for each in self.units}
        found = dict.fromkeys(each.lead for each in self.units if each.lead)
        return tuple(posts[lead] for lead in found if lead in posts and posts[lead].unit in inside)

    @cached_property
    def led_from_above(self) -> tuple[Unit, ...]:
        """The units below that no post of their own leads, or of which no lead is stated."""
        posts = self.structure.post_by_id
        return tuple(
            each
            for each in self.units[1:]
            if each.lead is None or each.lead not in posts or posts[each.lead].unit != each.id
        )

    @cached_property
    def management_ratio(self) -> Fraction | None:
        """Taux d'encadrement: posts that lead, of all posts. None when there is no post, or no total is given."""
        total = self.total
        return Fraction(len(self.leads), total.posts) if total and total.posts > 0 else None

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Of each post that leads, the widest first."""
        found = [Span(lead.id, self._number(self._reports(lead.id))) for lead in self.leads]
        return tuple(sorted(found, key=lambda span: (-span.reports, span.lead)))

    @property
    def average_span(self) -> Fraction | None:
        return Fraction(sum(span.reports for span in self.spans), len(self.spans)) if self.spans else None

    def _reports(self, lead: PostId) -> set[PostId]:
        """Those who answer directly to this post."""
        found: set[PostId] = set()
        waiting = [self.structure.unit_by_id[unit] for unit in self.structure.led_by[lead]]
        while waiting:
            unit = waiting.pop()
            found.update(post.id for post in self.structure.posts_of.get(unit.id, ()))
            for child in self.structure.children_of.get(unit.id, ()):
                if child.lead is None:
                    waiting.append(child)
                elif child.lead != lead:
                    found.add(child.lead)
        above = {each for unit in self.structure.led_by[lead] for each in self._leads_above(unit)}
        return found - above - {lead}

    def _leads_above(self, unit: UnitId) -> set[PostId]:
        return {each.lead for each in self.structure.ancestors(unit) if each.lead}

    def _number(self, posts: set[PostId]) -> int:
        """Less those that a pending transformation takes away, when all its candidates are there."""
        gone = sum(number for group, number in self.structure.pending_groups.items() if posts.issuperset(group))
        return len(posts) - gone
