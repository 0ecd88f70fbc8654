"""Markdown into paragraphs, lists, quotations and tables of a Word document."""

from collections.abc import Iterable
from copy import deepcopy

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from .prose import tokens

BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
NUMBERS = ("List Number", "List Number 2", "List Number 3")


def write_prose(document: Document, markdown: str, *, level: int) -> None:
    """`level`: that of the first headings, as in the HTML; Word counts one less (its title is no heading)."""
    walk = _Walk(document)
    for token in tokens(markdown, level=level):
        walk.read(token)


class _Walk:
    """Where the reading stands: inside which lists, in a quotation, in which row of a table."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lists: list[tuple[str, int]] = []
        self.fresh = False
        self.quoted = 0
        self.heading = 0
        self.rows: list[list[list[Token]]] = []
        self.in_table = False

    def read(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append((BULLETS[min(len(self.lists), 2)], 0))
            case "ordered_list_open":
                number = _restarted(self.document, NUMBERS[min(len(self.lists), 2)])
                self.lists.append((NUMBERS[min(len(self.lists), 2)], number))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.fresh = True
            case "blockquote_open" | "blockquote_close":
                self.quoted += 1 if token.nesting > 0 else -1
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "table_open":
                self.in_table, self.rows = True, []
            case "tr_open":
                self.rows.append([])
            case "table_close":
                self._table()
            case "inline" if self.in_table:
                self.rows[-1].append(token.children or [])
            case "inline":
                _write(self._paragraph(), token.children or [])
            case "hr":
                self.document.add_paragraph("* * *")
            case _:
                pass

    def _paragraph(self) -> Paragraph:
        if self.heading:
            title: Paragraph = self.document.add_heading("", self.heading - 1)
            return title
        if not self.lists:
            return self.document.add_paragraph(style="Quote" if self.quoted else None)
        style, number = self.lists[-1]
        if not self.fresh:
            # A second paragraph of the same item.
            return self.document.add_paragraph(style=("List Continue", "List Continue 2")[min(len(self.lists) - 1, 1)])
        self.fresh = False
        written = self.document.add_paragraph(style=style)
        if number:
            properties = written._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        return written

    def _table(self) -> None:
        self.in_table = False
        written = self.document.add_table(rows=0, cols=len(self.rows[0]))
        written.style = "Table Grid"
        for rank, row in enumerate(self.rows):
            cells = written.add_row()
            for cell, children in zip(cells.cells, row, strict=True):
                _write(cell.paragraphs[0], children, bold=rank == 0)
        written.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph()


def _write(paragraph: Paragraph, children: Iterable[Token], *, bold: bool = False) -> None:
    strong = emphasis = struck = 0
    address = ""
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "em_open" | "em_close":
                emphasis += child.nesting
            case "s_open" | "s_close":
                struck += child.nesting
            case "link_open":
                address = str(child.attrs.get("href", ""))
            case "link_close":
                paragraph.add_run(f" ({address})")
            case "softbreak":
                paragraph.add_run(" ")
            case "hardbreak":
                paragraph.add_run().add_break()
            case _:
                run = paragraph.add_run(child.content)
                run.bold, run.italic = bool(strong) or bold or None, bool(emphasis) or None
                run.font.strike = bool(struck) or None


def _restarted(document: Document, style: str) -> int:
    """A numbering of this style that begins again at 1; its identifier."""
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    model = next(each for each in numbering.num_lst if each.numId == used)
    copy = deepcopy(model)
    number: int = max(each.numId for each in numbering.num_lst) + 1
    copy.set(qn("w:numId"), str(number))
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    copy.append(override)
    numbering.append(copy)
    return number
