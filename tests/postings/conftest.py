"""The small chart with a post to fill, its people, and a bourse in preparation."""

import datetime

import pytest

from accounts.models import User
from missions.models import Agent, Version
from postings.models import Application, Posting, PostingStatus
from tests.factories import apply_changes

# The reorganisation with an undetermined transformation is that of the room below.
from tests.reorganisations.conftest import (  # noqa: F401
    add,
    bourse,
    bring,
    candidates,
    chart,
    chart_of_module,
    committee,
    reorganisation,
    session,
)

from .bringing import NEW_POST, apply, decide, examine, person, prepare, sit
from .bringing import bring as brought


@pytest.fixture
def to_fill(chart: Version) -> None:  # noqa: F811
    apply_changes(NEW_POST, on=datetime.date(2021, 10, 8))


@pytest.fixture
def ana(to_fill: None) -> Agent:
    return person("Ana Blin", "port-1")


@pytest.fixture
def luc(to_fill: None) -> Agent:
    return person("Luc Roy", "port-2")


@pytest.fixture
def zoe(to_fill: None) -> Agent:
    """Excluded by her cotation."""
    return person("Zoé Petit", "budget")


@pytest.fixture
def posting(to_fill: None, hr: User) -> Posting:
    return prepare(by=hr)


@pytest.fixture
def opened(posting: Posting, ana: Agent, luc: Agent, zoe: Agent) -> Posting:
    """Ana and Luc may apply."""
    return brought(posting, PostingStatus.OPEN)


@pytest.fixture
def president(opened: Posting) -> User:
    return sit(opened, president=True, name="Paule Présidente")


@pytest.fixture
def juror(opened: Posting) -> User:
    return sit(opened, name="Jean Juré")


@pytest.fixture
def hers(opened: Posting, ana: Agent) -> Application:
    return apply(opened, ana)


@pytest.fixture
def his(opened: Posting, luc: Agent) -> Application:
    return apply(opened, luc)


@pytest.fixture
def examined(opened: Posting, president: User, juror: User, hers: Application, his: Application) -> Posting:
    """Both have applied, the jury may begin."""
    return brought(opened, PostingStatus.EXAMINATION)


@pytest.fixture
def ranked(examined: Posting, hers: Application, his: Application) -> Posting:
    """Ana first, Luc second, nobody proposed yet."""
    for application, position in ((hers, 1), (his, 2)):
        application.refresh_from_db()
        examine(application, position=position)
    return examined


@pytest.fixture
def decided(ranked: Posting, hers: Application) -> Posting:
    decide(ranked, hers)
    return ranked
