"""The table of posts: filters, order, totals, files, and never more queries than it takes."""

import csv
import datetime
import io

import pytest
import tablib
from bs4 import BeautifulSoup

from accounts.models import Event
from missions.actions import assign_agent, set_perimeters, state_vacancy
from missions.models import Post, Unit
from orgchart.changes import NewPost, TransformUndetermined
from orgchart.values import ChangeId, GradeCode, PostId, TitleCode
from tests.factories import OPENED_ON, apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def read(client, query=""):
    response = client.get(f"/postes/{query}")
    return response, BeautifulSoup(response.content, "html.parser")


def titles(page):
    return [cell.get_text(" ", strip=True) for cell in page.select("tbody th")]


def facts(page):
    return [fact.get_text(strip=True).replace("\u00a0", " ") for fact in page.select(".facts li")]


def transform(*candidates):
    new = NewPost(id=PostId("nouveau"), title=TitleCode("responsable"), grade=GradeCode("A 2.2"))
    change = TransformUndetermined(id=ChangeId("bourse"), candidates=tuple(map(PostId, candidates)), into=new)
    apply_changes(change, on=OPENED_ON)


def test_the_table_lists_every_post_with_its_totals(opened, hr, client_as):
    response, page = read(client_as(hr))
    assert response.status_code == 200
    assert titles(page) == [
        "Responsable manager de direction",
        "Chargé de mission",
        "Chargée de mission",
        "Chargé de mission",
        "Chargé de mission",
    ]
    assert facts(page) == ["5 postes", "3,5 ETP, 1 poste non renseigné"]
    tags = page.select_one("[aria-label='Postes par cotation']").get_text(" ", strip=True).split()
    assert tags == ["A", "2.2", "1", "A", "3", "3", "B", "1", "1"]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?unite=service-1", 3),
        ("?unite=cellule", 1),
        ("?cotation=A 3", 3),
        ("?categorie=B", 1),
        ("?site=lille", 1),
        ("?site=-", 4),
        ("?cotation=-", 0),
        ("?categorie=-", 0),
        ("?texte=phares", 1),
        ("?texte=chargée", 1),
        ("?occupation=held", 1),
        ("?occupation=vacant", 1),
        ("?occupation=unknown", 3),
        ("?unite=service-1&cotation=B 1", 1),
    ],
)
def test_each_filter_narrows_the_rows(opened, hr, client_as, query, number):
    assign_agent(agent=make_agent(), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr)
    state_vacancy(post=Post.objects.get(uid="port-2"), since=DAY, by=hr)
    response, page = read(client_as(hr), query)
    assert response.status_code == 200
    assert len(titles(page)) == number
    if not number:
        assert "Aucun poste ne correspond à ces filtres." in page.get_text()


def test_rows_are_sorted_both_ways(opened, hr, client_as):
    client = client_as(hr)
    _, up = read(client, "?tri=grade")
    _, down = read(client, "?tri=-grade")
    grades = [cell.get_text(strip=True) for cell in up.select("td[data-label=Cotation]")]
    assert grades == ["A 2.2", "A 3", "A 3", "A 3", "B 1"]
    assert [cell.get_text(strip=True) for cell in down.select("td[data-label=Cotation]")] == [
        "B 1",
        "A 3",
        "A 3",
        "A 3",
        "A 2.2",
    ]
    assert up.select_one("[aria-sort=ascending]").get_text(strip=True).startswith("Cotation")


def test_a_filter_that_no_longer_exists_says_so(opened, hr, client_as):
    response, page = read(client_as(hr), "?unite=absente&texte=mission")
    assert response.status_code == 422
    assert page.select_one("#id_unite")["aria-invalid"] == "true"
    assert page.select_one("#id_texte")["value"] == "mission"
    assert not page.select("tbody")


def test_an_unknown_order_is_that_of_the_chart(opened, hr, client_as):
    _, page = read(client_as(hr), "?tri=hasard")
    assert titles(page)[0].startswith("Responsable")


def test_totals_know_the_transformation_to_come(opened, hr, client_as):
    transform("port-1", "port-2")
    _, page = read(client_as(hr), "?unite=service-1")
    assert facts(page)[0] == "3 postes"
    assert len(titles(page)) == 4
    assert "1 ligne de plus que l’effectif" in page.get_text()


def test_totals_say_what_a_filter_leaves_undetermined(opened, hr, client_as):
    transform("port-1", "port-2")
    _, page = read(client_as(hr), "?site=lille")
    assert "Une transformation reste à déterminer" in page.get_text()


def test_a_unit_known_in_part_has_no_total(opened, hr, client_as):
    Unit.objects.filter(uid="cellule").update(partial=True)
    for query in ("", "?unite=service-1", "?unite=cellule"):
        _, page = read(client_as(hr), query)
        assert "effectif total non renseigné" in facts(page)
    _, page = read(client_as(hr), "?unite=service-2")
    assert facts(page)[0] == "1 poste"


def test_an_empty_chart_leads_to_the_opening_state(hr, manager, client_as):
    _, page = read(client_as(hr))
    assert page.select_one(".empty a")["href"] == "/etat-initial/"
    _, page = read(client_as(manager))
    assert not page.select(".empty a")


def test_names_are_shown_to_those_who_may_know_them(opened, hr, manager, agent, client_as):
    assign_agent(agent=make_agent("Zoé Martin"), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr)
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-2")], by=hr)
    assert "Zoé Martin" in read(client_as(hr))[1].get_text()
    assert "Zoé Martin" not in read(client_as(manager))[1].get_text()
    assert "Zoé Martin" not in read(client_as(agent))[1].get_text()
    assert "occupé" in read(client_as(agent))[1].get_text()
    set_perimeters(user=manager, units=[Unit.objects.get(uid="service-1")], by=hr)
    assert "Zoé Martin" in read(client_as(manager))[1].get_text()


def more_posts(number):
    first = Post.objects.get(uid="port-1")
    for rank in range(number):
        first.pk, first.uid, first.position = None, f"port-x{rank}", 10 + rank
        first.save()


@pytest.mark.parametrize("number", [0, 120])
@pytest.mark.parametrize(("role", "queries"), [("hr", 13), ("manager", 15)])
def test_the_table_takes_the_same_queries_whatever_its_size(
    opened, request, client_as, django_assert_num_queries, number, role, queries
):
    transform("port-1", "port-2")
    more_posts(number)
    user = request.getfixturevalue(role)
    set_perimeters(user=user, units=[Unit.objects.get(uid="direction")], by=None)
    client = client_as(user)
    with django_assert_num_queries(queries):
        response = client.get("/postes/?unite=service-1")
    assert response.status_code == 200


def test_long_tables_have_pages_that_keep_their_filters(opened, hr, client_as):
    more_posts(120)
    _, page = read(client_as(hr), "?unite=service-1&page=2")
    assert len(titles(page)) == 50
    assert page.select_one("a[rel=next]")["href"] == "?unite=service-1&page=3"
    assert "51 à 100 sur 123 postes" in page.get_text()


def test_files_have_the_filtered_rows_and_no_name(opened, hr, client_as):
    assign_agent(agent=make_agent("Zoé Martin"), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr)
    response = client_as(hr).get("/postes.csv?unite=service-1&tri=grade")
    assert response["Content-Disposition"].startswith('attachment; filename="postes-')
    text = response.content.decode("utf-8-sig")
    assert "Zoé" not in text
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Identifiant"] for row in rows] == ["port-1", "port-2", "budget"]
    assert rows[0]["Unité"] == "Direction de la mer > Service des ports"
    assert rows[0]["Occupation"] == "occupé"
    assert (rows[2]["Heures"], rows[2]["ETP"], rows[2]["Catégorie"]) == ("17.5", "0.5", "B")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_spreadsheets_open_and_carry_numbers(opened, hr, client_as, kind):
    content = client_as(hr).get(f"/postes.{kind}").content
    data = tablib.Dataset().load(content, format=kind)
    assert len(data) == 5
    assert sum(float(etp) for etp in data["ETP"] if etp) == 3.5


def test_names_are_exported_when_asked_and_the_trail_knows(opened, hr, client_as):
    assign_agent(agent=make_agent("Zoé Martin"), post=Post.objects.get(uid="port-1"), begins_on=DAY, by=hr)
    data = tablib.Dataset().load(client_as(hr).get("/postes.xlsx?noms=1").content, format="xlsx")
    assert "Zoé Martin" in data["Titulaires"]
    assert Event.objects.filter(verb="export_holders", by=hr).exists()


def test_a_title_is_never_a_formula(opened, hr, client_as):
    Post.objects.filter(uid="port-1").update(label="=1+1")
    text = client_as(hr).get("/postes.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
