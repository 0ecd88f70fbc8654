"""The page of each transition: what it says first, what it refuses with everything typed coming back, what it does."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from missions.actions import assign_agent
from missions.models import Post, Version
from missions.queries import structure_in_force
from orgchart.values import PostId
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Session, Status
from tests.factories import UserFactory, apply_changes, make_agent

from ..conftest import CREATE_CELL, CREATE_POST, EFFECTIVE_ON, SUPPRESS, TRANSFORM
from .test_follow_up import STAGED, UNDETERMINED, address
from .test_workspace import told

TODAY = timezone.localdate()


class Steps:
    """Forms of one reorganisation, sent as the browser sends them."""

    def __init__(self, client: Client, reorganisation: Reorganisation) -> None:
        self.client, self.reorganisation = client, reorganisation

    def get(self, name: str, *args: str) -> BeautifulSoup:
        response = self.client.get(address(name, *args))
        assert response.status_code == 200, response.headers.get("Location")
        return BeautifulSoup(response.content, "html.parser")

    def post(self, name: str, *args: str, **data: Any) -> tuple[int, BeautifulSoup]:
        response = self.client.post(address(name, *args), data)
        self.reorganisation.refresh_from_db()
        return response.status_code, BeautifulSoup(response.content, "html.parser")

    @property
    def status(self) -> str:
        self.reorganisation.refresh_from_db()
        return self.reorganisation.status


@pytest.fixture
def steps(client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation) -> Steps:
    return Steps(client_as(hr), reorganisation)


ARGS = {
    "set_stage_date": ("etape",),
    "apply_stage": ("etape",),
    "resolve_transformation": ("a-determiner",),
    "replace_change": ("creer-poste",),
    "give_up_change": ("creer-poste",),
    "add_adjustment": ("create_post",),
}
NAMES = [
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


class TestDecision:
    def test_deciding(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.OPINION_GIVEN)
        page = told(steps.get("decide").main)
        assert "texte voté (texte soumis n° 1)" in page
        assert "1er décembre 2021 : une décision datée d’avant sera signalée" in page
        assert steps.post("decide", kind="deliberation", dated_on="hier")[0] == 422
        data = {"kind": "deliberation", "number": "D-1", "dated_on": "2021-12-10", "effective_on": "2022-02-01"}
        assert steps.post("decide", **data)[0] == 302
        assert steps.status == Status.DECIDED
        assert steps.reorganisation.stages.get().effective_on == datetime.date(2022, 2, 1)

    def test_dating_a_stage(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.PARTLY_IN_FORCE, CREATE_POST, STAGED)
        done, waiting = steps.reorganisation.stages.all()
        page = told(steps.get("set_stage_date", waiting.uid).main)
        assert "étape 2" in page
        assert "Créer la cellule Suivi" in page
        status, refused = steps.post("set_stage_date", waiting.uid, on="2020-01-01")
        assert (status, "précède celle de la version" in told(refused.main)) == (422, True)
        assert steps.post("set_stage_date", waiting.uid, on="2022-05-01")[0] == 302
        for name in ("set_stage_date", "apply_stage"):
            assert steps.client.get(address(name, done.uid)).status_code == 302


class TestApplying:
    def test_it_says_what_it_changes_and_seals_a_version(
        self, steps: Steps, bring: Callable[..., Reorganisation]
    ) -> None:
        bring(Status.DECIDED)
        stage = steps.reorganisation.stages.get()
        page = steps.get("apply_stage", stage.uid)
        assert told(page.select_one(".button--primary")) == "Mettre en vigueur et sceller la version 2"
        assert "Créer un poste" in told(page.main)
        assert Version.objects.count() == 1
        assert steps.post("apply_stage", stage.uid)[0] == 302
        assert Version.objects.count() == 2
        assert steps.status == Status.IN_FORCE

    def test_a_stage_not_due_is_refused_in_words(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.PARTLY_IN_FORCE, CREATE_POST, STAGED)
        waiting = steps.reorganisation.stages.get(position=1)
        assert "une date à donner" in told(steps.get("apply_stage", waiting.uid).main)
        status, page = steps.post("apply_stage", waiting.uid)
        assert (status, "n’a pas encore de date" in told(page.select_one(".form-summary"))) == (422, True)
        assert not page.select(f"a[href='{address('send_back')}']")

    def test_what_no_longer_applies_shows_its_two_ways_out(
        self, steps: Steps, bring: Callable[..., Reorganisation]
    ) -> None:
        bring(Status.DECIDED, TRANSFORM, CREATE_POST)
        apply_changes(replace(SUPPRESS, post=PostId("port-1")), on=EFFECTIVE_ON)
        stage = steps.reorganisation.stages.get()
        status, page = steps.post("apply_stage", stage.uid)
        assert status == 422
        assert "ne s’applique plus" in told(page.select_one(".form-summary"))
        for name in ("replace_change", "give_up_change"):
            assert page.select(f"a[href='{address(name, TRANSFORM.id)}']")
        assert page.select(f"a[href='{address('send_back')}']")
        assert steps.status == Status.DECIDED
        assert steps.post("give_up_change", TRANSFORM.id, reason="")[0] == 422
        assert steps.post("give_up_change", TRANSFORM.id, reason="Le poste n’existe plus.")[0] == 302
        assert steps.post("apply_stage", stage.uid)[0] == 302


class TestAdjusting:
    def test_each_change_to_come_may_be_done_otherwise_or_given_up(
        self, steps: Steps, bring: Callable[..., Reorganisation]
    ) -> None:
        bring(Status.DECIDED, CREATE_POST, CREATE_CELL)
        page = steps.get("adjust_execution")
        assert len(page.select("tbody tr")) == 2
        assert page.select(f"a[href='{address('add_adjustment', 'suppress_post')}']")

    def test_doing_otherwise(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.DECIDED, CREATE_CELL, CREATE_POST)
        page = steps.get("replace_change", CREATE_POST.id)
        assert page.select_one("#id_unit option[value=cellule-suivi]"), "what comes before is there to choose from"
        form = {
            "unit": "service-2",
            "new.title": "charge-mission",
            "new.form": "masculine",
            "new.grade": "A 3",
            "motive": "Renforcer.",
        }
        status, refused = steps.post("replace_change", CREATE_POST.id, **form)
        assert status == 422
        assert "Motif de l’adaptation" in told(refused.select_one(".form-summary"))
        status, refused = steps.post("replace_change", CREATE_POST.id, **form, reason="Locaux.")
        assert status == 302, told(refused.main)
        assert steps.post("apply_stage", steps.reorganisation.stages.get().uid)[0] == 302
        assert structure_in_force().post_by_id[PostId("nouveau")].unit == "service-2"

    def test_adding_what_the_text_did_not_say(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.DECIDED)
        assert "absent du texte voté" in told(steps.get("add_adjustment", "freeze_post").main)
        assert steps.post("add_adjustment", "freeze_post", post="budget", reason="Budget.", motive="Gel.")[0] == 302
        assert steps.post("apply_stage", steps.reorganisation.stages.get().uid)[0] == 302
        assert structure_in_force().post_by_id[PostId("budget")].frozen

    def test_what_does_not_exist(self, steps: Steps, bring: Callable[..., Reorganisation]) -> None:
        bring(Status.DECIDED)
        assert steps.client.get(address("add_adjustment", "danser")).status_code == 404
        assert steps.client.get(address("replace_change", "rien")).status_code == 302

    def test_a_refusal_of_the_action_comes_back(
        self, steps: Steps, bring: Callable[..., Reorganisation], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bring(Status.DECIDED)

        def refuse(**given: object) -> None:
            raise actions.AdjustmentRefused("Cet ajustement est déjà dans le texte.")

        monkeypatch.setattr(actions, "adjust_execution", refuse)
        status, page = steps.post("add_adjustment", "freeze_post", post="budget", reason="Budget.", motive="Gel.")
        assert (status, "déjà dans le texte" in told(page.main)) == (422, True)


class TestResolving:
    def test_before_and_after_entry_into_force(
        self, steps: Steps, bring: Callable[..., Reorganisation], hr: User
    ) -> None:
        assign_agent(
            agent=make_agent("Camille Lenoir"), post=Post.objects.get(uid="port-1"), begins_on=EFFECTIVE_ON, by=hr
        )
        bring(Status.DECIDED, UNDETERMINED)
        page = told(steps.get("resolve_transformation", UNDETERMINED.id).main)
        assert "(A 3) — Camille Lenoir" in page
        assert "sera pris en compte à l’entrée en vigueur" in page
        steps.post("apply_stage", steps.reorganisation.stages.get().uid)
        assert "issue de la bourse" in told(steps.get("resolve_transformation", UNDETERMINED.id).main)
        late = TODAY + datetime.timedelta(days=3)
        status, page = steps.post("resolve_transformation", UNDETERMINED.id, post="port-1", on=late.isoformat())
        assert (status, "à venir" in told(page.main)) == (422, True)  # type: ignore[union-attr]
        assert steps.post("resolve_transformation", UNDETERMINED.id, post="phare", on=str(TODAY))[0] == 422
        assert steps.post("resolve_transformation", UNDETERMINED.id, post="port-1", on=str(TODAY))[0] == 302
        assert Version.objects.count() == 3
        assert steps.client.get(address("resolve_transformation", UNDETERMINED.id)).status_code == 404


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

    def test_taking_the_draft_over_to_the_chart_in_force(
        self, steps: Steps, add: Callable[..., None], reorganisation: Reorganisation
    ) -> None:
        add(TRANSFORM)
        assert steps.client.get(address("rebase")).status_code == 302
        apply_changes(replace(SUPPRESS, post=PostId("port-1")), on=EFFECTIVE_ON)
        page = steps.get("rebase")
        assert "Ne pourra plus se faire tel quel" in told(page.main)
        stale = steps.client.post(address("rebase"), {"seen": "0"}, follow=True)
        assert "Le projet a changé depuis" in stale.content.decode()
        seen = page.select_one("[name=seen]")["value"]  # type: ignore[index]
        assert steps.post("rebase", seen=seen)[0] == 302
        assert steps.reorganisation.base_version.number == 2

    @pytest.mark.parametrize("name", ["details", "rebase"])
    def test_a_settled_text_is_not_edited(self, steps: Steps, bring: Callable[..., Reorganisation], name: str) -> None:
        bring(Status.DECIDED)
        assert steps.client.get(address(name)).status_code == 403


# Exact: what the page of each step asks of the database.
QUERIES = {
    ("submit", Status.DRAFT): 12,
    ("amend_text", Status.SUBMITTED): 11,
    ("record_opinion", Status.SUBMITTED): 10,
    ("postpone", Status.SUBMITTED): 9,
    ("present_again", Status.POSTPONED): 9,
    ("send_back", Status.DECIDED): 10,
    ("withdraw", Status.DECIDED): 10,
    ("decide", Status.OPINION_GIVEN): 10,
    ("set_stage_date", Status.DECIDED): 11,
    ("apply_stage", Status.DECIDED): 12,
    ("resolve_transformation", Status.DECIDED): 12,
    ("adjust_execution", Status.DECIDED): 11,
    ("details", Status.DRAFT): 6,
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
