"""Bourses told by a file, and what the database holds told by one: what comes back is the same."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from orgchart.values import UnitId
from postings import actions
from postings.case_file.exporting import export_bourses
from postings.case_file.importing import import_bourses
from postings.case_file.reading import read_bourses
from postings.eligibility import read_eligibility
from postings.exceptions import TooLate
from postings.models import Application, Outcome, Posting, PostingStatus
from postings.told import told_at
from reorganisations.case_file.problems import BadCaseFile
from reorganisations.case_file.writing import as_yaml

from ..bringing import BEFORE, CLOSES, DURING, PARIS, RULE, apply, bring, decide, examine, prepare

FIXTURES = Path(__file__).parents[3] / "fixtures"
MISSION = UnitId("mission-proch-orientation")


def read(text: str):
    return read_bourses(text, "essai.yaml")


def written():
    return as_yaml(export_bourses(title="Essai"))


def check_round_trip(build):
    with transaction.atomic():
        build()
        first = written()
        statuses = dict(Posting.objects.values_list("code", "status"))
        transaction.set_rollback(True)
    assert not Posting.objects.exists()
    import_bourses(read(first))
    assert written() == first
    assert dict(Posting.objects.values_list("code", "status")) == statuses
    return first


def at(day, hour=9):
    """In the spring of the small chart's bourse."""
    return told_at(datetime.datetime(2022, 4, day, hour, tzinfo=PARIS))


def test_what_happens_on_the_way_comes_back(to_fill, ana, luc, zoe):
    """Somebody added, somebody withdrawn, one inadmissible, one late, ties; nobody retained; a next wave, widened."""

    def build():
        with told_at(BEFORE):
            posting = bring(prepare(), PostingStatus.PUBLISHED)
            actions.add_jury_member(posting=posting, name="Paule Présidente", president=True, by=None)
            juror = actions.add_jury_member(posting=posting, name="Jean Juré", by=None)
        bring(posting, PostingStatus.OPEN)
        with told_at(DURING):
            actions.add_eligible(posting=posting, agent=zoe, reason="Métier voisin.", by=None)
            hers, his = apply(posting, ana), apply(posting, luc)
        with told_at(DURING + datetime.timedelta(minutes=5)):
            actions.withdraw(application=hers, by=ana.user)
        with told_at(DURING + datetime.timedelta(hours=1)):
            again = apply(posting, ana, now=DURING + datetime.timedelta(hours=1))
            late = actions.save_application(posting=posting, agent=zoe, letter="Trop tard.", by=zoe.user)
        with pytest.raises(TooLate):
            actions.submit_application(application=late, by=zoe.user, now=CLOSES)
        bring(posting, PostingStatus.CLOSED)
        with at(1):
            for member in posting.jury.all():
                ties = [(his, "Cousin.")] if member == juror else []
                actions.declare_interests(member=member, declaration="Cousin." if ties else "", ties=ties, by=None)
        bring(posting, PostingStatus.EXAMINATION)
        with at(2):
            his.refresh_from_db()
            actions.refuse_admission(application=his, reason="Pièce manquante.", by=None)
            again.refresh_from_db()
            actions.admit(application=again, by=None)
            actions.shortlist(application=again, by=None)
        with at(3):
            actions.rank(application=again, by=None, opinion="Réservé.")
        with at(4):
            actions.propose(posting=posting, applications=[], reason="Aucun profil.", by=None)
        with at(5):
            decide(posting)
            actions.record_follow_up(posting=posting, follow_up="elargir", by=None)
        with at(6):
            actions.reopen_posting(posting=posting, code="bourse-2", by=None, widen=RULE)

    text = check_round_trip(build)
    for words in ("follow_up: elargir", "parent: bourse", "wave: 2", "withdrawn_at", "late_at", "admissible: false"):
        assert words in text, words
    assert Outcome.objects.get().follow_up == "elargir"
    assert Application.objects.count() == 4


def test_a_chain_a_cancellation_and_declarations_come_back(to_fill, ana, luc):
    def build():
        with told_at(BEFORE):
            posting = bring(prepare(), PostingStatus.PUBLISHED)
            member = actions.add_jury_member(posting=posting, name="Paule Présidente", president=True, by=None)
        bring(posting, PostingStatus.OPEN)
        with told_at(DURING):
            hers = apply(posting, ana)
        bring(posting, PostingStatus.CLOSED)
        with at(1):
            actions.declare_interests(member=member, by=None)
        bring(posting, PostingStatus.EXAMINATION)
        hers.refresh_from_db()
        with at(2):
            examine(hers)
        with at(3):
            decide(posting, hers)
        with told_at(datetime.datetime(2022, 5, 2, 8, tzinfo=PARIS)):
            actions.assign_retained(posting=posting, by=None)
            vacated = posting.outcome.vacated.get()
            following = actions.prepare_posting(code="suite", by=None, vacated=vacated, title="Chargé de mission")
            actions.record_declarations(posting=following, dve_number="DVE 1", legal_on=CLOSES.date(), by=None)
            actions.cancel_posting(posting=following, reason="Poste repris.", by=None)

    text = check_round_trip(build)
    for words in ("parent: bourse", "cancelled:", "dve_number: DVE 1", "retained: true"):
        assert words in text, words


def test_interviews_come_back(examined, hers, his):
    actions.admit(application=hers, by=None)
    actions.shortlist(application=hers, by=None)
    starts = datetime.datetime(2022, 4, 5, 9, 0, tzinfo=datetime.UTC)
    actions.plan_interview(
        application=hers, starts_at=starts, ends_at=starts + datetime.timedelta(hours=1), place="Lille", by=None
    )
    actions.record_interview(application=hers, by=None, now=starts + datetime.timedelta(hours=2))
    (told,) = export_bourses().postings
    assert told.applications[0].interview.place == "Lille"
    assert told.applications[0].shortlisted
    assert told.examined
    assert told.rule == read_eligibility(examined.rule)


def test_forgotten_bourses_are_not_told(decided):
    actions.purge_applications(today=decided.purge_on)
    assert export_bourses().postings == ()


MINIMAL = """format: 1
title: Essai
postings:
- {{code: b, title: Essai, prepared_at: "2022-01-01T09:00:00+01:00", post: a-pourvoir{}}}
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (", inconnu: 1", "inconnue."),
        (", reorganisation: nulle", "aucune réorganisation n’a ce code"),
        (", parent: nulle", "aucune bourse n’a ce code"),
        (', published_at: "2022-01-02T09:00:00+01:00"', "Il manque les dates"),
        (
            ', applications: [{agent: personne, saved_at: "2022-01-02T09:00:00+01:00"}]',
            "aucun agent n’a cet identifiant",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(to_fill, more, words):
    with pytest.raises(BadCaseFile) as told:
        import_bourses(read(MINIMAL.format(more)))
    assert words in str(told.value)
    assert "essai.yaml:4" in str(told.value)
    assert not Posting.objects.exists()


def test_the_commands(to_fill, tmp_path, hr):
    file, out = tmp_path / "b.yaml", io.StringIO()
    file.write_text(MINIMAL.format(""), encoding="utf-8")
    call_command("import_bourse", str(file), "--dry-run", stdout=out)
    assert not Posting.objects.exists()
    call_command("import_bourse", str(file), stdout=out)
    assert Posting.objects.get().code == "b"
    assert "rien n’a été écrit" in out.getvalue()
    back = tmp_path / "back.yaml"
    call_command("export_bourse", "--output", str(back))
    assert read_bourses(back.read_text(), "back.yaml").file.postings[0].code == "b"
    call_command("export_bourse", stdout=out)
    assert "prepared_at" in out.getvalue()
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("import_bourse", str(tmp_path / "absent.yaml"))
    file.write_text("format: 2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Rien n’a été écrit"):
        call_command("import_bourse", str(file))
