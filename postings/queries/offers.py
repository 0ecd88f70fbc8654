"""What the rows of a rule offer to tick: everything where that is short, else what is ticked or searched for."""

import datetime
from functools import cached_property
from itertools import islice
from typing import NamedTuple, get_args

from missions.models import Agent
from missions.queries import folded, holders_on
from orgchart.french import upper_first
from orgchart.naming import grade_text
from orgchart.nomenclature import Category, Form
from orgchart.structure import Structure
from orgchart.values import PostId

from ..rule_draft import Kind

# Up to so many, a list is shown whole.
SHORT = 24
# So many are shown of what a search finds.
FOUND = 24
INDENT = "\u2003"


class Choice(NamedTuple):
    value: str
    label: str
    ticked: bool


class Offered(NamedTuple):
    """`searched`: the list is too long, one looks for what one wants."""

    choices: tuple[Choice, ...]
    searched: bool


class Offers:
    """Each list is read once, when a row first asks for it."""

    def __init__(self, chart: Structure, day: datetime.date) -> None:
        self.chart = chart
        self.day = day

    def of(self, kind: Kind, ticked: tuple[str, ...], text: str) -> Offered:
        """What is ticked is always offered, even when nobody knows it any more."""
        listed = self._lists(kind)
        labels = dict(listed)
        unknown = [(value, value) for value in ticked if value not in labels]
        whole = len(listed) <= SHORT
        if whole:
            shown = listed + unknown
        else:
            chosen = [(value, labels[value]) for value in ticked if value in labels]
            wanted = folded(text)
            hits = (pair for pair in listed if wanted and wanted in folded(pair[1]) and pair[0] not in ticked)
            shown = chosen + unknown + list(islice(hits, FOUND))
        return Offered(tuple(Choice(value, label, value in ticked) for value, label in shown), not whole)

    def _lists(self, kind: Kind) -> list[tuple[str, str]]:
        words = self.chart.nomenclature
        match kind:
            case Kind.UNIT:
                return self._units
            case Kind.TITLE:
                used = {post.title for post in self.chart.posts}
                titles = [(title.code, upper_first(title.singular(Form.MASCULINE))) for title in words.titles]
                return sorted((pair for pair in titles if pair[0] in used), key=lambda pair: folded(pair[1]))
            case Kind.GRADE:
                return [(each.code, grade_text(each.code)) for each in sorted(words.grades, key=lambda each: each.rank)]
            case Kind.CATEGORY:
                return [(each, each) for each in get_args(Category)]
            case Kind.SITE:
                return [(each.code, each.label) for each in words.sites]
            case Kind.POST:
                return self._posts
            case Kind.NAMED:
                return self._agents
            case _:
                return []

    @cached_property
    def _units(self) -> list[tuple[str, str]]:
        depth = {unit.id: len(self.chart.ancestors(unit.id)) for unit in self.chart.units}
        return [(str(unit.id), INDENT * depth[unit.id] + unit.label) for unit in self.chart.subtree()]

    @cached_property
    def _posts(self) -> list[tuple[str, str]]:
        """With who holds it, which tells two alike apart."""
        names = dict(self._agents)
        held = holders_on(self.day)
        found = []
        for unit in self.chart.subtree():
            for post in self.chart.posts_of.get(unit.id, ()):
                grade = f" ({grade_text(post.grade)})" if post.grade else ""
                who = (
                    ", ".join(names.get(uid, "") for uid in held.get(PostId(post.id), ())) or "titulaire non renseigné"
                )
                found.append(
                    (str(post.id), f"{upper_first(self.chart.title_of(post))}{grade}, {unit.label}\u00a0: {who}")
                )
        return found

    @cached_property
    def _agents(self) -> list[tuple[str, str]]:
        rows = Agent.objects.order_by("last_name", "first_name", "uid").values_list("uid", "first_name", "last_name")
        return [(uid, f"{first} {last}".strip()) for uid, first, last in rows]
