"""An empty installation begins with what exists: typed, or imported after a dry run, then sealed once."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.actions import add_missing_reference, add_opening_posts, add_opening_unit
from missions.models import OpeningDraft, Post, Unit, Version
from missions.queries.opening import opening_draft
from tests.factories import WORDS, open_small_chart

GOOD = (
    "Unité;Intitulé;Cotation;Nombre\n"
    "Direction X;responsable;A 2.2;1\n"
    "Direction X > Service Y;chargée de mission;A 3;3\n"
)
BAD = "Unité;Intitulé;Cotation;Nombre\nDirection X;responsable;Z;1\nTruc;chargé;A 3;deux\n"
HOME = "/etat-initial/"
IMPORT = "/etat-initial/importer/"
SEAL = "/etat-initial/sceller/"


@pytest.fixture
def client(hr, client_as):
    add_missing_reference(words=WORDS, by=None)
    return client_as(hr)


@pytest.fixture
def top(client, hr):
    return add_opening_unit(kind="direction", label="Direction de la mer", by=hr)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def unit(**given):
    return {"faire": "unite", "unite-label": "Service", "unite-kind": "service", "unite-parent": ""} | given


def posts(where, **given):
    return {
        "faire": "postes",
        "postes-unit": where,
        "postes-title": "chargée de mission",
        "postes-number": "2",
        "postes-grade": "A 3",
    } | given


def test_the_empty_chart_leads_here(client):
    assert client.get("/").status_code == 200
    assert HOME in client.get("/").content.decode()
    page = page_of(client.get(HOME))
    assert "Rien n’est encore saisi" in page.get_text()
    assert not page.select_one(f"a[href='{SEAL}']")


def test_units_and_posts_are_typed_and_kept(client):
    response = client.post(HOME, unit(**{"unite-label": "Direction de la mer", "unite-kind": "direction"}))
    where = response["Location"].partition("=")[2]
    assert page_of(client.get(response["Location"])).select_one("#id_postes-unit option[selected]")["value"] == where
    client.post(HOME, unit(**{"unite-parent": where}))
    client.post(HOME, posts(where))
    client.post(HOME, posts(where, **{"postes-title": "Poète", "postes-number": "1", "postes-leads": "on"}))
    draft = opening_draft().structure
    assert len(draft.units) == 2
    assert sorted(draft.title_of(post) for post in draft.posts) == ["Poète", "chargée de mission", "chargée de mission"]
    page = page_of(client.get(HOME))
    assert "2 chargées de mission" in page.get_text()
    assert "dirige l’unité" in page.get_text()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"unite-label": ""}, "unite-label"),
        ({"unite-kind": ""}, "unite-kind"),
        ({"unite-parent": "absente"}, "unite-parent"),
        ({"unite-label": "direction de la MER"}, "unite-label"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_next_to_its_field(client, top, given, field):
    response = client.post(HOME, unit(**{"unite-acronym": "SX"} | given))
    page = page_of(response)
    assert response.status_code == 422
    assert page.select_one(f"#id_{field}")["aria-invalid"] == "true"
    assert page.select_one("#id_unite-acronym")["value"] == "SX"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"postes-title": ""}, "postes-title"),
        ({"postes-number": "0"}, "postes-number"),
        ({"postes-leads": "on"}, "postes-leads"),
        ({"postes-worked_hours": "0"}, "postes-worked_hours"),
        ({"postes-worked_hours": "36"}, "postes-worked_hours"),
        ({"postes-grade": "Z"}, "postes-grade"),
        ({"postes-unit": "absente"}, "postes-unit"),
    ],
)
def test_posts_that_cannot_be_are_refused_next_to_their_field(client, top, given, field):
    response = client.post(HOME, posts(top, **given))
    assert response.status_code == 422
    assert page_of(response).select_one(f"#id_{field}")["aria-invalid"] == "true"
    assert not opening_draft().structure.posts


def test_what_was_typed_is_taken_away(client, top, hr):
    below = add_opening_unit(kind="service", label="Service", parent=top, by=hr)
    two = add_opening_posts(unit=below, number=2, by=hr)
    client.post(HOME, {"faire": "retirer", "postes": two[0]})
    assert len(opening_draft().structure.posts) == 1
    assert (
        "n’est plus dans la saisie"
        in page_of(client.post(HOME, {"faire": "retirer", "postes": two[0]}, follow=True)).get_text()
    )
    url = f"/etat-initial/unites/{top}/retirer/"
    assert "Partent avec elle : 1 unité et 1 poste." in page_of(client.get(url)).get_text().replace("\u00a0", " ")
    client.post(url)
    assert not opening_draft().structure.units
    assert client.get(url).status_code == 404


def test_everything_is_taken_away_after_a_question(client, top):
    assert "Effacer toute la saisie" in page_of(client.get("/etat-initial/effacer/")).get_text()
    assert opening_draft().structure.units
    client.post("/etat-initial/effacer/")
    assert not opening_draft().structure.units


def test_a_faulty_table_is_told_by_row_and_column_and_writes_nothing(client):
    response = client.post(IMPORT, {"table": BAD})
    page = page_of(response)
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")][:2] for row in page.select("tbody tr")]
    assert response.status_code == 422
    assert ["ligne 2", "Cotation"] in rows
    assert ["ligne 3", "Nombre"] in rows
    assert page.select_one("#id_table").get_text().strip() == BAD.strip()
    assert not page.select("[name=repris]")
    assert not OpeningDraft.objects.exists()


@pytest.mark.parametrize("kind", ["pasted", "file"])
def test_a_good_table_is_shown_then_taken_over(client, kind):
    given = {"table": GOOD} if kind == "pasted" else {"file": SimpleUploadedFile("etat.csv", GOOD.encode())}
    response = client.post(IMPORT, given)
    page = page_of(response)
    assert response.status_code == 200
    assert "3 chargées de mission" in page.get_text()
    assert not OpeningDraft.objects.exists()
    signed = page.select_one("[name=repris]")["value"]
    assert client.post(IMPORT, {"repris": signed})["Location"] == HOME
    assert len(opening_draft().structure.posts) == 4


def test_what_was_checked_cannot_be_altered(client):
    signed = page_of(client.post(IMPORT, {"table": GOOD})).select_one("[name=repris]")["value"]
    response = client.post(IMPORT, {"repris": f"{signed[:-1]}{'a' if signed[-1] != 'a' else 'b'}"}, follow=True)
    assert "contrôlez de nouveau" in page_of(response).get_text()
    assert not OpeningDraft.objects.exists()


@pytest.mark.parametrize("given", [{}, {"table": "  "}, {"table": GOOD, "file": SimpleUploadedFile("etat.csv", b"x")}])
def test_one_table_is_given_at_a_time(client, given):
    assert client.post(IMPORT, given).status_code == 422


def test_labels_without_a_title_and_what_is_replaced_are_said(client, top):
    page = page_of(client.post(IMPORT, {"table": "Unité;Intitulé\nDirection X;Poète\n"}))
    assert "Gardés comme libellés imprimés : Poète." in page.get_text().replace("\u00a0", " ")
    assert "remplace tout ce qui a été saisi" in page.get_text()


def test_the_example_can_be_imported_once_its_kinds_exist(client, hr):
    content = client.get("/etat-initial/modele.csv").content
    response = client.post(IMPORT, {"file": SimpleUploadedFile("modele.csv", content)})
    faults = [row.get_text() for row in page_of(response).select("tbody tr")]
    assert all("Pôle Éducation" in fault for fault in faults)


def test_sealing_makes_the_first_version_and_closes_this_page(client, top, hr):
    add_opening_posts(unit=top, number=2, grade="A 3", by=hr)
    page = page_of(client.get(SEAL))
    assert page.select_one("tbody").get_text(" ", strip=True) == "A 3 2"
    assert client.post(SEAL, {"effective_on": "hier"}).status_code == 422
    assert client.post(SEAL, {"effective_on": "2021-10-04", "note": "Vu"})["Location"] == "/"
    version = Version.objects.get()
    assert (version.effective_on.isoformat(), version.note) == ("2021-10-04", "Vu")
    assert Post.objects.in_force().count() == 2
    assert "déjà scellé" in page_of(client.get(HOME)).get_text()


def test_nothing_is_sealed_from_nothing(client):
    assert "Rien à sceller" in page_of(client.get(SEAL)).get_text()
    assert client.post(SEAL, {}).status_code == 422


@pytest.mark.parametrize(
    "url", [HOME, IMPORT, SEAL, "/etat-initial/effacer/", "/etat-initial/unites/direction/retirer/"]
)
def test_a_chart_that_is_open_is_not_opened_again(hr, client_as, url):
    open_small_chart(by=hr)
    client = client_as(hr)
    assert client.get(url).status_code == 200
    assert client.post(url, unit()).status_code == 409
    assert not OpeningDraft.objects.exists()


def test_without_kinds_the_page_says_where_to_begin(hr, client_as):
    assert "Aucun type d’unité" in page_of(client_as(hr).get(HOME)).get_text()


def test_the_page_takes_the_same_queries_whatever_is_typed(client, top, hr, django_assert_num_queries):
    for rank in range(5):
        where = add_opening_unit(kind="service", label=f"Service {rank}", parent=top, by=hr)
        add_opening_posts(unit=where, number=20, by=hr)
    with django_assert_num_queries(9):
        client.get(HOME)
