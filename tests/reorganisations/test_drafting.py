"""Opening a draft and what it holds beside its changes."""

import datetime
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from msgspec.structs import replace

from missions.actions import save_employer
from orgchart.changes import RegradePost
from orgchart.checks import Announced, AnnouncedPart
from orgchart.values import ChangeId, GradeCode, PostId, UnitId
from reorganisations import actions
from reorganisations.exceptions import CodeTaken, FileRefused, StaleDraft
from reorganisations.models import Situation, Status
from reorganisations.queries import announced_of, draft, trail_of
from tests.factories import apply_changes

from .conftest import CREATE_CELL, CREATE_POST, SUPPRESS, TRANSFORM

ANNOUNCED = (Announced(unit=UnitId("direction"), parts=(AnnouncedPart(label="postes", posts=5, source="note"),)),)


def test_a_draft_opens_over_the_newest_version_with_the_usual_sections(reorganisation, chart):
    assert (reorganisation.base_version, reorganisation.status, reorganisation.revision) == (chart, Status.DRAFT, 0)
    assert [section.key for section in draft(reorganisation).sections] == [key for key, _ in actions.SECTIONS]
    assert trail_of(reorganisation).get().verb == "create_reorganisation"


def test_a_draft_may_open_bare_over_an_older_version(chart, hr):
    apply_changes(CREATE_CELL, on=datetime.date(2021, 12, 1))
    found = actions.create_reorganisation(
        code="nue", title="Nue", unit="direction", base=chart, announced=ANNOUNCED, with_sections=False, by=hr
    )
    assert (found.base_version, found.sections.count(), announced_of(found)) == (chart, 0, ANNOUNCED)


def test_the_employer_says_whether_the_principle_of_security_applies(chart, hr):
    save_employer(name="Région", principle_of_security=False, by=hr)
    for given, expected in ((None, False), (True, True)):
        found = actions.create_reorganisation(
            code=f"essai-{given}", title="Essai", unit="direction", principle_of_security=given, by=hr
        )
        assert found.principle_of_security is expected


def test_a_code_is_taken_once(reorganisation, hr):
    with pytest.raises(CodeTaken, match="essai-2021"):
        actions.create_reorganisation(code="essai-2021", title="Autre", unit="direction", by=hr)


def test_details_change_together_and_only_when_they_differ(reorganisation, hr):
    actions.change_details(
        reorganisation=reorganisation,
        title="Nouveau titre",
        effective_on=None,
        announced=ANNOUNCED,
        principle_of_security=False,
        by=hr,
        seen=0,
    )
    assert (reorganisation.title, reorganisation.effective_on, reorganisation.revision) == ("Nouveau titre", None, 1)
    reorganisation.refresh_from_db()
    assert (reorganisation.title, announced_of(reorganisation)) == ("Nouveau titre", ANNOUNCED)
    actions.change_details(reorganisation=reorganisation, title="Nouveau titre", by=hr, seen=1)
    assert reorganisation.revision == 1


def test_a_draft_over_the_newest_version_stays_where_it_is(reorganisation, hr):
    actions.rebase_draft(reorganisation=reorganisation, by=hr, seen=0)
    assert reorganisation.revision == 0


def test_a_section_is_written_renamed_omitted_and_the_text_follows(reorganisation, hr):
    section = actions.save_section(
        reorganisation=reorganisation, key="method", title="La méthode", markdown="Texte.", by=hr, seen=0
    )
    assert (section.title, section.markdown, reorganisation.revision) == ("La méthode", "Texte.", 1)
    actions.save_section(reorganisation=reorganisation, key="method", title="La méthode", by=hr, seen=1)
    assert reorganisation.revision == 1
    actions.save_section(reorganisation=reorganisation, key="method", included=False, by=hr, seen=1)
    assert "method" not in [each.key for each in draft(reorganisation).text.sections]


def test_two_people_write_two_sections_but_not_the_same_one(reorganisation, hr, other_hr):
    actions.save_section(reorganisation=reorganisation, key="method", markdown="Un.", by=hr, seen=0)
    actions.save_section(reorganisation=reorganisation, key="context", markdown="Deux.", by=other_hr, seen=0)
    with pytest.raises(StaleDraft, match="Texte du rapport modifié".lower()[1:]):
        actions.save_section(reorganisation=reorganisation, key="method", markdown="Trois.", by=other_hr, seen=0)
    assert reorganisation.sections.get(key="method").markdown == "Un."


def test_sections_are_added_moved_and_deleted_without_a_hole(reorganisation, hr):
    for title, given in (("Annexe", {"key": "annexe"}), ("Sur le poste", {"change_uid": "creer-poste"})):
        actions.add_section(reorganisation=reorganisation, title=title, by=hr, seen=reorganisation.revision, **given)
    explained = reorganisation.sections.get(change_uid="creer-poste")
    moved = actions.move_section(
        reorganisation=reorganisation, key="annexe", position=0, by=hr, seen=reorganisation.revision
    )
    assert moved.position == 0
    actions.delete_section(reorganisation=reorganisation, key="context", by=hr, seen=reorganisation.revision)
    found = draft(reorganisation).sections
    assert [section.position for section in found] == list(range(8))
    assert [found[0].key, found[1].key, found[-1]] == ["annexe", "method", explained]
    assert draft(reorganisation).text.sections[-1].change == "creer-poste"


@pytest.mark.parametrize("action", ["save_section", "delete_section"])
def test_a_section_that_is_gone_is_told(reorganisation, hr, action):
    with pytest.raises(actions.UnknownSection):
        getattr(actions, action)(reorganisation=reorganisation, key="inconnue", by=hr, seen=0)


def test_a_situation_names_a_post_or_says_something_and_is_taken_back(reorganisation, hr):
    with pytest.raises(actions.SituationSaysNothing):
        actions.set_situation(reorganisation=reorganisation, agent_uid="ana", note=" ", by=hr, seen=0)
    for given in ({"post_uid": "port-2"}, {"note": "Mutation."}):
        actions.set_situation(
            reorganisation=reorganisation, agent_uid="ana", by=hr, seen=reorganisation.revision, **given
        )
    assert (Situation.objects.get().post_uid, Situation.objects.get().note) == (None, "Mutation.")
    actions.clear_situation(reorganisation=reorganisation, agent_uid="ana", by=hr, seen=2)
    actions.clear_situation(reorganisation=reorganisation, agent_uid="ana", by=hr, seen=3)
    assert (Situation.objects.count(), reorganisation.revision) == (0, 3)


# Documents


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("avis.PDF", b"%PDF-1.7\n", "application/pdf"),
        ("scan.png", b"\x89PNG\r\n\x1a\n.", "image/png"),
        ("scan.jpeg", b"\xff\xd8\xff.", "image/jpeg"),
    ],
)
def test_a_signed_document_is_kept_with_its_hash(reorganisation, hr, name, content, media_type):
    document = actions.attach_document(
        reorganisation=reorganisation, kind="decision", name=name, content=content, by=hr
    )
    assert (document.media_type, document.owner_uid) == (media_type, reorganisation.uid)
    assert trail_of(reorganisation).first().details["sha256"] == document.content.sha256


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "vide"),
        ("lourd.pdf", b"%PDF-" + bytes(20 * 1024 * 1024), "20"),
        ("macro.pdf", b"MZ\x90", "PDF, un PNG"),
        ("page.html", b"%PDF-", "PDF, un PNG"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(reorganisation, hr, name, content, words):
    with pytest.raises(FileRefused, match=words):
        actions.attach_document(reorganisation=reorganisation, kind="avis", name=name, content=content, by=hr)


# Forgetting


def test_situations_are_forgotten_two_years_after_the_end(bring, reorganisation, hr):
    actions.set_situation(reorganisation=reorganisation, agent_uid="ana", note="Mutation.", by=hr, seen=0)
    bring(Status.IN_FORCE)
    assert actions.purge_situations() == 0
    reorganisation.stages.update(applied_at=timezone.now() - timedelta(days=731))
    assert actions.purge_situations() == 1
    assert not Situation.objects.exists()


def test_situations_of_a_withdrawn_reorganisation_are_forgotten_too(bring, reorganisation, hr):
    actions.set_situation(reorganisation=reorganisation, agent_uid="ana", note="Mutation.", by=hr, seen=0)
    bring(Status.WITHDRAWN)
    assert actions.purge_situations() == 0
    type(reorganisation).objects.update(withdrawn_at=timezone.now() - timedelta(days=731))
    assert actions.purge_situations() == 1


# The draft as pages read it


def test_the_other_open_drafts_that_conflict_are_told(reorganisation, hr, add):
    add(SUPPRESS)
    other = actions.create_reorganisation(code="autre", title="Autre projet", unit="direction", by=hr)
    actions.add_change(
        reorganisation=other,
        change=CREATE_POST,
        by=hr,
        seen=0,
    )
    assert draft(reorganisation).conflicts_with_others == ()
    regrade = RegradePost(id=ChangeId("recoter"), post=PostId("budget"), grade=GradeCode("A 3"))
    actions.add_change(reorganisation=other, change=regrade, by=hr, seen=1)
    (found,) = draft(reorganisation).conflicts_with_others
    assert (found[0], found[1].change, found[1].other) == (other, "supprimer", "recoter")
    assert "Autre projet : Autre projet".replace(" :", "\u00a0:") in [p.title for p in draft(reorganisation).problems]
    actions.withdraw(reorganisation=other, by=hr)
    assert draft(reorganisation).conflicts_with_others == ()


def test_a_draft_reads_in_a_constant_number_of_queries(reorganisation, add):
    def read():
        found = draft(type(reorganisation).objects.select_related("base_version").get(pk=reorganisation.pk))
        return (
            found.problems,
            found.fates,
            found.causes,
            found.holder_names,
            found.text,
            found.text_difference,
            found.can_undo,
            found.can_redo,
            found.stages,
        )

    add(CREATE_POST, TRANSFORM)
    with CaptureQueriesContext(connection) as few:
        read()
    for number in range(5):
        new = replace(CREATE_POST.new, id=PostId(f"autre-{number}"))
        add(replace(CREATE_POST, id=ChangeId(f"creer-{number}"), new=new))
    add(SUPPRESS)
    with CaptureQueriesContext(connection) as many:
        read()
    assert len(many) == len(few) <= 15


def test_a_change_is_edited_over_the_chart_it_finds(reorganisation, add):
    add(CREATE_CELL, CREATE_POST)
    found = draft(reorganisation).before_change(CREATE_POST.id)
    assert "cellule-suivi" in found.unit_by_id
    assert "nouveau" not in found.post_by_id
    assert "nouveau" in draft(reorganisation).before_change("inconnu").post_by_id
