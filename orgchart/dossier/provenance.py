"""Where the posts of a report come from, in the report's own words."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from .. import french
from ..changes import (
    Change,
    CreatePost,
    RedeployPost,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from ..naming import Names, line
from ..rows import Row
from ..structure import Structure
from ..values import PostId, UnitId
from .blocks import Line
from .listed import listed_rows


class Origin(NamedTuple):
    """How a post came to be where it is: of one post, and of several that came alike."""

    one: str
    several: str


def origins(changes: tuple[Change, ...], names: Names) -> dict[PostId, Origin]:
    """Post → its provenance, for those that a change made or brought from elsewhere."""
    found: dict[PostId, Origin] = {}
    exchanged: dict[PostId, list[PostId]] = {}
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
            case SuppressPost(post=post, counterparts=counterparts):
                for made in counterparts:
                    exchanged.setdefault(made, []).append(post)
            case _:
                pass
    for made, posts in exchanged.items():
        source = french.join(f"{names.of_post(post, earlier=True)} {names.of_unit_of(post)}" for post in posts)
        found[made] = Origin(*2 * [f"créé en contrepartie de la suppression {source}"])
    return found


def unit_lines(structure: Structure, unit: UnitId, known: Mapping[PostId, Origin]) -> tuple[Line, ...]:
    """The posts of a unit as the report lists them, each with its provenance."""
    return tuple(
        Line(line(row.number, row.label, row.grade, row.level.label if row.level else ""), provenance(row, known))
        for row in listed_rows(structure, unit)
    )


def provenance(row: Row, known: Mapping[PostId, Origin]) -> str:
    """« par transfert du poste de la DDPE »; « dont 1 poste créé » where the others were there before."""
    numbers = Counter(known[post] for post in row.posts if post in known)
    if len(numbers) == 1 and numbers.total() == row.number:
        origin = next(iter(numbers))
        return origin.one if row.number == 1 else origin.several
    return french.join(
        f"dont {number}{french.NBSP}{origin.one if number == 1 else origin.several}"
        for origin, number in numbers.items()
    )
