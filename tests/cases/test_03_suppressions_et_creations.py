"""Suppressions paired with creations, n ↔ n, each with its motive."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest
from bs4 import BeautifulSoup
from docx import Document
from msgspec.structs import replace

from orgchart.changes import SuppressPost
from orgchart.dossier.provenance import origins
from orgchart.naming import Names
from orgchart.values import ChangeId, PostId
from reorganisations import actions
from reorganisations.documents.acts import act_docx, act_file, act_html
from reorganisations.documents.committee_file import committee_file, dossier_html
from reorganisations.documents.office import report_docx
from reorganisations.documents.pages import report_html
from reorganisations.documents.source import report_of
from reorganisations.exceptions import NeedsNotMet
from reorganisations.models import Reorganisation, Session, Status
from reorganisations.queries import draft
from reorganisations.queries.acts import act_facts

pytestmark = pytest.mark.django_db
NAME = "03-suppressions-et-creations"


def submit(reorganisation: Reorganisation) -> None:
    actions.submit(
        reorganisation=reorganisation,
        session=Session.objects.get(uid="csa-2025-10-02"),
        by=None,
    )


def test_each_suppression_tells_what_it_is_exchanged_for(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    told = {change.id: seen.wording(change).details for change in seen.changes if isinstance(change, SuppressPost)}
    made = "contrepartie\u00a0: création {} d’ingénieur pédagogique (A\u00a03) dans le service de la pédagogie"
    assert told[ChangeId("supprimer-appariteur-1")][1] == made.format("de 2\u00a0postes")
    assert told[ChangeId("supprimer-appariteur-2")][1] == made.format("d’un poste")
    assert len(told[ChangeId("supprimer-secretaire-2")]) == 1
    gaps = {row.label: row.gap.posts for row in seen.difference.totals().grades}
    assert gaps == {"A 3": 2, "B 2": -1, "C 1": -2}


def test_a_suppression_without_a_motive_is_refused_at_submission(open_case: Callable[[str], Reorganisation]) -> None:
    reorganisation = open_case(NAME)
    with pytest.raises(NeedsNotMet, match=r"motif de.*Suppression de poste"):
        submit(reorganisation)
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.DRAFT
    last = next(change for change in draft(reorganisation).changes if change.id == "supprimer-secretaire-2")
    motived = replace(last, motive="Le courrier est dématérialisé.", counterparts=(PostId("ingenieur-3"),))
    actions.edit_change(reorganisation=reorganisation, change=motived, by=None, seen=reorganisation.revision)
    reorganisation.refresh_from_db()
    submit(reorganisation)
    reorganisation.refresh_from_db()
    assert reorganisation.status == Status.SUBMITTED


def test_the_report_tells_both_sides_of_the_exchange(open_case: Callable[[str], Reorganisation]) -> None:
    seen = draft(open_case(NAME))
    known = origins(seen.changes, Names(seen.before, seen.after))
    source = "créé en contrepartie de la suppression {} d’appariteur (C\u00a01) du service de l’accueil"
    assert known[PostId("ingenieur-2")].one == source.format("d’un poste")
    assert known[PostId("ingenieur-3")].one == source.format("de 2\u00a0postes")


PAIRS = [
    ("Appariteur (1 sur 2)", "Ingénieur pédagogique (1 sur 2)"),
    ("Appariteur (1 sur 2)", "Ingénieur pédagogique (2 sur 2)"),
    ("Appariteur (2 sur 2)", "Ingénieur pédagogique (2 sur 2)"),
]
"""(suppressed, created): the first is exchanged for two, the second for one of these."""


def printed_pairs(rows: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """The pairs among the rows of a document: six cells, both titles numbered."""
    plain = ([" ".join(cell.split()) for cell in row] for row in rows)
    return [(row[0], row[3]) for row in plain if len(row) == 6 and " sur 2)" in row[0]]


def rows_of_page(html: str) -> list[list[str]]:
    rows = BeautifulSoup(html, "html.parser").select("tr")
    return [[cell.get_text(" ") for cell in row.find_all(["th", "td"])] for row in rows]


def rows_of_docx(content: bytes) -> list[list[str]]:
    tables = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def documents(reorganisation: Reorganisation) -> Iterator[tuple[str, list[list[str]]]]:
    """Document → the rows of its tables; a PDF is printed from the very page."""
    text = draft(reorganisation).text
    file = committee_file(text)
    report = report_of(text)
    act = act_file(
        "annexe-deliberation", text, file, act_facts(reorganisation, text.facts, "deliberation"), decided=False
    )
    yield "report", rows_of_page(report_html(report))
    yield "report, Word", rows_of_docx(report_docx(report))
    yield "dossier", rows_of_page(dossier_html(file))
    yield "annex", rows_of_page(act_html(act))
    yield "annex, Word", rows_of_docx(act_docx(act))


def test_every_document_prints_each_pair(open_case: Callable[[str], Reorganisation]) -> None:
    found = {name: printed_pairs(rows) for name, rows in documents(open_case(NAME))}
    assert found == dict.fromkeys(found, PAIRS)
    assert len(found) == 5


def test_both_lists_and_both_annexes_tell_the_other_side(open_case: Callable[[str], Reorganisation]) -> None:
    rows = {name: {" ".join(" ".join(row).split()) for row in rows} for name, rows in documents(open_case(NAME))}
    gone = "contrepartie : suppression de 2 postes d’appariteur (C 1) du service de l’accueil"
    made = "contrepartie : création de 2 postes d’ingénieur pédagogique (A 3) dans le service de la pédagogie"
    assert [row for row in rows["annex"] if gone in row and "Accompagner les enseignants" in row]
    assert [row for row in rows["annex"] if made in row and "Les amphithéâtres sont équipés" in row]
    assert [row for row in rows["dossier"] if f"Supprimé ; {made}" in row]
    assert not [row for row in rows["dossier"] if "secrétaire" in row and "contrepartie" in row]
