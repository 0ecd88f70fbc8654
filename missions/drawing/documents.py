"""The chart as files: a PDF of landscape pages (a summary, then a page per unit with its next level), an SVG."""

import datetime
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from orgchart import french
from orgchart.diff import Difference
from orgchart.layout import Drawing, layout
from orgchart.structure import Structure
from orgchart.values import PostId, UnitId

from ..pdf import STYLESHEET
from .font import FontMeasure
from .svg import standalone_svg

type PageFormat = Literal["a4", "a3"]

# More units than this are not read on one page: the summary then stops a level higher.
ON_ONE_PAGE = 30


# The white of a landscape page under a heading and its facts, in mm.
ROOM = {"a4": (273.0, 143.0), "a3": (390.0, 226.0)}

# A small chart grows to its page no further: larger letters read no better.
LARGEST = 1.4


class Page(NamedTuple):
    """One page of the document: a heading, its facts, the drawing. `name` makes the ids of the drawing unique."""

    title: str
    facts: str
    drawing: Drawing
    name: str
    scale: float = 1.0

    @property
    def svg(self) -> SafeString:
        """A tagged PDF takes its alternate text from the title."""
        units = french.join(box.label for box in self.drawing.boxes)
        return standalone_svg(
            self.drawing,
            title=f"Organigramme\u00a0: {self.title}. {self.facts}. Unités\u00a0: {units}.",
            description=self.facts,
            name=self.name,
            scale=self.scale,
        )


def fitted(page: Page, width: float, height: float) -> Page:
    """The page with its drawing as large as this room allows, in mm."""
    return page._replace(scale=min(width / page.drawing.width, height / page.drawing.height, LARGEST))


def chart_html(
    structure: Structure,
    *,
    root: UnitId | None,
    title: str,
    facts: Sequence[str],
    day: datetime.date,
    source: str,
    page_format: PageFormat = "a4",
    fictitious: bool = False,
    difference: Difference | None = None,
    vacant: Collection[PostId] = frozenset(),
) -> str:
    """The pages that a PDF is made of. `facts`: the line under the title; `source`: the version it comes from, printed
    on every page.
    """
    return render_to_string(
        "pdf/chart.html",
        {
            "stylesheet": STYLESHEET,
            "title": title,
            "facts": " · ".join(facts),
            "day": french.date(day),
            "source": source,
            "pages": [
                fitted(page, *ROOM[page_format])
                for page in pages(
                    structure, root=root, title=title, facts=" · ".join(facts), difference=difference, vacant=vacant
                )
            ],
            "page_format": page_format,
            "fictitious": fictitious,
        },
    )


def chart_weight(structure: Structure, root: UnitId | None) -> int:
    """How long the document is to write: the units and posts that it draws."""
    return sum(1 for _ in structure.subtree(root)) + sum(1 for _ in structure.posts_below(root))


def pages(
    structure: Structure,
    *,
    root: UnitId | None,
    title: str,
    facts: str,
    difference: Difference | None = None,
    name: str = "chart",
    vacant: Collection[PostId] = frozenset(),
    most: int | None = None,
) -> list[Page]:
    """The summary; then, where it stops short, a page per unit that has units, with its next level.

    `name` makes the ids of the drawings unique in a document that holds other pages; `most`: how many pages are drawn.
    """
    depth = levels_on_one_page(structure, root)
    summary = _drawn(structure, root, depth, difference, vacant)
    found = [Page(title, facts, summary, f"{name}-0")]
    stops = {box.unit for box in summary.boxes if box.toggle and box.toggle.folded}
    if not stops:
        return found
    for unit in structure.subtree(root):
        if most is not None and len(found) >= most:
            break
        if unit.id != root and structure.children_of.get(unit.id):
            total = structure.total(unit.id)
            words = "effectif total non renseigné" if total is None else french.count(total.posts, "poste")
            label = french.upper_first(unit.label)
            drawing = _drawn(structure, unit.id, 1, difference, vacant)
            found.append(Page(label, words, drawing, f"{name}-{len(found)}"))
    return found


def levels_on_one_page(structure: Structure, root: UnitId | None) -> int:
    """How many levels under the top fit on the summary; one at least."""
    current = [structure.unit_by_id[root]] if root is not None else list(structure.roots)
    number, depth = 0, 0
    while current:
        number += len(current)
        if number > ON_ONE_PAGE and depth > 1:
            return depth - 1
        current = [child for unit in current for child in structure.children_of.get(unit.id, ())]
        depth += 1
    return max(depth - 1, 1)


def chart_file(drawing: Drawing, *, title: str, description: str) -> bytes:
    """An SVG file that stands alone."""
    heading = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (heading + standalone_svg(drawing, title=title, description=description)).encode()


def _drawn(
    structure: Structure,
    root: UnitId | None,
    depth: int,
    difference: Difference | None,
    vacant: Collection[PostId],
) -> Drawing:
    return layout(
        structure,
        FontMeasure(),
        root=root,
        depth=depth,
        difference=difference,
        vacant=vacant,
        keys=True,
    )
