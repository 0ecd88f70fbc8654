"""The pieces: what is taken in, what is served to whom, and how."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfWriter

from postings import actions, pieces, storage
from postings.exceptions import FileRefused
from postings.models import Application, PostingStatus
from tests.postings.bringing import DURING, bring, sit

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def pdf():
    holder, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(holder)
    return holder.getvalue()


@pytest.fixture
def draft(opened, ana):
    return actions.save_application(posting=opened, agent=ana, letter="Bonjour.", by=ana.user)


@pytest.fixture
def piece(draft, ana):
    return actions.add_file(application=draft, name="CV d’Ana.pdf", content=pdf(), by=ana.user)


def address(piece):
    return reverse("postings:file", args=[piece.uid])


def submitted(draft, ana):
    return actions.submit_application(application=draft, by=ana.user, now=DURING)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<!DOCTYPE html><script>x()</script>"),
        ("image.pdf", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("image.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("image.svg", PNG),
        ("page.html", PNG),
        ("cv.pdf.exe", pdf()),
        ("cv.png", pdf()),
        ("cv.pdf", PNG),
        ("cv.jpg", b"GIF89a" + b"\x00" * 30),
        ("cv.pdf", b"%PDF-1.4\n<script>x()</script>"),
        ("cv.pdf", b"MZ" + b"\x00" * 60 + pdf()),
        ("macro.pdf", b"PK\x03\x04" + b"\x00" * 40),
        ("vide.pdf", b""),
        ("lourd.png", PNG + b"\x00" * pieces.LARGEST),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_not_what_it_says_is_refused(draft, ana, name, content):
    before = set(storage.names())
    with pytest.raises(FileRefused):
        actions.add_file(application=draft, name=name, content=content, by=ana.user)
    assert not draft.files.exists()
    assert set(storage.names()) == before


def test_a_polyglot_is_served_as_what_it_was_taken_for_and_never_shown(draft, ana, client_as):
    """An image with a page behind it: nothing reads it as a page."""
    content = PNG + b"<html><script>alert(1)</script></html>"
    file = actions.add_file(application=draft, name="photo.png", content=content, by=ana.user)
    answer = client_as(ana.user).get(address(file))
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_answer_is_a_file_and_nothing_else(piece, ana, client_as, django_assert_num_queries):
    client = client_as(ana.user)
    client.get(address(piece))
    with django_assert_num_queries(5):
        answer = client.get(address(piece))
    assert answer.content == storage.read(piece.path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''CV%20d%E2%80%99Ana.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "/x.pdf", "C:\\x.pdf", "a/../x.pdf"])
def test_a_path_in_a_name_leads_nowhere(draft, ana, client_as, name):
    file = actions.add_file(application=draft, name=name, content=pdf(), by=ana.user)
    assert file.name == "x.pdf"
    assert (storage.root() / file.path).resolve().parent == storage.root().resolve()
    assert 'filename="x.pdf"' in client_as(ana.user).get(address(file))["Content-Disposition"]


def test_a_line_break_in_a_name_adds_no_header(draft, ana, client_as):
    file = actions.add_file(application=draft, name='a"\r\nSet-Cookie: x=1.pdf', content=pdf(), by=ana.user)
    answer = client_as(ana.user).get(address(file))
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


def test_the_sixth_piece_is_refused(draft, ana):
    for number in range(pieces.MOST):
        actions.add_file(application=draft, name=f"{number}.png", content=PNG, by=ana.user)
    with pytest.raises(FileRefused, match="pièces au plus"):
        actions.add_file(application=draft, name="de-trop.png", content=PNG, by=ana.user)


def test_a_draft_is_read_by_its_author_alone(piece, ana, luc, hr, opened, client_as, manager):
    juror = sit(opened, name="Jean Juré")
    for user, status in ((ana.user, 200), (luc.user, 404), (hr, 404), (juror, 404), (manager, 404)):
        assert client_as(user).get(address(piece)).status_code == status


def test_once_submitted_the_jury_and_hr_read_it(piece, draft, ana, luc, hr, opened, client_as, manager):
    juror = sit(opened, name="Jean Juré")
    submitted(draft, ana)
    for user, status in ((ana.user, 200), (luc.user, 404), (hr, 200), (juror, 200), (manager, 404)):
        assert client_as(user).get(address(piece)).status_code == status


def test_a_juror_with_a_tie_reads_nothing(piece, draft, ana, opened, client_as):
    juror = sit(opened, name="Jean Juré")
    submitted(draft, ana)
    member = opened.jury.get(user=juror)
    actions.declare_interests(member=member, by=juror, declaration="Lien", ties=[(draft, "Ancien supérieur")])
    assert client_as(juror).get(address(piece)).status_code == 404


def test_nobody_reads_it_signed_out(piece, client):
    answer = client.get(address(piece))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_piece_that_is_gone_does_not_exist(piece, draft, ana, client_as):
    client = client_as(ana.user)
    storage.remove(piece.path)
    assert client.get(address(piece)).status_code == 404
    actions.discard_draft(application=draft, by=ana.user)
    assert client.get(address(piece)).status_code == 404
    assert not Application.objects.exists()


def test_no_address_leads_into_the_directory(piece, ana, client_as, settings):
    client = client_as(ana.user)
    for path in (f"/media/{piece.path}", f"/static/{piece.path}", f"/candidatures/{piece.path}"):
        assert client.get(path).status_code == 404
    assert settings.STATIC_ROOT not in storage.root().parents
    assert settings.MEDIA_ROOT not in storage.root().parents


def test_they_stay_after_closing(piece, draft, ana, opened, client_as):
    submitted(draft, ana)
    bring(opened, PostingStatus.CLOSED)
    assert client_as(ana.user).get(address(piece)).status_code == 200
