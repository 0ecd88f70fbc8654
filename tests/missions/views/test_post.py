"""The page of a post: what it is, who holds it for whom may know, what made it, what was corrected."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup

from missions.actions import assign_agent, correct_post, record_post_event, set_perimeters, state_vacancy
from missions.models import Correction, Post, Unit
from orgchart.changes import NewPost, ResolveTransformation, TransformPost, TransformUndetermined
from orgchart.values import ChangeId, GradeCode, PostId, TitleCode
from tests.factories import OPENED_ON, apply_changes, make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)
REASON = "Relevé sur l’arrêté"


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def post(uid="port-1"):
    return Post.objects.get(uid=uid)


def read(client, uid="port-1"):
    response = client.get(f"/postes/{uid}/")
    return BeautifulSoup(response.content, "html.parser")


def words(tag):
    return " ".join(tag.get_text(" ", strip=True).replace("\u00a0", " ").split())


def sheet(page):
    return {words(term): words(term.find_next_sibling("dd")) for term in page.select(".facts-sheet dt")}


def into(uid="nouveau"):
    return NewPost(id=PostId(uid), title=TitleCode("responsable"), grade=GradeCode("A 2.2"))


def test_the_sheet_says_what_is_known_and_what_is_not(opened, hr, client_as):
    found = sheet(read(client_as(hr)))
    assert found["Unité"] == "Service des ports"
    assert found["Cotation"] == "A 3"
    assert found["Durée"] == "35/35 · 1 ETP"
    assert found["Site"] == "Lille"
    assert found["Catégorie"] == "A"
    assert found["Encadrement"] == "non renseigné"
    page = read(client_as(hr), "phare")
    assert sheet(page)["Répartition"] == "Service des phares 60 % ; Service des ports 40 %"
    assert sheet(read(client_as(hr), "chef"))["Dirige"] == "Direction de la mer"
    crumbs = [words(crumb) for crumb in read(client_as(hr), "budget").select(".breadcrumb li")]
    assert crumbs == ["Organigramme", "Direction de la mer", "Service des ports", "Cellule budget"]


def test_no_assignment_is_not_a_vacancy(opened, hr, client_as):
    assert "n’est pas pour autant vacant" in words(read(client_as(hr)).select_one("#occupation"))
    state_vacancy(post=post(), since=DAY, by=hr)
    assert "vacant depuis le 1er janvier 2022" in words(read(client_as(hr)).select_one("#occupation"))


def test_holders_are_named_to_those_who_may_know(opened, hr, manager, agent, client_as):
    person = make_agent("Zoé Martin", user=agent)
    other = make_agent("Luc Petit", fictitious=True)
    assign_agent(agent=other, post=post(), begins_on=DAY, ends_on=DAY, kind="interim", by=hr)
    assign_agent(agent=person, post=post(), begins_on=DAY, share=50, by=hr)
    seen = words(read(client_as(hr)).select_one("#occupation"))
    assert "Zoé Martin depuis le 1er janvier 2022 · 50 % du poste" in seen
    assert "Luc Petit intérim terminée du 1er janvier 2022 au 1er janvier 2022" in seen
    assert "Données fictives" in read(client_as(hr)).get_text()
    own = words(read(client_as(agent)).select_one("#occupation"))
    assert ("Zoé Martin" in own, "Luc Petit" in own, "Modifier" in own) == (True, False, False)
    hidden = words(read(client_as(manager)).select_one("#occupation"))
    assert "Martin" not in hidden
    assert "Occupé — le nom des titulaires est réservé à leur encadrement." in hidden
    set_perimeters(user=manager, units=[Unit.objects.get(uid="direction")], by=hr)
    assert "Zoé Martin" in words(read(client_as(manager)).select_one("#occupation"))


def test_lineage_is_told_both_ways(opened, hr, client_as):
    change = TransformPost(id=ChangeId("t"), post=PostId("port-1"), into=into())
    apply_changes(change, on=DAY)
    assert "Chargé de mission (A 3)".lower() in sheet(read(client_as(hr), "nouveau"))["Issu de"].lower()
    old = read(client_as(hr), "port-1")
    assert sheet(old)["Devenu"].startswith("responsable (A 2.2)")
    assert "Ce poste n’existe plus" in old.get_text()
    assert not old.select("a[href$='/affecter/']")


def test_an_undetermined_transformation_is_shown_until_it_is_resolved(opened, hr, client_as):
    pending = TransformUndetermined(id=ChangeId("bourse"), candidates=(PostId("port-1"), PostId("port-2")), into=into())
    apply_changes(pending, on=OPENED_ON)
    candidate = words(read(client_as(hr)).select_one(".notice"))
    assert "L’un des 2 postes de chargé de mission et chargée de mission (celui-ci en fait partie)" in candidate
    assert "est transformé en responsable (A 2.2)" in candidate
    assert "Ce poste vient de la transformation d’un des 2 postes" in words(
        read(client_as(hr), "nouveau").select_one(".notice")
    )
    apply_changes(
        ResolveTransformation(id=ChangeId("r"), pending="bourse", post=PostId("port-2")),
        on=DAY,
    )
    assert not read(client_as(hr)).select(".notice")


def test_events_say_which_change_made_it(opened, hr, client_as):
    record_post_event(post_uid="port-1", kind="transfer", on=DAY, wording="Transféré de la DM", url="/x/", by=hr)
    page = read(client_as(hr))
    assert sheet(page)["1er janvier 2022"] == "Transféré de la DM"
    assert page.select_one("dd a[href='/x/']")


def test_a_correction_is_shown_with_its_date_and_its_line(opened, hr, agent, client_as):
    correct_post(post=post(), fields={"job_family": "technique"}, reason=REASON, by=hr)
    text = words(read(client_as(hr)))
    assert "filière, de « non renseigné » à « technique »" in text
    assert f"{hr} filière Correction : {REASON} non renseigné technique" in text
    assert "Saisies" not in words(read(client_as(agent)))


def test_a_deduction_shown_beside_no_value_says_of_what_it_is(opened, hr, client_as):
    row = post()
    row.deduced = [{"field": "label", "reason": "Lu au pluriel."}, {"field": "unit", "reason": "Faute de mieux."}]
    row.save()
    found = sheet(read(client_as(hr)))
    assert found["Le libellé déduit"] == "Lu au pluriel."
    assert "Faute de mieux." in found["Unité"]


def test_entries_are_dated_in_french(opened, hr, client_as):
    correct_post(post=post(), fields={"job_family": "technique"}, reason=REASON, by=hr)
    head = read(client_as(hr)).select_one("[aria-labelledby=history-title] tbody th").get_text()
    assert re.fullmatch(r"(1er|\d\d?)\u00a0[a-zéû]+\u00a0\d{4} à \d\d?\u00a0h\u00a0\d\d", head)


def test_the_history_names_what_was_pointed_to(opened, hr, client_as):
    correct_post(post=post(), fields={"site": "amiens"}, reason=REASON, by=hr)
    assert "Lille Amiens" in words(read(client_as(hr)))


def correct(client, **fields):
    form = BeautifulSoup(client.get("/postes/port-1/corriger/").content, "html.parser").select_one("main form")
    given = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    given |= {each["name"]: each.get_text().lstrip("\n") for each in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        given[select["name"]] = chosen["value"]
    return client.post("/postes/port-1/corriger/", given | fields)


def test_hr_corrects_a_detail(opened, hr, client_as):
    response = correct(
        client_as(hr), corps="Attachés\nRédacteurs", level="proximite", worked_hours="17,5", reason=REASON
    )
    assert response.status_code == 302
    row = post()
    assert (row.corps, row.level, row.worked_hours) == (["Attachés", "Rédacteurs"], "proximite", 17.5)
    assert set(Correction.objects.values_list("field", flat=True)) == {"corps", "level", "hours"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"corps": "Attachés", "reason": ""}, "reason"),
        ({"reason": REASON}, None),
        ({"worked_hours": "36", "reason": REASON}, "worked_hours"),
        ({"worked_hours": "", "reason": REASON}, "worked_hours"),
        ({"reference_hours": "", "reason": REASON}, "reference_hours"),
        ({"site": "absent", "reason": REASON}, "site"),
        ({"label": "x" * 201, "reason": REASON}, "label"),
    ],
)
def test_a_refused_correction_says_where_and_keeps_what_was_typed(opened, hr, client_as, given, field):
    response = correct(client_as(hr), duties="Accueillir", **given)
    if field is None:
        response = correct(client_as(hr), **given)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    if field:
        assert page.select_one(f"#id_{field}")["aria-invalid"] == "true"
        assert page.select_one("#id_duties").get_text().strip() == "Accueillir"
    else:
        assert "La correction ne change rien." in page.get_text()


@pytest.mark.parametrize("number", [0, 60])
@pytest.mark.parametrize(("role", "queries"), [("hr", 13), ("manager", 13), ("agent", 12)])
def test_the_page_takes_the_same_queries_whatever_the_size(
    opened, request, client_as, django_assert_num_queries, number, role, queries
):
    first = post("port-2")
    for rank in range(number):
        first.pk, first.uid, first.position = None, f"port-x{rank}", 10 + rank
        first.save()
        assign_agent(agent=make_agent(f"Agent {rank}"), post=post(), begins_on=DAY, ends_on=DAY, share=1, by=None)
    client = client_as(request.getfixturevalue(role))
    with django_assert_num_queries(queries):
        client.get("/postes/port-1/")
