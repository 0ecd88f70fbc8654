"""What is exported, imported into an empty database and exported again is the same text, byte for byte."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from django.core.management import call_command
from django.db import transaction

from missions.actions import add_milestone, assign_agent, correct_post, correct_unit, state_vacancy
from missions.models import Assignment, Post, Unit, Version
from orgchart.changes import AnyChange, AttachPosts, CloseUnit, CreatePost, NewPost, TransformUndetermined
from orgchart.changes import RegradePost as Regrade
from orgchart.checks import Announced, AnnouncedPart
from orgchart.values import ChangeId, GradeCode, PostId, TitleCode, UnitId
from reorganisations import actions
from reorganisations.case_file.exporting import export_case
from reorganisations.case_file.importing import import_case
from reorganisations.case_file.reading import Read, read_case
from reorganisations.case_file.writing import write_case
from reorganisations.models import Reorganisation, Session, StageRecord, Status
from reorganisations.votes import Ballot, Qualification
from tests.factories import make_agent, open_small_chart, small_structure

from ..conftest import CREATE_CELL, CREATE_POST, SUPPRESS, TRANSFORM

pytestmark = pytest.mark.django_db


def exported(*, nominative: bool) -> str:
    return write_case(export_case(title="Essai", nominative=nominative))


def check_round_trip(build: Callable[[], None], *, nominative: bool) -> str:
    """What `build` records, exported; then the same from the export, in the database as it was before."""
    with transaction.atomic():
        build()
        first = exported(nominative=nominative)
        statuses = dict(Reorganisation.objects.values_list("code", "status"))
        transaction.set_rollback(True)
    assert not Version.objects.exists()
    import_case(read_case(first, "export.yaml"), by=None)
    assert exported(nominative=nominative) == first
    assert dict(Reorganisation.objects.values_list("code", "status")) == statuses
    assert import_case(read_case(first, "export.yaml"), by=None).done == 0
    assert exported(nominative=nominative) == first
    return first


@pytest.mark.parametrize("nominative", [True, False])
def test_the_project_s_own_files(
    real: Read, continued: Read, later: Read, after_the_bourse: Callable[[], None], nominative: bool
) -> None:
    def build() -> None:
        import_case(real, by=None)
        import_case(continued, by=None)
        after_the_bourse()
        import_case(later, by=None)

    text = check_round_trip(build, nominative=nominative)
    for private in ("Karima", "Prétexte", "karima-pretexte", "assign_agent", "situations"):
        assert (private in text) is nominative


def test_the_export_is_readable(real: Read) -> None:
    import_case(real, by=None)
    text = exported(nominative=False)
    assert "#" not in text
    case = read_case(text, "export.yaml").case
    assert case.chart
    assert real.case.chart
    assert case.chart == msgspec.structs.replace(real.case.chart)
    assert case.steps == real.case.steps
    groups = [group.posts for group in case.chart.posts]
    assert [len(group) for group in groups] == [1, 2, 1, 1, 5, 4, 2, 1]


def session_on(held_on: datetime.date) -> Session:
    committee = actions.create_committee(kind="ct", label=f"Comité du {held_on}", by=None)
    return actions.plan_session(committee=committee, held_on=held_on, by=None, place="Lille", staff_seats=5)


def opened(code: str, *changes: AnyChange) -> Reorganisation:
    row = actions.create_reorganisation(
        code=code,
        title=f"Réorganisation {code}",
        unit="direction",
        effective_on=datetime.date(2022, 1, 1),
        announced=[Announced(unit=UnitId("direction"), parts=(AnnouncedPart(label="au total", posts=3),))],
        by=None,
    )
    actions.add_changes(reorganisation=row, changes=changes, by=None, seen=row.revision)
    return row


def vote(row: Reorganisation, session: Session, **ballot: int) -> None:
    actions.record_opinion(
        reorganisation=row,
        session=session,
        ballots=[Ballot("personnel", "Syndicat", **(ballot or {"in_favour": 4}))],
        by=None,
    )


def edit(row: Reorganisation, change: AnyChange) -> None:
    actions.add_change(reorganisation=row, change=change, by=None, seen=row.revision)


def sent_back_after_the_decision() -> None:
    """Submitted, amended, postponed, presented again, voted, decided, sent back, edited, submitted, voted, decided."""
    first, second, third = (session_on(datetime.date(2021, month, 1)) for month in (9, 10, 11))
    row = opened("longue", CREATE_CELL)
    actions.submit(reorganisation=row, session=first, by=None, number=2)
    edit(row, CREATE_POST)
    actions.save_section(
        reorganisation=row, key=row.sections.first().key, markdown="Un.\n\nDeux.", by=None, seen=row.revision
    )
    actions.amend_text(reorganisation=row, dated_on=datetime.date(2021, 9, 1), origin="En séance", by=None)
    actions.postpone(reorganisation=row, session=second, by=None)
    actions.present_again(reorganisation=row, session=second, by=None)
    actions.record_opinion(
        reorganisation=row,
        session=second,
        qualifications=[Qualification("personnel", "favorable", "Procès-verbal")],
        text=row.sealed_texts.get(number=1),
        remarks="Sans vote connu.",
        by=None,
    )
    actions.decide(reorganisation=row, kind="arrete", number="1", dated_on=datetime.date(2021, 10, 2), by=None)
    actions.send_back(reorganisation=row, by=None)
    actions.delete_change(reorganisation=row, uid=CREATE_CELL.id, by=None, seen=row.revision)
    actions.change_details(reorganisation=row, title="Autrement", effective_on=None, by=None, seen=row.revision)
    actions.submit(reorganisation=row, session=third, by=None)
    vote(row, third)
    actions.decide(reorganisation=row, kind="deliberation", dated_on=datetime.date(2021, 11, 2), by=None)
    stage = StageRecord.objects.get(reorganisation=row)
    actions.set_stage_date(stage=stage, on=datetime.date(2022, 2, 1), by=None)
    actions.apply_stage(stage=stage, by=None)


def examined_twice() -> None:
    first, second = (session_on(datetime.date(2021, month, 1)) for month in (9, 10))
    row = opened("deux-examens", CREATE_POST)
    actions.submit(reorganisation=row, session=first, by=None)
    vote(row, first, against=4)
    actions.present_again(reorganisation=row, session=second, by=None)
    vote(row, second, against=2, in_favour=2)


def submitted_twice() -> None:
    session = session_on(datetime.date(2021, 9, 1))
    row = opened("deux-fois", CREATE_POST)
    actions.submit(reorganisation=row, session=session, by=None)
    actions.send_back(reorganisation=row, by=None)
    edit(row, CREATE_CELL)
    actions.submit(reorganisation=row, session=session, by=None)
    vote(row, session)


def waiting_for_a_second_examination() -> None:
    first, second = (session_on(datetime.date(2021, month, 1)) for month in (9, 10))
    row = opened("deuxieme", CREATE_POST)
    actions.submit(reorganisation=row, session=first, by=None)
    vote(row, first, against=4)
    actions.present_again(reorganisation=row, session=second, by=None)


def presented_again() -> None:
    first, second = (session_on(datetime.date(2021, month, 1)) for month in (9, 10))
    row = opened("representee", CREATE_POST)
    actions.submit(reorganisation=row, session=first, by=None)
    actions.postpone(reorganisation=row, by=None)
    actions.present_again(reorganisation=row, session=second, by=None)


def postponed_with_and_without_a_session() -> None:
    first, second = (session_on(datetime.date(2021, month, 1)) for month in (9, 10))
    for code, to in (("reportee", second), ("sans-date", None)):
        row = opened(code, CREATE_POST if to else CREATE_CELL)
        actions.submit(reorganisation=row, session=first, by=None)
        actions.postpone(reorganisation=row, session=to, by=None)


def withdrawn_and_on_an_agenda() -> None:
    session = session_on(datetime.date(2021, 9, 1))
    row = opened("retiree", CREATE_POST)
    actions.submit(reorganisation=row, session=session, by=None)
    actions.withdraw(reorganisation=row, by=None)
    row = opened("inscrite", CREATE_CELL)
    actions.put_on_agenda(reorganisation=row, session=session, kind="information", number=3, by=None)
    actions.delete_section(reorganisation=row, key=row.sections.last().key, by=None, seen=row.revision)
    actions.save_section(reorganisation=row, key=row.sections.first().key, included=False, by=None, seen=row.revision)


def edited_before_the_committee() -> None:
    session = session_on(datetime.date(2021, 9, 1))
    row = opened("modifiee", CREATE_POST)
    actions.add_section(
        reorganisation=row, title="À propos du poste", change_uid=CREATE_POST.id, by=None, seen=row.revision
    )
    actions.submit(reorganisation=row, session=session, by=None)
    edit(row, CREATE_CELL)


def sent_back_and_edited() -> None:
    session = session_on(datetime.date(2021, 9, 1))
    row = opened("renvoyee", CREATE_POST)
    actions.submit(reorganisation=row, session=session, by=None)
    actions.send_back(reorganisation=row, by=None)
    edit(row, CREATE_CELL)


def carried_out_in_stages() -> None:
    """Stages, an adjustment, holders who follow, a transformation determined before and one after."""
    session = session_on(datetime.date(2021, 9, 1))
    chosen = TransformUndetermined(
        id=ChangeId("choisir"),
        candidates=(PostId("port-2"), PostId("port-3")),
        into=NewPost(id=PostId("port-adjoint"), title=TitleCode("responsable"), grade=GradeCode("A 2.2")),
    )
    later = CreatePost(
        id=ChangeId("plus-tard"),
        unit=UnitId("service-1"),
        new=NewPost(id=PostId("tardif"), title=TitleCode("charge-mission")),
        eventually=True,
    )
    ada, bob = make_agent("Ada Exemple"), make_agent("Bob Exemple")
    for agent, post in ((ada, "port-1"), (bob, "budget")):
        assign_agent(
            agent=agent,
            post=Post.objects.get(uid=post),
            begins_on=datetime.date(2020, 1, 1),
            share=Decimal(50),
            working_time=Decimal(80),
            by=None,
        )
    row = opened("par-etapes", TRANSFORM, SUPPRESS, chosen, later)
    actions.set_situation(reorganisation=row, agent_uid=bob.uid, note="Reclassement", by=None, seen=row.revision)
    actions.submit(reorganisation=row, session=session, by=None)
    vote(row, session)
    actions.decide(reorganisation=row, kind="arrete", dated_on=datetime.date(2021, 11, 2), by=None)
    first, second = StageRecord.objects.filter(reorganisation=row).order_by("position")
    actions.apply_stage(stage=first, by=None)
    actions.resolve_transformation(
        reorganisation=row, pending="choisir", post="port-2", on=datetime.date(2022, 2, 1), by=None
    )
    actions.adjust_execution(
        reorganisation=row,
        reason="Cotation oubliée",
        replaces="plus-tard",
        change=msgspec.structs.replace(later, motive="Autre motif"),
        by=None,
    )
    actions.set_stage_date(stage=second, on=datetime.date(2022, 3, 1), by=None)
    actions.apply_stage(stage=second, by=None)
    assert Assignment.objects.filter(post="port-chef", begins_on="2022-01-01").exists()


def corrected_and_vacant() -> None:
    unit, post = Unit.objects.get(uid="service-1"), Post.objects.get(uid="port-1")
    correct_unit(unit=unit, fields={"label": "Service des ports", "acronym": "SP"}, reason="Faute", by=None)
    correct_post(post=post, fields={"duties": ["Suivre", "Conduire"]}, reason="Oubli", by=None)
    state_vacancy(post=Post.objects.get(uid="port-2"), since=datetime.date(2021, 6, 1), by=None)
    add_milestone(label="Création", year=2019, unit=unit, by=None)
    add_milestone(label="Déménagement", year=2020, month=3, day=9, posts_announced=4, by=None)
    row = opened("apres-correction", CREATE_POST)
    edit(row, Regrade(id=ChangeId("coter"), post=PostId("port-3"), grade=GradeCode("A 2.2")))
    assert row.status == Status.DRAFT


HISTORIES = [
    sent_back_after_the_decision,
    examined_twice,
    submitted_twice,
    waiting_for_a_second_examination,
    presented_again,
    postponed_with_and_without_a_session,
    withdrawn_and_on_an_agenda,
    edited_before_the_committee,
    sent_back_and_edited,
    carried_out_in_stages,
    corrected_and_vacant,
]


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_whatever_was_recorded(history: Callable[[], None]) -> None:
    def build() -> None:
        small = small_structure()
        third = msgspec.structs.replace(small.post_by_id[PostId("port-2")], id=PostId("port-3"), position=2)
        open_small_chart(structure=msgspec.structs.replace(small, posts=(*small.posts, third)))
        history()

    check_round_trip(build, nominative=True)


def test_an_empty_database_gives_an_empty_case() -> None:
    case = export_case()
    assert (case.chart, case.steps, case.versions) == (None, (), ())


def test_the_command_writes_it(real: Read, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_case(real, by=None)
    path = tmp_path / "export.yaml"
    call_command("export_case", output=path, title="Essai")
    assert path.read_text(encoding="utf-8") == exported(nominative=False)
    call_command("export_case", title="Essai")
    assert capsys.readouterr().out == exported(nominative=False)


def test_a_draft_that_holds_an_impossible_change_comes_back_as_it_was() -> None:
    attach = AttachPosts(id=ChangeId("creer"), posts=(PostId("budget"),), to=UnitId("service-2"))
    close = CloseUnit(id=ChangeId("fermer"), unit=UnitId("cellule"), successors=(UnitId("service-2"),))

    def build() -> None:
        open_small_chart()
        made = actions.create_reorganisation(code="essai", title="Essai", unit="direction", by=None)
        actions.add_changes(reorganisation=made, changes=[attach, close], by=None, seen=made.revision)
        actions.delete_change(reorganisation=made, uid="creer", by=None, seen=made.revision)

    text = check_round_trip(build, nominative=True)
    Reorganisation.objects.all().delete()
    told = [str(outcome) for outcome in import_case(read_case(text, "export.yaml"), by=None).outcomes]
    assert any("! ajustement impossible" in line for line in told)


def decided_with_two_acts() -> None:
    """An order decides; a confirmation stands for want of a deliberation, which then comes on the same text."""
    session = session_on(datetime.date(2021, 11, 1))
    row = opened("deux-actes", CREATE_POST)
    actions.submit(reorganisation=row, session=session, by=None)
    vote(row, session)
    actions.decide(reorganisation=row, kind="arrete", number="A-1", dated_on=datetime.date(2021, 11, 8), by=None)
    actions.confirm(reorganisation=row, subject="sans-deliberation", reason="Délégation de 2020.", by=None)
    actions.record_act(
        reorganisation=row,
        kind="deliberation",
        number="D-12",
        dated_on=datetime.date(2021, 11, 15),
        signatory="Le président",
        published_on=datetime.date(2021, 11, 20),
        fictitious=True,
        by=None,
    )


def test_two_acts_on_one_text_and_what_was_confirmed() -> None:
    def build() -> None:
        open_small_chart()
        decided_with_two_acts()

    text = check_round_trip(build, nominative=False)
    steps = {type(step).__name__: step for step in read_case(text, "export.yaml").case.steps}
    assert list(steps)[-3:] == ["Decide", "Confirm", "RecordAct"]
    row = Reorganisation.objects.get(code="deux-actes")
    acts = row.decisions.order_by("pk")
    assert [(act.kind, act.number, act.signatory, act.fictitious) for act in acts] == [
        ("arrete", "A-1", "", False),
        ("deliberation", "D-12", "Le président", True),
    ]
    assert acts[1].published_on == datetime.date(2021, 11, 20)
    assert row.confirmations.get().reason == "Délégation de 2020."
