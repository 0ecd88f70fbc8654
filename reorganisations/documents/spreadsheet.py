"""The tables of a piece as a spreadsheet (a sheet each) or as one CSV; figures are numbers there."""

import re
from collections.abc import Iterator

import tablib

from missions.tables.posts import text_cell
from orgchart import french
from orgchart.dossier import Column, Piece, Table

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
GROUP = "Groupe"
SHEET = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def tables_file(piece: Piece, kind: str, *, fictitious: bool = False) -> bytes:
    """`kind`: xlsx or csv. `fictitious`: the name of each sheet, or a first column, says so."""
    if kind == "xlsx":
        book = tablib.Databook([_sheet(rank, table) for rank, table in enumerate(piece.tables, 1)])
        content: bytes = book.export("xlsx")
        return content
    written: str = _long(piece.tables).export("csv", delimiter=";")
    return written.encode("utf-8-sig")


def _sheet(rank: int, table: Table) -> tablib.Dataset:
    grouped = _grouped(table)
    headers = [*([GROUP] if grouped else []), *(column.label for column in table.columns)]
    title = FORBIDDEN.sub(" ", f"{rank} {table.caption}")[:SHEET].strip()
    dataset = tablib.Dataset(headers=headers, title=title)
    for group, cells in _rows(table):
        dataset.append([*([text_cell(group)] if grouped else []), *cells])
    return dataset


def _long(tables: tuple[Table, ...]) -> tablib.Dataset:
    """All the tables in one: a first column says which, and each line fills the columns it has."""
    labels = list(dict.fromkeys(column.label for table in tables for column in table.columns))
    dataset = tablib.Dataset(headers=["Tableau", GROUP, *labels])
    for table in tables:
        for group, cells in _rows(table):
            known = dict(zip((column.label for column in table.columns), cells, strict=True))
            dataset.append([text_cell(table.caption), text_cell(group), *(known.get(label, "") for label in labels)])
    return dataset


def _rows(table: Table) -> Iterator[tuple[str, list[object]]]:
    for group in table.groups:
        for row in group.rows:
            yield group.title, [_cell(column, text) for column, text in zip(table.columns, row, strict=True)]
    if table.total:
        yield "", [_cell(column, text) for column, text in zip(table.columns, table.total, strict=True)]


def _grouped(table: Table) -> bool:
    return any(group.title for group in table.groups)


def _cell(column: Column, text: str) -> object:
    """A number where the text is one, else the text, which no spreadsheet takes for a formula."""
    plain = text.replace(french.NARROW, "").replace(french.NBSP, "").replace(french.MINUS, "-").replace(",", ".")
    if column.number and re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return float(plain) if "." in plain else int(plain)
    return text_cell(text)
