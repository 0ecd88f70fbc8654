"""The pages that confirm, without JavaScript: they say where one is, as every other page does."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reorganisations import actions
from reorganisations.models import Reorganisation, Session

from ..conftest import CREATE_POST
from .page import told

CODE = "essai-2021"


@pytest.fixture
def addresses(reorganisation: Reorganisation, session: Session, add: Callable[..., None], hr: User) -> dict[str, str]:
    """Page → where it is, each about something that is there."""
    add(CREATE_POST)
    section = actions.add_section(
        reorganisation=reorganisation, title="Historique", by=hr, seen=reorganisation.revision
    )
    item = actions.add_item(session=session, title="Questions diverses", by=hr)
    statement = actions.add_statement(item=item, author="CGT", text="Lue en séance.", by=hr)
    member = actions.add_member(committee=session.committee, name="Ada Exemple", college="personnel", by=hr)
    args: dict[str, tuple[Any, ...]] = {
        "delete_change": (CODE, CREATE_POST.id),
        "delete_section": (CODE, section.key),
        "remove_item": (session.uid, item.uid),
        "remove_statement": (session.uid, statement.uid),
        "remove_member": (session.committee.uid, member.pk),
        "revoke_calendar_address": (),
    }
    return {name: reverse(f"reorganisations:{name}", args=each) for name, each in args.items()}


@pytest.mark.parametrize(
    ("name", "crumbs"),
    [
        ("delete_change", ["Réorganisations", "Direction de la mer", "Réorganisation d’essai"]),
        ("delete_section", ["Réorganisations", "Direction de la mer", "Réorganisation d’essai"]),
        ("remove_item", ["Séances", "Comité technique", "Séance du 1er décembre 2021"]),
        ("remove_statement", ["Séances", "Comité technique", "Séance du 1er décembre 2021", "Questions diverses"]),
        ("remove_member", ["Séances", "Comité technique"]),
        ("revoke_calendar_address", ["Séances", "Échéances"]),
    ],
)
def test_a_page_that_confirms_leads_back_where_one_was(
    client_as: Callable[[User], Client], hr: User, addresses: dict[str, str], name: str, crumbs: list[str]
) -> None:
    client = client_as(hr)
    page = BeautifulSoup(client.get(addresses[name]).content, "html.parser")
    links = page.select(".breadcrumb a")
    assert [told(link) for link in links] == crumbs
    assert [client.get(str(link["href"])).status_code for link in links] == [200] * len(links)
