"""Fiches de poste of the posts that a draft makes: new ones, and those that come of a transformation."""

from collections.abc import Iterator, Mapping

from .. import french
from ..diff import State
from ..naming import grade_text, hours
from ..records import Post
from ..rows import rows
from ..values import PostId
from .blocks import Bullets, Sheet
from .provenance import Origin, provenance_of
from .tables import Figures

MADE = (State.CREATED, State.TRANSFORMED)


def made_posts(counted: Figures) -> tuple[tuple[PostId, ...], ...]:
    """The new posts of the perimeter, those that print alike together, in the order of the chart."""
    made = {delta.id for delta in counted.difference.posts.values() if {*MADE} & {*delta.states} and not delta.before}
    after = counted.after
    if not made or counted.root not in after.unit_by_id:
        return ()
    alike = (
        tuple(post for post in row.posts if post in made)
        for unit in after.subtree(counted.root)
        for row in rows(after, unit.id)
    )
    return tuple(group for posts in alike if posts for group in _same_duties(counted, posts))


def _same_duties(counted: Figures, posts: tuple[PostId, ...]) -> tuple[tuple[PostId, ...], ...]:
    """Posts that print alike may still differ in what their sheet says."""
    groups: dict[object, list[PostId]] = {}
    for post in posts:
        found = counted.after.post_by_id[post]
        key = tuple(
            getattr(found, field)
            for field in found.__struct_fields__
            if field not in ("id", "position", "origins", "deduced")
        )
        groups.setdefault(key, []).append(post)
    return tuple(tuple(group) for group in groups.values())


def post_sheets(counted: Figures, known: Mapping[PostId, Origin]) -> tuple[Sheet, ...]:
    return tuple(_sheet(counted, posts, known) for posts in made_posts(counted))


def _sheet(counted: Figures, posts: tuple[PostId, ...], known: Mapping[PostId, Origin]) -> Sheet:
    after = counted.after
    post = after.post_by_id[posts[0]]
    number = len(posts)
    title = french.upper_first(after.title_of(post, plural=number > 1))
    duties = tuple(french.typographic(duty) for duty in post.duties)
    return Sheet(
        f"{title} ({french.count(number, 'poste')})" if number > 1 else title,
        tuple(_facts(counted, post, provenance_of(posts, number, known))),
        (Bullets(duties, "Missions"),) if duties else (),
    )


def _facts(counted: Figures, post: Post, origin: str) -> Iterator[tuple[str, str]]:
    after, names = counted.after, counted.names
    above = [french.typographic(unit.label) for unit in after.ancestors(post.unit, include_self=True)]
    yield "Unité", ", ".join(reversed(above[-2:]))
    yield "Provenance", french.upper_first(origin)
    yield "Cotation", grade_text(post.grade) if post.grade else ""
    yield "Catégorie", after.category_of(post) or ""
    yield "Filière", french.typographic(post.job_family)
    yield "Cadres d’emplois", french.typographic(french.join(post.corps))
    yield "Grades ouverts", french.typographic(french.join(post.statutory_grades))
    yield "Niveau d’encadrement", post.level.label if post.level else "sans encadrement déclaré"
    yield "Durée", f"{hours(post.hours)} ({french.decimal(post.hours.etp)}\u00a0ETP)" if post.hours else ""
    yield "Site", names.site(post.site) if post.site else ""
    if led := after.led_by.get(post.id):
        yield "Dirige", french.join(map(names.the_unit, led))
    if lead := _superior(counted, post):
        yield "Sous la direction de", lead
    if post.shares:
        parts = (f"{names.the_unit(share.unit)} ({french.decimal(share.percent)}\u00a0%)" for share in post.shares)
        yield "Partagé entre", french.join(parts)
    if not post.duties:
        yield "Missions", ""


def _superior(counted: Figures, post: Post) -> str:
    """The post that leads the unit, or the nearest one above that another post leads."""
    for unit in reversed(counted.after.ancestors(post.unit, include_self=True)):
        if unit.lead and unit.lead != post.id:
            return counted.names.the_post(unit.lead)
    return ""
