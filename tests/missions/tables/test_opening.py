"""The opening state pasted or read from a file: what is understood, and every mistake by its row and column."""

import itertools
from collections.abc import Callable

import pytest
import tablib

from missions.tables import opening
from missions.tables.opening import OpeningTable, read_file, read_pasted
from orgchart.nomenclature import Form, Grade, Kind, Nomenclature, Site, Title
from orgchart.values import GradeCode, KindCode, SiteCode, TitleCode

WORDS = Nomenclature(
    kinds=(
        Kind(code=KindCode("mission"), label="mission", plural="missions", feminine=True, rank=1),
        Kind(code=KindCode("sous-direction"), label="sous-direction", plural="sous-directions", rank=2),
        Kind(code=KindCode("direction"), label="direction", plural="directions", rank=2),
        Kind(code=KindCode("cellule"), label="cellule", plural="cellules", feminine=True, rank=3),
    ),
    grades=(Grade(code=GradeCode("A 1.3"), rank=1), Grade(code=GradeCode("A 3"), rank=2)),
    titles=(
        Title(
            code=TitleCode("directeur"),
            masculine="directeur",
            masculine_plural="directeurs",
            feminine="directrice",
            feminine_plural="directrices",
        ),
        Title(code=TitleCode("charge-mission"), masculine="chargé de mission", masculine_plural="chargés de mission"),
    ),
    sites=(Site(code=SiteCode("lille"), label="Lille"),),
)

GOOD = [
    ["Unité", "Intitulé", "Cotation", "Nombre", "Site"],
    ["Mission Proch’Orientation", "Directrice", "A 1.3", "", "Lille"],
    ["", "", "", "", ""],
    ["Mission Proch’Orientation > Cellule éditoriale", "chargés de mission", "a 3", "4", ""],
    ["mission proch'orientation / cellule editoriale", "Graphiste", "", "2", ""],
    ["Mission Proch’Orientation > Cellule de direction", "", "", "", ""],
]


def mint() -> Callable[[str], str]:
    numbers = itertools.count(1)
    return lambda prefix: f"{prefix}-{next(numbers)}"


def pasted(rows: list[list[str]], separator: str = "\t") -> str:
    return "\n".join(separator.join(row) for row in rows)


def as_workbook(rows: list[list[str]], ending: str) -> bytes:
    """Numbers are numbers there, whole or not."""
    numbers = [[float(cell) if cell.isdecimal() else cell for cell in row] for row in rows[1:]]
    return bytes(tablib.Dataset(*numbers, headers=rows[0]).export(ending))


READERS: dict[str, Callable[[list[list[str]]], OpeningTable]] = {
    "pasted": lambda rows: read_pasted(pasted(rows), WORDS, mint=mint()),
    "csv": lambda rows: read_file(pasted(rows, ";").encode("utf-8-sig"), "etat.csv", WORDS, mint=mint()),
    "windows csv": lambda rows: read_file(pasted(rows, ";").encode("cp1252"), "etat.csv", WORDS, mint=mint()),
    "comma csv": lambda rows: read_file(pasted(rows, ",").encode(), "etat.csv", WORDS, mint=mint()),
    "xlsx": lambda rows: read_file(as_workbook(rows, "xlsx"), "Etat.XLSX", WORDS, mint=mint()),
    "ods": lambda rows: read_file(as_workbook(rows, "ods"), "etat.ods", WORDS, mint=mint()),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_way_in_gives_the_same_chart(reader: str) -> None:
    table = READERS[reader](GOOD)
    assert table.faults == ()
    assert table.usable
    assert table.rows == 4
    assert table.labels == ("Graphiste",)
    units = [(unit.label, unit.kind, unit.position) for unit in table.structure.subtree()]
    assert units == [
        ("Mission Proch’Orientation", "mission", 0),
        ("Cellule éditoriale", "cellule", 0),
        ("Cellule de direction", "cellule", 1),
    ]
    posts = [(post.title, post.label, post.grade, post.form, post.site) for post in table.structure.posts_below()]
    assert posts == [
        ("directeur", "", "A 1.3", Form.FEMININE, "lille"),
        *[("charge-mission", "", "A 3", Form.MASCULINE, None)] * 4,
        *[(None, "Graphiste", None, Form.MASCULINE, None)] * 2,
    ]
    assert table == READERS["pasted"](GOOD)


def test_identifiers_are_opaque_and_differ() -> None:
    one, other = (read_pasted(pasted(GOOD), WORDS) for _ in range(2))
    assert not one.structure.post_by_id.keys() & other.structure.post_by_id.keys()
    assert len(one.structure.post_by_id) == 7


MISTAKES = {
    "unknown grade": (["Mission X", "Directrice", "B 9", "", ""], 2, "Cotation", "« B 9 » n’est pas"),
    "unknown site": (["Mission X", "Directrice", "", "", "Arras"], 2, "Site", "« Arras » n’est pas"),
    "no number": (["Mission X", "Directrice", "", "deux", ""], 2, "Nombre", "« deux » n’est pas un nombre"),
    "zero": (["Mission X", "Directrice", "", "0", ""], 2, "Nombre", "« 0 » n’est pas un nombre"),
    "too many": (["Mission X", "Directrice", "", "1001", ""], 2, "Nombre", "entre 1 et 1000"),
    "a number without a title": (["Mission X", "", "", "3", ""], 2, "Intitulé", "sans intitulé"),
    "no unit": (["", "Directrice", "", "", ""], 2, "Unité", "donnez l’unité"),
    "a hole in the path": (["Mission X >  > Cellule Y", "", "", "", ""], 2, "Unité", "donnez l’unité"),
    "a long label": (["Mission " + "x" * 200, "", "", "", ""], 2, "Unité", "200 caractères"),
    "unknown kind": (["Brigade volante", "Directrice", "", "", ""], 2, "Type d’unité", "n’est pas reconnu"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("reader", ["pasted", "xlsx"])
def test_a_mistake_is_told_by_row_and_column(mistake: str, reader: str) -> None:
    cells, row, column, message = MISTAKES[mistake]
    table = READERS[reader]([GOOD[0], cells])
    assert [(fault.row, fault.column) for fault in table.faults] == [(row, column)]
    assert message in table.faults[0].message.replace("\u00a0", " ")
    assert not table.usable


def test_all_mistakes_are_told_at_once_and_rows_count_blank_lines() -> None:
    table = READERS["pasted"]([*GOOD, ["Mission Z", "Directrice", "C 1", "x", ""]])
    assert [str(fault).replace("\u00a0", " ").split(" :")[0] for fault in table.faults] == [
        "Ligne 7, « Cotation »",
        "Ligne 7, « Nombre »",
    ]


def test_the_kind_can_be_given_and_the_longest_beginning_wins() -> None:
    rows = [["unite", "TYPE", "intitule"], ["Brigade", "cellule", ""], ["Sous-direction des lycées", "", ""]]
    table = READERS["pasted"](rows)
    assert [unit.kind for unit in table.structure.roots] == ["cellule", "sous-direction"]
    assert READERS["pasted"]([rows[0], ["Brigade", "escadron", ""]]).faults[0].column == "Type d’unité"


UNREADABLE = {
    "nothing": (b"", "a.csv", "vide"),
    "headings only": ("Unité;Intitulé".encode(), "a.csv", "aucune ligne"),
    "no headings": (b"Mission X;Directrice\nMission Y;Directrice", "a.csv", "il manque la colonne"),
    "not a workbook": (b"PK\x03\x04 nothing", "a.xlsx", "XLSX lisible"),
    "not ods": (b"nothing", "a.ods", "ODS lisible"),
    "a row too wide": ("Unité;Intitulé\nMission X;Directrice;A 3".encode(), "a.csv", "plus de cellules"),
    "an open quote": ('Unité;Intitulé\nMission X;"Directrice'.encode() + b"x" * 200_000, "a.csv", "lisible"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_not_a_table_is_refused(case: str) -> None:
    content, name, message = UNREADABLE[case]
    table = read_file(content, name, WORDS)
    assert not table.usable
    assert message in str(table.faults[0])


def test_a_file_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 10)
    assert not read_file(b"x" * 10, "a.csv", WORDS).faults[0].message.startswith("Le fichier dépasse")
    assert read_file(b"x" * 11, "a.csv", WORDS).faults[0].message.startswith("Le fichier dépasse")


def test_trailing_empty_cells_are_no_mistake() -> None:
    assert read_pasted("Unité;Intitulé\nMission X;Directrice;;", WORDS).faults == ()
