"""« Conflits » and « Depuis la version n »: what opposes two drafts, the choices, and what following changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace

from accounts.models import Role, User
from missions.models import Version
from orgchart.changes import RegradePost
from orgchart.values import ChangeId, GradeCode, PostId, UnitId
from reorganisations import actions
from reorganisations.models import ConflictChoice, Reorganisation, Status
from reorganisations.queries.draft import draft
from tests.factories import UserFactory, apply_changes

from ..conftest import CREATE_CELL, CREATE_POST, REGRADE, SUPPRESS
from .conftest import Steps
from .test_follow_up import address, told

OTHER = RegradePost(id=ChangeId("autrement"), post=REGRADE.post, grade=GradeCode("B 1"))
PAGES = ("conflicts", "since")


@pytest.fixture
def other(reorganisation: Reorganisation, add: Callable[..., None], hr: User) -> Reorganisation:
    """Another draft, which gives the same post another cotation."""
    add(REGRADE)
    row = actions.create_reorganisation(code="autre", title="Autre projet", unit="direction", by=hr)
    actions.add_change(reorganisation=row, change=OTHER, by=hr, seen=0)
    return row


@pytest.fixture
def key(other: Reorganisation, reorganisation: Reorganisation) -> str:
    (found,) = draft(reorganisation).disputes
    return found.key


def page_of(client: Client, name: str, code: str) -> BeautifulSoup:
    response = client.get(reverse(f"reorganisations:{name}", args=[code]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COMMITTEE, Role.AGENT])
@pytest.mark.parametrize("name", PAGES)
def test_only_human_resources_read_what_names_other_drafts(
    client_as: Callable[[User], Client], bring: Callable[..., Reorganisation], role: Role, name: str
) -> None:
    bring(Status.IN_FORCE)
    client = client_as(UserFactory.create(roles=[role]))
    assert client.get(address(name)).status_code == 403
    assert client.get(address("settle_conflict", "cle")).status_code == 403
    assert client.post(address("acknowledge_following")).status_code == 403


def test_without_a_conflict_the_page_says_so(steps: Steps, add: Callable[..., None]) -> None:
    add(CREATE_POST)
    main = told(steps.get("conflicts").main)
    assert "aucun conflit" in main
    assert "Aucun conflit avec l’organigramme en vigueur." in main
    assert "Aucun conflit avec un autre projet." in main


class TestBetweenDrafts:
    def test_it_shows_in_both_with_the_three_values(self, steps: Steps, key: str) -> None:
        mine, theirs = (page_of(steps.client, "conflicts", code) for code in ("essai-2021", "autre"))
        assert [cell.text for cell in mine.select("tbody td")] == ["A 3", "A 2.2", "B 1"]
        assert [cell.text for cell in theirs.select("tbody td")] == ["A 3", "B 1", "A 2.2"]
        assert "1 conflit, dont 1 à arbitrer" in told(mine.main)

    def test_the_workspace_leads_there(self, steps: Steps, key: str) -> None:
        card = steps.get("workspace").select_one("[aria-labelledby=problems-title]")
        link = card.select_one(f"a[href='{address('conflicts')}']")  # type: ignore[union-attr]
        assert link is not None
        assert told(link) == "Arbitrer 1 conflit"

    def test_what_is_kept_is_shown_here_and_told_there(self, steps: Steps, key: str, hr: User) -> None:
        form = steps.get("settle_conflict", key)
        assert "mon ajustement est retiré du projet" in told(form.main)
        seen = steps.reorganisation.revision
        status, _ = steps.post("settle_conflict", key, choice="conserver", reason="Encadre deux agents.", seen=seen)
        assert status == 302
        choice = ConflictChoice.objects.get()
        assert (choice.choice, choice.reason, choice.by, choice.other.code) == (  # type: ignore[union-attr]
            "conserver",
            "Encadre deux agents.",
            hr,
            "autre",
        )
        mine, theirs = (told(page_of(steps.client, "conflicts", code).main) for code in ("essai-2021", "autre"))
        assert "Arbitré : conservé le" in mine
        assert "1 conflit, tous arbitrés" in mine
        assert "L’autre projet a choisi de conserver son ajustement" in theirs
        assert "Voir les conflits arbitrés" in told(steps.get("workspace").main)
        row = Reorganisation.objects.get(code="autre")
        actions.settle_conflict(reorganisation=row, key=key, choice="conserver", by=hr, seen=row.revision)
        assert "Les deux projets conservent le leur" in told(steps.get("conflicts").main)

    def test_taking_the_other_drops_the_change_and_is_remembered(self, steps: Steps, key: str) -> None:
        seen = steps.reorganisation.revision
        assert steps.post("settle_conflict", key, choice="prendre", seen=seen)[0] == 302
        assert draft(steps.reorganisation).changes == ()
        mine, theirs = (told(page_of(steps.client, "conflicts", code).main) for code in ("essai-2021", "autre"))
        assert "l’autre valeur prise le" in mine
        assert "L’autre projet s’est aligné sur celui-ci" in theirs

    def test_a_conflict_is_not_settled_once_its_change_is_dropped(
        self, reorganisation: Reorganisation, key: str, hr: User
    ) -> None:
        actions.settle_conflict(
            reorganisation=reorganisation, key=key, choice="prendre", by=hr, seen=reorganisation.revision
        )
        reorganisation.refresh_from_db()
        with pytest.raises(actions.ConflictIsGone):
            actions.settle_conflict(
                reorganisation=reorganisation, key=key, choice="conserver", by=hr, seen=reorganisation.revision
            )
        assert ConflictChoice.objects.get().choice == "prendre"

    def test_reworking_opens_the_form_of_the_change(self, steps: Steps, key: str) -> None:
        response = steps.client.post(
            address("settle_conflict", key), {"choice": "retravailler", "seen": steps.reorganisation.revision}
        )
        assert response.headers["Location"] == address("edit_change", REGRADE.id)
        assert "À retravailler depuis le" in told(steps.get("conflicts").main)
        form = steps.get("settle_conflict", key)
        assert form.select("[value=retravailler][checked]")

    def test_what_is_not_chosen_or_no_longer_true_is_refused(self, steps: Steps, key: str, hr: User) -> None:
        seen = steps.reorganisation.revision
        status, page = steps.post("settle_conflict", key, reason="Un motif.", seen=seen)
        assert status == 422
        assert "Un motif." in str(page.select_one("textarea"))
        actions.change_details(reorganisation=steps.reorganisation, title="Autre titre", by=hr, seen=seen)
        status, page = steps.post("settle_conflict", key, choice="conserver", seen=seen)
        assert (status, "Le projet a changé depuis" in told(page.main)) == (422, True)
        response = steps.client.get(address("settle_conflict", "cle"), follow=True)
        assert response.redirect_chain == [(address("conflicts"), 302)]
        assert "Ce conflit n’existe plus" in response.content.decode()

    def test_a_settled_text_is_not_arbitrated(self, steps: Steps, key: str, bring: Callable[..., Any]) -> None:
        bring(Status.DECIDED)
        assert steps.client.get(address("settle_conflict", key)).status_code == 403
        assert "Arbitrer" not in told(steps.get("conflicts").main)


class TestFollowing:
    def seal(self, *changes: Any) -> Version:
        return apply_changes(*changes, on=date(2021, 11, 2))

    def test_what_changed_is_told_until_somebody_has_read_it(
        self, steps: Steps, add: Callable[..., None], hr: User
    ) -> None:
        add(CREATE_POST)
        self.seal(replace(CREATE_CELL, id=ChangeId("cellule")), SUPPRESS)
        main = steps.get("since").main
        assert "Suivre la version 2" in told(main)
        assert f"Unité créée : « {CREATE_CELL.new.label} »" in told(main)
        assert steps.post("rebase", seen=steps.reorganisation.revision)[0] == 302
        assert "Le projet a suivi la version 2." in told(steps.get("workspace"))
        assert "J’en ai pris connaissance" in told(steps.get("since").main)
        steps.post("acknowledge_following")
        assert "a suivi la version" not in told(steps.get("workspace").main)
        again = steps.client.post(address("acknowledge_following"), follow=True)
        assert "Ce qui a changé a déjà été lu." in again.content.decode()
        assert steps.client.get(address("since")).headers["Location"] == address("workspace")

    def test_a_change_done_already_is_told_and_can_be_taken_out(
        self, steps: Steps, add: Callable[..., None], hr: User
    ) -> None:
        add(REGRADE, CREATE_POST)
        self.seal(replace(REGRADE, id=ChangeId("meme")))
        actions.rebase_draft(reorganisation=steps.reorganisation, by=hr, seen=steps.reorganisation.revision)
        card = steps.get("since").select_one("[aria-labelledby=useless-title]")
        assert [link["href"] for link in card.select("a")] == [address("delete_change", REGRADE.id)]  # type: ignore[union-attr]

    def test_a_version_that_says_nothing_to_the_draft(self, steps: Steps, add: Callable[..., None]) -> None:
        add(CREATE_POST)
        steps.reorganisation.unit_uid = UnitId("service-2")
        steps.reorganisation.save(update_fields=["unit_uid"])
        self.seal(SUPPRESS)
        assert "Rien ne change pour ce projet" in told(steps.get("since").main)

    def test_a_draft_in_conflict_is_arbitrated_before_it_follows(
        self, steps: Steps, add: Callable[..., None], hr: User
    ) -> None:
        add(REGRADE)
        self.seal(OTHER)
        assert "Arbitrer d’abord les conflits" in told(steps.get("since").main)
        refused = steps.client.post(address("rebase"), {"seen": steps.reorganisation.revision}, follow=True)
        assert refused.redirect_chain == [(address("conflicts"), 302)]
        assert "Un conflit reste à arbitrer" in refused.content.decode()
        (dispute,) = draft(steps.reorganisation).disputes
        steps.post("settle_conflict", dispute.key, choice="conserver", seen=steps.reorganisation.revision)
        page = steps.get("conflicts")
        form = page.select_one(f"form[action='{address('rebase')}']")
        assert form is not None
        steps.post("rebase", seen=form.select_one("[name=seen]")["value"])  # type: ignore[index]
        assert (steps.reorganisation.base_version.number, draft(steps.reorganisation).folded.refusals) == (2, ())
        assert draft(steps.reorganisation).after.post_by_id[PostId(REGRADE.post)].grade == REGRADE.grade

    def test_following_needs_to_know_what_was_seen(self, steps: Steps, add: Callable[..., None]) -> None:
        assert steps.client.post(address("rebase")).status_code == 404
        assert steps.client.get(address("rebase")).status_code == 405


# Exact: what each page asks of the database.
QUERIES = {"conflicts": 12, "settle_conflict": 11, "since": 14}


@pytest.mark.parametrize("name", QUERIES)
def test_a_page_asks_as_much_whatever_the_number_of_conflicts(
    steps: Steps, key: str, hr: User, name: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    row = Reorganisation.objects.get(code="autre")
    if name == "since":
        apply_changes(replace(CREATE_POST, id=ChangeId("fait")), on=date(2021, 11, 2))
    url = address(name, *([key] if name == "settle_conflict" else []))
    steps.client.get(url)
    with django_assert_num_queries(QUERIES[name]):
        steps.client.get(url)
    more = [RegradePost(id=ChangeId(f"m-{post}"), post=PostId(post), grade=GradeCode("B 1")) for post in ("port-1",)]
    actions.add_changes(reorganisation=row, changes=more, by=hr, seen=row.revision)
    mine = [replace(each, id=ChangeId("mien"), grade=GradeCode("A 2.2")) for each in more]
    steps.reorganisation.refresh_from_db()
    actions.add_changes(reorganisation=steps.reorganisation, changes=mine, by=hr, seen=steps.reorganisation.revision)
    steps.client.get(url)
    with django_assert_num_queries(QUERIES[name]):
        steps.client.get(url)
