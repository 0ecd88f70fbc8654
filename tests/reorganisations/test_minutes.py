"""A session from its agenda to its approved minutes: attendance, debates, statements, signatures, and the papers."""

import datetime
import io
from collections.abc import Callable

import pytest
from docx import Document as Docx

from accounts.models import User
from missions.pdf import render_pdf
from reorganisations import actions
from reorganisations.attendance import attended
from reorganisations.documents.convocation import convocation
from reorganisations.documents.minutes import minutes, presence_of
from reorganisations.documents.papers import hour, paper_docx, paper_html
from reorganisations.exceptions import FileRefused, Refused
from reorganisations.minutes import MinutesState, minutes_state
from reorganisations.models import (
    AgendaItem,
    College,
    Committee,
    Presence,
    Reorganisation,
    Session,
    SessionFile,
    Statement,
    Status,
)
from reorganisations.queries.sessions import SessionRecord
from tests.pdf_proof import pdf_faults

from .conftest import HELD_ON

DAY = datetime.timedelta(days=1)


def line(uid: str, presence: str = "present", **fields: object) -> actions.Line:
    given = {"college": "personnel", "union": "A", "name": uid.title()} | fields
    return actions.Line(uid=uid, presence=presence, **given)


def at(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


@pytest.fixture
def other(session: Session) -> Callable[..., AgendaItem]:
    def added(title: str = "Questions diverses", **fields: object) -> AgendaItem:
        return actions.add_item(session=session, title=title, by=None, **fields)

    return added


@pytest.fixture
def later(committee: Committee) -> Session:
    return actions.plan_session(committee=committee, held_on=HELD_ON + 30 * DAY, by=None)


def numbered(session: Session) -> list[tuple[int | None, str]]:
    return [(item.number, item.label) for item in SessionRecord(session).items]


class TestAgenda:
    def test_items_follow_each_other_and_move(self, session: Session, other: Callable[..., AgendaItem]) -> None:
        first, _, third = other("Un"), other("Deux"), other("Trois")
        assert numbered(session) == [(1, "Un"), (2, "Deux"), (3, "Trois")]
        actions.move_item(item=third, up=True, by=None)
        assert numbered(session) == [(1, "Un"), (2, "Trois"), (3, "Deux")]
        actions.move_item(item=first, up=False, by=None)
        assert numbered(session) == [(1, "Trois"), (2, "Un"), (3, "Deux")]
        actions.move_item(item=third, up=True, by=None)
        assert numbered(session) == [(1, "Trois"), (2, "Un"), (3, "Deux")]

    def test_the_items_after_one_removed_move_up(self, session: Session, other: Callable[..., AgendaItem]) -> None:
        other("Un")
        second = other("Deux")
        other("Trois")
        actions.remove_item(item=second, by=None)
        assert numbered(session) == [(1, "Un"), (2, "Trois")]

    def test_one_without_a_number_leaves_the_others_theirs(
        self, session: Session, other: Callable[..., AgendaItem], reorganisation: Reorganisation
    ) -> None:
        other("Un")
        item = actions.put_on_agenda(reorganisation=reorganisation, session=session, by=None)
        actions.remove_item(item=item, by=None)
        assert numbered(session) == [(1, "Un")]

    def test_what_was_submitted_stays(self, bring: Callable[..., Reorganisation], session: Session) -> None:
        bring(Status.SUBMITTED)
        with pytest.raises(actions.ItemKept, match="a été soumis"):
            actions.remove_item(item=session.agenda_items.get(), by=None)

    def test_a_number_is_given_once(self, other: Callable[..., AgendaItem]) -> None:
        item = other("Un", number=4)
        with pytest.raises(actions.NumberTaken):
            other("Deux", number=4)
        actions.edit_item(item=item, kind="avis", number=4, note="Note", title="Premier", by=None)
        assert (item.label, item.kind, item.note) == ("Premier", "avis", "Note")
        actions.edit_item(item=item, kind="avis", number=None, note="", title="Premier", by=None)
        assert item.number is None

    def test_a_reorganisation_keeps_its_title(self, session: Session, reorganisation: Reorganisation) -> None:
        item = actions.put_on_agenda(reorganisation=reorganisation, session=session, by=None)
        actions.edit_item(item=item, kind="information", number=1, note="Note", title="Autre", by=None)
        assert (item.label, item.title, str(item)) == (
            "Réorganisation d’essai",
            "",
            "Réorganisation d’essai – Pour information",
        )

    def test_only_an_earlier_session_of_the_committee_is_approved(
        self, session: Session, later: Session, other: Callable[..., AgendaItem]
    ) -> None:
        with pytest.raises(actions.NotOfAnEarlierSession):
            other(minutes_of=later)
        item = actions.add_item(session=later, title="Approbation", minutes_of=session, by=None)
        actions.record_debate(item=item, debate="", conclusion="Approuvé.", minutes_approved=True, by=None)
        session.refresh_from_db()
        assert (session.minutes_approved_on, minutes_state(session)) == (later.held_on, MinutesState.APPROVED)


class TestStatements:
    def test_a_text_or_a_file_is_needed(self, other: Callable[..., AgendaItem]) -> None:
        item = other()
        with pytest.raises(actions.StatementEmpty):
            actions.add_statement(item=item, author="CGT", text="  ", by=None)
        with pytest.raises(FileRefused):
            actions.add_statement(item=item, author="CGT", file_name="a.exe", content=b"MZ", by=None)
        assert not Statement.objects.exists()

    def test_its_file_is_kept_and_no_file_of_the_session(
        self, session: Session, other: Callable[..., AgendaItem]
    ) -> None:
        item = other()
        statement = actions.add_statement(
            item=item, author="CGT", file_name="a.pdf", content=b"%PDF-1", by=None, uid="dite"
        )
        assert (statement.uid, str(statement)) == ("dite", "Déclaration de CGT")
        assert statement.document is not None
        assert SessionRecord(session).files == ()
        with pytest.raises(actions.ItemKept, match="déclarations"):
            actions.remove_item(item=item, by=None)
        actions.remove_statement(statement=statement, by=None)
        actions.remove_item(item=item, by=None)


class TestAttendance:
    @pytest.mark.parametrize(
        ("lines", "opened", "expected"),
        [
            ([], None, None),
            ([line("a"), line("b", "excuse"), line("s", substitute=True)], None, (2, 2)),
            ([line("a"), line("s", substitute=True)], None, (1, 1)),
            ([line("s", substitute=True)], None, (0, 1)),
            ([line("a"), line("b", "represente")], None, (2, 1)),
            ([line("a"), line("s", union="B", substitute=True), line("b", "absent")], None, (2, 2)),
            ([line("a", arrived_at=at("09:40"))], None, (1, 0)),
            ([line("a", arrived_at=at("09:40"))], at("09:30"), (1, 0)),
            ([line("a", arrived_at=at("09:20"))], at("09:30"), (1, 1)),
            ([line("e", college="employeur")], None, None),
        ],
    )
    def test_who_counts_at_the_opening(
        self, lines: list[actions.Line], opened: datetime.time | None, expected: tuple[int, int] | None
    ) -> None:
        assert attended(College.STAFF, lines, opened) == expected

    def test_the_numbers_follow_unless_others_were_typed(self, session: Session) -> None:
        lines = [line("a"), line("b", "represente", represented_by="a")]
        row = actions.record_attendance(session=session, lines=lines, by=None, president="Prés.")
        assert (row.staff_seats, row.staff_present, row.employer_present, row.president) == (2, 1, None, "Prés.")
        row = actions.record_attendance(session=row, lines=[line("a"), line("b")], by=None)
        assert row.staff_present == 2
        row = actions.record_session(session=row, staff_present=1, by=None)
        row = actions.record_attendance(session=row, lines=[line("a"), line("b"), line("c")], by=None)
        assert (row.staff_seats, row.staff_present) == (3, 1)
        assert actions.record_session(session=row, staff_present=None, by=None).staff_present == 3

    def test_fewer_seats_than_present_is_impossible(self, session: Session) -> None:
        actions.record_session(session=session, staff_seats=1, by=None)
        with pytest.raises(actions.ImpossibleAttendance):
            actions.record_attendance(session=session, lines=[line("a"), line("b")], by=None)
        assert not session.attendances.exists()

    @pytest.mark.parametrize(
        "lines",
        [
            [line("a", "represente", represented_by="b"), line("b", "absent")],
            [line("a", "represente", represented_by="b"), line("b", college="employeur")],
            [line("a", "represente", represented_by="nul")],
            [line("a", represented_by="b"), line("b")],
            [line("a", "excuse", arrived_at=at("10:00"))],
            [line("a", arrived_at=at("10:00"), left_at=at("09:00"))],
        ],
    )
    def test_what_makes_no_sense_is_refused(self, session: Session, lines: list[actions.Line]) -> None:
        with pytest.raises(Refused, match=r"^A\s: "):
            actions.record_attendance(session=session, lines=lines, by=None)

    def test_a_session_closes_after_it_opened(self, session: Session) -> None:
        with pytest.raises(actions.ImpossibleHours):
            actions.record_attendance(session=session, lines=[], opened_at=at("10:00"), closed_at=at("09:00"), by=None)

    def test_the_words_of_a_presence(self, session: Session) -> None:
        lines = [
            line("a", arrived_at=at("09:45"), left_at=at("11:00")),
            line("b", "represente", represented_by="a"),
            line("c", "represente", name="", union=""),
        ]
        actions.record_attendance(session=session, lines=lines, by=None)
        found = SessionRecord(session).attendances
        assert [presence_of(each) for each in found] == [
            "présent, arrivé à 9\u00a0h\u00a045, parti à 11\u00a0h",
            "représenté, délégation à A",
            "représenté, délégation non renseignée",
        ]
        assert [str(each) for each in found] == ["A", "B", "Représentants du personnel"]
        assert Presence(found[0].presence) == Presence.PRESENT
        assert hour(None) == ""


class TestSignatures:
    def test_three_days_make_the_day_of_the_minutes(self, session: Session) -> None:
        days = {"president_signed_on": HELD_ON + DAY, "secretary_signed_on": HELD_ON + 3 * DAY}
        row = actions.sign_minutes(session=session, by=None, **days)
        assert (minutes_state(row), row.minutes_signed_on) == (MinutesState.SIGNING, None)
        row = actions.sign_minutes(session=session, by=None, deputy_secretary_signed_on=HELD_ON + 2 * DAY, **days)
        assert (minutes_state(row), row.minutes_signed_on) == (MinutesState.SIGNED, HELD_ON + 3 * DAY)
        row = actions.approve_minutes(session=session, on=HELD_ON + 30 * DAY, by=None)
        assert (minutes_state(row), row.minutes_signed_on) == (MinutesState.APPROVED, HELD_ON + 3 * DAY)
        assert minutes_state(actions.sign_minutes(session=session, by=None)) == MinutesState.DRAFT

    def test_not_before_the_session(self, session: Session) -> None:
        with pytest.raises(actions.ImpossibleMinutesDate):
            actions.sign_minutes(session=session, minutes_signed_on=HELD_ON - DAY, by=None)

    def test_once_signed_what_the_minutes_say_is_not_written(
        self, session: Session, other: Callable[..., AgendaItem], bring: Callable[..., Reorganisation]
    ) -> None:
        item = other()
        statement = actions.add_statement(item=item, author="CGT", text="Dit.", by=None)
        submitted = bring(Status.SUBMITTED)
        late = actions.create_reorganisation(code="tardive", title="Tardive", unit="direction", by=None)
        row = actions.sign_minutes(session=session, minutes_signed_on=HELD_ON, by=None)
        for refused in (
            lambda: other("Autre"),
            lambda: actions.move_item(item=item, up=True, by=None),
            lambda: actions.remove_item(item=item, by=None),
            lambda: actions.edit_item(item=item, kind="avis", number=1, note="", title="X", by=None),
            lambda: actions.record_debate(item=item, debate="X", conclusion="", by=None),
            lambda: actions.add_statement(item=item, author="FO", text="X", by=None),
            lambda: actions.remove_statement(statement=statement, by=None),
            lambda: actions.record_attendance(session=row, lines=[], by=None),
            lambda: actions.record_session(session=row, place="Ailleurs", by=None),
            lambda: actions.put_on_agenda(reorganisation=late, session=row, by=None),
            lambda: actions.record_opinion(reorganisation=submitted, session=row, by=None),
        ):
            with pytest.raises(actions.MinutesSigned):
                refused()
        row.refresh_from_db()
        assert actions.record_session(session=row, members_informed_on=HELD_ON, by=None).members_informed_on


class TestPapers:
    def test_unknown_facts_are_said_to_be(self, session: Session) -> None:
        for written in (convocation, minutes):
            html = paper_html(written(SessionRecord(session), employer=""))
            assert "non renseigné" in html
            assert "Aucun point n’est inscrit" in html
            assert pdf_faults(render_pdf(html)) == []

    def test_the_minutes_hold_what_was_said_and_voted(
        self, bring: Callable[..., Reorganisation], session: Session, hr: User
    ) -> None:
        actions.record_attendance(session=session, lines=[line("a"), line("b", "excuse")], by=None)
        reorganisation = bring(Status.OPINION_GIVEN)
        item = session.agenda_items.get(reorganisation=reorganisation)
        actions.record_debate(item=item, debate="**Vif** <script>alert(1)</script>", conclusion="Fin.", by=None)
        actions.add_statement(item=item, author="CGT", text="Nous disons.", file_name="dit.pdf", by=None)
        actions.add_statement(item=item, author="FO", file_name="fo.pdf", by=None)
        session.refresh_from_db()
        paper = minutes(SessionRecord(session), employer="Région d’essai")
        html = paper_html(paper)
        assert "<strong>Vif</strong>" in html
        assert "<script" not in html
        for words in ("Nous disons.", "dit.pdf", "fo.pdf", "Texte voté", "Région d’essai", "Signatures", "Conclusion"):
            assert words in html
        assert pdf_faults(render_pdf(html)) == []
        text = "\n".join(each.text for each in Docx(io.BytesIO(paper_docx(paper))).paragraphs)
        for words in ("Vif", "Nous disons.", "Le secrétaire adjoint", "Projet de procès-verbal"):
            assert words in text

    def test_the_convocation_lists_what_is_joined(
        self, bring: Callable[..., Reorganisation], session: Session, later: Session
    ) -> None:
        bring(Status.SUBMITTED)
        actions.attach_to_session(session=session, kind=SessionFile.PIECE, name="plan.pdf", content=b"%PDF-2", by=None)
        html = paper_html(convocation(SessionRecord(session), employer=""))
        assert "Rapport pour avis\u00a0: Réorganisation d’essai (texte soumis n°\u00a01)" in html
        assert "plan.pdf" in html
        assert pdf_faults(render_pdf(html)) == []
        actions.add_item(session=later, title="Approbation", minutes_of=session, by=None)
        assert "Procès-verbal de la séance du" in paper_html(convocation(SessionRecord(later), employer=""))

    def test_an_invented_session_says_so(self, committee: Committee) -> None:
        session = actions.plan_session(committee=committee, held_on=HELD_ON, fictitious=True, by=None)
        paper = minutes(SessionRecord(session), employer="")
        assert "Données fictives" in paper_html(paper)
        assert any("Données fictives" in each.text for each in Docx(io.BytesIO(paper_docx(paper))).paragraphs)
