"""Hypothesis generators of charts, with shares, pendings and partial units."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from orgchart.nomenclature import Form, Grade, Kind, Nomenclature, Site, Title
from orgchart.records import ManagementLevel, Pending, Post, Unit
from orgchart.structure import Structure
from orgchart.values import (
    GradeCode,
    Hours,
    KindCode,
    PostId,
    Share,
    SiteCode,
    TitleCode,
    UnitId,
)

KINDS = ("direction", "service", "cellule")
GRADES = ("A 1", "A 2", "B 1", "C 1")
TITLES = ("charge", "assistant")
SITES = ("amiens", "lille")

NOMENCLATURE = Nomenclature(
    kinds=(
        Kind(code=KindCode("direction"), label="direction", plural="directions", feminine=True, heads_perimeter=True),
        Kind(code=KindCode("service"), label="service", plural="services", rank=1),
        Kind(code=KindCode("cellule"), label="cellule", plural="cellules", feminine=True, rank=2),
    ),
    grades=tuple(Grade(code=GradeCode(code), rank=rank, category=code[0]) for rank, code in enumerate(GRADES, 1)),
    titles=(
        Title(code=TitleCode("charge"), masculine="chargé de mission", masculine_plural="chargés de mission"),
        Title(
            code=TitleCode("assistant"),
            masculine="assistant",
            masculine_plural="assistants",
            feminine="assistante",
            feminine_plural="assistantes",
        ),
    ),
    sites=(Site(code=SiteCode("amiens"), label="Amiens"), Site(code=SiteCode("lille"), label="Lille")),
)

type Draw = Callable[[st.SearchStrategy[Any]], Any]

hours = st.one_of(
    st.none(),
    st.builds(Hours, worked=st.sampled_from([Decimal("17.5"), Decimal(28), Decimal(35), Decimal("33.33")])),
    st.just(Hours(worked=Decimal(5), reference=Decimal(20))),
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(TITLES),
        "form": st.sampled_from(Form),
        "label": st.sampled_from(["", "Chargé/e de mission"]),
        "grade": st.sampled_from(GRADES),
        "category": st.sampled_from(["A", "B", "C"]),
        "corps": st.sampled_from([(), ("attachés",)]),
        "level": st.sampled_from(ManagementLevel),
        "hours": hours,
        "site": st.sampled_from(SITES),
        "duties": st.sampled_from([(), ("Instruire",), ("Instruire", "Évaluer")]),
        "frozen": st.booleans(),
    },
)
new_facts = facts.map(lambda found: {key: value for key, value in found.items() if key != "frozen"})


@st.composite
def structures(draw: Draw, *, max_units: int = 8, max_posts: int = 14, prefix: str = "") -> Structure:
    """A sound chart: every parent comes before its units, shares make 100 %, candidates are alike."""
    units = _units(draw, max_units, prefix)
    ids = [unit.id for unit in units]
    posts = [
        Post(
            id=PostId(f"{prefix}p{n}"), unit=draw(st.sampled_from(ids)), position=draw(st.integers(0, 3)), **draw(facts)
        )
        for n in range(draw(st.integers(0, max_posts)))
    ]
    shared = [_shared(draw, post, ids) for post in posts]
    pendings, made = _pendings(draw, prefix, ids)
    posts = [_answering(draw, post, shared) for post in (*shared, *made)]
    led = [
        _with(unit, lead=draw(st.sampled_from([post.id for post in posts])))
        if posts and draw(st.integers(0, 3)) == 0
        else unit
        for unit in units
    ]
    return Structure.of(led, posts, pendings, NOMENCLATURE)


def _with(record: Any, **fields: Any) -> Any:
    return type(record)(**{name: getattr(record, name) for name in record.__struct_fields__} | fields)


def _units(draw: Draw, number: int, prefix: str) -> list[Unit]:
    units: list[Unit] = []
    for n in range(draw(st.integers(1, number))):
        above = [unit.id for unit in units]
        parent = draw(st.sampled_from([None, *above]))
        units.append(
            Unit(
                id=UnitId(f"{prefix}u{n}"),
                kind=draw(st.sampled_from(KINDS)),
                label=f"Unité {n}",
                parent=parent,
                acronym=draw(st.sampled_from(["", f"U{n}"])),
                sites=draw(st.sampled_from([(), ("amiens",), ("amiens", "lille")])),
                purposes=draw(st.sampled_from([(), ("Instruire",), ("Instruire", "Évaluer")])),
                position=draw(st.integers(0, 2)),
                links=tuple(draw(st.sets(st.sampled_from(above), max_size=2)) - {parent}) if above else (),
                partial=draw(st.integers(0, 7)) == 0,
            )
        )
    return units


def _shared(draw: Draw, post: Post, units: Sequence[UnitId]) -> Post:
    others = [unit for unit in units if unit != post.unit]
    if not others or draw(st.integers(0, 4)):
        return post
    part = draw(st.sampled_from([Decimal(20), Decimal("33.3"), Decimal(50)]))
    return _with(
        post,
        shares=(Share(unit=post.unit, percent=100 - part), Share(unit=draw(st.sampled_from(others)), percent=part)),
    )


def _answering(draw: Draw, post: Post, others: Sequence[Post]) -> Post:
    """One in five answers to a second superior; candidates, which come after, to none."""
    superiors = [other.id for other in others if other.id != post.id]
    if not superiors or draw(st.integers(0, 4)):
        return post
    return _with(post, superiors=(draw(st.sampled_from(superiors)),))


def _pendings(draw: Draw, prefix: str, units: Sequence[UnitId]) -> tuple[list[Pending], list[Post]]:
    if draw(st.integers(0, 2)):
        return [], []
    number = draw(st.integers(2, 4))
    alike = {**draw(facts), "unit": draw(st.sampled_from(units))}
    candidates = [Post(id=PostId(f"{prefix}c{n}"), **alike) for n in range(number)]
    opened = range(draw(st.integers(1, number - 1)))
    made = [Post(id=PostId(f"{prefix}n{n}"), unit=draw(st.sampled_from(units)), **draw(facts)) for n in opened]
    pendings = [
        Pending(id=f"{prefix}w{n}", candidates=tuple(post.id for post in candidates), into=made[n].id) for n in opened
    ]
    return pendings, [*candidates, *made]
