"""The report as a Word document, for those who finish it in an office suite: real styles, lists, table headers."""

import io
from collections.abc import Iterable

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WrittenTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run

from orgchart import french
from orgchart.dossier import Adjustment, Bullets, Heading, Paragraph, Part, Picture, Prose, Sheet, Table
from orgchart.dossier.blocks import Passage
from orgchart.naming import lines
from orgchart.structure import Structure

from .office_prose import write_prose
from .source import Charted, Report, printable

INK, ACCENT = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x0B, 0x5C, 0x6B)
SOFT, WARNING = RGBColor(0x5A, 0x66, 0x75), RGBColor(0x8A, 0x52, 0x00)
TEXT_WIDTH = 160


def report_docx(report: Report) -> bytes:
    """The same content as the PDF; organigrammes become nested lists, which can be edited."""
    document = Document()
    writer = Writer(document, report.dossier.heading, report)
    writer.page()
    writer.title()
    writer.part(report.dossier.summary, report.dossier.summary.title)
    for number, part in enumerate(report.dossier.parts, 1):
        writer.part(part, f"{number}. {part.title}")
    document.add_page_break()  # type: ignore[no-untyped-call]
    for number, part in enumerate(report.dossier.annexes, 1):
        writer.part(part, f"Annexe {number} – {part.title}")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


class Writer:
    """Writes parts under a heading. `report`: whose charts the pictures are drawn of; without it there are none."""

    def __init__(self, document: Docx, heading: Heading, report: Charted | None = None) -> None:
        self.document = document
        self.top = heading
        self.report = report
        self._styles()

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.element.rPr.append(_language())
        normal.paragraph_format.space_after = Pt(5)
        for name, size, colour in (
            ("Title", 21, INK),
            ("Heading 1", 14, ACCENT),
            ("Heading 2", 12, INK),
            ("Heading 3", 11, INK),
            ("Heading 4", 10.5, INK),
        ):
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Calibri", Pt(size), True, colour
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.keep_with_next = True

    # The page

    def page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
        heading = self.top
        top = section.header.paragraphs[0]
        _soft(top.add_run(heading.running))
        bottom = section.footer.paragraphs[0]
        bottom.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        marks = [heading.mark, "Données fictives" if heading.fictitious else ""]
        _warned(bottom.add_run(" – ".join(mark for mark in marks if mark)))
        _soft(bottom.add_run("\tpage\u00a0"))
        _field(bottom, "PAGE")
        _soft(bottom.add_run(" / "))
        _field(bottom, "NUMPAGES")
        properties = self.document.core_properties
        properties.title = f"{heading.kind} – {heading.title}"
        properties.subject, properties.author, properties.language = heading.running, "", "fr-FR"
        properties.comments = ""

    def title(self) -> None:
        heading = self.top
        kind = self.document.add_paragraph()
        run = kind.add_run(heading.kind)
        run.font.small_caps, run.font.bold, run.font.size, run.font.color.rgb = True, True, Pt(15), ACCENT
        self.document.add_paragraph(heading.title, style="Title")
        _soft(self.document.add_paragraph().add_run(f"{heading.committee} – {heading.session}"))
        if heading.units:
            _soft(self.document.add_paragraph().add_run(" – ".join(heading.units)))
        if heading.mark:
            _warned(self.document.add_paragraph().add_run(heading.mark))
        if heading.fictitious:
            words = "Données fictives\u00a0: ce document est une démonstration, il n’engage personne."
            _warned(self.document.add_paragraph().add_run(words))

    # Parts

    def heading(self, text: str, level: int) -> None:
        self.document.add_heading(text, level)

    def part(self, part: Part, title: str) -> None:
        self.heading(title, 1)
        for block in part.blocks:
            match block:
                case Prose():
                    self.prose(block.markdown, 3)
                case Paragraph():
                    self.paragraph(block)
                case Table():
                    self.table(block)
                case Adjustment():
                    self.adjustment(block)
                case Bullets():
                    self.bullets(block, 2)
                case Passage():
                    self.heading(block.title, 2)
                    self.prose(block.markdown, 4)
                case Sheet():
                    self.sheet(block)
                case Picture() if self.report is not None:
                    self.outline(self.report, self.report.after if block.side == "after" else self.report.before)

    def paragraph(self, paragraph: Paragraph) -> None:
        written = self.document.add_paragraph(paragraph.text)
        if paragraph.deduced:
            run = written.add_run(f" (déduit\u00a0: {paragraph.deduced})")
            run.italic, run.font.color.rgb = True, SOFT

    def bullets(self, bullets: Bullets, level: int) -> None:
        if bullets.heading:
            self.heading(bullets.heading, level)
        for item in bullets.items:
            self.document.add_paragraph(item, style="List Bullet")
        if not bullets.items:
            _soft(self.document.add_paragraph().add_run("Rien à signaler."))

    def sheet(self, sheet: Sheet) -> None:
        self.heading(sheet.title, 2)
        written = self.document.add_table(rows=0, cols=2)
        written.autofit = False
        for name, value in sheet.facts:
            cells = written.add_row().cells
            cells[0].width, cells[1].width = Mm(50), Mm(TEXT_WIDTH - 50)
            _soft(cells[0].paragraphs[0].add_run(name))
            _fill(cells[1], value or french.UNKNOWN)
        for each in sheet.lists:
            self.bullets(each, 3)

    def adjustment(self, item: Adjustment) -> None:
        self.heading(f"{item.number}. {item.heading}", 2)
        for line in item.lines:
            self.document.add_paragraph(str(line), style="List Bullet")
        for note in item.notes:
            self.paragraph(note)
        for explanation in item.explanations:
            if explanation.title:
                self.heading(explanation.title, 3)
            self.prose(explanation.markdown, 5 if explanation.title else 4)
        for duties in item.duties:
            self.bullets(duties, 3)

    def outline(self, report: Charted, structure: Structure) -> None:
        """Units and their posts as nested lists."""
        if report.root not in structure.unit_by_id:
            _soft(self.document.add_paragraph().add_run("L’unité n’existe pas."))
            return
        depth = len(structure.ancestors(report.root))
        for unit in structure.subtree(report.root):
            level = len(structure.ancestors(unit.id)) - depth
            total = structure.total(unit.id)
            words = "effectif total non renseigné" if total is None else french.count(total.posts, "poste")
            self._item(printable(french.typographic(unit.label)), level).add_run(f" ({words})")
            for text in lines(structure, unit.id):
                self._item("", level + 1).add_run(printable(text))

    def _item(self, strong: str, level: int) -> Written:
        """One item of a nested list, indented by its level beyond the three that Word has styles for."""
        written = self.document.add_paragraph(style=("List Bullet", "List Bullet 2", "List Bullet 3")[min(level, 2)])
        if level > 2:
            written.paragraph_format.left_indent = Mm(6.35 * (level + 1))
        if strong:
            written.add_run(strong).bold = True
        return written

    # Tables

    def table(self, table: Table) -> None:
        caption = self.document.add_paragraph(style="Caption")
        _soft(caption.add_run(table.caption))
        caption.paragraph_format.keep_with_next = True
        written = self.document.add_table(rows=1, cols=len(table.columns))
        written.style = "Table Grid"
        for cell, column in zip(written.rows[0].cells, table.columns, strict=True):
            _fill(cell, column.label, bold=True, right=column.number)
        _repeat(written.rows[0])
        for group in table.groups:
            if group.title:
                cells = written.add_row().cells
                _fill(cells[0].merge(cells[-1]), group.title, bold=True)
            for row in group.rows:
                self._row(written, table, row)
        if table.total:
            self._row(written, table, table.total, bold=True)
        self.document.add_paragraph()

    def _row(self, written: WrittenTable, table: Table, cells: Iterable[str], *, bold: bool = False) -> None:
        row = written.add_row()  # type: ignore[no-untyped-call]
        for cell, column, text in zip(row.cells, table.columns, cells, strict=True):
            _fill(cell, text, bold=bold, right=column.number)

    def prose(self, markdown: str, level: int) -> None:
        if markdown.strip():
            write_prose(self.document, markdown, level=level)
        else:
            _soft(self.document.add_paragraph().add_run("Non renseigné."))


def _soft(run: Run) -> None:
    run.font.color.rgb = SOFT
    run.font.size = Pt(9.5)


def _warned(run: Run) -> None:
    run.font.color.rgb = WARNING
    run.bold = True


def _fill(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    written = cell.paragraphs[0]
    written.paragraph_format.space_after = Pt(1)
    run = written.add_run(text)
    run.font.size, run.bold = Pt(9.5), bold
    if right:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: _Row) -> None:
    """The header of a table, on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _field(paragraph: Written, code: str) -> None:
    run = paragraph.add_run()
    _soft(run)
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _language() -> BaseOxmlElement:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    return language
