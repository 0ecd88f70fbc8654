"""Reference data, milestones, post events, files and the employer's settings are written by actions only."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import Event
from missions.actions import (
    Added,
    CodeIsKept,
    EmptyDocument,
    InvalidMilestone,
    InvalidReference,
    NewPostEvent,
    ReferenceInUse,
    add_milestone,
    add_missing_reference,
    delete_reference,
    record_post_event,
    record_post_events,
    remove_milestone,
    save_employer,
    save_reference,
    store_document,
)
from missions.models import (
    DocumentContent,
    Employer,
    Grade,
    JobTitle,
    Milestone,
    NeverRewritten,
    PostEvent,
    Site,
    Unit,
    UnitKind,
)
from missions.queries import content_of, document_of, documents_of, employer, nomenclature
from orgchart.nomenclature import Nomenclature
from tests.factories import WORDS, open_small_chart


@pytest.fixture
def opened(hr):
    return open_small_chart(by=hr)


def test_the_reference_in_force_is_what_was_added(db):
    assert add_missing_reference(words=WORDS, by=None) == Added(kinds=3, grades=3, titles=2, sites=2)
    words = nomenclature()
    assert (words.kinds, words.grades, words.titles, words.sites) == (
        WORDS.kinds,
        WORDS.grades,
        WORDS.titles,
        WORDS.sites,
    )


def test_a_reload_adds_what_is_missing_and_keeps_what_was_edited(hr, capsys):
    call_command("load_reference")
    assert "11 types d’unité, 4 cotations, 8 intitulés, 2 sites" in capsys.readouterr().out
    grade = Grade.objects.get(code="A 3")
    grade.label = "Expertise"
    save_reference(item=grade, by=hr)
    delete_reference(item=Site.objects.get(code="lille"), by=hr)
    call_command("load_reference")
    assert "0 types d’unité, 0 cotations, 0 intitulés, 1 sites" in capsys.readouterr().out
    assert Grade.objects.get(code="A 3").label == "Expertise"
    assert Site.objects.filter(code="lille").exists()


def test_the_kinds_that_head_a_perimeter(db, capsys):
    call_command("load_reference")
    heads = UnitKind.objects.filter(heads_perimeter=True).values_list("code", flat=True)
    assert [*heads] == ["direction", "mission", "autre-employeur"]
    assert JobTitle.objects.get(code="directeur").feminine == "directrice"


@pytest.mark.parametrize(
    ("text", "fact"),
    [("kinds: [", "while parsing"), ("kinds:\n- {code: x}\n", "missing required field"), ("autre: 1\n", "autre")],
)
def test_a_wrong_file_is_named(db, tmp_path, text, fact):
    file = tmp_path / "reference.yaml"
    file.write_text(text)
    with pytest.raises(CommandError, match=fact) as refusal:
        call_command("load_reference", str(file))
    assert str(file) in str(refusal.value)
    with pytest.raises(CommandError, match="illisible"):
        call_command("load_reference", str(tmp_path / "absent.yaml"))


def test_an_entry_is_added_and_changed(hr):
    site = save_reference(item=Site(code="arras", label="Arras"), by=hr)
    site.label = "Arras centre"
    save_reference(item=site, by=hr)
    assert Site.objects.get().label == "Arras centre"
    assert [event.summary for event in Event.objects.order_by("pk")] == [
        "Site «\u00a0Arras\u00a0»\u00a0: ajout.",
        "Site «\u00a0Arras centre\u00a0»\u00a0: modification.",
    ]


def test_nothing_missing_is_nothing_added(db):
    assert add_missing_reference(words=Nomenclature(), by=None) == Added()


def test_a_code_is_unique_and_is_kept(hr):
    site = save_reference(item=Site(code="arras", label="Arras"), by=hr)
    with pytest.raises(InvalidReference, match="Ce code existe déjà"):
        save_reference(item=Site(code="arras", label="Autre"), by=hr)
    with pytest.raises(InvalidReference, match="’est pas un choix valide"):
        save_reference(item=Grade(code="A 3", rank=1, category="D"), by=hr)
    site.code = "arras-2"
    with pytest.raises(CodeIsKept, match="« arras »".replace(" ", "\u00a0")):
        save_reference(item=site, by=hr)


def test_what_the_chart_uses_is_not_deleted(opened, hr):
    for item in (
        UnitKind.objects.get(code="service"),
        Grade.objects.get(code="A 3"),
        JobTitle.objects.get(code="responsable"),
        Site.objects.get(code="lille"),
    ):
        with pytest.raises(ReferenceInUse, match="est utilisé"), transaction.atomic():
            delete_reference(item=item, by=hr)
    Unit.objects.filter(uid="cellule").update(sites=["amiens"])
    with pytest.raises(ReferenceInUse):
        delete_reference(item=Site.objects.get(code="amiens"), by=hr)
    assert (UnitKind.objects.count(), Site.objects.count()) == (3, 2)


def test_the_employer_has_settings_by_default(hr):
    assert employer().principle_of_security
    save_employer(name=" Région ", principle_of_security=False, by=hr)
    save_employer(name="Région", principle_of_security=False, by=hr)
    assert (str(employer()), employer().principle_of_security) == ("Région", False)
    with pytest.raises(InvalidReference):
        save_employer(name="", principle_of_security=True, by=hr)
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.create(pk=2, name="Autre")


def test_a_milestone_is_as_precise_as_its_source(opened, hr):
    unit = Unit.objects.get(uid="service-1")
    month = add_milestone(label="Création", year=2020, month=3, unit=unit, posts_announced=9, by=hr)
    day = add_milestone(label="Comité", year=2020, month=7, day=6, by=hr, uid="comite", fictitious=True)
    year = add_milestone(label="Projet", year=2020, by=hr)
    assert (month.earliest, year.earliest) == (datetime.date(2020, 3, 1), datetime.date(2020, 1, 1))
    assert [*Milestone.objects.all()] == [year, month, day]
    remove_milestone(milestone=year, by=hr)
    assert str(Milestone.objects.last()) == "Comité"


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"month": 13}, "compris entre 1 et 12"),
        ({"day": 3}, "avec son mois"),
        ({"month": 2, "day": 30}, "n’existe pas"),
        ({"label": " "}, "champ"),
    ],
)
def test_a_milestone_that_cannot_be_is_refused(hr, fields, fact):
    with pytest.raises(InvalidMilestone, match=fact):
        add_milestone(**{"label": "Création", "year": 2020, "by": hr} | fields)
    assert not Milestone.objects.exists()


def test_a_post_remembers(hr, django_assert_num_queries):
    event = record_post_event(
        post_uid="port-1", kind="created", on=datetime.date(2022, 1, 1), wording="Créé", by=hr, url="/x/"
    )
    events = [NewPostEvent(f"port-{number}", "transferred", None, "Transféré") for number in range(50)]
    with django_assert_num_queries(4):
        record_post_events(events=events, by=hr)
    assert [each.wording for each in PostEvent.objects.filter(post_uid="port-1")] == ["Transféré", "Créé"]
    assert str(event) == "Créé"
    assert record_post_events(events=[], by=hr) == []
    assert Event.objects.filter(verb="record_post_events").count() == 2
    with pytest.raises(NeverRewritten):
        event.delete()


def test_a_content_is_stored_once_with_its_hash(opened, hr):
    first = store_document(owner=opened, kind="pdf", name="version-1.pdf", content=b"%PDF-1.7", by=hr)
    second = store_document(owner=opened, kind="avis", name="avis", content=b"%PDF-1.7", by=None, media_type="x/y")
    assert DocumentContent.objects.count() == 1
    assert (first.media_type, second.media_type) == ("application/pdf", "x/y")
    other = store_document(owner=hr, kind="note", name="note", content=b"autre", by=hr)
    assert other.media_type == "application/octet-stream"
    assert documents_of(opened) == (second, first)
    found = document_of(opened, "pdf")
    assert (found, content_of(found), found.content.size) == (first, b"%PDF-1.7", 8)
    assert document_of(opened, "autre") is None
    assert (str(first), str(first.content)) == ("version-1.pdf", first.content.sha256)
    for row in (first, first.content):
        with pytest.raises(NeverRewritten):
            row.save()
    with pytest.raises(EmptyDocument):
        store_document(owner=opened, kind="pdf", name="vide.pdf", content=b"", by=hr)


def test_what_things_are_called(opened):
    assert [str(item) for item in (UnitKind.objects.first(), Grade.objects.first(), JobTitle.objects.first())] == [
        "direction",
        "A 2.2",
        "chargé de mission",
    ]
    unit = Unit.objects.get(uid="cellule")
    assert (str(unit), unit.get_absolute_url()) == ("Cellule budget", "/unites/cellule/fiche/")
    assert {str(post) for post in unit.posts.all()} == {"chargé de mission"}
