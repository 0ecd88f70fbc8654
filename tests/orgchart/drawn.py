"""Charts to draw, a measure whose every character has the same width, and what is read of a drawing."""

from hypothesis import strategies as st

from orgchart.layout import Box, Drawing, Role, Weight
from orgchart.nomenclature import Grade, Kind, Nomenclature, Site
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import GradeCode, KindCode, PostId, SiteCode, UnitId

KIND = KindCode("service")
NOMENCLATURE = Nomenclature(
    kinds=(Kind(code=KIND, label="service", plural="services"),),
    grades=(Grade(code=GradeCode("A 3"), rank=1),),
    sites=(Site(code=SiteCode("lille"), label="Lille"),),
)


class EvenMeasure:
    """Half the size for each character, a little more when it is bold."""

    def width(self, text: str, size: float, weight: Weight) -> float:
        return len(text) * size * (0.5 if weight < Weight.SEMIBOLD else 0.55)


MEASURE = EvenMeasure()
LEEWAY = 0.02


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.right - LEEWAY and other.x < one.right - LEEWAY
    down = one.y < other.bottom - LEEWAY and other.y < one.bottom - LEEWAY
    return across and down


def box_of(drawing: Drawing, identifier: str) -> Box:
    return next(box for box in drawing.boxes if box.unit == identifier)


def words(box: Box, *roles: Role) -> list[str]:
    return [text.text for text in (*box.head, *box.foot) if not roles or text.role in roles]


def row_words(box: Box) -> list[str]:
    return [" ".join(text.text for text in row.texts) for row in box.rows]


def unit(identifier: str, parent: str | None = None, **fields: object) -> Unit:
    made = {"id": UnitId(identifier), "kind": KIND, "label": identifier, "parent": parent, **fields}
    return Unit(**made)  # type: ignore[arg-type]


def post(identifier: str, holder: str, **fields: object) -> Post:
    made = {"id": PostId(identifier), "unit": UnitId(holder), "label": "agent d’accueil", **fields}
    return Post(**made)  # type: ignore[arg-type]


labels = st.text(alphabet="abcdé -’/", min_size=1, max_size=120)


@st.composite
def charts(draw: st.DrawFn, largest: int = 40) -> Structure:
    """Trees of every shape, with long labels, posts, links and units known in part."""
    number = draw(st.integers(1, largest))
    units = []
    for rank in range(number):
        parent = draw(st.integers(-1, rank - 1))
        link = draw(st.integers(0, number - 1))
        units.append(
            unit(
                f"u{rank}",
                None if parent < 0 else f"u{parent}",
                label=draw(labels),
                position=draw(st.integers(0, 3)),
                links=(UnitId(f"u{link}"),) if draw(st.booleans()) and link != rank else (),
                partial=draw(st.booleans()),
                provisional=draw(st.booleans()),
                sites=(SiteCode("lille"),) if draw(st.booleans()) else (),
            )
        )
    posts = [
        post(
            f"p{rank}",
            f"u{draw(st.integers(0, number - 1))}",
            label=draw(labels),
            grade=draw(st.sampled_from(["A 3", None])),
        )
        for rank in range(draw(st.integers(0, 30)))
    ]
    return Structure.of(units, posts, nomenclature=NOMENCLATURE)
