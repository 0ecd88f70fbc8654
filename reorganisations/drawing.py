"""The drawing of a draft: before, after, or what parts them; of one unit or of the whole, on a page or as a file."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from missions.drawing.documents import chart_file
from missions.drawing.font import FontMeasure
from missions.drawing.svg import Links, legend_of, screen_svg
from orgchart.layout import Drawing, layout
from orgchart.records import Unit
from orgchart.structure import Structure
from orgchart.values import UnitId

from .queries import Draft

# Whole levels are drawn while they hold no more units than this: more would not be read beside the outline. On its own
# page, a difference unfolds what changes up to the second.
MOST_DRAWN, MOST_CHANGED = 48, 150
# So many lines to former places are drawn unasked; more would be a tangle.
MOST_TRACED = 12
# Units that a search proposes.
FOUND = 12


class View(NamedTuple):
    key: str
    label: str


VIEWS = (View("avant", "Avant"), View("apres", "Après"), View("difference", "Différence"))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request asks to see. `trace`: lines to former places, "" leaves it to how many there are."""

    view: View = VIEWS[-1]
    unit: UnitId | None = None
    folded: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    whole: bool = False
    trace: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        return cls(
            view=next((view for view in VIEWS if view.key == query.get("vue")), VIEWS[-1]),
            unit=UnitId(query["unite"]) if query.get("unite") else None,
            folded=_ids(query.get("plie", "")),
            opened=_ids(query.get("deplie", "")),
            whole=query.get("tout", "") == "1",
            trace=query.get("traits", "") if query.get("traits") in ("oui", "non") else "",
            text=query.get("cherche", "")[:100],
        )

    def query(self) -> str:
        written = {
            "vue": "" if self.view == VIEWS[-1] else self.view.key,
            "unite": self.unit or "",
            "plie": ",".join(sorted(self.folded)),
            "deplie": ",".join(sorted(self.opened)),
            "tout": "1" if self.whole else "",
            "traits": self.trace,
        }
        return urlencode({key: value for key, value in written.items() if value}, safe=",")

    def about(self, unit: UnitId | None) -> Self:
        return replace(self, unit=unit, folded=frozenset(), opened=frozenset(), whole=False, text="")

    def toggled(self, unit: UnitId, fold: bool) -> Self:
        changed, other = {str(unit)}, "opened" if fold else "folded"
        kept = {other: getattr(self, other) - changed}
        named = "folded" if fold else "opened"
        return replace(self, **kept | {named: getattr(self, named) | changed})


class Link(NamedTuple):
    """A place to go to. `url` is a page by itself, `part` what htmx puts in the place of the panel."""

    label: str
    url: str
    part: str
    current: bool = False


class Panel(NamedTuple):
    """The drawing and what is around it, worded for its template."""

    view: View
    title: str
    svg: SafeString
    legend: list[tuple[SafeString, str]]
    views: tuple[Link, ...]
    path: tuple[Link, ...]
    options: tuple[Link, ...]
    found: tuple[Link, ...]
    searched: str
    address: str
    part: str
    hidden: tuple[tuple[str, str], ...]
    file_url: str
    whole_url: str


class DraftDrawing:
    """`large`: on its own page, whose address follows what is shown; else in the workspace."""

    def __init__(self, draft: Draft, asked: Asked, *, large: bool = False) -> None:
        self._draft = draft
        self._large = large
        self._code = draft.reorganisation.code
        self._addresses: dict[str, str] = {}
        self.root = UnitId(draft.reorganisation.unit_uid)
        structure = draft.before if asked.view.key == "avant" else draft.after
        self.structure: Structure = structure
        known = asked.unit in structure.unit_by_id or (self._differs(asked) and asked.unit in draft.before.unit_by_id)
        self.asked = asked if known else replace(asked, unit=None)

    @staticmethod
    def _differs(asked: Asked) -> bool:
        return asked.view.key == "difference"

    @property
    def differs(self) -> bool:
        return self._differs(self.asked)

    @property
    def shown(self) -> UnitId:
        return self.asked.unit or self.root

    @property
    def empty(self) -> bool:
        """The unit of the reorganisation does not stand on that side."""
        return self.shown not in self.structure.unit_by_id and not self.differs

    def unit(self, unit: UnitId) -> Unit:
        return self.structure.unit_by_id.get(unit) or self._draft.before.unit_by_id[unit]

    # What is drawn

    @cached_property
    def children(self) -> Mapping[UnitId | None, Collection[UnitId]]:
        """Parent → its units; with a difference, those that close too."""
        found = {parent: [unit.id for unit in units] for parent, units in self.structure.children_of.items()}
        if self.differs:
            for delta in self._draft.difference.closed_units():
                found.setdefault(delta.known.parent, []).append(delta.id)
        return found

    @cached_property
    def folded(self) -> frozenset[UnitId]:
        """The units whose own are not drawn: in a difference those below which nothing changes, then the deepest."""
        if self.asked.whole:
            return frozenset(UnitId(unit) for unit in self.asked.folded)
        changing = self._changing() if self.differs else set()
        most = MOST_CHANGED if self.differs and self._large else MOST_DRAWN
        folded: set[UnitId] = set()
        level, drawn, deep = [self.shown], 1, 0
        while level:
            below: list[UnitId] = []
            for unit in level:
                its_own = self.children.get(unit, ())
                quiet = self.differs and deep > 0 and not any(child in changing for child in its_own)
                full = deep > 0 and drawn + len(below) + len(its_own) > most
                closed = unit in self.asked.folded or ((quiet or full) and unit not in self.asked.opened)
                if its_own and closed:
                    folded.add(unit)
                else:
                    below.extend(its_own)
            level, drawn, deep = below, drawn + len(below), deep + 1
        return frozenset(folded)

    def _changing(self) -> set[UnitId]:
        """The units that change or hold a post that does, and all above them."""
        difference = self._draft.difference
        touched = [*difference.units]
        for delta in difference.posts.values():
            touched += [post.unit for post in (delta.before, delta.after) if post]
        parents = {child: parent for parent, units in self.children.items() for child in units}
        found: set[UnitId] = set()
        for unit in touched:
            current: UnitId | None = unit
            while current is not None and current not in found:
                found.add(current)
                current = parents.get(current)
        return found

    def picture(self, *, keys: bool = False) -> Drawing:
        difference = self._draft.difference if self.differs else None

        def drawn(*, provenance: bool) -> Drawing:
            return layout(
                self.structure,
                FontMeasure(),
                root=self.shown,
                difference=difference,
                folded=self.folded,
                provenance=provenance,
                keys=keys,
            )

        if not self.differs or self.asked.trace == "non":
            return drawn(provenance=False)
        traced = drawn(provenance=True)
        if self.asked.trace == "oui" or sum(line.former for line in traced.connectors) <= MOST_TRACED:
            return traced
        return drawn(provenance=False)

    # Around it

    def link(self, label: str, asked: Asked, *, current: bool = False) -> Link:
        query = asked.query()
        page = self._address("drawing" if self._large else "workspace") + (f"?{query}" if query else "")
        return Link(label, page, self._part(page), current)

    def _address(self, name: str) -> str:
        """A drawing leads to few pages, many times."""
        if name not in self._addresses:
            self._addresses[name] = reverse(f"reorganisations:{name}", args=[self._code])
        return self._addresses[name]

    def _part(self, page: str) -> str:
        """What htmx asks for in the place of a page."""
        if self._large:
            return page
        _, _, query = page.partition("?")
        return f"{self._address('drawing')}?{f'{query}&' if query else ''}dans=atelier"

    def panel(self) -> Panel:
        drawing = Drawing(width=0, height=0) if self.empty else self.picture()
        here = self.link("", replace(self.asked, text=""))
        tail = f"?{self.asked.query()}" if self.asked.query() else ""
        return Panel(
            view=self.asked.view,
            title="" if self.empty else self.unit(self.shown).label,
            svg=self.svg(drawing),
            legend=legend_of(drawing) if self.differs else [],
            views=tuple(
                self.link(view.label, replace(self.asked, view=view), current=view == self.asked.view) for view in VIEWS
            ),
            path=() if self.empty else tuple(self._path()),
            options=tuple(self._options(drawing)),
            found=tuple(self._found()),
            searched=self.asked.text,
            address=here.url.partition("?")[0],
            part=here.part.partition("?")[0],
            hidden=tuple(self._hidden()),
            file_url=self._address("drawing_svg") + tail,
            whole_url="" if self._large else self._address("drawing") + tail,
        )

    def _path(self) -> Iterator[Link]:
        """From the unit of the reorganisation down to the one shown."""
        path, unit = [], self.unit(self.shown)
        while unit.id != self.root:
            path.append(unit)
            parent = unit.parent
            if parent is None or (parent not in self.structure.unit_by_id and not self.differs):
                break
            unit = self.unit(parent)
        yield self.link("Tout", self.asked.about(None), current=self.shown == self.root)
        for each in reversed(path):
            yield self.link(each.label, self.asked.about(each.id), current=each.id == self.shown)

    def _options(self, drawing: Drawing) -> Iterator[Link]:
        if self.folded and not self.asked.whole:
            everything = replace(self.asked, whole=True, folded=frozenset(), opened=frozenset())
            yield self.link("Tout déplier", everything)
        elif self.asked.whole:
            yield self.link("Replier", replace(self.asked, whole=False, folded=frozenset()))
        if self.differs and any(line.former for line in drawing.connectors):
            yield self.link("Masquer les traits d’origine", replace(self.asked, trace="non"))
        elif self.differs and self._draft.difference.posts:
            yield self.link("Montrer d’où vient ce qui bouge", replace(self.asked, trace="oui"))

    def _found(self) -> Iterator[Link]:
        """The units whose label or sigle has the text, inside the perimeter."""
        words = _plain(self.asked.text)
        if not words:
            return
        stack, inside = [self.root], []
        while stack:
            current = stack.pop()
            if current in self.structure.unit_by_id or self.differs:
                inside.append(self.unit(current))
            stack.extend(reversed(list(self.children.get(current, ()))))
        hits = (unit for unit in inside if words in _plain(f"{unit.label} {unit.acronym}"))
        for unit in islice(hits, FOUND):
            yield self.link(unit.label, self.asked.about(unit.id))

    def _hidden(self) -> Iterator[tuple[str, str]]:
        """What a search keeps of the address."""
        if self.asked.view != VIEWS[-1]:
            yield "vue", self.asked.view.key
        if not self._large:
            yield "dans", "atelier"

    def svg(self, drawing: Drawing | None = None, *, name: str = "chart") -> SafeString:
        """The picture for a page; nothing when there is none. `name` makes its ids unique there."""
        if self.empty:
            return SafeString("")
        drawing = drawing or self.picture()
        # The panel swaps in place: the workspace keeps its own address, the large page follows.
        links = Links(
            unit=lambda unit: self.link("", self.asked.about(unit)).url,
            posts=lambda unit, _: f"{self._address('what_changes')}#u-{unit}",
            toggle=lambda unit, fold: self.link("", self.asked.toggled(unit, fold)).url,
            swap="#drawing",
            part=self._part,
            pushes=self._large,
        )
        return screen_svg(drawing, title="Organigramme", description=self._description(), links=links, name=name)

    def _description(self) -> str:
        return f"{self.unit(self.shown).label}, {self.asked.view.label.lower()}"

    def file(self) -> bytes:
        """An SVG that stands alone, with its legend."""
        return chart_file(
            self.picture(keys=True), title=self._draft.reorganisation.title, description=self._description()
        )


def _ids(text: str) -> frozenset[str]:
    return frozenset(each for each in text.split(",") if each)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold().strip()
