"""Signed documents: given by HR, kept with their hash, downloaded by those their kind is for."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from missions.models import Document
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Status

from ..conftest import CREATE_POST
from .page import told
from .test_follow_up import STAGED, address, reader

__all__ = ["reader"]

PDF = b"%PDF-1.7\nsigned"


@pytest.fixture
def client(client_as: Callable[[User], Client], hr: User) -> Client:
    return client_as(hr)


def upload(client: Client, content: bytes = PDF, name: str = "avis signé.pdf", kind: str = "avis") -> tuple[int, str]:
    response = client.post(address("attach_document"), {"kind": kind, "file": SimpleUploadedFile(name, content)})
    return response.status_code, told(BeautifulSoup(response.content, "html.parser").main)


def test_a_document_is_kept_listed_with_its_hash_and_downloaded(
    client: Client, bring: Callable[..., Reorganisation]
) -> None:
    bring(Status.OPINION_GIVEN)
    assert upload(client)[0] == 302
    document = Document.objects.get()
    page = BeautifulSoup(client.get(address()).content, "html.parser")
    card = page.select_one("#documents")
    assert document.content.sha256 in told(card)
    assert "avis signé.pdf · 15 octets" in told(card)
    response = client.get(card.select_one("ul a")["href"])  # type: ignore[union-attr,index]
    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''avis%20sign")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "vide.pdf", "Le fichier est vide."),
        (b"<html>", "page.pdf", "doit être un PDF"),
        (PDF, "page.html", "doit être un PDF"),
        (PDF + b"0" * (20 * 1024 * 1024), "gros.pdf", "dépasse 20 Mo"),
    ],
    ids=["empty", "disguised", "extension", "large"],
)
def test_what_is_not_accepted_is_refused_by_its_field(
    client: Client, reorganisation: Reorganisation, content: bytes, name: str, words: str
) -> None:
    status, said = upload(client, content, name)
    assert status == 422
    assert words in said
    assert not Document.objects.exists()


def test_a_file_is_asked_for(client: Client, reorganisation: Reorganisation) -> None:
    assert client.get(address("attach_document")).status_code == 200
    assert client.post(address("attach_document"), {"kind": "avis"}).status_code == 422


READ = {
    Role.HR: {"avis", "proces-verbal", "decision", "autre"},
    Role.MANAGER: {"avis", "proces-verbal", "decision", "autre"},
    Role.COMMITTEE: {"avis", "proces-verbal", "decision"},
    Role.AGENT: {"decision"},
    None: None,
}


@pytest.mark.parametrize("role", READ)
def test_each_role_downloads_its_kinds(
    client_as: Callable[[User], Client],
    reader: Callable[[Role | None], User],
    bring: Callable[..., Reorganisation],
    role: Role | None,
) -> None:
    reorganisation = bring(Status.PARTLY_IN_FORCE, CREATE_POST, STAGED)
    kept = {
        kind.value: actions.attach_document(
            reorganisation=reorganisation, kind=kind, name="x.pdf", content=PDF + kind.value.encode(), by=None
        )
        for kind in actions.AttachmentKind
    }
    client = client_as(reader(role))
    allowed = READ[role] or set()
    for kind, document in kept.items():
        expected = 200 if kind in allowed else 404
        assert client.get(address("document", document.uid)).status_code == expected, kind
    if READ[role] is not None:
        links = BeautifulSoup(client.get(address()).content, "html.parser").select("#documents ul a")
        assert {link["href"] for link in links} == {address("document", kept[kind].uid) for kind in allowed}


def test_the_document_of_another_reorganisation_is_not_found(
    client: Client, reorganisation: Reorganisation, hr: User, committee: Committee
) -> None:
    other = actions.create_reorganisation(code="autre", title="Autre", unit="direction", by=hr)
    document = actions.attach_document(reorganisation=other, kind="decision", name="x.pdf", content=PDF, by=hr)
    assert client.get(address("document", document.uid)).status_code == 404
    assert client.get(reverse("reorganisations:document", args=["autre", document.uid])).status_code == 200
