"""The page where an opinion is recorded: ballots, what they give, what is refused with everything coming back."""

import datetime
from collections.abc import Callable

from bs4 import BeautifulSoup

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Session, Status

from .conftest import Steps
from .page import told
from .test_follow_up import address


def votes(*rows: dict[str, str], **form: str) -> dict[str, str]:
    data = {"text": "1", "votes-TOTAL_FORMS": str(len(rows)), "votes-INITIAL_FORMS": "0"} | form
    for number, row in enumerate(rows):
        data |= {f"votes-{number}-{name}": value for name, value in ({"college": "personnel"} | row).items()}
    return data


class TestOpinion:
    def test_a_row_for_each_union_that_sits(
        self, steps: Steps, bring: Callable[..., Reorganisation], committee: Committee, hr: User
    ) -> None:
        for name, union in (("A", "CGT"), ("B", "CFDT"), ("C", "CGT")):
            actions.add_member(committee=committee, name=name, college="personnel", union=union, by=hr)
        bring(Status.SUBMITTED)
        unions = steps.get("record_opinion").select("[name^=votes-][name$=-union]")
        assert [field["value"] for field in unions] == ["CFDT", "CGT"]

    def test_recording_votes_attendance_and_text(
        self, steps: Steps, bring: Callable[..., Reorganisation], session: Session
    ) -> None:
        bring(Status.SUBMITTED)
        data = votes(
            {"union": "CFDT", "in_favour": "3", "full": "2", "delegations": "1", "explanation": "Un pas utile."},
            {"union": "CGT", "against": "1", "absent": "1"},
            {"union": "FO"},
            staff_seats="6",
            staff_present="4",
            remarks="Débat nourri.",
        )
        assert steps.post("record_opinion", **data)[0] == 302
        assert steps.status == Status.OPINION_GIVEN
        opinion = steps.reorganisation.agenda_items.get().opinion
        assert list(opinion.votes.values_list("union", "in_favour", "against", "absent")) == [
            ("CFDT", 3, 0, 0),
            ("CGT", 0, 1, 1),
        ]
        assert opinion.colleges.get().outcome == "favorable"
        session.refresh_from_db()
        assert (session.staff_seats, session.staff_present) == (6, 4)
        page = told(steps.get("follow_up").main)
        assert "2 titulaires, 1 délégation" in page
        assert "Explication de vote : Un pas utile." in page

    def test_another_row_keeps_what_was_typed(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        data = votes({"union": "CFDT", "in_favour": "x"}, staff_seats="6", more_votes="1")
        status, page = steps.post("record_opinion", **data)
        assert status == 200
        assert page.select_one("[name=votes-0-in_favour]")["value"] == "x"  # type: ignore[index]
        assert page.select_one("[name=staff_seats]")["value"] == "6"  # type: ignore[index]
        assert page.select_one("[name=votes-1-union]")
        assert not page.select(".form-summary, .field__error")
        assert steps.post("record_opinion", **data | {"votes-TOTAL_FORMS": "beaucoup"})[0] == 200

    def test_a_doubt_is_qualified_by_hr(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        data = votes({"union": "CFDT", "in_favour": "2"}, {"union": "CGT", "abstentions": "2"})
        status, page = steps.post("record_opinion", **data)
        assert status == 422
        assert "issue à qualifier. Choisissez l’issue." in told(page.select_one(".form-summary"))
        assert page.select_one("[name=votes-1-abstentions]")["value"] == "2"  # type: ignore[index]
        said = data | {"outcome_personnel": "favorable"}
        assert steps.post("record_opinion", **said)[0] == 422
        assert steps.post("record_opinion", **said | {"reason_personnel": "Aucune voix contre."})[0] == 302
        page = steps.get("follow_up")
        assert "Issue qualifiée par les ressources humaines : Aucune voix contre." in told(page.main)

    def test_votes_that_are_not_known_are_said_so(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        assert steps.post("record_opinion", **votes())[0] == 422
        assert steps.post("record_opinion", **votes(outcome_personnel="inconnu"))[0] == 302
        assert "Votes non renseignés" in told(steps.get("follow_up").main)

    def test_the_employer_votes_only_if_it_was_decided(
        self, steps: Steps, bring: Callable[..., Reorganisation], session: Session, hr: User
    ) -> None:
        bring(Status.SUBMITTED)
        data = votes({"union": "CFDT", "in_favour": "2"}, {"college": "employeur", "in_favour": "3"})
        status, page = steps.post("record_opinion", **data)
        assert (status, "ne vote que si une délibération" in told(page.main)) == (422, True)
        assert steps.post("record_opinion", **votes({"union": "CFDT", "in_favour": "2"}, employer_votes="on"))[0] == 422
        actions.record_session(session=session, by=hr, employer_votes=True)
        assert len(steps.get("record_opinion").select(".vote-row")) == 1
        assert steps.post("record_opinion", **data | {"employer_votes": "on"})[0] == 302

    def test_nonsense_comes_back_by_its_field(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        status, page = steps.post("record_opinion", **votes({"in_favour": "-1"}, staff_seats="2", staff_present="3"))
        assert (status, "Pour, ligne 1" in told(page.select_one(".form-summary"))) == (422, True)
        data = votes({"in_favour": "1"}, staff_seats="2", staff_present="3")
        status, page = steps.post("record_opinion", **data)
        assert (status, "plus de présents que de sièges" in told(page.main)) == (422, True)

    def test_of_two_sessions_one_chooses(
        self, steps: Steps, bring: Callable[..., Reorganisation], committee: Committee, hr: User, session: Session
    ) -> None:
        other = actions.plan_session(committee=committee, held_on=datetime.date(2021, 12, 15), by=hr)
        actions.put_on_agenda(reorganisation=bring(Status.SUBMITTED), session=other, by=hr)
        page = steps.get("record_opinion")
        assert "séance du 15 décembre 2021" in told(page.h2)
        link = page.select_one("a[href*='seance=']")
        page = BeautifulSoup(steps.client.get(link["href"]).content, "html.parser")  # type: ignore[index]
        assert "séance du 1er décembre 2021" in told(page.h2)

    def test_without_a_session_that_waits_there_is_nothing_to_record(
        self, steps: Steps, bring: Callable[..., Reorganisation], hr: User, committee: Committee
    ) -> None:
        reorganisation = bring(Status.OPINION_GIVEN)
        other = actions.plan_session(committee=committee, held_on=datetime.date(2022, 1, 15), by=hr)
        actions.present_again(reorganisation=reorganisation, session=other, by=hr)
        other.agenda_items.all().delete()
        assert "Aucune séance n’attend d’avis" in told(steps.get("follow_up").select_one(".next-step"))
        assert steps.client.get(address("record_opinion")).status_code == 302
