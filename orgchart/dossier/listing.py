"""The posts that a draft creates, transforms, transfers, attaches elsewhere, changes or suppresses, one list each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from .. import french
from ..changes import (
    AttachPosts,
    Change,
    CreatePost,
    CreateUnit,
    RedeployPost,
    SplitUnit,
    TransformPost,
    TransformUndetermined,
)
from ..diff import PostDelta, State
from ..naming import grade_text, hours
from ..records import Post
from ..values import GradeCode, Hours, PostId
from ..wording import when
from .blocks import Column, Group, Table
from .exchanges import Exchanges
from .provenance import Origin
from .tables import Figures

COLUMNS = (
    Column("Nombre", True, 7),
    Column("Poste", width=16),
    Column("Unité", width=16),
    Column("Provenance ou changement", width=16),
    Column("Cotation avant", width=7),
    Column("Cotation après", width=7),
    Column("Durée", width=7),
    Column("Motif"),
)
LISTS = {
    State.CREATED: "Postes créés",
    State.TRANSFORMED: "Postes issus d’une transformation ou d’un redéploiement",
    State.TRANSFERRED: "Postes transférés",
    State.MOVED: "Postes rattachés à une autre unité",
    State.CHANGED: "Postes modifiés",
    State.CLOSED: "Postes supprimés",
}
FIELDS = {
    "title": "intitulé",
    "form": "intitulé",
    "label": "intitulé",
    "label_plural": "intitulé",
    "grade": "cotation",
    "category": "catégorie",
    "job_family": "filière",
    "corps": "cadres d’emplois",
    "statutory_grades": "grades ouverts",
    "level": "niveau d’encadrement",
    "hours": "durée",
    "site": "site",
    "duties": "missions",
    "shares": "partage entre unités",
    "frozen": "gel",
}


class Lists:
    """The lists of one perimeter. `known`: where the posts that changes made come from."""

    def __init__(self, counted: Figures, known: Mapping[PostId, Origin]) -> None:
        self.counted = counted
        self.names = counted.names
        self.known = known
        self.causes = _causes(counted.changes)
        self.exchanges = Exchanges(counted.changes, counted.names)

    def tables(self) -> tuple[Table, ...]:
        """Those that are not empty, in the order of the report; then what was suppressed and created in exchange."""
        found: dict[State, list[PostDelta]] = {state: [] for state in LISTS}
        for delta in sorted(self.counted.difference.posts.values(), key=self._place):
            state = kind_of(delta)
            if state in found and {each.unit for each in (delta.before, delta.after) if each} & self.counted.inside:
                found[state].append(delta)
        lists = (self._table(state, deltas) for state, deltas in found.items() if deltas)
        return (*lists, *self.exchanges.tables(self.counted.inside))

    @cached_property
    def _ranks(self) -> dict[PostId, int]:
        """Post → its place in the chart as it stands after, then as it was."""
        posts = (post.id for chart in (self.counted.after, self.counted.before) for post in chart.posts_below())
        return {post: rank for rank, post in enumerate(dict.fromkeys(posts))}

    def _place(self, delta: PostDelta) -> int:
        return self._ranks[delta.id]

    def _table(self, state: State, deltas: Sequence[PostDelta]) -> Table:
        rows = Counter(self._row(state, delta) for delta in deltas)
        listed = tuple((str(number), *row) for row, number in rows.items())
        return Table(f"{LISTS[state]} ({len(deltas)})", COLUMNS, (Group("", listed),))

    def _row(self, state: State, delta: PostDelta) -> tuple[str, ...]:
        post, change = delta.known, self.causes.get(delta.id)
        old, new = self._sides(state, delta, change)
        structure = self.counted.after if delta.after else self.counted.before
        motive = french.typographic(change.motive.strip()) if change else ""
        dated = when(change) if change else ""
        return (
            structure.title_of(post),
            french.typographic(structure.unit_label(post.unit)),
            self._provenance(state, delta),
            old,
            new,
            _turn(delta, post),
            french.upper_first(sequence(motive or french.UNKNOWN, dated)),
        )

    def _sides(self, state: State, delta: PostDelta, change: Change | None) -> tuple[str, str]:
        """The cotation before and after; a dash on the side where the post does not stand."""
        new = grade(delta.after.grade) if delta.after else "–"
        if delta.before:
            return grade(delta.before.grade), new
        if state is State.CREATED:
            return "–", new
        sources = change.candidates if isinstance(change, TransformUndetermined) else delta.known.origins[:1]
        grades = {
            self.counted.before.post_by_id[each].grade for each in sources if each in self.names.before.post_by_id
        }
        return (grade(grades.pop()) if len(grades) == 1 else french.UNKNOWN_FEMININE), new

    def _provenance(self, state: State, delta: PostDelta) -> str:
        match state:
            case State.CREATED | State.TRANSFORMED:
                origin = self.known.get(delta.id)
                return french.upper_first(origin.one) if origin else french.UNKNOWN
            case State.TRANSFERRED | State.MOVED:
                pending = ", l’un de ces postes sera transformé" if State.CANDIDATE in delta.states else ""
                return f"Depuis {self.names.unit_of(delta.id)}{pending}"
            case State.CHANGED:
                fields = (FIELDS[field] for field in delta.visible_fields if field in FIELDS)
                return french.upper_first(french.join(dict.fromkeys(fields)))
            case _:
                return sequence("Supprimé", self.exchanges.words(delta.id))


def kind_of(delta: PostDelta) -> State | None:
    """The one list the post is in; those replaced are told with what replaces them, candidates with the new post."""
    for state in (State.CREATED, State.CLOSED, State.TRANSFORMED, State.TRANSFERRED, State.MOVED):
        if state in delta.states:
            return state
    return State.CHANGED if {State.CHANGED, State.RENAMED} & {*delta.states} else None


def sequence(*said: str) -> str:
    """« Motif ; à terme »: what is said of one thing, full stops left out but at the end."""
    *first, last = [each for each in said if each]
    return "\u00a0; ".join((*(each.rstrip(".") for each in first), last))


def grade(code: GradeCode | None) -> str:
    return grade_text(code) if code else french.UNKNOWN_FEMININE


def duration(found: Hours | None) -> str:
    return hours(found) if found else french.UNKNOWN_FEMININE


def _turn(delta: PostDelta, post: Post) -> str:
    """« 35/35 », « de 35/35 à 28/35 »."""
    if delta.before and delta.after and delta.before.hours != delta.after.hours:
        return f"{duration(delta.before.hours)} → {duration(delta.after.hours)}"
    return duration(post.hours)


def _causes(changes: Iterable[Change]) -> dict[PostId, Change]:
    """Post → the change that made it what it is: the last that names it, one about posts rather than one that gathers
    them in a unit."""
    found: dict[PostId, Change] = {}
    gathered: dict[PostId, Change] = {}
    for change in changes:
        for post in _named(change):
            found[post] = change
        for post in _gathered(change):
            gathered[post] = change
    return gathered | found


def _named(change: Change) -> Iterator[PostId]:
    match change:
        case CreatePost(new=new) | TransformUndetermined(into=new):
            yield new.id
        case TransformPost(post=post, into=new) | RedeployPost(post=post, into=new):
            yield post
            yield new.id
        case AttachPosts(posts=posts):
            yield from posts
        case _:
            alone = getattr(change, "post", None)
            if alone is not None:
                yield alone


def _gathered(change: Change) -> Iterator[PostId]:
    match change:
        case CreateUnit(posts=posts):
            yield from posts
        case SplitUnit(into=parts):
            for part in parts:
                yield from part.posts
        case _:
            pass
