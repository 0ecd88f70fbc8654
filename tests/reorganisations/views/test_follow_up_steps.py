"""The page of each transition: what it says first, what it refuses with everything typed coming back, what it does."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Session, Status
from tests.factories import UserFactory

from ..conftest import CREATE_CELL, CREATE_POST
from .conftest import Steps
from .page import told
from .test_follow_up import UNDETERMINED, address

ARGS = {
    "set_stage_date": ("etape",),
    "apply_stage": ("etape",),
    "resolve_transformation": ("a-determiner",),
    "replace_change": ("creer-poste",),
    "give_up_change": ("creer-poste",),
    "add_adjustment": ("create_post",),
}
NAMES = [
    "put_on_agenda",
    "submit",
    "amend_text",
    "record_opinion",
    "postpone",
    "present_again",
    "send_back",
    "withdraw",
    "decide",
    "set_stage_date",
    "apply_stage",
    "resolve_transformation",
    "adjust_execution",
    "replace_change",
    "give_up_change",
    "add_adjustment",
    "rebase",
    "details",
    "attach_document",
]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COMMITTEE, Role.AGENT])
@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_human_resources_opens_a_step(
    client_as: Callable[[User], Client], bring: Callable[..., Reorganisation], name: str, role: Role
) -> None:
    bring(Status.IN_FORCE)
    url = address(name, *ARGS.get(name, ()))
    client = client_as(UserFactory.create(roles=[role]))
    assert [client.get(url).status_code, client.post(url).status_code] in ([403, 403], [403, 405], [405, 403])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("details", "rebase", "attach_document")])
def test_a_step_that_the_state_does_not_have_leads_back_with_the_reason(
    steps: Steps, bring: Callable[..., Reorganisation], name: str
) -> None:
    bring(Status.WITHDRAWN)
    page = steps.client.get(address(name, *ARGS.get(name, ())), follow=True)
    assert page.redirect_chain == [(address(), 302)]
    assert "cette action n’est pas possible" in page.content.decode()


class TestPutOnAgenda:
    def test_a_draft_on_no_agenda_is_led_to_a_session(self, steps: Steps, session: Session) -> None:
        link = f".next-step a[href='{address('put_on_agenda')}']"
        assert told(steps.get("follow_up").select_one(link)) == "Inscrire à une séance"
        assert steps.post("put_on_agenda", session=session.uid, kind="information", number="4")[0] == 302
        item = steps.reorganisation.agenda_items.get()
        assert (item.session, item.kind, item.number) == (session, "information", 4)
        assert steps.status == Status.DRAFT
        assert not steps.get("follow_up").select(link)

    def test_one_sent_back_after_its_opinion_is_led_to_another(
        self, steps: Steps, bring: Callable[..., Reorganisation], hr: User, committee: Committee
    ) -> None:
        actions.send_back(reorganisation=bring(Status.OPINION_GIVEN), by=hr)
        assert steps.get("follow_up").select(f".next-step a[href='{address('put_on_agenda')}']")
        assert steps.post("put_on_agenda", committee=committee.uid, held_on="2022-02-01", kind="avis")[0] == 302
        assert steps.reorganisation.agenda_items.count() == 2

    def test_without_a_session_or_with_a_number_taken_it_comes_back(
        self, steps: Steps, session: Session, hr: User
    ) -> None:
        actions.add_item(session=session, title="Questions diverses", number=1, by=hr)
        assert "Choisissez la séance." in told(steps.post("put_on_agenda", kind="avis")[1].main)
        status, page = steps.post("put_on_agenda", session=session.uid, kind="avis", number="1")
        assert (status, steps.reorganisation.agenda_items.count()) == (422, 0)
        assert page.select_one("#id_number")["value"] == "1"  # type: ignore[index]


class TestSubmit:
    def test_to_a_session_of_the_list(self, steps: Steps, add: Callable[..., None], session: Session) -> None:
        add(CREATE_POST)
        assert "sera scellé" in told(steps.get("submit").main)
        assert steps.post("submit", session=session.uid, kind="information", number="4")[0] == 302
        assert steps.status == Status.SUBMITTED
        item = steps.reorganisation.agenda_items.get()
        assert (item.session, item.kind, item.number) == (session, "information", 4)

    def test_to_a_new_session(self, steps: Steps, add: Callable[..., None], committee: Committee) -> None:
        add(CREATE_POST)
        assert steps.post("submit", committee=committee.uid, held_on="2022-02-01", kind="avis")[0] == 302
        assert steps.reorganisation.agenda_items.get().session.held_on == datetime.date(2022, 2, 1)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({}, "Choisissez la séance."),
            ({"committee": "C"}, "Donnez la date de la nouvelle séance."),
            ({"held_on": "2022-02-01"}, "Choisissez l’instance de la nouvelle séance."),
            ({"session": "S", "committee": "C", "held_on": "2022-02-01"}, "pas les deux"),
            ({"session": "S", "number": "0"}, "supérieure ou égale à 1"),
            ({"committee": "C", "held_on": "2021-12-01"}, "déjà une séance ce jour-là"),
        ],
    )
    def test_what_does_not_hold_together_comes_back(
        self,
        steps: Steps,
        add: Callable[..., None],
        session: Session,
        committee: Committee,
        typed: dict[str, str],
        words: str,
    ) -> None:
        add(CREATE_POST)
        data = {"kind": "avis"} | {
            name: {"C": committee.uid, "S": session.uid}.get(value, value) for name, value in typed.items()
        }
        status, page = steps.post("submit", **data)
        assert status == 422
        assert words in told(page.main)
        if "held_on" in typed:
            assert page.select_one("[name=held_on]")["value"] == typed["held_on"]  # type: ignore[index]
        assert steps.status == Status.DRAFT

    def test_what_is_missing_is_listed_then_refused_and_no_session_is_kept(
        self, steps: Steps, committee: Committee
    ) -> None:
        assert "Le projet ne contient aucun ajustement." in told(steps.get("submit").main)
        status, page = steps.post("submit", committee=committee.uid, held_on="2022-02-01", kind="avis")
        assert status == 422
        assert "Le projet ne contient aucun ajustement." in told(page.select_one(".form-summary"))
        assert not committee.sessions.exists()


class TestBeforeTheCommittee:
    def test_sealing_an_amended_text(
        self, steps: Steps, bring: Callable[..., Reorganisation], add: Callable[..., None]
    ) -> None:
        bring(Status.SUBMITTED)
        assert "ne diffère pas" in told(steps.get("amend_text").main)
        status, page = steps.post("amend_text", origin="Proposition de la CFDT", dated_on="2021-12-01")
        assert (status, "ne diffère pas" in told(page.select_one(".form-summary"))) == (422, True)
        add(CREATE_CELL)
        assert "1 ajustement ajouté" in told(steps.get("amend_text").main)
        assert steps.post("amend_text", origin="", dated_on="2021-12-01")[0] == 422
        assert steps.post("amend_text", origin="Proposition de la CFDT", dated_on="2021-12-01")[0] == 302
        text = steps.reorganisation.sealed_texts.get(number=2)
        assert (text.kind, text.origin, text.dated_on) == (
            "modifie",
            "Proposition de la CFDT",
            datetime.date(2021, 12, 1),
        )

    def test_postponing_to_a_session_then_presenting_again(
        self, steps: Steps, bring: Callable[..., Reorganisation], committee: Committee
    ) -> None:
        bring(Status.SUBMITTED)
        assert steps.post("postpone", committee=committee.uid, held_on="2022-03-01", reason="Quorum")[0] == 302
        assert steps.status == Status.POSTPONED
        waiting = steps.reorganisation.agenda_items.get(session__held_on="2022-03-01").session
        option = steps.get("present_again").select_one("#id_session option[selected]")
        assert option["value"] == waiting.uid  # type: ignore[index]
        assert steps.post("present_again", session=waiting.uid)[0] == 302
        assert steps.status == Status.SUBMITTED

    def test_a_new_examination_needs_another_session(
        self, steps: Steps, bring: Callable[..., Reorganisation], committee: Committee, session: Session
    ) -> None:
        bring(Status.OPINION_GIVEN)
        assert steps.post("present_again", session=session.uid)[0] == 422
        assert steps.post("present_again", committee=committee.uid, held_on="2022-03-01")[0] == 302
        assert steps.status == Status.SUBMITTED

    def test_postponing_without_knowing_to_when(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        assert steps.post("postpone", reason="")[0] == 302
        assert steps.status == Status.POSTPONED

    def test_sending_back_says_that_the_decision_is_set_aside(
        self, steps: Steps, bring: Callable[..., Reorganisation]
    ) -> None:
        bring(Status.DECIDED)
        page = steps.get("send_back")
        assert "2021-7 du 10 décembre 2021) est écartée" in told(page.main)
        assert told(page.select_one(".button--danger")) == "Renvoyer en projet"
        assert steps.post("send_back", reason="Erreur")[0] == 302
        assert steps.status == Status.DRAFT

    def test_withdrawing(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.SUBMITTED)
        assert "ne change pas" in told(steps.get("withdraw").main)
        assert steps.post("withdraw", reason="")[0] == 302
        assert steps.status == Status.WITHDRAWN


class TestDraft:
    def test_details_and_announced_numbers(self, steps: Steps, reorganisation: Reorganisation) -> None:
        seen = str(reorganisation.revision)
        data = {
            "title": "Autre titre",
            "effective_on": "",
            "seen": seen,
            "sources-TOTAL_FORMS": "2",
            "sources-INITIAL_FORMS": "0",
            "sources-0-label": "postes à la création",
            "sources-0-posts": "9",
            "sources-0-source": "Rapport",
        }
        assert steps.post("details", **data)[0] == 302
        assert steps.reorganisation.title == "Autre titre"
        assert steps.reorganisation.effective_on is None
        assert not steps.reorganisation.principle_of_security
        assert steps.reorganisation.announced[0]["parts"][0]["posts"] == 9
        page = steps.get("details")
        assert page.select_one("[name=sources-0-label]")["value"] == "postes à la création"  # type: ignore[index]
        status, page = steps.post("details", **data | {"title": "Le mien"})
        assert (status, "Rien n’a été écrasé" in told(page.main)) == (422, True)
        assert page.select_one("[name=title]")["value"] == "Le mien"  # type: ignore[index]
        assert (
            steps.post("details", **data | {"title": "Le mien", "seen": str(steps.reorganisation.revision)})[0] == 302
        )

    def test_a_source_says_what_it_counts_and_how_many(self, steps: Steps, reorganisation: Reorganisation) -> None:
        data = {
            "title": "Titre",
            "seen": "0",
            "sources-TOTAL_FORMS": "2",
            "sources-INITIAL_FORMS": "0",
            "sources-0-label": "postes",
            "sources-1-posts": "3",
        }
        status, page = steps.post("details", **data)
        assert status == 422
        assert "Donnez le nombre de postes." in told(page.main)
        assert "Dites ce qui est compté." in told(page.main)
        status, page = steps.post("details", **data, more_sources="1")
        assert (status, len(page.select(".vote-row"))) == (200, 3)
        assert steps.post("details", **data | {"sources-TOTAL_FORMS": "x"}, more_sources="1")[0] == 200

    @pytest.mark.parametrize("name", ["details", "rebase"])
    def test_a_settled_text_is_not_edited(self, steps: Steps, bring: Callable[..., Reorganisation], name: str) -> None:
        bring(Status.DECIDED)
        assert steps.client.post(address(name)).status_code == 403


# Exact: what the page of each step asks of the database.
QUERIES = {
    ("put_on_agenda", Status.DRAFT): 9,
    ("submit", Status.DRAFT): 15,
    ("amend_text", Status.SUBMITTED): 11,
    ("record_opinion", Status.SUBMITTED): 10,
    ("postpone", Status.SUBMITTED): 10,
    ("present_again", Status.POSTPONED): 10,
    ("send_back", Status.DECIDED): 10,
    ("withdraw", Status.DECIDED): 10,
    ("decide", Status.OPINION_GIVEN): 11,
    ("set_stage_date", Status.DECIDED): 11,
    ("apply_stage", Status.DECIDED): 12,
    ("resolve_transformation", Status.DECIDED): 12,
    ("adjust_execution", Status.DECIDED): 11,
    ("details", Status.DRAFT): 7,
    ("attach_document", Status.DECIDED): 10,
}


@pytest.mark.parametrize(("name", "status"), QUERIES, ids=str)
def test_a_step_takes_so_many_queries(
    steps: Steps,
    bring: Callable[..., Reorganisation],
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    status: Status,
) -> None:
    reorganisation = bring(status, CREATE_POST, UNDETERMINED)
    stage = reorganisation.stages.first()
    args = {"resolve_transformation": (UNDETERMINED.id,), "set_stage_date": (stage,), "apply_stage": (stage,)}
    url = address(name, *(getattr(each, "uid", each) for each in args.get(name, ())))
    assert QUERIES[name, status] <= 15
    with django_assert_num_queries(QUERIES[name, status]):
        assert steps.client.get(url).status_code == 200
