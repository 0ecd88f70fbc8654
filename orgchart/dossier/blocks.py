"""What a dossier is made of, ready to print: text, lists, tables, pictures. `block` tells a template which it is."""

from typing import NamedTuple

from ..values import ChangeId

KEPT_TOGETHER = 14


class Prose(NamedTuple):
    """Markdown that somebody wrote; empty, the part is « non renseigné »."""

    markdown: str

    @property
    def block(self) -> str:
        return "prose"


class Passage(NamedTuple):
    """What somebody wrote under a title of its own, in Markdown; empty, it is « non renseigné »."""

    title: str
    markdown: str

    @property
    def block(self) -> str:
        return "passage"


class Paragraph(NamedTuple):
    """A sentence made from the data. `deduced`: the reason, when no source states it."""

    text: str
    deduced: str = ""

    @property
    def block(self) -> str:
        return "paragraph"


class Bullets(NamedTuple):
    items: tuple[str, ...]
    heading: str = ""

    @property
    def block(self) -> str:
        return "bullets"


class Column(NamedTuple):
    """`width`: its part of the table, in percent; 0, what the others leave."""

    label: str
    number: bool = False
    width: int = 0


class Group(NamedTuple):
    """Rows under a title of their own; an empty title, none."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class Table(NamedTuple):
    """`caption` says what it counts. `total`: the last row, empty when there is none."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    total: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Few enough rows to stay on one page."""
        return sum(len(group.rows) + 1 for group in self.groups) <= KEPT_TOGETHER

    @property
    def block(self) -> str:
        return "table"


class Picture(NamedTuple):
    """The organigramme of one side; what draws it knows the chart."""

    side: str
    caption: str

    @property
    def block(self) -> str:
        return "picture"


class Line(NamedTuple):
    """« 1 responsable de projet (A 2.2), par transfert du poste de la DDPE »."""

    text: str
    provenance: str = ""

    def __str__(self) -> str:
        return f"{self.text}, {self.provenance}" if self.provenance else self.text


class Explanation(NamedTuple):
    """What somebody wrote about one of the changes; the first one needs no title of its own."""

    title: str
    markdown: str


class Adjustment(NamedTuple):
    """One item of the numbered list: a unit with its posts, or what changes in a unit that stays."""

    number: int
    heading: str
    lines: tuple[Line, ...]
    notes: tuple[Paragraph, ...]
    explanations: tuple[Explanation, ...]
    duties: tuple[Bullets, ...]
    changes: tuple[ChangeId, ...]

    @property
    def block(self) -> str:
        return "adjustment"


class Sheet(NamedTuple):
    """Fiche: what is known of one thing, fact by fact (an empty value is « non renseigné »), then lists."""

    title: str
    facts: tuple[tuple[str, str], ...]
    lists: tuple[Bullets, ...] = ()

    @property
    def block(self) -> str:
        return "sheet"


type Block = Prose | Passage | Paragraph | Bullets | Table | Picture | Adjustment | Sheet


class Part(NamedTuple):
    """A numbered part, or an annex. `landscape`: on a page of its own, turned."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


class Heading(NamedTuple):
    """The top of the first page, and what each page repeats. `mark`: « Document de travail » until it is sealed."""

    committee: str
    session: str
    units: tuple[str, ...]
    kind: str
    title: str
    mark: str
    fictitious: bool

    @property
    def running(self) -> str:
        """The line at the top of each page."""
        return " – ".join(each for each in (self.committee, self.session, *self.units, self.kind) if each)


class Dossier(NamedTuple):
    """`summary`: what changes, which posts, what is not known, for the first page. Nobody is named in it."""

    heading: Heading
    summary: Part
    parts: tuple[Part, ...]
    annexes: tuple[Part, ...]
