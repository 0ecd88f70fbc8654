"""The page of a unit, its correction, and what the versions say of it."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from missions.actions import assign_agent, state_vacancy
from missions.models import Correction, Post, Unit, Version
from missions.queries import structure_in_force
from missions.queries.unit_sheet import unit_sheet
from missions.views.listing import etp_cell, etp_words
from orgchart.changes import LinkUnit, NewPost, RenameUnit, SetLead, TransformUndetermined
from orgchart.total import Total
from orgchart.values import ChangeId, GradeCode, PostId, UnitId
from tests.factories import apply_changes, make_agent, open_small_chart
from tests.orgchart import real_case

TODAY = datetime.date(2022, 3, 1)


def sheet_url(uid):
    return reverse("missions:unit", args=[uid])


def terms(page):
    return {term.text: term.find_next_sibling("dd").text.strip() for term in page.select("dl.facts-sheet dt")}


def test_a_unit_says_what_it_is(see, hr, adapted):
    page = see(hr, sheet_url(real_case.SECTOR))
    found = terms(page)
    assert found["Type"] == "secteur"
    assert found["Dirigée par"] == "Responsable de secteur"
    assert found["Sites"] == "Amiens, Lille"
    assert "Service Information sur les métiers" in found["Autres appellations"]
    assert found["Missions"] == "non renseignées"
    assert terms(see(hr, sheet_url(real_case.MISSION)))["Sites"] == "non renseignés"
    assert found["Issue de"] == ("Cellule éditoriale fermée le 1er\u00a0janvier\u00a02022 par Adaptation de la mission")
    assert page.select_one(".facts").text.startswith("6\u00a0postes")


def test_a_deduction_says_of_what_it_is(see, hr, adapted):
    unit = Unit.objects.get(uid=real_case.SECTOR)
    unit.deduced = [{"field": "parent", "reason": "Cité en tête."}, {"reason": "Compté par ailleurs."}]
    unit.save()
    found = terms(see(hr, sheet_url(real_case.SECTOR)))
    assert (found["Le rattachement déduit"], found[" déduit"]) == ("Cité en tête.", "Compté par ailleurs.")


def test_a_unit_led_from_elsewhere_says_by_which(see, hr, adapted):
    page = see(hr, sheet_url(real_case.ACCOMPANIMENT))
    assert "Pôle Éducation Lycées" in page.select_one(".breadcrumb").text
    assert terms(page)["Dirigée par"].split() == ["Directrice", "(Cellule", "de", "direction)"]
    assert terms(page)["Missions"] == "Animation régionale des solutions de lutte contre le décrochage"


def test_totals_are_given_by_cotation_and_category(see, hr, adapted):
    page = see(hr, sheet_url(real_case.MISSION))
    rows = {row.th.text: [cell.text for cell in row.find_all("td")] for row in page.select("aside tbody tr")}
    assert rows["A 3"] == ["non renseigné", "10"]
    assert rows["A 2.2"] == ["non renseigné", "4"]
    assert rows["Catégorie A"] == ["17"]
    assert "durée des postes non renseignée" in page.aside.text


def test_units_below_and_posts_are_listed(see, hr, adapted):
    below = see(hr, sheet_url(real_case.MISSION))
    assert [link.text for link in below.select("[aria-labelledby=units-title] a")] == [
        "Cellule de direction",
        "Secteur Information sur les métiers et les formations",
        "Cellule Accompagnement des parcours et développement des partenariats",
    ]
    assert "Aucun poste directement rattaché" in below.select_one("#postes").text
    posts = see(hr, sheet_url(real_case.SECTOR)).select_one("#postes")
    assert "3\u00a0chargés de mission" in posts.text
    assert "qui reste à déterminer" in posts.text


def test_a_unit_known_in_part_gives_no_total(see, hr, adapted):
    page = see(hr, sheet_url(real_case.DDPE))
    assert "Unité connue en partie" in page.select_one(".notice").text
    assert "Effectif total non renseigné" in page.aside.text
    assert page.select_one(".facts li").text == "effectif total non renseigné"


def test_a_closed_unit_names_what_takes_over(see, hr, adapted):
    page = see(hr, sheet_url(real_case.EDITORIAL))
    assert page.select_one(".facts").text == "fermée le 1er\u00a0janvier\u00a02022"
    assert terms(page)["Devenue"] == (
        "Secteur Information sur les métiers et les formations par Adaptation de la mission"
    )
    assert page.aside is None
    assert "Corriger" not in page.select_one(".page-header").text


def test_functional_links_show_both_ways_and_shared_posts_their_part(see, hr, db):
    open_small_chart()
    apply_changes(
        LinkUnit(id=ChangeId("l"), unit=UnitId("service-2"), to=UnitId("service-1")),
        SetLead(id=ChangeId("s"), unit=UnitId("cellule"), lead="chef"),
        on=TODAY,
    )
    assert terms(see(hr, sheet_url("service-2")))["Dépend aussi de"].startswith("Service des ports")
    page = see(hr, sheet_url("service-1"))
    assert terms(page)["Liens fonctionnels"] == "Service des phares"
    assert "40\u00a0% pour cette unité" in page.select_one("#postes").text
    assert "2,9\u00a0ETP" in page.aside.text
    assert "piloté" in see(hr, sheet_url("cellule")).select_one(".facts").text
    assert terms(see(hr, sheet_url("direction")))["Sigle"] == "DM"


def test_occupation_is_counted(see, hr, adapted):
    assign_agent(agent=make_agent(), post=Post.objects.get(uid=real_case.DIRECTOR), begins_on=TODAY, by=hr)
    state_vacancy(post=Post.objects.get(uid=real_case.FINANCE), since=TODAY, by=hr)
    found = [item.text for item in see(hr, sheet_url(real_case.DIRECTION)).select(".facts li")]
    assert found == [
        "4\u00a0postes",
        "1\u00a0poste vacant",
        "1\u00a0poste occupé",
        "occupation de 2\u00a0postes non renseignée",
        "pilotée par la directrice",
    ]


def test_fifteen_queries(client_as, hr, adapted, django_assert_num_queries):
    client = client_as(hr)
    for uid in (real_case.MISSION, real_case.DDPE):
        with django_assert_num_queries(15):
            client.get(sheet_url(uid))


def test_an_unknown_unit_is_not_found(see, hr, adapted):
    see(hr, sheet_url("inconnue"), status=404)


@pytest.mark.parametrize("root", ["direction", "service-1", "service-2", "cellule"])
def test_totals_are_those_of_the_structure(root, db):
    open_small_chart()
    into = NewPost(id=PostId("nouveau"), grade=GradeCode("A 2.2"))
    apply_changes(
        TransformUndetermined(id=ChangeId("t"), candidates=(PostId("port-1"), PostId("port-2")), into=into), on=TODAY
    )
    Post.objects.filter(uid="port-2").update(category="B")
    structure = structure_in_force()
    sheet = unit_sheet(root, TODAY)
    assert sheet
    assert sheet.grades == structure.tally(lambda post: post.grade, UnitId(root))
    assert sheet.categories == structure.tally(structure.category_of, UnitId(root))


# Correction


def correct_url(uid=real_case.SECTOR):
    return reverse("missions:correct_unit", args=[uid])


def given(**fields):
    return {
        "label": "Secteur Information sur les métiers et les formations",
        "sites": ["amiens", "lille"],
        "aliases": "Service Information sur les métiers et les formations\nCellule Information sur les métiers",
        "reason": "Sigle donné par la direction",
    } | fields


def test_hr_corrects_a_detail_and_it_is_told(client_as, see, hr, adapted):
    sealed = list(Version.objects.values_list("sha256", "seal"))
    answer = client_as(hr).post(correct_url(), given(acronym="SIMF"))
    assert answer.status_code == 302
    assert Unit.objects.get(uid=real_case.SECTOR).acronym == "SIMF"
    assert Correction.objects.get().reason == "Sigle donné par la direction"
    page = see(hr, sheet_url(real_case.SECTOR))
    assert "Corrigé le" in page.select_one("[aria-labelledby=corrections-title]").text
    assert "de «\u00a0non renseigné\u00a0» à «\u00a0SIMF\u00a0»" in page.text
    assert list(Version.objects.values_list("sha256", "seal")) == sealed


def test_the_form_shows_the_unit_as_it_is(see, hr, adapted):
    page = see(hr, correct_url())
    assert page.select_one("#id_label")["value"] == "Secteur Information sur les métiers et les formations"
    assert len(page.select("input[name=sites][checked]")) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "La correction ne change rien."), ({"reason": ""}, "obligatoire"), ({"label": ""}, "obligatoire")],
)
def test_a_refused_correction_says_why_and_writes_nothing(fields, words, client_as, hr, adapted):
    answer = client_as(hr).post(correct_url(), given(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Correction.objects.exists()


def test_only_hr_corrects(client_as, agent, adapted):
    client = client_as(agent)
    assert client.get(correct_url()).status_code == 403
    assert client.post(correct_url(), given(acronym="X")).status_code == 403
    assert not Correction.objects.exists()


def test_a_closed_unit_is_not_corrected(see, hr, adapted):
    see(hr, correct_url(real_case.EDITORIAL), status=404)


def test_the_top_unit_is_corrected_too(client_as, hr, adapted):
    answer = client_as(hr).post(
        correct_url(real_case.POLE), {"label": "Pôle Éducation et lycées", "reason": "Libellé incomplet"}
    )
    assert answer.status_code == 302
    assert structure_in_force().unit_label(real_case.POLE) == "Pôle Éducation et lycées"


# History


def history_url(uid):
    return reverse("missions:unit_history", args=[uid])


def test_the_versions_that_changed_a_unit_are_listed(see, hr, adapted):
    apply_changes(
        RenameUnit(id=ChangeId("r"), unit=real_case.SECTOR, label="Secteur Information"), on=datetime.date(2023, 1, 1)
    )
    words = [item.text.split("\n")[0] for item in see(hr, history_url(real_case.SECTOR)).select("dd")]
    assert words[0].startswith("Nouveau libellé")
    assert words[1].startswith("Création, 7\u00a0postes de plus")
    closed = [item.text for item in see(hr, history_url(real_case.EDITORIAL)).select("dd")]
    assert closed[0].startswith("Fermeture, 6\u00a0postes de moins")
    mission = [item.text for item in see(hr, history_url(real_case.MISSION)).select("dd")]
    assert mission[0].startswith("Mêmes caractéristiques, 10\u00a0postes de moins")


def test_only_hr_reads_who_typed_what(client_as, see, hr, agent, adapted):
    client_as(hr).post(correct_url(), given(acronym="SIMF"))
    lines = see(hr, history_url(real_case.SECTOR)).select_one("[aria-labelledby=lines-title]").text
    assert "Hélène Roussel" in lines
    assert "SIMF" in lines
    page = see(agent, history_url(real_case.SECTOR))
    assert page.select_one("[aria-labelledby=lines-title]") is None


# Words


@pytest.mark.parametrize(
    ("total", "words", "cell"),
    [
        (Total(), "0\u00a0ETP", "0"),
        (Total(2, Decimal(0), 2), "durée des postes non renseignée", "non renseigné"),
        (Total(4, Decimal("3.5"), 0), "3,5\u00a0ETP", "3,5"),
        (Total(6, Decimal("3.5"), 2), "3,5\u00a0ETP, 2\u00a0postes non renseignés", "3,5 + 2\u00a0non renseignés"),
        (Total(5, Decimal("3.5"), 1), "3,5\u00a0ETP, 1\u00a0poste non renseigné", "3,5 + 1\u00a0non renseigné"),
    ],
)
def test_etp_says_what_is_not_known(total, words, cell):
    assert etp_words(total) == words
    assert etp_cell(total) == cell
