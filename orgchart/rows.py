"""The posts of a unit as a report lists them: « 3 chargés de mission (A 3) », for screen, drawing and documents."""

from typing import NamedTuple

from .records import ManagementLevel, Post
from .structure import Structure
from .values import GradeCode, PostId, UnitId


class Row(NamedTuple):
    """Posts of one unit that print alike.

    `number` leaves out those that a pending transformation takes away; `posts` names them all. `pending`: one of the
    posts is to be transformed, or the post is the one that comes of it.
    """

    number: int
    label: str
    grade: GradeCode | None
    level: ManagementLevel | None
    posts: tuple[PostId, ...]
    leads: bool = False
    pending: bool = False
    frozen: bool = False
    superiors: tuple[PostId, ...] = ()


def rows(structure: Structure, unit: UnitId, *, together: bool = True) -> tuple[Row, ...]:
    """The unit's own posts, the one that leads it first, then by cotation. `together` groups those that print alike."""
    groups: dict[object, list[Post]] = {}
    for post in structure.posts_of.get(unit, ()):
        groups.setdefault(_alike(structure, post) if together else post.id, []).append(post)
    return tuple(_row(structure, posts) for posts in groups.values())


def _alike(structure: Structure, post: Post) -> object:
    pending = structure.pending_of.get(post.id)
    is_new = pending is not None and pending.into == post.id
    leads = structure.unit_by_id[post.unit].lead == post.id
    return (
        post.title,
        post.form,
        post.label,
        post.grade,
        post.level,
        post.frozen,
        post.superiors,
        leads,
        is_new,
        pending.candidates if pending and not is_new else None,
    )


def _row(structure: Structure, posts: list[Post]) -> Row:
    first = posts[0]
    pending = structure.pending_of.get(first.id)
    number = len(posts)
    if pending and first.id != pending.into and number == len(pending.candidates):
        number -= structure.pending_groups[tuple(sorted(pending.candidates))]
    return Row(
        number=number,
        label=structure.title_of(first, plural=number > 1),
        grade=first.grade,
        level=first.level,
        posts=tuple(post.id for post in posts),
        leads=structure.unit_by_id[first.unit].lead == first.id,
        pending=pending is not None,
        frozen=first.frozen,
        superiors=first.superiors,
    )
