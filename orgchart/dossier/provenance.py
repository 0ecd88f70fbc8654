"""Where the posts of a report come from, in the report's own words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .. import french
from ..changes import (
    Change,
    CreatePost,
    RedeployPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from ..naming import Names, line
from ..rows import Row
from ..structure import Structure
from ..values import PostId, UnitId
from ..wording import suppressed_posts
from .blocks import Line
from .exchanges import Exchanges
from .listed import listed_rows


class Origin(NamedTuple):
    """How a post came to be where it is: of one post, and of several that came alike."""

    one: str
    several: str


def origins(changes: tuple[Change, ...], names: Names) -> dict[PostId, Origin]:
    """Post → its provenance, for those that a change made or brought from elsewhere."""
    found: dict[PostId, Origin] = {}
    for change in changes:
        match change:
            case TransferPost(post=post):
                unit = names.of_unit_of(post)
                found[post] = Origin(f"par transfert du poste {unit}", f"par transfert des postes {unit}")
            case TransformUndetermined(candidates=candidates, into=into):
                source = names.one_of(candidates, current=True)
                found[into.id] = Origin(*2 * [f"créé par transformation {french.de(source)}"])
            case TransformPost(post=post, into=into):
                source = names.of_post(post, earlier=True)
                found[into.id] = Origin(*2 * [f"par transformation {source}"])
            case RedeployPost(post=post, into=into):
                source = f"{names.of_post(post, earlier=True)} {names.of_unit_of(post)}"
                found[into.id] = Origin(*2 * [f"par redéploiement {source}"])
            case CreatePost(new=new):
                found[new.id] = Origin("poste créé", "postes créés")
            case _:
                pass
    created = {change.new.id for change in changes if isinstance(change, CreatePost)}
    for made, posts in Exchanges(changes, names).given.items():
        source = f"en contrepartie de la suppression {suppressed_posts(posts, names)}"
        if made in created:
            found[made] = Origin(f"créé {source}", f"créés {source}")
        else:
            known = found.get(made)
            found[made] = Origin(*(", ".join(filter(None, (said, source))) for said in known or ("", "")))
    return found


def unit_lines(structure: Structure, unit: UnitId, known: Mapping[PostId, Origin]) -> tuple[Line, ...]:
    """The posts of a unit as the report lists them, each with its provenance."""
    return tuple(
        Line(line(row.number, row.label, row.grade, row.level.label if row.level else ""), provenance(row, known))
        for row in listed_rows(structure, unit)
    )


def provenance(row: Row, known: Mapping[PostId, Origin]) -> str:
    """« par transfert du poste de la DDPE »; « dont 1 poste créé » where the others were there before."""
    return provenance_of(row.posts, row.number, known)


def provenance_of(posts: Iterable[PostId], counted: int, known: Mapping[PostId, Origin]) -> str:
    """`counted`: how many of these posts are told of; candidates of a transformation are more than they count for."""
    numbers = Counter(known[post] for post in posts if post in known)
    if len(numbers) == 1 and numbers.total() == counted:
        origin = next(iter(numbers))
        return origin.one if counted == 1 else origin.several
    return french.join(
        f"dont {number}{french.NBSP}{origin.one if number == 1 else origin.several}"
        for origin, number in numbers.items()
    )
