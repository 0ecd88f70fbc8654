"""The dossier and the acts as files: tagged, with a table of contents, and nobody named in any of them."""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader

from accounts.models import User
from missions.actions import assign_agent
from missions.archives import zipped
from missions.models import Post, Version
from missions.pdf import render_pdf
from orgchart import french
from orgchart.dossier import Piece
from reorganisations import actions, queries
from reorganisations.documents.acts import KINDS, act_docx, act_file, act_html
from reorganisations.documents.committee_file import (
    WITH_TABLES,
    CommitteeFile,
    committee_file,
    dossier_archive,
    dossier_html,
    piece_html,
)
from reorganisations.documents.office import report_docx
from reorganisations.documents.pages import report_pdf
from reorganisations.documents.source import report_of
from reorganisations.documents.spreadsheet import tables_file
from reorganisations.models import Reorganisation, Session, Status
from reorganisations.queries.acts import act_facts
from reorganisations.sealing import unseal
from tests.factories import make_agent
from tests.pdf_proof import pdf_faults
from tests.reorganisations.conftest import (
    CREATE_CELL,
    CREATE_POST,
    EFFECTIVE_ON,
    REGRADE,
    SUPPRESS,
    TRANSFORM,
    decide,
    give_opinion,
)

NAMES = ("Zélie Quatrebarbes", "Ignace Vandenbossche", "Prune Lhermitte")
CHANGES = (CREATE_CELL, CREATE_POST, TRANSFORM, REGRADE, SUPPRESS)


@pytest.fixture
def held(chart: Version) -> tuple[str, ...]:
    """The posts that the draft touches are held by people with names that are like no other word."""
    for name, post in zip(NAMES, ("port-1", "port-2", "budget"), strict=True):
        agent = make_agent(name)
        begins = datetime.date(2021, 10, 4)
        assign_agent(
            agent=agent,
            post=Post.objects.get(uid=post),
            kind="ordinary",
            share=100,
            begins_on=begins,
            ends_on=None,
            by=None,
        )
    return NAMES


@pytest.fixture
def decided(held: tuple[str, ...], reorganisation: Reorganisation, session: Session, hr: User) -> Reorganisation:
    actions.add_changes(reorganisation=reorganisation, changes=CHANGES, by=hr, seen=reorganisation.revision)
    unresolved = queries.draft(reorganisation).unresolved
    for fate in unresolved:
        actions.set_situation(
            reorganisation=reorganisation,
            agent_uid=fate.holder,
            note="Accompagnement.",
            by=hr,
            seen=reorganisation.revision,
        )
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    give_opinion(reorganisation, session, hr)
    decide(reorganisation, session, hr)
    return reorganisation


def sealed_file(reorganisation: Reorganisation) -> CommitteeFile:
    sealed = reorganisation.sealed_texts.get()
    return committee_file(unseal(sealed), sealed=sealed)


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def xlsx_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def written(html: str) -> bytes:
    return render_pdf(html)


def archive_of(file: CommitteeFile) -> bytes:
    return zipped(dossier_archive(file), lambda html, _: render_pdf(html), lambda *_: None)


def text_of(name: str, content: bytes) -> str:
    read = {"pdf": pdf_text, "docx": docx_text, "xlsx": xlsx_text, "csv": lambda found: found.decode("utf-8-sig")}
    return read[name.rsplit(".", 1)[1]](content)


def everything(reorganisation: Reorganisation) -> Iterator[tuple[str, bytes]]:
    """Every file of the dossier, of the acts and of the report."""
    file = sealed_file(reorganisation)
    sealed = reorganisation.sealed_texts.get()
    text = unseal(sealed)
    yield "dossier.pdf", written(dossier_html(file))
    archive = zipfile.ZipFile(io.BytesIO(archive_of(file)))
    for name in archive.namelist():
        yield name, archive.read(name)
    for piece in file.dossier.printed:
        if piece.key in WITH_TABLES:
            yield f"{piece.key}.csv", tables_file(piece, "csv")
    for kind, decision in KINDS.items():
        act = act_file(kind, text, file, act_facts(reorganisation, text.facts, decision), decided=True)
        yield f"{kind}.pdf", written(act_html(act))
        yield f"{kind}.docx", act_docx(act)
    report = report_of(text, sealed=sealed)
    yield "rapport.pdf", report_pdf(report)
    yield "rapport.docx", report_docx(report)


def test_no_file_names_anybody_and_every_pdf_is_what_it_claims(decided: Reorganisation):
    words = [word for name in NAMES for word in name.split()]
    seen = pdfs = 0
    for name, content in everything(decided):
        seen += 1
        text = text_of(name, content)
        assert len(text) > 40, name
        assert not [word for word in words if word.lower() in text.lower()], name
        if name.endswith(".pdf"):
            pdfs += 1
            assert pdf_faults(content) == [], name
    assert seen > 20
    assert pdfs > 10


def test_the_search_would_find_a_name(decided: Reorganisation):
    """Its sabotage: a text that names somebody is found in the files."""
    file = sealed_file(decided)
    first = file.dossier.pieces[0]
    named = first._replace(title=NAMES[0])
    spoilt = file._replace(dossier=file.dossier._replace(pieces=(named, *file.dossier.pieces[1:])))
    assert "Quatrebarbes" in pdf_text(written(piece_html(spoilt, named)))


def test_the_dossier_is_tagged_and_leads_to_its_pieces(decided: Reorganisation):
    file = sealed_file(decided)
    document = PdfReader(io.BytesIO(written(dossier_html(file))))
    root = document.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "fr"
    pages = {
        each.title: document.get_destination_page_number(each)
        for each in document.outline
        if not isinstance(each, list)
    }
    first = " ".join(document.pages[0].extract_text().split())
    for number, piece in enumerate(file.dossier.printed, 1):
        title = next(each for each in pages if each.startswith(f"Pièce {number} – "))
        assert title.endswith(piece.title)
        assert f"{pages[title] + 1}" in first
    assert file.sealed is not None
    assert file.sealed.sha256[:16] in first.replace(" ", "")


def test_the_same_text_gives_the_same_files(decided: Reorganisation):
    file = sealed_file(decided)
    assert written(dossier_html(file)) == written(dossier_html(sealed_file(decided)))
    unwritten = zipped(dossier_archive(file), lambda *_: b"", lambda *_: None)
    names = zipfile.ZipFile(io.BytesIO(unwritten)).namelist()
    assert names[:3] == ["00-sommaire.pdf", "01-ce-qui-change.pdf", "01-ce-qui-change.xlsx"]


def test_a_draft_is_marked(reorganisation: Reorganisation, add: Callable[..., None]):
    add(CREATE_POST)
    file = committee_file(queries.draft(reorganisation).text)
    assert "Projet – document de travail" in pdf_text(written(dossier_html(file)))
    assert file.name("pdf") == "dossier-essai-2021-projet.pdf"
    assert file.seal == ""


def test_a_reorganisation_without_a_post_says_what_does_not_concern_it(
    reorganisation: Reorganisation, add: Callable[..., None]
):
    add(CREATE_CELL)
    file = committee_file(queries.draft(reorganisation).text)
    assert "Sans objet pour cette réorganisation" in " ".join(pdf_text(written(dossier_html(file))).split())
    contents = zipfile.ZipFile(io.BytesIO(archive_of(file))).read("00-sommaire.pdf")
    assert "sans objet" in pdf_text(contents)


def piece_of(file: CommitteeFile, key: str) -> Piece:
    return next(piece for piece in file.dossier.pieces if piece.key == key)


def test_figures_are_numbers_in_a_spreadsheet(decided: Reorganisation):
    file = sealed_file(decided)
    book = openpyxl.load_workbook(io.BytesIO(tables_file(piece_of(file, "posts"), "xlsx")))
    totals = list(book.worksheets[0].iter_rows(values_only=True))
    assert totals[0] == (
        "Unité",
        "Postes avant",
        "Postes après",
        "Écart",
        "ETP avant",
        "ETP après",
        "Durée inconnue avant",
        "Durée inconnue après",
    )
    assert totals[1] == ("Direction de la mer", 5, 5, 0, 3.5, 2, 1, 3)
    lines = tables_file(piece_of(file, "lists"), "csv").decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Tableau;Groupe;Nombre;Poste;Unité;")
    assert any(line.startswith("Postes créés (1);;1;") for line in lines)
    assert set(WITH_TABLES) <= {piece.key for piece in file.dossier.printed}


def test_the_act_takes_the_number_of_its_decision_and_leaves_blanks(decided: Reorganisation, hr: User):
    text = unseal(decided.sealed_texts.get())
    file = sealed_file(decided)
    order = act_file(
        "arrete-organisation", text, file, act_facts(decided, text.facts, KINDS["arrete-organisation"]), decided=True
    )
    found = " ".join(pdf_text(written(act_html(order))).split())
    assert "Arrêté n° 2021-7 du 10 décembre 2021" in found
    assert "avis favorable des" in found
    assert "[lieu à compléter]" in found
    actions.record_act(
        reorganisation=decided, kind="deliberation", number="D-12", dated_on=datetime.date(2021, 12, 15), by=hr
    )
    facts = act_facts(decided, text.facts, KINDS["annexe-deliberation"])
    assert (facts.number, facts.order) == ("D-12", "n°\u00a02021-7 du 10\u00a0décembre\u00a02021")
    again = act_facts(decided, text.facts, KINDS["arrete-organisation"])
    assert again.deliberation == "n°\u00a0D-12 du 15\u00a0décembre\u00a02021"
    paragraphs = [each.text for each in Document(io.BytesIO(act_docx(order))).paragraphs]
    assert "Article 1 – Objet" in paragraphs
    assert "[lieu à compléter]" in highlighted(act_docx(order))
    assert paragraphs.index("Signature") < paragraphs.index("Annexe – Organigramme")
    project = act_file("annexe-deliberation", text, file, facts, decided=False)
    assert "Projet d’acte" in pdf_text(written(act_html(project)))
    assert "Projet d’acte" in [each.text for each in Document(io.BytesIO(act_docx(project))).paragraphs]


def test_the_order_cites_the_session_that_gave_the_opinion(
    held: tuple[str, ...], reorganisation: Reorganisation, session: Session, hr: User
):
    """The text was sealed for a session; postponed, it was voted at another."""
    actions.add_changes(reorganisation=reorganisation, changes=(CREATE_CELL,), by=hr, seen=reorganisation.revision)
    actions.submit(reorganisation=reorganisation, session=session, by=hr)
    later = actions.plan_session(
        committee=session.committee, held_on=session.held_on + datetime.timedelta(days=12), by=hr
    )
    actions.postpone(reorganisation=reorganisation, session=later, reason="Report.", by=hr)
    actions.present_again(reorganisation=reorganisation, session=later, by=hr)
    give_opinion(reorganisation, later, hr)
    text = unseal(reorganisation.sealed_texts.get())
    facts = act_facts(reorganisation, text.facts, KINDS["arrete-organisation"])
    order = act_file("arrete-organisation", text, sealed_file(reorganisation), facts, decided=True)
    cited = next(visa.text for visa in order.act.visas if visa.text.startswith("Vu l’avis"))
    assert "séance du 13\u00a0décembre\u00a02021" in cited
    assert french.date(session.held_on) not in cited


def highlighted(content: bytes) -> list[str]:
    """What a reader of the Word file sees marked: each blank, and nothing else."""
    document = Document(io.BytesIO(content))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    written = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    found = [run.text for paragraph in written for run in paragraph.runs if run.font.highlight_color]
    assert all(text.endswith("à compléter]") for text in found)
    return found


def test_the_blanks_of_the_tables_are_marked_too_and_the_chart_of_an_act_shows_what_is(decided: Reorganisation):
    text = unseal(decided.sealed_texts.get())
    file = sealed_file(decided)
    annex = act_file("annexe-deliberation", text, file, act_facts(decided, text.facts, "deliberation"), decided=True)
    assert "[cadre d’emplois à compléter]" in highlighted(act_docx(annex))
    order = act_file("arrete-organisation", text, file, act_facts(decided, text.facts, "arrete"), decided=True)
    assert "supprimé" not in drawings(act_html(order))
    assert "supprimé" in drawings(dossier_html(file))


def drawings(html: str) -> str:
    return " ".join(figure.get_text(" ") for figure in BeautifulSoup(html, "html.parser").select("figure.chart"))


def test_effective_date_is_that_of_the_text(decided: Reorganisation):
    assert unseal(decided.sealed_texts.get()).facts.effective_on == EFFECTIVE_ON
    assert decided.status == Status.DECIDED
