"""The real case in force: opened in June 2021, adapted in January 2022, with its two milestones."""

import datetime
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from missions.actions import add_milestone, add_missing_reference, open_chart
from missions.models import Unit
from tests.factories import apply_changes
from tests.orgchart import real_case

OPENED = datetime.date(2021, 6, 1)
ADAPTED = datetime.date(2022, 1, 1)


@pytest.fixture
def opened(db: None) -> None:
    """The « état constaté » alone."""
    add_missing_reference(words=real_case.NOMENCLATURE, by=None)
    open_chart(structure=real_case.before(), effective_on=OPENED, by=None)
    mission = Unit.objects.get(uid=real_case.MISSION)
    add_milestone(label="Création de la mission", year=2020, month=3, unit=mission, posts_announced=9, by=None)
    add_milestone(label="Mise en place de la cellule éditoriale", year=2020, month=7, day=6, unit=mission, by=None)


@pytest.fixture
def adapted(opened: None) -> None:
    apply_changes(
        *real_case.CHANGES, on=ADAPTED, title="Adaptation de la mission", source_code="proch-orientation-2021"
    )


@pytest.fixture
def see(client_as: Callable[[User], Client]) -> Callable[..., BeautifulSoup]:
    """`see(hr, "/", vue="liste")`: the page as a person reads it; `status` is checked, 200 by default."""

    def seen(
        user: User, path: str, *, status: int = 200, headers: dict[str, str] | None = None, **query: str
    ) -> BeautifulSoup:
        answer = client_as(user).get(path, query, headers=headers)
        assert answer.status_code == status
        return BeautifulSoup(answer.content, "html.parser")

    return seen
