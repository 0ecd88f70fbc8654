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


class Page(NamedTuple):
    """One page of the document: a heading, its facts, the drawing."""

    title: str
    facts: str
    svg: SafeString


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
            "pages": pages(
                structure, root=root, title=title, facts=" · ".join(facts), difference=difference, vacant=vacant
            ),
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
    found = [Page(title, facts, _svg(summary, title, facts, f"{name}-0"))]
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
            found.append(Page(label, words, _svg(drawing, label, words, f"{name}-{len(found)}")))
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
    planned = difference.units if difference else frozenset[UnitId]()
    return layout(
        structure, FontMeasure(), root=root, depth=depth, difference=difference, planned=planned, vacant=vacant
    )


def _svg(drawing: Drawing, title: str, facts: str, name: str) -> SafeString:
    """A tagged PDF takes its alternate text from the title."""
    units = french.join(box.label for box in drawing.boxes)
    return standalone_svg(
        drawing, title=f"Organigramme\u00a0: {title}. {facts}. Unités\u00a0: {units}.", description=facts, name=name
    )
