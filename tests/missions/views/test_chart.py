"""The page of the chart: on any date, drawn, listed or tabulated, folded, exported."""

import datetime
import io

import pypdf
import pytest
from django.urls import reverse

from missions import planned
from missions.actions import add_missing_reference, assign_agent, open_chart, state_vacancy
from missions.models import Post
from missions.planned import PlannedStage
from missions.views.addresses import ChartAddress, read_day
from orgchart.changes import RenameUnit
from orgchart.values import ChangeId, UnitId
from tests.factories import WORDS, UserFactory, make_agent
from tests.missions.test_shown import large
from tests.orgchart import real_case

MISSION = f"/unites/{real_case.MISSION}/"
ACCOMPANIMENT = "Cellule Accompagnement des parcours et développement des partenariats"


def facts(page):
    return [item.text for item in page.select(".page-header .facts li")]


def box_labels(page):
    return [link["aria-label"] for link in page.select("svg.chart .chart-unit > a.chart-link:first-child")]


def test_the_mission_is_drawn_with_its_facts(see, hr, adapted):
    page = see(hr, MISSION)
    assert page.h1.text == "Mission Proch’Orientation"
    assert facts(page) == ["17\u00a0postes", "3\u00a0unités", "occupation non renseignée"]
    assert [item.text.strip() for item in page.select(".breadcrumb li")] == ["Organigramme", "Pôle Éducation Lycées"]
    assert box_labels(page) == [
        "Mission Proch’Orientation, 17\u00a0postes",
        "Cellule de direction, 4\u00a0postes",
        "Secteur Information sur les métiers et les formations, 6\u00a0postes · Amiens, Lille",
        f"{ACCOMPANIMENT}, 7\u00a0postes, pilotée depuis Cellule de direction (directrice)",
    ]
    assert (
        "issu de la transformation d’un des 4\u00a0postes de chargé de mission" in page.select_one(".chart-notes").text
    )


@pytest.mark.parametrize("path", ["/", MISSION, f"{MISSION}fiche/"])
def test_the_menu_says_where_one_is(path, see, hr, adapted):
    assert see(hr, path).select_one(".site-menu__links [aria-current=page]").text == "Organigramme"


def test_the_whole_chart_gives_no_total_where_units_are_known_in_part(see, hr, adapted):
    page = see(hr, "/")
    assert page.h1.text == "Organigramme"
    assert facts(page)[0] == "effectif total non renseigné"


def test_list_and_table_say_the_same(see, hr, adapted):
    listed = see(hr, MISSION, vue="liste").select_one("#chart")
    labels = [label.find("a").text for label in listed.select(".outline__label")]
    assert "2\u00a0conseillères techniques" in labels
    assert "3\u00a0chargés de mission" in labels
    table = see(hr, MISSION, vue="tableau").select_one("#chart table")
    rows = {row.find("th").find("a").text: row.select_one("td.number").text for row in table.select("tbody tr")}
    assert rows["Mission Proch’Orientation"] == "17"
    assert rows["chargés de mission"] == "3"
    assert rows["Directrice"] == "1"


def test_a_unit_known_in_part_has_no_number_in_the_table(see, hr, adapted):
    table = see(hr, "/", vue="tableau").select_one("#chart table")
    row = next(row for row in table.select("tr.group") if row.find("a").text == "DDPE")
    assert row.select_one("td.number").text == "non renseigné"


@pytest.mark.parametrize("view", ["dessin", "liste", "tableau"])
def test_fourteen_queries_at_any_size(view, client_as, hr, db, django_assert_num_queries):
    add_missing_reference(words=WORDS, by=None)
    open_chart(structure=large(300, 3000), effective_on=datetime.date(2021, 1, 1), by=None)
    client = client_as(hr)
    with django_assert_num_queries(14):
        client.get("/", {"vue": view})
    with django_assert_num_queries(14):
        client.get("/unites/u1/", {"vue": view})


def test_fourteen_queries_for_the_real_case(client_as, hr, adapted, django_assert_num_queries):
    client = client_as(hr)
    with django_assert_num_queries(14):
        client.get(MISSION)


def test_a_past_date_shows_the_version_of_that_day(client_as, see, hr, adapted, django_assert_num_queries):
    page = see(hr, MISSION, au="2021-10-04")
    assert facts(page)[0] == "16\u00a0postes"
    assert "Version 1" in page.select_one(".notice").text
    assert page.select_one(".timeline__event--current a").text == "1er\u00a0juin\u00a02021"
    client = client_as(hr)
    with django_assert_num_queries(11):
        client.get(MISSION, {"au": "2021-10-04"})


def test_holders_of_a_past_day_count(see, hr, adapted):
    day = datetime.date(2021, 7, 1)
    assign_agent(agent=make_agent(), post=Post.objects.get(uid=real_case.DIRECTOR), begins_on=day, by=hr)
    assert facts(see(hr, MISSION, au="2021-10-04"))[2:] == [
        "1\u00a0poste occupé",
        "occupation de 15\u00a0postes non renseignée",
    ]


def test_before_the_first_version_only_milestones_are_known(see, hr, adapted):
    page = see(hr, "/", au="2020-05-01")
    notice = page.select_one(".notice").text
    assert "Organigramme non connu à cette date" in notice
    assert "Création de la mission (mars\u00a02020)" in notice
    assert "9\u00a0postes annoncés" in notice
    assert page.select_one("svg.chart") is None
    assert "Aucun organigramme n’est enregistré" in see(hr, "/", au="2019-01-01").select_one(".notice").text


def test_on_a_phone_the_time_line_is_one_line_that_unfolds(see, hr, adapted):
    folded = see(hr, MISSION).select_one("details.timeline-fold")
    assert " ".join(folded.summary.text.split()).endswith("4 repères")
    assert folded.summary.text.startswith("en vigueur depuis le 1er\u00a0janvier\u00a02022")
    assert len(folded.select("li")) == 4


def test_the_time_line_is_as_precise_as_its_sources(see, hr, adapted):
    events = see(hr, MISSION).select(".timeline-row > .timeline > li")
    assert [event.find(["a", "span"]).text for event in events] == [
        "mars\u00a02020",
        "6\u00a0juillet\u00a02020",
        "1er\u00a0juin\u00a02021",
        "en vigueur depuis le 1er\u00a0janvier\u00a02022",
    ]


@pytest.fixture
def stage(adapted):
    """Decided and not yet applied: the sector gets a shorter name in 2099."""
    change = RenameUnit(id=ChangeId("r"), unit=real_case.SECTOR, label="Secteur Information")

    def provider():
        return [PlannedStage(datetime.date(2099, 3, 1), (change,), "la réorganisation de 2099", "/reorganisations/x/")]

    planned.register(provider)
    yield
    planned.unregister(provider)


def test_a_future_date_shows_what_is_planned(see, hr, stage):
    page = see(hr, MISSION, au="2099-06-01")
    assert "Organigramme prévu au 1er\u00a0juin\u00a02099" in page.select_one(".notice").text
    assert "la réorganisation de 2099" in page.select_one(".notice").text
    assert page.select(".chart-box--planned")
    assert any(label.startswith("Secteur Information, ") and label.endswith(", renommé") for label in box_labels(page))
    events = see(hr, MISSION).select(".timeline-row > .timeline > .timeline__event--planned")
    assert [event.find("a").text for event in events] == ["prévue le 1er\u00a0mars\u00a02099"]


def test_a_planned_change_that_no_longer_applies_is_told(see, hr, adapted):
    change = RenameUnit(id=ChangeId("r"), unit=UnitId("disparue"), label="X")

    def provider():
        return [PlannedStage(datetime.date(2099, 3, 1), (change,), "un projet")]

    planned.register(provider)
    try:
        assert "ne peut plus être appliqué" in see(hr, "/", au="2099-06-01").select_one(".notice").text
    finally:
        planned.unregister(provider)


def test_folding_is_a_link_and_answers_the_part_alone_to_htmx(see, hr, adapted):
    page = see(hr, "/", plie=real_case.MISSION)
    assert "3\u00a0unités" in page.select_one("svg.chart").text
    toggle = page.select_one(f"#fold-{real_case.MISSION}")
    assert toggle["href"] == f"/?deplie={real_case.MISSION}"
    headers = {"HX-Request": "true", "HX-Target": "chart"}
    part = see(hr, "/", plie=real_case.MISSION, headers=headers)
    assert part.h1 is None
    assert str(part.select_one("#chart")) == str(page.select_one("#chart"))


def test_vacant_posts_are_said_so(see, hr, adapted):
    state_vacancy(post=Post.objects.get(uid=real_case.SECTOR_LEAD), since=datetime.date(2022, 1, 1), by=hr)
    page = see(hr, MISSION)
    assert "1\u00a0poste vacant" in facts(page)
    assert "vacant" in page.select_one("svg.chart").text
    assert "vacant" in see(hr, MISSION, vue="liste").select_one(".tag--warning").text


def test_no_vacant_post_is_said_only_when_all_are_held(see, hr, db):
    add_missing_reference(words=WORDS, by=None)
    open_chart(structure=large(2, 1), effective_on=datetime.date(2021, 1, 1), by=None)
    assign_agent(agent=make_agent(), post=Post.objects.get(), begins_on=datetime.date(2021, 1, 1), by=hr)
    assert facts(see(hr, "/"))[2:] == ["1\u00a0poste occupé", "aucun poste vacant"]


def test_an_empty_installation_offers_to_record_the_chart(see, hr, agent, db):
    assert "Aucun organigramme" in see(hr, "/").select_one(".empty").text
    assert see(agent, "/").select_one(".empty a") is None


def test_an_unknown_unit_is_not_found(see, hr, adapted):
    see(hr, "/unites/inconnue/", status=404)
    see(hr, "/unites/inconnue/", au="2021-10-04", status=404)


def test_without_a_role_nothing_is_shown(see, adapted):
    see(UserFactory.create(), "/", status=403)


@pytest.mark.parametrize("who", ["hr", "manager", "agent", "committee_member"])
def test_whoever_has_a_role_reads_the_chart(who, request, see, adapted):
    see(request.getfixturevalue(who), MISSION)


def test_only_hr_prepares_a_reorganisation(see, hr, agent, adapted):
    assert "Préparer une réorganisation" in see(hr, MISSION).select_one(".page-header").text
    assert "Préparer une réorganisation" not in see(agent, MISSION).select_one(".page-header").text


def test_the_pdf_and_the_svg_are_downloads(client_as, hr, adapted):
    client = client_as(hr)
    answer = client.get(reverse("missions:chart_pdf_unit", args=[real_case.MISSION]), {"format": "a3"})
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Mission Proch’Orientation" in text
    assert answer["Content-Disposition"].startswith('attachment; filename="organigramme-mission-prochorientation-')
    svg = client.get(reverse("missions:chart_svg"))
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content


def test_a_day_that_is_not_known_has_no_file(client_as, hr, adapted):
    client = client_as(hr)
    assert client.get(reverse("missions:chart_pdf"), {"au": "2019-01-01"}).status_code == 404
    assert client.get(reverse("missions:chart_svg"), {"au": "2019-01-01"}).status_code == 404


def test_the_pdf_of_a_future_day_says_what_is_planned(client_as, hr, stage):
    answer = client_as(hr).get(reverse("missions:chart_pdf"), {"au": "2099-06-01"})
    assert "avec ce qui est prévu" in pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


# Addresses

TODAY = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-10-04", datetime.date(2021, 10, 4)),
        ("04/10/2021", datetime.date(2021, 10, 4)),
        ("demain", None),
        ("2021-13-45", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_addresses_or_people_write_it(text, day):
    assert read_day(text) == day


def test_an_address_writes_only_what_differs_from_the_usual():
    address = ChartAddress(today=TODAY)
    assert address.page() == "/"
    there = address.dated(datetime.date(2021, 10, 4)).seen_as("liste").toggled(UnitId("a"), True)
    assert there.page() == "/?au=2021-10-04&vue=liste&plie=a"
    assert there.toggled(UnitId("a"), False).page() == "/?au=2021-10-04&vue=liste&deplie=a"
    assert there.about(UnitId("b")).page() == "/unites/b/?au=2021-10-04&vue=liste"
    assert there.dated(TODAY).page() == "/?vue=liste"
