"""« Rédaction »: writing, previewing, adding, ordering, omitting and deleting the parts of the report."""

import datetime
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Event, User
from reorganisations.models import Reorganisation, Status

from ..conftest import CREATE_CELL
from .page import HTMX, told


@pytest.fixture
def page(client_as: Callable[[User], Client], hr: User, reorganisation: Reorganisation) -> "Narrative":
    return Narrative(client_as(hr), reorganisation)


class Narrative:
    def __init__(self, client: Client, reorganisation: Reorganisation) -> None:
        self.client, self.reorganisation = client, reorganisation

    def address(self, name: str, *args: str) -> str:
        return reverse(f"reorganisations:{name}", args=[self.reorganisation.code, *args])

    def soup(self) -> BeautifulSoup:
        response = self.client.get(self.address("narrative"))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    @property
    def titles(self) -> list[str]:
        return [told(title) for title in self.soup().select(".narrative h2")]

    def post(self, name: str, *args: str, htmx: bool = False, **data: str) -> tuple[int, BeautifulSoup]:
        self.reorganisation.refresh_from_db()
        data = {"seen": str(self.reorganisation.revision)} | data
        response = self.client.post(self.address(name, *args), data, **(HTMX if htmx else {}))
        return response.status_code, BeautifulSoup(response.content, "html.parser")


WRITTEN = {"title": "Contexte", "included": "on"}


def test_what_is_written_is_shown_as_the_report_prints_it(page: Narrative) -> None:
    assert page.post("section", "context", markdown="Depuis **mars**.", **WRITTEN)[0] == 302
    assert page.soup().select_one("#s-context .prose strong")
    assert "Rien n’est rédigé" in told(page.soup().select_one("#s-method"))


def test_active_content_never_comes_out(page: Narrative) -> None:
    page.post("section", "context", markdown="<script>alert(1)</script>[x](javascript:alert(1))", **WRITTEN)
    section = page.soup().select_one("#s-context")
    assert not section.select("script, a[href^=javascript]")  # type: ignore[union-attr]


def test_a_preview_shows_and_saves_nothing(page: Narrative) -> None:
    status, whole = page.post("section", "context", markdown="*Neuf*", preview="1", **WRITTEN)
    _, part = page.post("section", "context", htmx=True, markdown="*Neuf*", preview="1", **WRITTEN)
    assert status == 200
    assert whole.select_one("#preview em")
    assert part.select_one("#preview em")
    assert not part.select("form")
    assert page.reorganisation.sections.get(key="context").markdown == ""


def test_a_part_may_be_renamed_and_left_out(page: Narrative) -> None:
    page.post("section", "context", title="D’où nous venons")
    assert page.titles[0] == "D’où nous venons"
    assert "ne figure pas dans le rapport" in told(page.soup().select_one("#s-context"))


def test_the_second_writer_is_told_and_finds_what_was_typed(page: Narrative) -> None:
    seen = str(page.reorganisation.revision)
    page.post("section", "context", markdown="Premier.", **WRITTEN)
    status, form = page.post("section", "context", markdown="Second.", **WRITTEN | {"seen": seen})
    assert status == 422
    assert "Le projet a changé" in told(form.select_one("[role=alert]"))
    assert told(form.select_one("textarea")) == "Second."
    assert form.select_one("input[name=seen]")["value"] != seen  # type: ignore[index]
    assert page.reorganisation.sections.get(key="context").markdown == "Premier."


def test_a_part_needs_a_title(page: Narrative) -> None:
    assert page.post("section", "context", title="")[0] == 422
    assert page.post("add_section", title="")[0] == 422


def test_a_part_may_be_added_for_an_adjustment_ordered_and_deleted(page: Narrative, add: Callable[..., None]) -> None:
    add(CREATE_CELL)
    assert page.post("add_section", title="La cellule", change_uid=CREATE_CELL.id)[0] == 302
    assert page.titles[-1] == "La cellule"
    assert "Explique l’ajustement" in told(page.soup().select(".narrative")[-1])
    key = page.reorganisation.sections.get(title="La cellule").key
    page.post("move_section", key, position="0")
    assert page.titles[0] == "La cellule"
    assert "Son texte sera perdu" in page.client.get(page.address("delete_section", key)).content.decode()
    page.post("delete_section", key)
    assert "La cellule" not in page.titles


def test_an_edit_over_a_part_that_changed_is_told(page: Narrative) -> None:
    seen = str(page.reorganisation.revision)
    page.post("section", "context", markdown="Premier.", **WRITTEN)
    page.post("delete_section", "context", seen=seen)
    assert "Contexte" in page.titles


@pytest.mark.parametrize(("name", "data"), [("move_section", {"position": "haut"}), ("section", {})])
def test_what_is_not_there_does_not_exist(page: Narrative, name: str, data: dict[str, str]) -> None:
    key = "context" if data else "partie"
    assert page.post(name, key, **data)[0] == 404


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member"])
def test_others_do_not_read_a_draft(
    request: pytest.FixtureRequest, client_as: Callable[[User], Client], page: Narrative, role: str
) -> None:
    assert client_as(request.getfixturevalue(role)).get(page.address("narrative")).status_code == 404


def test_nobody_writes_what_is_in_force(page: Narrative, bring: Callable[..., Reorganisation]) -> None:
    bring(Status.IN_FORCE)
    assert page.post("section", "context", markdown="Trop tard.", **WRITTEN)[0] == 403
    assert page.post("add_section", title="Trop tard")[0] == 403
    assert page.post("delete_section", "context")[0] == 403
    assert not page.soup().select("form[method=post][action*=redaction]")


def test_the_page_costs_ten_queries(
    page: Narrative, add: Callable[..., None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add(CREATE_CELL)
    with django_assert_num_queries(10):
        page.soup()


def test_the_trail_tells_once_an_hour_what_saves_itself(
    page: Narrative, reorganisation: Reorganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved(key: str, words: str) -> int:
        reorganisation.refresh_from_db()
        typed = {"title": "Partie", "markdown": words, "included": "on", "auto": "1", "seen": reorganisation.revision}
        address = reverse("reorganisations:section", args=[reorganisation.code, key])
        assert page.client.post(address, typed, HTTP_HX_REQUEST="true").status_code == 200
        return Event.objects.filter(verb="edit_draft").count()

    before = Event.objects.filter(verb="edit_draft").count()
    assert [saved("context", words) - before for words in ("Un.", "Deux.", "Trois.")] == [1, 1, 1]
    assert saved("method", "Un.") - before == 2
    assert reorganisation.edits.filter(subject="context").count() == 3
    monkeypatch.setattr("reorganisations.actions.draft_lock.HOUR", datetime.timedelta(0))
    assert saved("context", "Quatre.") - before == 3


def test_each_part_leads_to_a_remark_about_it(page: Narrative) -> None:
    links = page.soup().select("section.narrative a[href*=relecture]")
    assert [str(link["href"]).partition("=")[2] for link in links][:1] == ["section:context"]
    assert len(links) == len(page.titles)


def test_a_section_saves_itself_and_writes_over_nobody(
    page: Narrative, reorganisation: Reorganisation, hr: User
) -> None:
    address = reverse("reorganisations:section", args=[reorganisation.code, "context"])
    reorganisation.refresh_from_db()
    seen = str(reorganisation.revision)
    typed = {"title": "Contexte", "markdown": "Depuis mars.", "included": "on", "auto": "1"}
    answer = page.client.post(address, typed | {"seen": seen}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    assert "Enregistré à" in answer.text
    reorganisation.refresh_from_db()
    assert f'value="{reorganisation.revision}"' in answer.text
    assert reorganisation.sections.get(key="context").markdown == "Depuis mars."
    # Somebody who still looks at the older text does not write over this one, however often it is tried.
    for _ in range(2):
        answer = page.client.post(address, typed | {"markdown": "Autre.", "seen": seen}, HTTP_HX_REQUEST="true")
        assert answer.status_code == 409
        assert "pas enregistré" in answer.text
        assert f'value="{seen}"' in answer.text
    assert reorganisation.sections.get(key="context").markdown == "Depuis mars."
    answer = page.client.post(address, typed | {"title": "", "seen": seen}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 409
