"""The opening state as a table: one row for some posts of a unit, pasted, or read from a CSV, XLSX or ODS file."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from io import StringIO
from typing import NamedTuple
from zipfile import BadZipFile

import tablib
from tablib.exceptions import TablibException

from accounts.models.user import new_uid
from orgchart.checks import faults
from orgchart.nomenclature import Form, Nomenclature
from orgchart.records import Post, Unit
from orgchart.structure import Structure
from orgchart.values import GradeCode, KindCode, PostId, SiteCode, TitleCode, UnitId

LARGEST = 5_000_000
"""Bytes of a file."""
MOST_POSTS = 1_000
"""Of one row: more is a slip of the keyboard."""

LONGEST = 200
"""Characters of a label."""
SEPARATOR = re.compile(r"\s*>\s*|\s+/\s+")
"""Between the units of a path."""

# Column → its heading, then the other headings it is known by.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("Unité", "chemin", "service", "rattachement"),
    "kind": ("Type d’unité", "type", "nature"),
    "title": ("Intitulé", "poste", "fonction", "intitulé de poste"),
    "grade": ("Cotation", "grade", "niveau"),
    "number": ("Nombre", "effectif", "nb", "nombre de postes"),
    "site": ("Site", "lieu", "résidence administrative"),
}
REQUIRED = ("unit", "title")
HEADINGS = {column: names[0] for column, names in COLUMNS.items()}


class TableFault(NamedTuple):
    """What prevents the import. `row` is that of the sheet, whose headings are row 1; 0 is the table as a whole."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Ligne {self.row}" if self.row else "Tableau"
        return f"{where}, « {self.column} »\u00a0: {self.message}" if self.column else f"{where}\u00a0: {self.message}"


class OpeningTable(NamedTuple):
    """The chart that the table describes; with `faults` it is what could be read of it, and is not to be recorded.

    `labels`: titles that the reference data does not have; they are kept as printed labels.
    """

    structure: Structure
    faults: tuple[TableFault, ...]
    rows: int = 0
    labels: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        return not self.faults and bool(self.structure.units)


def read_pasted(text: str, words: Nomenclature, *, mint: Callable[[str], str] | None = None) -> OpeningTable:
    """Cells copied from a spreadsheet (tabs), or CSV with semicolons or commas; the first line has the headings."""
    if not text.strip():
        return _refused("Le tableau est vide.")
    text = text.lstrip("\ufeff\r\n")
    delimiter = max("\t;,", key=text.splitlines()[0].count)
    try:
        headings, *rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return _refused("Le tableau n’est pas lisible : collez des cellules, ou du CSV.")
    width = len(headings)
    data = tablib.Dataset(headers=headings)
    for row, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells[width:]):
            return _refused("cette ligne a plus de cellules que d’en-têtes.", row)
        data.append([*cells, *[""] * width][:width])
    return _read(data, words, mint or _mint)


def read_file(
    content: bytes, name: str, words: Nomenclature, *, mint: Callable[[str], str] | None = None
) -> OpeningTable:
    """By the ending of `name`: .xlsx, .ods, or CSV."""
    if len(content) > LARGEST:
        return _refused(f"Le fichier dépasse {LARGEST // 1_000_000} Mo.")
    ending = name.lower().rpartition(".")[2]
    if ending not in ("xlsx", "ods"):
        return read_pasted(_decoded(content), words, mint=mint)
    try:
        data = tablib.Dataset()
        data.load(content, format=ending)
    except (BadZipFile, TablibException, KeyError, ValueError, OSError):
        return _refused(f"Le fichier n’est pas un classeur {ending.upper()} lisible.")
    return _read(data, words, mint or _mint)


def _mint(prefix: str) -> str:
    return f"{prefix}-{new_uid()}"


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets still write on Windows.
        return content.decode("cp1252", errors="replace")


def _refused(message: str, row: int = 0) -> OpeningTable:
    return OpeningTable(Structure(), (TableFault(row, "", message),))


def _read(data: tablib.Dataset, words: Nomenclature, mint: Callable[[str], str]) -> OpeningTable:
    headings = [_folded(heading) for heading in data.headers or ()]
    places = {
        column: next((rank for rank, heading in enumerate(headings) if heading in map(_folded, names)), None)
        for column, names in COLUMNS.items()
    }
    if missing := [HEADINGS[column] for column in REQUIRED if places[column] is None]:
        known = ", ".join(HEADINGS.values())
        named = " et ".join(f"« {heading} »" for heading in missing)
        return _refused(f"il manque la colonne {named}. Colonnes reconnues\u00a0: {known}.", 1)
    reading = _Reading(words, mint)
    number = 0
    for row, cells in enumerate(data, start=2):
        found = {column: _text(cells[place]) if place is not None else "" for column, place in places.items()}
        if any(found.values()):
            number += 1
            reading.add(row, found)
    return reading.table(number)


class _Reading:
    """Units by their path, and posts, as rows come."""

    def __init__(self, words: Nomenclature, mint: Callable[[str], str]) -> None:
        self.words = words
        self.mint = mint
        self.faults: list[TableFault] = []
        self.units: dict[tuple[str, ...], Unit] = {}
        self.posts: list[Post] = []
        self.labels: dict[str, None] = {}
        self.below: Counter[str] = Counter()
        self.titles = _titles(words)
        self.kinds = {_folded(name): kind.code for kind in words.kinds for name in (kind.code, kind.label, kind.plural)}
        self.grades = {_folded(grade.code): grade.code for grade in words.grades}
        self.sites = {_folded(name): site.code for site in words.sites for name in (site.code, site.label)}

    def table(self, rows: int) -> OpeningTable:
        structure = Structure.of(self.units.values(), self.posts, (), self.words)
        found = list(self.faults)
        if not rows:
            found.append(TableFault(0, "", "Le tableau n’a aucune ligne."))
        if not found:
            found = [TableFault(0, "", problem.message) for problem in faults(structure)]
        return OpeningTable(structure, tuple(found), rows, tuple(self.labels))

    def add(self, row: int, cells: Mapping[str, str]) -> None:
        unit = self._unit(row, cells["unit"], cells["kind"])
        grade = self._code(row, "grade", cells["grade"], self.grades)
        site = self._code(row, "site", cells["site"], self.sites)
        number = self._number(row, cells)
        if unit is None or not cells["title"]:
            return
        title, form = self.titles.get(_folded(cells["title"]), (None, Form.MASCULINE))
        if title is None:
            self.labels[cells["title"]] = None
        self.posts += [
            Post(
                id=PostId(self.mint("poste")),
                unit=unit.id,
                title=title,
                form=form,
                label="" if title else cells["title"],
                grade=GradeCode(grade) if grade else None,
                site=SiteCode(site) if site else None,
                position=self._next(f"posts {unit.id}"),
            )
            for _ in range(number)
        ]

    def _fault(self, row: int, column: str, message: str) -> None:
        self.faults.append(TableFault(row, HEADINGS[column], message))

    def _next(self, key: str) -> int:
        self.below[key] += 1
        return self.below[key] - 1

    def _unit(self, row: int, path: str, kind: str) -> Unit | None:
        """The last unit of the path; those not seen before are made, the last one of `kind`."""
        labels = [label.strip() for label in SEPARATOR.split(path)]
        if not all(labels):
            message = (
                "donnez l’unité, précédée de celles dont elle dépend\u00a0: « Pôle Éducation > Direction des lycées »."
            )
            self._fault(row, "unit", message)
            return None
        if any(len(label) > LONGEST for label in labels):
            self._fault(row, "unit", f"un libellé dépasse {LONGEST} caractères.")
            return None
        parent: Unit | None = None
        for depth, label in enumerate(labels, start=1):
            key = tuple(_folded(each) for each in labels[:depth])
            if key not in self.units:
                last = depth == len(labels)
                self.units[key] = Unit(
                    id=UnitId(self.mint("unite")),
                    kind=self._kind(row, label, kind if last else ""),
                    label=label,
                    parent=parent.id if parent else None,
                    position=self._next(f"units {parent.id if parent else ''}"),
                )
            parent = self.units[key]
        return parent

    def _kind(self, row: int, label: str, given: str) -> KindCode:
        """The kind given, else the one that the label begins with."""
        if given:
            return KindCode(self._code(row, "kind", given, self.kinds))
        folded = _folded(label)
        found = [name for name in self.kinds if folded == name or folded.startswith(f"{name} ")]
        if found:
            return KindCode(self.kinds[max(found, key=len)])
        self._fault(row, "kind", f"le type de « {label} » n’est pas reconnu\u00a0: remplissez cette colonne.")
        return KindCode("")

    def _code(self, row: int, column: str, text: str, known: Mapping[str, str]) -> str:
        """The code of what is named, or a fault and nothing."""
        if not text:
            return ""
        found = known.get(_folded(text))
        if found is None:
            admitted = ", ".join(dict.fromkeys(known.values()))
            self._fault(row, column, f"« {text} » n’est pas dans les données de référence ({admitted or 'vides'}).")
            return ""
        return found

    def _number(self, row: int, cells: Mapping[str, str]) -> int:
        """How many posts the row is for: one unless said, none without a title."""
        text = cells["number"]
        if not cells["title"]:
            if text not in ("", "0"):
                self._fault(row, "title", "un nombre de postes est donné sans intitulé.")
            return 0
        if not text:
            return 1
        number = int(text) if text.isdecimal() else 0
        if not 1 <= number <= MOST_POSTS:
            self._fault(row, "number", f"« {text} » n’est pas un nombre de postes entre 1 et {MOST_POSTS}.")
            return 0
        return number


def _titles(words: Nomenclature) -> dict[str, tuple[TitleCode | None, Form]]:
    """Every form of every title → its code and that form. What is the same in two forms is masculine."""
    found: dict[str, tuple[TitleCode | None, Form]] = {}
    for title in words.titles:
        for form in Form:
            for name in (title.singular(form), title.plural(form)):
                found.setdefault(_folded(name), (title.code, form))
    return found


def _text(cell: object) -> str:
    """A cell as it is read: spaces settled, 2.0 as 2."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _folded(text: object) -> str:
    """Without case, accents, nor the kinds of apostrophe and space, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", _text(text)).replace("’", "'")
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
