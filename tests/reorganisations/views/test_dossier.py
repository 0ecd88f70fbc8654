"""« Dossier »: pieces, what they lack, files kept once, acts, and who reads what."""

import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from missions.actions import assign_agent
from missions.models import Document, Post
from reorganisations import actions
from reorganisations.models import Reorganisation, Status
from tests.factories import make_agent
from tests.reorganisations.conftest import CREATE_CELL, CREATE_POST, PENDING

CODE = "essai-2021"
PAGE = reverse("reorganisations:dossier", args=[CODE])


def read(client: Client, address: str = PAGE) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def file_url(suffix: str, **query: str) -> str:
    return reverse("reorganisations:dossier_file", args=[CODE, suffix]) + "".join(
        f"?{key}={value}" for key, value in query.items()
    )


def piece_url(piece: str, suffix: str) -> str:
    return reverse("reorganisations:piece_file", args=[CODE, piece, suffix])


def act_url(kind: str, suffix: str) -> str:
    return reverse("reorganisations:act_file", args=[CODE, kind, suffix])


def test_a_draft_names_what_it_lacks_and_where_to_mend_it(
    client_as: Callable[[User], Client],
    hr: User,
    add: Callable[..., None],
    reorganisation: Reorganisation,
    django_assert_num_queries,
):
    add(CREATE_POST)
    client = client_as(hr)
    with django_assert_num_queries(14):
        page = read(client)
    items = {words(item.h3): item for item in page.select(".pieces__item")}
    calendar = next(item for title, item in items.items() if title.endswith("Calendrier"))
    assert "incomplet" in words(calendar)
    assert calendar.find("a", string="La séance n’est pas fixée.")["href"].endswith("/suivi/")
    sheets = next(item for title, item in items.items() if "Fiches" in title)
    assert "Missions non renseignées" in words(sheets)
    assert "atelier" in sheets.select_one(".problem a")["href"]
    report = next(item for title, item in items.items() if "Rapport" in title)
    assert report.select_one(".problem a")["href"].endswith("/redaction/#s-context")
    assert "marqué" in words(page.select_one(".card__note"))


def test_a_name_in_the_text_is_told_to_the_human_resources_alone(
    client_as: Callable[[User], Client], hr: User, add: Callable[..., None], reorganisation: Reorganisation
):
    add(CREATE_POST)
    agent = make_agent("Zélie Quatrebarbes")
    begins = datetime.date(2021, 10, 4)
    row = Post.objects.get(uid="port-1")
    assign_agent(agent=agent, post=row, kind="ordinary", share=100, begins_on=begins, ends_on=None, by=None)
    actions.save_section(
        reorganisation=reorganisation,
        key="context",
        title="Contexte",
        markdown="Mme Quatrebarbes partira.",
        included=True,
        by=hr,
        seen=reorganisation.revision,
    )
    assert "Zélie Quatrebarbes" in words(read(client_as(hr)))


def test_a_piece_that_does_not_concern_the_draft(
    client_as: Callable[[User], Client], hr: User, add: Callable[..., None]
):
    add(CREATE_CELL)
    client = client_as(hr)
    page = read(client)
    item = next(each for each in page.select(".pieces__item") if "Fiches" in words(each.h3))
    assert "sans objet" in words(item)
    assert not item.select(".pieces__files")
    assert client.get(piece_url("fiches-de-poste", "pdf")).status_code == 404


def test_the_text_voted_is_shown_and_its_files_are_kept_once(
    client_as: Callable[[User], Client], hr: User, bring: Callable[..., Reorganisation]
):
    bring(Status.OPINION_GIVEN, CREATE_POST)
    client = client_as(hr)
    page = read(client)
    assert words(page.select_one(".segmented [aria-current]")) == "Texte soumis n° 1"
    first = client.get(file_url("pdf"))
    assert first.content.startswith(b"%PDF")
    again = client.get(file_url("pdf", texte="1"))
    assert again.content == first.content
    assert again.headers["X-Content-SHA256"] == first.headers["X-Content-SHA256"]
    assert Document.objects.filter(kind="dossier-complet-pdf").count() == 1
    archive = client.get(file_url("zip"))
    assert zipfile.ZipFile(io.BytesIO(archive.content)).namelist()[0] == "00-sommaire.pdf"
    csv = client.get(piece_url("tableau-des-postes", "csv"))
    assert csv.content.decode("utf-8-sig").startswith("Tableau;Groupe;")
    assert client.get(piece_url("calendrier", "pdf")).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        file_url("docx"),
        piece_url("rapport", "xlsx"),
        piece_url("rapport", "zip"),
        piece_url("inconnue", "pdf"),
        act_url("inconnu", "pdf"),
        act_url("arrete-organisation", "zip"),
        file_url("pdf", texte="9"),
    ],
)
def test_what_does_not_exist(
    client_as: Callable[[User], Client], hr: User, bring: Callable[..., Reorganisation], address: str
):
    bring(Status.SUBMITTED, CREATE_POST)
    assert client_as(hr).get(address).status_code == 404


def test_acts_are_written_anew_from_the_text_and_what_is_recorded(
    client_as: Callable[[User], Client], hr: User, bring: Callable[..., Reorganisation]
):
    """Never kept: what binds is the act that was signed (docs/adr/0014)."""
    row = bring(Status.DECIDED, CREATE_POST)
    client = client_as(hr)
    first = client.get(act_url("annexe-deliberation", "pdf")).content
    assert first.startswith(b"%PDF")
    assert client.get(act_url("annexe-deliberation", "pdf")).content == first
    actions.record_act(
        reorganisation=row, kind="deliberation", number="D-12", dated_on=datetime.date(2021, 12, 15), by=hr
    )
    pages = PdfReader(io.BytesIO(client.get(act_url("annexe-deliberation", "pdf")).content)).pages
    assert "n° D-12 du 15 décembre 2021" in " ".join(pages[0].extract_text().split())
    assert client.get(act_url("arrete-organisation", "docx")).content.startswith(b"PK")
    assert not Document.objects.exists()


def test_posts_created_without_a_deliberation_are_flagged_then_confirmed(
    client_as: Callable[[User], Client], hr: User, bring: Callable[..., Reorganisation]
):
    row = bring(Status.DECIDED, CREATE_POST)
    client = client_as(hr)
    for address in (PAGE, reverse("reorganisations:follow_up", args=[CODE])):
        assert "Emplois créés sans délibération" in words(read(client, address))
    confirm = reverse("reorganisations:confirm_undeliberated", args=[CODE])
    assert client.post(confirm, {"reason": ""}).status_code == 422
    assert client.post(confirm, {"reason": "Délégation de 2020."}).status_code == 302
    assert "Délégation de 2020." in words(read(client))
    assert "Délégation de 2020." in client.get(confirm).content.decode()
    act = reverse("reorganisations:record_act", args=[CODE])
    assert client.post(act, {"kind": "deliberation"}).status_code == 422
    given = {"kind": "deliberation", "number": "D-1", "dated_on": "2021-12-12"}
    assert client.post(act, given).status_code == 302
    assert client.post(act, given).status_code == 422
    assert "Emplois créés sans délibération" not in words(read(client))
    assert row.decisions.count() == 2


def test_acts_are_recorded_once_something_is_decided(
    client_as: Callable[[User], Client], hr: User, bring: Callable[..., Reorganisation]
):
    bring(Status.SUBMITTED, CREATE_POST)
    client = client_as(hr)
    for name in ("record_act", "confirm_undeliberated"):
        assert client.get(reverse(f"reorganisations:{name}", args=[CODE])).status_code == 302


def test_a_committee_member_reads_the_pieces_and_nothing_else(
    client_as: Callable[[User], Client],
    committee_member: User,
    bring: Callable[..., Reorganisation],
    committee,
    hr: User,
):
    actions.add_member(committee=committee, user=committee_member, college="personnel", by=hr)
    bring(Status.SUBMITTED, CREATE_POST)
    client = client_as(committee_member)
    page = read(client)
    assert not page.select(".problem")
    assert "Actes de la décision" not in words(page)
    assert client.get(file_url("pdf")).content.startswith(b"%PDF")
    assert client.get(act_url("arrete-organisation", "pdf")).status_code == 403


def test_an_agent_sees_no_dossier(
    client_as: Callable[[User], Client], agent: User, bring: Callable[..., Reorganisation]
):
    bring(Status.SUBMITTED, CREATE_POST)
    assert client_as(agent).get(PAGE).status_code == 404


def test_submission_tells_what_the_dossier_lacks(
    client_as: Callable[[User], Client], hr: User, add: Callable[..., None]
):
    add(CREATE_POST)
    page = read(client_as(hr), reverse("reorganisations:submit", args=[CODE]))
    notice = next(each for each in page.select(".notice--warning") if "Le dossier n’est pas complet" in words(each))
    assert "La partie « Contexte » n’est pas rédigée." in words(notice)


def test_pending_transformations_have_their_sheet(
    client_as: Callable[[User], Client], hr: User, candidates: None, add: Callable[..., None]
):
    add(PENDING)
    item = next(each for each in read(client_as(hr)).select(".pieces__item") if "Fiches" in words(each.h3))
    assert "incomplet" in words(item)
