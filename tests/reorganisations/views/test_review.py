"""« Relecture »: what each reader sees and does on the page, as the browser sends it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Remark, Reorganisation, Visa

from ..conftest import CREATE_POST, SUPPRESS, TRANSFORM
from .page import told

As = Callable[[User], Client]


@pytest.fixture
def draft(reorganisation: Reorganisation, add: Callable[..., None], manager: User, hr: User) -> Reorganisation:
    """A manager reads and writes; the draft creates a post, transforms one and suppresses one."""
    add(CREATE_POST, TRANSFORM, SUPPRESS)
    actions.invite_reviewer(reorganisation=reorganisation, user=manager, may_write=True, by=hr)
    return reorganisation


def address(draft: Reorganisation, name: str = "review", *args: str) -> str:
    return reverse(f"reorganisations:{name}", args=[draft.code, *args])


def page(client: Client, draft: Reorganisation, query: str = "") -> BeautifulSoup:
    response = client.get(address(draft) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_remark_goes_from_the_reader_to_hr_and_back(
    client_as: As, draft: Reorganisation, manager: User, hr: User
) -> None:
    reader = client_as(manager)
    assert "Personne n’a fait de remarque" in told(page(reader, draft).select_one("[aria-labelledby=remarks-title]"))
    sent = reader.post(address(draft), {"subject": CREATE_POST.id, "text": "Un poste de plus ?\n\nVraiment."})
    assert sent.status_code == 302
    soup = page(client_as(hr), draft)
    line = soup.select_one(".remarks li")
    assert "Un poste de plus" in told(line)
    assert line.select_one("a")["href"].endswith(f"?ajustement={CREATE_POST.id}#a-{CREATE_POST.id}")
    remark = Remark.objects.get()
    settled = client_as(hr).post(address(draft, "settle_remark", remark.uid), {"answer": "Oui, voir le contexte."})
    assert settled.status_code == 302
    assert "Toutes les remarques sont traitées" in told(
        page(reader, draft).select_one("[aria-labelledby=remarks-title]")
    )
    every = told(page(reader, draft, "?remarques=toutes").select_one(".remarks li"))
    assert "Oui, voir le contexte." in every
    assert "Traitée le" in every
    reader.post(address(draft, "settle_remark", remark.uid), {"reopen": "1"})
    assert page(reader, draft).select(".remarks li details")


def test_an_empty_remark_comes_back_with_its_error(client_as: As, draft: Reorganisation, hr: User) -> None:
    response = client_as(hr).post(address(draft), {"subject": "section:context", "text": ""})
    assert response.status_code == 422
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("option[selected]")["value"] == "section:context"
    assert soup.select("[aria-invalid=true]")


def test_what_is_asked_about_is_chosen_already(client_as: As, draft: Reorganisation, hr: User) -> None:
    soup = page(client_as(hr), draft, f"?sur={TRANSFORM.id}")
    assert soup.select_one("#id_subject option[selected]")["value"] == TRANSFORM.id


def test_a_remark_on_what_is_gone_says_so(client_as: As, draft: Reorganisation, hr: User) -> None:
    actions.make_remark(reorganisation=draft, text="Pourquoi ?", subject="parti", by=hr)
    actions.make_remark(reorganisation=draft, text="Le titre.", subject="section:context", by=hr)
    gone, written = page(client_as(hr), draft).select("[aria-labelledby=remarks-title] .remarks li")
    assert "ce qui n’est plus dans le projet" in told(gone)
    assert written.select_one("a")["href"].endswith("#s-context")


def test_the_subjects_of_a_long_draft_are_those_asked_for(
    client_as: As, draft: Reorganisation, hr: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reorganisations.views.review.subjects_of.__kwdefaults__", {"most": 2})
    values = [each["value"] for each in page(client_as(hr), draft, f"?sur={SUPPRESS.id}").select("#id_subject option")]
    assert SUPPRESS.id in values
    assert CREATE_POST.id not in values


def test_a_visa_is_given_and_grows_old(client_as: As, draft: Reorganisation, manager: User, hr: User) -> None:
    reader = client_as(manager)
    refused = reader.post(address(draft, "sign"), {"word": Visa.Word.REFUSED, "note": ""})
    assert refused.status_code == 422
    assert "Dites sur quoi" in refused.content.decode()
    assert reader.post(address(draft, "sign"), {"word": Visa.Word.AGREED, "note": ""}).status_code == 302
    readers = told(page(reader, draft).select_one("[aria-labelledby=readers-title]"))
    assert "Accord, le" in readers
    assert "a changé depuis" not in readers
    actions.delete_change(reorganisation=draft, uid=SUPPRESS.id, by=hr, seen=draft.revision)
    assert "a changé depuis" in told(page(reader, draft).select_one("[aria-labelledby=readers-title]"))


def test_hr_invites_and_takes_back(client_as: As, draft: Reorganisation, agent: User, hr: User) -> None:
    client = client_as(hr)
    assert client.get(address(draft, "invite")).status_code == 200
    assert client.post(address(draft, "invite"), {"user": "inconnu"}).status_code == 422
    assert client.post(address(draft, "invite"), {"user": agent.uid, "may_write": "on"}).status_code == 302
    assert "relit et rédige" in told(page(client, draft).select_one("[aria-labelledby=readers-title]"))
    actions.give_visa(reorganisation=draft, word=Visa.Word.AGREED, by=agent)
    assert client.post(address(draft, "uninvite", agent.uid)).status_code == 302
    assert "n’est plus invité" in told(page(client, draft).select_one("[aria-labelledby=readers-title]"))
    assert client.post(address(draft, "uninvite", agent.uid)).status_code == 404


def test_duties_are_written_by_who_may(client_as: As, draft: Reorganisation, manager: User) -> None:
    client = client_as(manager)
    assert told(page(client, draft).select_one("[aria-labelledby=duties-title]")).count("missions à décrire") == 2
    form = client.get(address(draft, "duties", CREATE_POST.id))
    assert "Créer un poste" in form.content.decode()
    data = {"duties": "Piloter\n\n Suivre ", "seen": draft.revision}
    assert client.post(address(draft, "duties", CREATE_POST.id), data).status_code == 302
    assert "2 missions" in told(page(client, draft).select_one("[aria-labelledby=duties-title]"))
    stale = client.post(address(draft, "duties", CREATE_POST.id), {"duties": "Autre", "seen": draft.revision})
    assert stale.status_code == 422
    assert "Autre" in stale.content.decode()
    assert client.get(address(draft, "duties", SUPPRESS.id)).status_code == 404


def test_the_writer_saves_a_section(client_as: As, draft: Reorganisation, manager: User) -> None:
    client = client_as(manager)
    narrative = client.get(address(draft, "narrative")).content.decode()
    assert address(draft, "section", "context") in narrative
    assert address(draft, "add_section") not in narrative
    data = {"title": "Contexte", "markdown": "Un texte.", "included": "on", "seen": draft.revision}
    assert client.post(address(draft, "section", "context"), data).status_code == 302


def test_a_reader_who_does_not_write_is_offered_nothing_to_write(
    client_as: As, draft: Reorganisation, agent: User, hr: User
) -> None:
    actions.invite_reviewer(reorganisation=draft, user=agent, may_write=False, by=hr)
    client = client_as(agent)
    soup = page(client, draft)
    assert not soup.select("[aria-labelledby=duties-title]")
    assert address(draft, "section", "context") not in client.get(address(draft, "narrative")).content.decode()
    assert client.get(address(draft, "duties", CREATE_POST.id)).status_code == 403
    assert client.get(address(draft, "section", "context")).status_code == 403


def test_the_number_of_queries(
    client_as: As,
    draft: Reorganisation,
    manager: User,
    hr: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        actions.make_remark(reorganisation=draft, text=f"Remarque {number}", by=manager)
    actions.give_visa(reorganisation=draft, word=Visa.Word.AGREED, by=manager)
    client = client_as(hr)
    with django_assert_num_queries(15):
        page(client, draft)


@pytest.mark.parametrize(
    ("name", "args"),
    [("review", ()), ("invite", ()), ("sign", ()), ("duties", (CREATE_POST.id,)), ("settle_remark", ("x",))],
)
def test_nobody_else_gets_there(
    name: str, args: tuple[str, ...], client_as: As, draft: Reorganisation, agent: User, committee_member: User
) -> None:
    for user in (agent, committee_member):
        client = client_as(user)
        send = client.post if name == "settle_remark" else client.get
        assert send(address(draft, name, *args)).status_code == 404
