"""The page « Situations » as rows: each holder of each touched post, in words, filtered, counted and sorted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse

from missions.models import AssignmentKind
from missions.queries import Occupancy
from orgchart.departures import Departure, DepartureKind, departures
from orgchart.fates import Duties, Fate, FateKind, fates_of, touched_posts
from orgchart.french import count, decimal, join, upper_first
from orgchart.records import Post
from orgchart.structure import Structure
from orgchart.values import PostId

from .forms.offers import plain
from .queries import Draft

NOT_GIVEN = "non renseignée"
TO_SETTLE = "a-preciser"
SETTLED = "precisees"
ANY = "toutes"
DUTIES = {
    Duties.NONE: "aucune mission conservée",
    Duties.PART: "missions conservées en partie",
    Duties.ALL: "missions conservées",
    Duties.UNKNOWN: "missions non renseignées",
}
KINDS = {AssignmentKind.CONTRACT: "contractuel", AssignmentKind.INTERIM: "intérim"}


class Side(NamedTuple):
    """A post on one side. `unit` says all the units of a shared post; `residence` and `hours` may be not known."""

    title: str
    grade: str
    unit: str
    home: str
    residence: str
    hours: str


class Line(NamedTuple):
    """One holder of one post. `posts`: how many touched posts the person is on. `tags`: how he or she holds this one.

    `stands_in`: an interim, whose situation is nobody's to settle. `url`: where HR settles it, `sheet` its fiche.
    """

    agent: str
    key: str
    name: str
    posts: int
    tags: tuple[str, ...]
    kind: str
    situation: str
    settled: bool
    note: str
    before: Side
    after: Side | None
    duties: str
    departures: tuple[Departure, ...]
    stands_in: bool
    url: str
    sheet: str


class Filters(NamedTuple):
    """What the page is narrowed to; empty texts narrow nothing."""

    name: str = ""
    kind: str = ""
    before: str = ""
    after: str = ""
    departure: str = ""
    state: str = ""

    def keep(self, line: Line) -> bool:
        return (
            plain(self.name) in plain(line.name)
            and self.kind in ("", line.kind)
            and self.before in ("", line.before.home)
            and (not self.after or (line.after is not None and self.after == line.after.home))
            and self._departs(line)
            and (not self.state or (self.state == TO_SETTLE) is not line.settled)
        )

    def _departs(self, line: Line) -> bool:
        found = {departure.kind.value for departure in line.departures}
        return not self.departure or (bool(found) if self.departure == ANY else self.departure in found)


def lines(draft: Draft, *, editable: bool) -> list[Line]:
    """Those who hold a touched post, then those who stand in on one."""
    fates = draft.fates
    stand_ins = {
        post: tuple(each.agent for each in found if each.stands_in) for post, found in draft.occupancies.items()
    }
    interims = fates_of(draft.difference, stand_ins, {}, draft.in_fold_order)
    held = Counter(fate.holder for fate in (*fates, *interims))
    return [
        *(_line(draft, fate, held[fate.holder], editable=editable) for fate in fates),
        *(_line(draft, fate, held[fate.holder], editable=False, stands_in=True) for fate in interims),
    ]


def _line(draft: Draft, fate: Fate, posts: int, *, editable: bool, stands_in: bool = False) -> Line:
    code = draft.reorganisation.code
    occupancy = next(
        each
        for each in draft.occupancies[fate.post_before]
        if each.agent == fate.holder and each.stands_in is stands_in
    )
    after = draft.after.post_by_id.get(fate.post_after) if fate.post_after else None
    known = draft.situations.get(fate.holder)
    gone = stands_in and after is None
    return Line(
        agent=fate.holder,
        key=f"{fate.holder}-{fate.post_before}{'-i' if stands_in else ''}",
        name=occupancy.name or "nom non renseigné",
        posts=posts,
        tags=tuple(_tags(occupancy)),
        kind=fate.kind.value,
        situation=upper_first("fin de l’intérim" if gone else situation_of(draft, fate)),
        settled=stands_in or fate.settled,
        note=known.note if known and not stands_in and situation_of(draft, fate) != known.note else "",
        before=side(draft.before, draft.before.post_by_id[fate.post_before], above=fate.with_unit),
        after=side(draft.after, after, above=fate.with_unit) if after else None,
        duties="" if after is None else upper_first(DUTIES[fate.duties]),
        departures=() if stands_in else departures(draft.before, draft.after, fate),
        stands_in=stands_in,
        url=reverse("reorganisations:settle", args=[code, fate.holder]) if editable else "",
        sheet="" if stands_in else reverse("reorganisations:impact", args=[code, fate.holder]),
    )


def situation_of(draft: Draft, fate: Fate) -> str:
    """What becomes of the holder: settled in words by HR, or as the chart says it."""
    return fate.resolved_by if fate.kind is FateKind.WITHOUT_POST and fate.resolved_by else fate.label


def _tags(occupancy: Occupancy) -> Iterator[str]:
    if occupancy.kind in KINDS:
        yield KINDS[occupancy.kind]
    if occupancy.share != 100:
        yield f"{decimal(occupancy.share)}\u00a0% du poste"
    if occupancy.working_time != 100:
        yield f"quotité {decimal(occupancy.working_time)}\u00a0%"


def side(structure: Structure, post: Post, *, above: bool = False) -> Side:
    """`above`: with the unit above its own, which is what changes."""
    over = unit_above(structure, post) if above else ""
    site = structure.site_of(post)
    return Side(
        title=upper_first(structure.title_of(post)),
        grade=post.grade or "",
        unit=f"{units_of(structure, post)}, {over}" if over else units_of(structure, post),
        home=post.unit,
        residence=structure.nomenclature.site_label(site) if site else "",
        hours=hours_text(post),
    )


def unit_above(structure: Structure, post: Post) -> str:
    """The unit that its own answers to; empty at the top."""
    parent = structure.unit_by_id[post.unit].parent
    return structure.unit_by_id[parent].label if parent else ""


def units_of(structure: Structure, post: Post) -> str:
    """« Service des ports », « Service des phares (60 %) et Service des ports (40 %) »."""
    if not post.shares:
        return structure.unit_label(post.unit)
    return join(f"{structure.unit_label(share.unit)} ({decimal(share.percent)}\u00a0%)" for share in post.shares)


def hours_text(post: Post) -> str:
    """« temps complet », « 17,5/35 (0,5 ETP) »."""
    if post.hours is None:
        return ""
    if post.hours.complete:
        return "temps complet"
    worked, reference = decimal(post.hours.worked), decimal(post.hours.reference)
    return f"{worked}/{reference} ({decimal(post.hours.etp)}\u00a0ETP)"


# Sorting and counting

SORTS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "agent": lambda line: (plain(line.name), line.key),
    "situation": lambda line: (line.settled, plain(line.situation), plain(line.name), line.key),
    "avant": lambda line: (plain(line.before.unit), plain(line.before.title), plain(line.name), line.key),
    "apres": lambda line: (
        line.after is None,
        plain(line.after.unit) if line.after else "",
        plain(line.name),
        line.key,
    ),
}


def in_order(found: Iterable[Line], sort: str) -> list[Line]:
    """`sort`: a key of SORTS, with « - » before it from the end; without one, what is to be settled comes first."""
    ordered = sorted(found, key=lambda line: (line.settled, line.stands_in, *SORTS["agent"](line)))
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(ordered, key=key, reverse=sort.startswith("-")) if key else ordered


class Facets(NamedTuple):
    """Rows (value, words with how many) of each filter: counted as if that one narrowed nothing."""

    kinds: list[tuple[str, str]]
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]
    departures: list[tuple[str, str]]
    states: list[tuple[str, str]]


def facets(draft: Draft, found: Sequence[Line], filters: Filters) -> Facets:
    def counted(without: Filters, read: Callable[[Line], Iterable[str]]) -> Counter[str]:
        return Counter(value for line in found if without.keep(line) for value in read(line))

    def rows(values: Iterable[tuple[str, str]], numbers: Counter[str]) -> list[tuple[str, str]]:
        return [(value, f"{upper_first(words)} ({numbers[value]})") for value, words in values]

    kinds = {line.kind for line in found}
    before = {line.before.home: draft.before.unit_label(line.before.home) for line in found}  # type: ignore[arg-type]
    after = {line.after.home: draft.after.unit_label(line.after.home) for line in found if line.after}  # type: ignore[arg-type]
    departing = {departure.kind for line in found for departure in line.departures}
    departed = counted(filters._replace(departure=""), lambda line: _departed(line))
    return Facets(
        kinds=rows(
            ((kind.value, kind.label) for kind in FateKind if kind.value in kinds),
            counted(filters._replace(kind=""), lambda line: [line.kind]),
        ),
        before=rows(_by_words(before), counted(filters._replace(before=""), lambda line: [line.before.home])),
        after=rows(
            _by_words(after),
            counted(filters._replace(after=""), lambda line: [line.after.home] if line.after else []),
        ),
        departures=rows(
            [(ANY, "avec un écart"), *((kind.value, kind.label) for kind in DepartureKind if kind in departing)],
            departed,
        ),
        states=rows(
            ((TO_SETTLE, "reste à préciser"), (SETTLED, "connue")),
            counted(filters._replace(state=""), lambda line: [SETTLED if line.settled else TO_SETTLE]),
        ),
    )


def _departed(line: Line) -> list[str]:
    kinds = [departure.kind.value for departure in line.departures]
    return [ANY, *kinds] if kinds else []


def _by_words(values: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(values.items(), key=lambda row: plain(row[1]))


# What is not known


def unknown_occupation(draft: Draft) -> str:
    """« 3 postes touchés dont l’occupation n’est pas renseignée »; nothing when all is known."""
    unknown = [post for post in touched_posts(draft.difference) if post not in draft.holders]
    if not unknown:
        return ""
    return f"{count(len(unknown), 'poste touché', 'postes touchés')} dont l’occupation n’est pas renseignée"


def vacant(draft: Draft) -> str:
    number = sum(draft.holders.get(PostId(post)) == () for post in touched_posts(draft.difference))
    return f"{count(number, 'poste touché déclaré vacant', 'postes touchés déclarés vacants')}" if number else ""
