"""The report as page, PDF and office document: who reads which text, and that all say the same."""

import io
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document as Docx
from pypdf import PdfReader

from missions import printing, tasks
from missions.models import Document, Rendering
from orgchart.french import NBSP
from reorganisations.documents.office import report_docx
from reorganisations.documents.pages import report_context, report_html, report_page, report_pdf
from reorganisations.documents.source import printable, report_of
from reorganisations.models import Status
from reorganisations.queries import draft
from reorganisations.sealing import Facts, Section, Text
from tests.reorganisations.test_report_real_case import case_text


def address(name: str, query: str = "") -> str:
    return reverse(f"reorganisations:{name}", args=["essai-2021"]) + query


def words(html: bytes) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(html, "html.parser").get_text(" ").replace(NBSP, " "))


@pytest.fixture
def submitted(bring):
    return bring(Status.SUBMITTED)


# The page


def test_hr_reads_the_report_of_the_draft(client_as, hr, bring):
    bring(Status.DRAFT)
    page = client_as(hr).get(address("report"))
    said = words(page.content)
    assert page.status_code == 200
    assert "Rapport pour avis" in said
    assert "Document de travail" in said
    assert "Ajustements proposés" in said
    assert "Création d’un poste" in said
    assert "<svg" in page.content.decode()


def test_both_drawings_of_the_page_have_one_scale_and_say_their_number_first():
    context = report_context(report_of(case_text()), on_screen=True)
    before, after = (context["pictures"][side][0] for side in ("before", "after"))
    assert before.scale == after.scale == pytest.approx(0.64, abs=0.01)
    on_paper = report_context(report_of(case_text()))["pictures"]
    assert on_paper["before"][0].scale > 1 > on_paper["after"][0].scale
    figure = BeautifulSoup(report_html(report_of(case_text())), "html.parser").select_one("figure.chart")
    assert [child.name for child in figure.find_all(recursive=False)] == ["figcaption", "svg"]


def test_the_headings_of_the_page_follow_each_other(client_as, hr, bring):
    bring(Status.DRAFT)
    page = BeautifulSoup(client_as(hr).get(address("report")).content, "html.parser")
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_long_table_is_cut_on_the_page_and_whole_in_the_files(client_as, hr, bring, monkeypatch):
    monkeypatch.setattr("reorganisations.documents.pages.ON_SCREEN", 2)
    row = bring(Status.DRAFT)
    page = BeautifulSoup(client_as(hr).get(address("report")).content, "html.parser")
    table = next(each for each in page.find_all("table") if "Postes avant" in each.caption.get_text())
    assert len(table.select("tbody tr:not(.group)")) == 2
    assert "Seules les 2 premières lignes sont montrées ici, sur " in words(str(page).encode())
    whole = BeautifulSoup(report_page(report_of(draft(row).text)), "html.parser")
    assert "@import" not in whole.style.text
    assert ".proposal__notes" in whole.style.text
    table = next(each for each in whole.find_all("table") if "Postes avant" in each.caption.get_text())
    assert len(table.select("tbody tr:not(.group)")) > 2


def test_once_submitted_each_text_can_be_read(client_as, hr, submitted):
    page = client_as(hr).get(address("report"))
    links = BeautifulSoup(page.content, "html.parser").select(".segmented a")
    assert links[0].get_text() == "Projet"
    assert links[1].get_text().startswith("Texte soumis n°\u00a01")
    assert "Document de travail" not in words(client_as(hr).get(address("report", "?texte=1")).content)
    assert "Document de travail" in words(client_as(hr).get(address("report", "?texte=projet")).content)


def test_an_unknown_text_does_not_exist(client_as, hr, submitted):
    assert client_as(hr).get(address("report", "?texte=9")).status_code == 404


@pytest.mark.parametrize("name", ["report", "report_pdf", "report_docx"])
def test_an_agent_sees_nothing_of_a_draft(client_as, agent, bring, name):
    bring(Status.DRAFT)
    assert client_as(agent).get(address(name)).status_code == 404


def test_a_committee_member_reads_the_sealed_text_and_not_the_draft(client_as, committee_member, committee, submitted):
    committee.members.create(user=committee_member, college="personnel")
    client = client_as(committee_member)
    assert "Document de travail" not in words(client.get(address("report")).content)
    assert client.get(address("report", "?texte=projet")).status_code == 404


# The PDF


def test_the_pdf_of_a_sealed_text_is_written_once(client_as, hr, submitted):
    first = client_as(hr).get(address("report_pdf", "?texte=1"))
    second = client_as(hr).get(address("report_pdf", "?texte=1"))
    assert first["Content-Type"] == "application/pdf"
    assert "rapport-essai-2021-texte-1.pdf" in first["Content-Disposition"]
    assert first.content == second.content
    assert Document.objects.filter(kind="rapport").count() == 1


def test_the_pdf_of_a_draft_is_not_kept(client_as, hr, bring):
    bring(Status.DRAFT)
    page = client_as(hr).get(address("report_pdf"))
    assert "document-de-travail.pdf" in page["Content-Disposition"]
    assert not Document.objects.filter(kind="rapport").exists()


def test_the_pdf_is_tagged_titled_and_has_bookmarks():
    pdf = PdfReader(io.BytesIO(report_pdf(report_of(case_text()))))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfaid" in metadata
    assert "pdfuaid" in metadata
    assert pdf.metadata.title == "Rapport pour avis – Structuration de la Mission Proch’Orientation"
    bookmarks = [entry.title for entry in flat(pdf.outline)]
    assert "4. Ajustements proposés" in bookmarks
    assert "Annexe 3 – Organigramme après" in bookmarks
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}
    assert sizes == {(595, 842), (842, 595)}


def flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def test_the_same_text_gives_the_same_bytes():
    text = case_text()
    assert report_pdf(report_of(text)) == report_pdf(report_of(text))


def test_fictitious_data_say_so_on_every_page():
    text = case_text()
    facts = {field: getattr(text.facts, field) for field in Facts.__struct_fields__} | {"fictitious": True}
    marked = Text(facts=Facts(**facts), before=text.before, changes=text.changes)
    pages = PdfReader(io.BytesIO(report_pdf(report_of(marked)))).pages
    assert all("Données fictives" in page.extract_text() for page in pages)
    document = Docx(io.BytesIO(report_docx(report_of(marked))))
    assert "Données fictives" in document.sections[0].footer.paragraphs[0].text
    assert any(paragraph.text.startswith("Données fictives") for paragraph in document.paragraphs)


# Long ones wait for the worker (tests/missions/views/test_renderings.py)


@pytest.fixture
def long(monkeypatch):
    monkeypatch.setattr(printing, "IN_THE_REQUEST", 0)
    monkeypatch.setattr(tasks, "write_apart", lambda html, *, tell: b"%PDF-" + html.encode()[-40:])


def test_a_long_draft_is_prepared_and_not_kept(client_as, hr, bring, long):
    bring(Status.DRAFT)
    page = client_as(hr).get(address("report_pdf"), follow=True)
    rendering = Rendering.objects.get()
    assert "Le document est prêt" in words(page.content)
    assert rendering.title == "Rapport\u00a0: Réorganisation d’essai"
    assert rendering.name.endswith("document-de-travail.pdf")
    assert rendering.back == address("report", "?texte=projet")
    assert not Document.objects.filter(kind="rapport").exists()


def test_a_long_sealed_text_is_prepared_once_for_all(client_as, hr, committee_member, committee, submitted, long):
    client_as(hr).get(address("report_pdf", "?texte=1"))
    assert Rendering.objects.get().document == Document.objects.get(kind="rapport")
    committee.members.create(user=committee_member, college="personnel")
    answer = client_as(committee_member).get(address("report_pdf", "?texte=1"))
    assert answer["X-Content-SHA256"] == Document.objects.get(kind="rapport").content.sha256
    assert Rendering.objects.count() == 1


def test_a_long_office_document_too(client_as, hr, bring, monkeypatch):
    monkeypatch.setattr(printing, "IN_THE_REQUEST", -1)
    bring(Status.DRAFT)
    client_as(hr).get(address("report_docx"))
    file = client_as(hr).get(reverse("missions:rendering_file", args=[Rendering.objects.get().uid]))
    assert file["Content-Type"].endswith("wordprocessingml.document")
    assert file.content.startswith(b"PK")


def test_who_leaves_the_committee_does_not_download_what_was_prepared(
    client_as, committee_member, committee, submitted, long
):
    member = committee.members.create(user=committee_member, college="personnel")
    client_as(committee_member).get(address("report_pdf", "?texte=1"))
    file = reverse("missions:rendering_file", args=[Rendering.objects.get().uid])
    assert client_as(committee_member).get(file).status_code == 200
    member.delete()
    assert client_as(committee_member).get(file).status_code == 404


def test_a_report_that_is_too_long_is_proposed_as_other_files(client_as, hr, bring, monkeypatch):
    monkeypatch.setattr(printing, "AT_MOST", 0)
    bring(Status.DRAFT)
    page = client_as(hr).get(address("report_pdf"))
    assert page.status_code == 422
    assert "Rapport au format Word" in words(page.content)
    assert "Tableau des postes, ODS" in words(page.content)


# The office document


def test_the_office_document_says_what_the_pdf_says():
    report = report_of(case_text())
    document = Docx(io.BytesIO(report_docx(report)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [each.text for each in document.paragraphs if each.style.name == "Heading 1"] == [
        "Ce qui change",
        *(f"{number}. {part.title}" for number, part in enumerate(report.dossier.parts, 1)),
        *(f"Annexe {number} – {part.title}" for number, part in enumerate(report.dossier.annexes, 1)),
    ]
    for part in report.dossier.parts:
        for item in (block for block in part.blocks if block.block == "adjustment"):
            assert f"{item.number}. {item.heading}" in said
            assert all(str(line) in said for line in item.lines)
            assert all(note.text in said for note in item.notes)
            assert all(duty in said for duties in item.duties for duty in duties.items)
    tables = [block for part in report.dossier.annexes for block in part.blocks if block.block == "table"]
    assert len(document.tables) == len(tables) + 1
    for table, written in zip([report.dossier.summary.blocks[0], *tables], document.tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in written.rows]
        assert rows[0] == [column.label for column in table.columns]
        assert all(list(row) in rows for group in table.groups for row in group.rows)
        assert written.rows[0]._tr.trPr.xpath("w:tblHeader")
    footer = document.sections[0].footer
    assert [each.text for each in footer.paragraphs[0]._p.xpath(".//w:instrText")] == ["PAGE", "NUMPAGES"]
    assert report.dossier.heading.running in document.sections[0].header.paragraphs[0].text


def test_the_office_document_of_an_empty_draft(client_as, hr, reorganisation):
    page = client_as(hr).get(address("report_docx"))
    document = Docx(io.BytesIO(page.content))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Aucun ajustement n’est proposé." in said
    assert "Rien à signaler." in said


def test_a_perimeter_that_does_not_exist_yet_is_said():
    text = case_text()
    facts = {field: getattr(text.facts, field) for field in Facts.__struct_fields__} | {"unit": "secteur-information"}
    report = report_of(Text(facts=Facts(**facts), before=text.before, changes=text.changes))
    assert "Avant la réorganisation : l’unité n’existe pas." in words(report_page(report).encode())
    said = [paragraph.text for paragraph in Docx(io.BytesIO(report_docx(report))).paragraphs]
    assert "L’unité n’existe pas." in said


def test_what_a_word_processor_leaves_in_pasted_text_is_dropped():
    assert printable(("a\x0bb", ("c\x07", 1))) == ("ab", ("c", 1))
    text = case_text()
    pasted = Section(key="context", title="Contexte", markdown="Un mot\x0bcollé.")
    report = report_of(Text(facts=text.facts, before=text.before, changes=text.changes, sections=(pasted,)))
    assert "Un motcollé." in [each.text for each in Docx(io.BytesIO(report_docx(report))).paragraphs]


# The command


def test_the_command_writes_each_format(tmp_path, hr, bring, capsys):
    bring(Status.SUBMITTED)
    for suffix, start in ((".pdf", b"%PDF"), (".docx", b"PK"), (".html", b"\n<!DOCTYPE html>")):
        output = tmp_path / f"rapport{suffix}"
        call_command("report", "essai-2021", output=str(output), text=1)
        assert output.read_bytes().lstrip()[: len(start.strip())] == start.strip()
    assert "Texte soumis n°\u00a01" in capsys.readouterr().out
    call_command("report", "essai-2021", output=str(tmp_path / "r.html"), draft=True)
    assert "\u00a0: projet, " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "output", "options", "said"),
    [
        ("essai-2021", "rapport.txt", {}, "doit finir par"),
        ("inconnu", "rapport.pdf", {}, "Aucune réorganisation"),
        ("essai-2021", "rapport.pdf", {"text": 3}, "n’a pas de texte scellé"),
        ("essai-2021", "absent/rapport.html", {}, "son répertoire n’existe pas"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, reorganisation, code, output, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("report", code, output=str(tmp_path / output), **options)
