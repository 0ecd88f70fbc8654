"""The fictitious bourse of the real case, from its announcement to the affectation, and back to a file.

In a module of its own: the small chart of the others is kept as long as a module lasts.
"""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from missions.models import Assignment, Post, Version
from missions.queries import structure_in_force
from missions.verify import verify_chart
from orgchart.values import UnitId
from postings.case_file.exporting import export_bourses
from postings.case_file.importing import import_bourses
from postings.case_file.reading import read_bourses
from postings.case_file.types import BourseFile
from postings.models import Notice, Posting, PostingStatus
from reorganisations.case_file.problems import BadCaseFile
from reorganisations.case_file.writing import as_yaml

FIXTURES = Path(__file__).parents[3] / "fixtures"
MISSION = UnitId("mission-proch-orientation")


def read(text: str):
    return read_bourses(text, "essai.yaml")


def written():
    return as_yaml(export_bourses(title="Essai"))


@pytest.fixture
def before(db):
    for name in ("proch_orientation", "suite_fictive"):
        call_command("import_case", str(FIXTURES / f"{name}.yaml"), stdout=io.StringIO())


@pytest.fixture
def given():
    return (FIXTURES / "bourse_fictive.yaml").read_text(encoding="utf-8")


def test_the_real_case_from_its_announcement_to_the_affectation(before, given, django_capture_on_commit_callbacks):
    assert structure_in_force().pendings
    with django_capture_on_commit_callbacks() as later:
        told = import_bourses(read(given))
    assert [str(each) for each in told][1].startswith("+ fictif-referent-departemental\u00a0: ")
    posting = Posting.objects.get(code="fictif-responsable-secteur-2022")
    assert posting.status == PostingStatus.ASSIGNED
    assert (posting.fictitious, posting.outcome.fictitious) == (True, True)
    # Open to the four chargés de mission of the sector, not to the two graphistes.
    eligible = set(posting.eligible.values_list("agent__uid", flat=True))
    assert eligible == {"jules-figurant", "karima-pretexte", "leo-maquette", "mona-simulacre"}
    assert posting.applications.count() == 2
    chart = structure_in_force()
    assert (chart.pendings, chart.subtree_totals[MISSION].posts) == ((), 17)
    assert not Post.objects.in_force().filter(uid="charge-mission-editorial-2").exists()
    version = Version.objects.first()
    assert (version.number, version.kind, version.effective_on) == (3, "resolution", datetime.date(2022, 2, 1))
    held = Assignment.objects.get(post="responsable-secteur-information")
    assert (held.agent.uid, held.begins_on) == ("karima-pretexte", datetime.date(2022, 2, 1))
    assert verify_chart() == []
    # By the times of the file; nobody is written to, the minutes are printed.
    assert posting.outcome.decided_at.date() == datetime.date(2022, 1, 26)
    assert {notice.at.year for notice in Notice.objects.all()} == {2022}
    assert len(later) == 1


def test_a_second_run_changes_nothing(before, given):
    import_bourses(read(given))
    assert [each.done for each in import_bourses(read(given))] == [False, False]
    assert Posting.objects.count() == 2
    assert "(déjà là)" in str(import_bourses(read(given))[0])


def test_the_fictitious_bourses_are_all_marked(given):
    assert all(each.fictitious for each in read(given).file.postings)


def without_fiches(file: BourseFile):
    return [{f: getattr(each, f) for f in each.__struct_fields__ if f != "fiche"} for each in file.postings]


def test_the_fictitious_file_comes_back(before, given):
    with transaction.atomic():
        import_bourses(read(given))
        first = written()
        transaction.set_rollback(True)
    assert not Posting.objects.exists()
    import_bourses(read(first))
    assert written() == first
    told = without_fiches(read(first).file)
    for ours, theirs in zip(without_fiches(read(given).file), told, strict=True):
        assert ours | {"jury": (), "outcome": None} == theirs | {"jury": (), "outcome": None}


def test_people_of_the_file_come_first(before, given):
    with pytest.raises(BadCaseFile):
        import_bourses(read(given.replace("karima-pretexte", "personne")))
    assert not Posting.objects.exists()
