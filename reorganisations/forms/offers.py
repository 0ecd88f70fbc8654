"""Which units and posts of a chart a form lists: all of them in a small perimeter; in a large one those at hand, those
chosen already, and what a search finds. Any unit or post of the chart may be sent all the same."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from orgchart.french import upper_first
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

type Choices = list[tuple[str, str | list[tuple[str, str]]]]

# Up to so many units and posts, a perimeter is listed whole.
ALL_UP_TO = 200
# So many units, and posts, that a search finds are listed.
FOUND = 50
INDENT = "\u2003"
DASH = "—"


@dataclass(frozen=True)
class Offer:
    """`near`: the units chosen already, or whose posts are; `text`: what is searched for."""

    chart: Structure
    root: UnitId | None = None
    near: frozenset[UnitId] = frozenset()
    text: str = ""

    @cached_property
    def is_large(self) -> bool:
        posts = sum(len(self.chart.posts_of.get(unit.id, ())) for unit in self.inside)
        return len(self.inside) + posts > ALL_UP_TO

    @cached_property
    def inside(self) -> list[Unit]:
        """The units below the root, then those outside it that are known in part."""
        inside = list(self.chart.subtree(self.root))
        known = {unit.id for unit in inside}
        return inside + [unit for unit in self.chart.units if unit.partial and unit.id not in known]

    def units(self, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Units in the order of the chart, indented by depth; `kept`: those chosen already."""
        shown = self.inside
        if self.is_large:
            chosen = {UnitId(unit) for unit in kept} & self.chart.unit_by_id.keys()
            shown = [unit for unit in shown if unit.id in self._at_hand or unit.id in chosen]
            shown += [self.chart.unit_by_id[unit] for unit in sorted(chosen - {unit.id for unit in shown})]
        return unit_labels(self.chart, self.root, shown)

    def posts(self, names: Mapping[PostId, str], kept: Iterable[str] = ()) -> Choices:
        """Posts grouped by unit; `names` says who holds them, `kept` which are chosen already."""
        chosen = {PostId(post) for post in kept} & self.chart.post_by_id.keys()
        homes = {self.chart.post_by_id[post].unit for post in chosen} - {unit.id for unit in self.inside}
        groups: Choices = []
        for unit in (*self.inside, *(self.chart.unit_by_id[unit] for unit in sorted(homes))):
            posts = self.chart.posts_of.get(unit.id, ())
            if self.is_large and unit.id not in self.near:
                wanted = {post.id for post in posts} & (self._found_posts | chosen)
            else:
                wanted = {post.id for post in posts}
            if wanted:
                labels = post_labels(self.chart, posts, names)
                groups.append((unit.label, [(post, label) for post, label in labels if post in wanted]))
        return groups

    @cached_property
    def _at_hand(self) -> set[UnitId]:
        """The top and its units; those chosen, the way to them and what is around; those found."""
        chart = self.chart
        wanted = {unit.id for unit in (chart.children_of.get(self.root, ()) if self.root else chart.roots)}
        if self.root:
            wanted.add(self.root)
        for near in self.near:
            path = chart.ancestors(near, include_self=True)
            around = chart.children_of.get(path[-2].id, ()) if len(path) > 1 else ()
            wanted |= {unit.id for unit in (*path, *around, *chart.children_of.get(near, ()))}
        words = plain(self.text)
        if words:
            hits = (unit.id for unit in self.inside if words in plain(f"{unit.label} {unit.acronym}"))
            wanted |= {above.id for unit in islice(hits, FOUND) for above in chart.ancestors(unit, include_self=True)}
        return wanted

    @cached_property
    def _found_posts(self) -> set[PostId]:
        """Those whose title has the text, or whose unit does."""
        words = plain(self.text)
        if not words:
            return set()
        hits = (
            post.id
            for unit in self.inside
            for post in self.chart.posts_of.get(unit.id, ())
            if words in plain(f"{self.chart.title_of(post)} {post.grade or ''} {unit.label} {unit.acronym}")
        )
        return set(islice(hits, FOUND))


def unit_labels(chart: Structure, root: UnitId | None, units: Iterable[Unit]) -> list[tuple[str, str]]:
    """Units indented by their depth below `root`; those that are not below it say so."""
    top = len(chart.ancestors(root)) if root else 0
    found = []
    for unit in units:
        path = chart.ancestors(unit.id, include_self=True)
        inside = root is None or any(above.id == root for above in path)
        label = INDENT * (len(path) - 1 - top) + unit.label if inside else f"{unit.label} (hors périmètre)"
        found.append((str(unit.id), label))
    return found


def post_labels(chart: Structure, posts: Sequence[Post], names: Mapping[PostId, str]) -> list[tuple[str, str]]:
    """Posts that would read alike are numbered: « chargé de mission (A 3) n° 2 »."""
    titles = [upper_first(chart.title_of(post)) for post in posts]
    written = [f"{title} ({post.grade})" if post.grade else title for title, post in zip(titles, posts, strict=True)]
    seen: dict[str, int] = {}
    labels = []
    for post, text in zip(posts, written, strict=True):
        seen[text] = seen.get(text, 0) + 1
        label = f"{text} n°\u00a0{seen[text]}" if written.count(text) > 1 else text
        name = names.get(post.id)
        labels.append((str(post.id), f"{label} {DASH} {name}" if name else label))
    return labels


def plain(text: str) -> str:
    """Without case nor accents: what a search compares."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold().strip()
