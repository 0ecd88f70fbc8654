"""A PDF in a process of its own: the same bytes, its pages told, its limits held."""

import io

import pypdf
import pytest

from missions import pdf_process
from missions.pdf import render_pdf
from missions.pdf_process import Broke, Limits, TookTooLong, TookTooMuchMemory, write_apart

THREE = "<html lang=fr><title>Essai</title>" + "<p style='break-after: page'>Page" * 2 + "<p>Fin"


def nobody(done, total):
    """Nobody listens."""


def test_the_same_bytes_as_in_the_request_and_it_is_tagged():
    content = write_apart(THREE, tell=nobody)
    assert content == render_pdf(THREE)
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


def test_what_is_told_does_not_go_back_when_a_table_of_contents_has_pages_laid_out_anew():
    entry = "<style>a::after { content: ' ' target-counter(attr(href), page) } p { break-before: page }</style>"
    told = []
    render_pdf(f"{entry}<a href='#fin'>Fin</a><p>2<p>3<p id=fin>4", tell=lambda done, total: told.append((done, total)))
    laid_out = [done for done, total in told if total == 0]
    assert laid_out == sorted(laid_out)
    assert laid_out[-1] == 4


def test_pages_are_told_as_they_are_laid_out_then_painted():
    told = []
    render_pdf(THREE, tell=lambda done, total: told.append((done, total)))
    assert told == [(1, 0), (2, 0), (3, 0), (1, 3), (2, 3), (3, 3)]


def test_who_waits_is_told_every_beat_whether_pages_came_or_not(monkeypatch):
    monkeypatch.setattr(pdf_process, "BEAT", 0.02)
    told = []
    write_apart(THREE, tell=lambda *pages: told.append(pages))
    assert told[0] == (0, 0)
    assert len(told) > 3


def test_when_nobody_waits_any_more_the_process_is_ended(monkeypatch):
    monkeypatch.setattr(pdf_process, "BEAT", 0.02)
    ended = []
    popen = pdf_process.subprocess.Popen

    def watched(*arguments, **options):
        ended.append(popen(*arguments, **options))
        return ended[0]

    monkeypatch.setattr(pdf_process.subprocess, "Popen", watched)

    def gone(done, total):
        raise LookupError

    with pytest.raises(LookupError):
        write_apart(THREE, tell=gone)
    assert ended[0].returncode == -9


def test_too_little_memory_is_said():
    with pytest.raises((TookTooMuchMemory, Broke)):
        write_apart(THREE, tell=nobody, limits=Limits(memory=50 * 1024**2))


def test_too_little_time_on_the_clock_is_said():
    with pytest.raises(TookTooLong, match="trop de temps"):
        write_apart(THREE, tell=nobody, limits=Limits(clock=0))


def test_too_little_time_of_processor_is_said():
    with pytest.raises(TookTooLong):
        write_apart("<table>" + "<tr><td>mot" * 20_000, tell=nobody, limits=Limits(processor=1))


def test_a_document_that_cannot_be_written_is_said_and_its_reason_is_on_the_log(capfd):
    with pytest.raises(Broke, match="au journal du serveur"):
        write_apart("<img src='https://exemple.fr/x.png'>", tell=nobody)
    assert "adresse interdite" in capfd.readouterr().err
