"""The pages that carry a decision out: decide, apply by stages, adjust, determine what was open."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from msgspec.structs import replace

from accounts.models import User
from missions.actions import assign_agent
from missions.models import Post, Version
from missions.queries import structure_in_force
from orgchart.values import PostId
from reorganisations import actions
from reorganisations.models import Reorganisation, Status
from tests.factories import apply_changes, make_agent

from ..conftest import CREATE_CELL, CREATE_POST, EFFECTIVE_ON, SUPPRESS, TRANSFORM
from .conftest import Steps
from .page import told
from .test_follow_up import STAGED, UNDETERMINED, address

TODAY = timezone.localdate()


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
        status, page = steps.post(
            "resolve_transformation", UNDETERMINED.id, outcome="titulaire", post="port-1", on=late.isoformat()
        )
        assert (status, "à venir" in told(page.main)) == (422, True)  # type: ignore[union-attr]
        said = {"on": str(TODAY), "note": "Trop court."}
        status, page = steps.post("resolve_transformation", UNDETERMINED.id, outcome="aucun_candidat", **said)
        assert (status, "Dites la suite donnée." in told(page.main)) == (422, True)
        status, page = steps.post("resolve_transformation", UNDETERMINED.id, outcome="ailleurs", **said)
        assert (status, "Désignez le poste qui est transformé." in told(page.main)) == (422, True)
        for then in ("rouvrir", "nouvel_examen"):
            given = said | {"outcome": "aucun_candidat", "next_step": then}
            assert steps.post("resolve_transformation", UNDETERMINED.id, **given)[0] == 302
        assert "Suite : rouvrir la bourse. Trop court." in told(steps.get("follow_up").main)
        assert (
            steps.post("resolve_transformation", UNDETERMINED.id, outcome="titulaire", post="phare", on=str(TODAY))[0]
            == 422
        )
        assert (
            steps.post("resolve_transformation", UNDETERMINED.id, outcome="titulaire", post="port-1", on=str(TODAY))[0]
            == 302
        )
        assert Version.objects.count() == 3
        assert steps.client.get(address("resolve_transformation", UNDETERMINED.id)).status_code == 404
