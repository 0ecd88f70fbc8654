"""A small chart that most table tests start from.

Direction des lycées (d) › Service des moyens (s, led by `chief`) › Cellule paie (c, empty); › Service du patrimoine
(t). Direction des transports (e) stands apart. In the service: chief, p1, p2, p3 (alike); `guest` is shared with t.
"""

from decimal import Decimal
from typing import Any

from orgchart.changes import AnyChange, NewPost, NewUnit, TransformUndetermined
from orgchart.fold import fold
from orgchart.nomenclature import Grade, Kind, Nomenclature, Site, Title
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import Hours, Share

N = "\u00a0"

NOMENCLATURE = Nomenclature(
    kinds=(
        Kind(code="direction", label="direction", plural="directions", feminine=True, rank=1, heads_perimeter=True),
        Kind(code="service", label="service", plural="services", rank=2),
        Kind(code="cellule", label="cellule", plural="cellules", feminine=True, rank=3),
    ),
    grades=(
        Grade(code="A 1", rank=1, category="A"),
        Grade(code="A 2", rank=2, category="A"),
        Grade(code="B 1", rank=3, category="B"),
    ),
    titles=(
        Title(
            code="charge",
            masculine="chargé de mission",
            masculine_plural="chargés de mission",
            feminine="chargée de mission",
            feminine_plural="chargées de mission",
        ),
        Title(code="chef", masculine="chef de service", masculine_plural="chefs de service"),
        Title(code="gestionnaire", masculine="gestionnaire", masculine_plural="gestionnaires"),
    ),
    sites=(Site(code="amiens", label="Amiens"), Site(code="lille", label="Lille")),
)
FULL = Hours(worked=Decimal(35))
HALF = Hours(worked=Decimal("17.5"))
SHARES = (Share(unit="s", percent=Decimal(60)), Share(unit="t", percent=Decimal(40)))

UNITS = (
    Unit(id="d", kind="direction", label="Direction des lycées", position=0),
    Unit(id="s", kind="service", label="Service des moyens", acronym="SM", parent="d", lead="chief", sites=("amiens",)),
    Unit(id="c", kind="cellule", label="Cellule paie", parent="s"),
    Unit(id="t", kind="service", label="Service du patrimoine", parent="d", position=1, links=("e",)),
    Unit(id="e", kind="direction", label="Direction des transports", position=1),
)
ALIKE: dict[str, Any] = {"unit": "s", "title": "charge", "grade": "A 2", "hours": FULL}
POSTS = (
    Post(id="chief", unit="s", title="chef", grade="A 1", hours=FULL),
    Post(id="p1", position=1, **ALIKE),
    Post(id="p2", position=2, **ALIKE),
    Post(id="p3", position=3, **ALIKE),
    Post(id="guest", unit="s", title="gestionnaire", grade="B 1", position=4, shares=SHARES),
    Post(id="driver", unit="e", title="gestionnaire", grade="B 1", hours=HALF, site="lille"),
)


def chart(*, units: tuple[Unit, ...] = (), posts: tuple[Post, ...] = ()) -> Structure:
    """The sample, with these records added or put in the place of those of the same id."""
    found_units = {unit.id: unit for unit in (*UNITS, *units)}
    found_posts = {post.id: post for post in (*POSTS, *posts)}
    return Structure.of(found_units.values(), found_posts.values(), nomenclature=NOMENCLATURE)


def new_unit(name: str = "new", **fields: Any) -> NewUnit:
    return NewUnit(**{"id": name, "kind": "cellule", "label": "Cellule neuve", **fields})


def new_post(name: str = "n", **fields: Any) -> NewPost:
    return NewPost(**{"id": name, "title": "charge", **fields})


def after(*changes: AnyChange, before: Structure | None = None) -> Structure:
    return fold(before or chart(), changes)


def q(text: str) -> str:
    return f"«{N}{text}{N}»"


ONE_OF_THREE = TransformUndetermined(id="open", candidates=("p1", "p2", "p3"), into=new_post("new-chief", grade="A 1"))
