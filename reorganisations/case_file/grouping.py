"""The opening state as a case file writes it: units from the top down, posts that print alike together."""

from itertools import groupby

from msgspec.structs import asdict, replace

from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from .types import OpeningUnit, PostGroup

GROUPED = tuple(field for field in Post.__struct_fields__ if field not in ("id", "position"))


def units_of(structure: Structure) -> tuple[OpeningUnit, ...]:
    """Each before those below it. The position is written where the order of the file does not give it."""
    last: dict[UnitId | None, int] = {}
    found = []
    for unit in structure.subtree():
        expected = last.get(unit.parent, -1) + 1
        last[unit.parent] = unit.position
        found.append(_opening(unit, None if unit.position == expected else unit.position))
    return tuple(found)


def _opening(unit: Unit, position: int | None) -> OpeningUnit:
    return OpeningUnit(**(asdict(unit) | {"position": position}))


def groups_of(structure: Structure) -> tuple[PostGroup, ...]:
    """Unit by unit, in the order of their positions; those that follow each other and differ by nothing, together."""
    found: list[PostGroup] = []
    for unit in structure.subtree():
        posts = sorted(structure.posts_of.get(unit.id, ()), key=lambda post: (post.position, post.id))
        ranked = [(post, post.position - rank) for rank, post in enumerate(posts)]
        expected = 0
        for _, members in groupby(ranked, key=lambda each: (replace(each[0], id=PostId(""), position=0), each[1])):
            group = [post for post, _ in members]
            first = group[0].position
            found.append(_group(group, None if first == expected else first))
            expected = first + len(group)
    return tuple(found)


def _group(posts: list[Post], position: int | None) -> PostGroup:
    fields = {field: getattr(posts[0], field) for field in GROUPED}
    named = {"id": posts[0].id} if len(posts) == 1 else {"ids": tuple(post.id for post in posts)}
    return PostGroup(**fields, **named, position=position)
