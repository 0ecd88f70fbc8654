"""Historique: the versions, what each sealed, its PDF kept once, and what parts any two."""

import datetime
import hashlib
import io

import pypdf
from django.urls import reverse

from missions.actions import correct_unit
from missions.models import Document, Unit, Version
from orgchart.changes import RenameUnit
from orgchart.values import ChangeId
from tests.factories import UserFactory, apply_changes, open_small_chart
from tests.orgchart import real_case

HISTORY = "/historique/"
COMPARE = "/historique/comparer/"


def test_versions_and_milestones_are_listed_newest_first(see, hr, adapted):
    page = see(hr, HISTORY)
    assert [item.text for item in page.select(".history__date")] == [
        "en vigueur depuis le 1er\u00a0janvier\u00a02022",
        "1er\u00a0juin\u00a02021",
        "6\u00a0juillet\u00a02020",
        "mars\u00a02020",
    ]
    assert page.select_one(".history__event--current .tag--accent").text == "en vigueur"
    assert "9 postes annoncés" in page.select(".history__event")[-1].text


def test_an_empty_history_says_when_it_begins(see, hr, db):
    assert "Aucune version" in see(hr, HISTORY).text
    assert "Rien à comparer" in see(hr, COMPARE).text


def test_six_queries(client_as, hr, adapted, django_assert_num_queries):
    client = client_as(hr)
    with django_assert_num_queries(6):
        client.get(HISTORY)


def test_a_version_shows_what_it_sealed_and_its_hash(see, hr, adapted):
    page = see(hr, "/historique/2/")
    version = Version.objects.get(number=2)
    assert page.h1.text == "Adaptation de la mission"
    assert version.sha256 in page.text
    assert version.previous_sha256[:16] in page.text
    assert "17\u00a0postes connus" in page.select_one(".facts").text
    rows = {row.th.text: row.find_all("td")[-1].text for row in page.select("tbody tr")}
    assert rows == {"A 1.3": "1", "A 2.2": "4", "A 3": "10", "A 4": "2"}
    assert "Cellule de direction, 4\u00a0postes" in [link["aria-label"] for link in page.select("svg a.chart-link")]


def test_a_whole_chart_known_gives_its_total(see, hr, db):
    open_small_chart()
    assert "5\u00a0postes" in see(hr, "/historique/1/").select_one(".facts").text


def test_corrections_are_beside_what_is_sealed(see, hr, adapted):
    unit = Unit.objects.get(uid=real_case.SECTOR)
    correct_unit(unit=unit, fields={"label": "Secteur Information"}, reason="Libellé abrégé", by=hr)
    page = see(hr, "/historique/2/")
    assert "Libellé abrégé" in page.select_one("[aria-labelledby=corrections-title]").text
    assert "Secteur Information sur les métiers" in page.select_one("svg.chart").text


def test_a_fictitious_version_says_so(see, hr, opened):
    apply_changes(*real_case.CHANGES, on=datetime.date(2022, 1, 1), fictitious=True)
    for path in (HISTORY, "/historique/2/", COMPARE, "/", f"/unites/{real_case.MISSION}/"):
        assert see(hr, path).select_one(".fictitious"), path
    assert see(hr, "/historique/1/").select_one(".fictitious") is None
    assert see(hr, "/", au="2021-10-04").select_one(".fictitious") is None


def test_the_pdf_is_rendered_once_and_kept_with_its_hash(client_as, hr, agent, adapted):
    first = client_as(hr).get("/historique/2/organigramme.pdf")
    document = Document.objects.get()
    assert hashlib.sha256(first.content).hexdigest() == document.content.sha256 == first["X-Content-SHA256"]
    assert "Responsable de secteur" in pypdf.PdfReader(io.BytesIO(first.content)).pages[0].extract_text()
    second = client_as(agent).get("/historique/2/organigramme.pdf")
    assert second.content == first.content
    assert Document.objects.count() == 1


def test_an_unknown_version_is_not_found(see, hr, adapted):
    see(hr, "/historique/9/", status=404)
    see(hr, "/historique/9/organigramme.pdf", status=404)


def test_two_versions_are_compared_the_last_two_by_default(see, hr, adapted):
    page = see(hr, COMPARE)
    units = [item.text.strip() for item in page.select(".columns li")]
    assert any("supprimée" in words and "Cellule éditoriale" in words for words in units)
    rows = {
        row.th.text: [cell.text.strip() for cell in row.find_all("td")] for row in page.select("table tr") if row.th
    }
    assert rows["A 2.2"] == ["+1"]
    assert rows["Ensemble"] == ["0"]
    posts = [row for row in page.select("tbody tr") if row.th.text == "Responsable de projet (A 2.2)"]
    assert posts[0].find_all("td")[0].text.startswith("DDPE → Cellule Accompagnement")
    assert "transféré" in posts[0].text


def test_a_unit_is_compared_with_its_totals(see, hr, adapted):
    page = see(hr, COMPARE, de="1", a="2", unite=real_case.MISSION)
    rows = {
        row.th.text: [cell.text.strip() for cell in row.find_all("td")] for row in page.select("table tr") if row.th
    }
    assert rows["A 2.2"] == ["2", "4", "+2"]
    assert rows["A 3"] == ["11", "10", "−1"]
    assert rows["Ensemble"] == ["16", "17", "+1"]


def test_a_version_and_itself_do_not_differ(see, hr, adapted):
    assert "Aucune différence" in see(hr, COMPARE, de="2", a="2").text


def test_backwards_too(see, hr, adapted):
    page = see(hr, COMPARE, de="2", a="1")
    words = [item.text.strip() for item in page.select(".columns li")]
    assert any("créée" in word and "Cellule éditoriale" in word for word in words)


def test_a_version_that_only_renames_is_told(see, hr, adapted):
    apply_changes(
        RenameUnit(id=ChangeId("r"), unit=real_case.SECTOR, label="Secteur Information"), on=datetime.date(2023, 1, 1)
    )
    assert "renommée" in see(hr, COMPARE).text


def test_without_a_role_nothing_is_shown(client_as, adapted):
    client = client_as(UserFactory.create())
    for name, args in (("history", []), ("version", [1]), ("version_pdf", [1]), ("compare_versions", [])):
        assert client.get(reverse(f"missions:{name}", args=args)).status_code == 403, name
    for name in ("unit", "unit_history", "correct_unit", "chart_pdf_unit", "chart_svg_unit"):
        assert client.get(reverse(f"missions:{name}", args=[real_case.MISSION])).status_code == 403, name
