"""A reorganisation of the small chart, at each step of its way; every state is reached by actions."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.models import Role, User
from missions.models import Version
from orgchart.changes import (
    AnyChange,
    CreatePost,
    CreateUnit,
    NewPost,
    NewUnit,
    RegradePost,
    SuppressPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.values import ChangeId, GradeCode, KindCode, PostId, TitleCode, UnitId
from reorganisations import actions
from reorganisations.models import Committee, Reorganisation, Session, StageRecord, Status
from reorganisations.votes import Ballot
from tests.factories import UserFactory, apply_changes, open_small_chart

HELD_ON = datetime.date(2021, 12, 1)
DECIDED_ON = datetime.date(2021, 12, 10)
EFFECTIVE_ON = datetime.date(2022, 1, 1)
LATER = datetime.date(2022, 6, 1)

CREATE_CELL = CreateUnit(
    id=ChangeId("creer-cellule"),
    new=NewUnit(id=UnitId("cellule-suivi"), kind=KindCode("cellule"), label="Cellule Suivi"),
    parent=UnitId("service-2"),
    motive="Suivre les projets.",
)
CREATE_POST = CreatePost(
    id=ChangeId("creer-poste"),
    unit=UnitId("service-1"),
    new=NewPost(id=PostId("nouveau"), title=TitleCode("charge-mission"), grade=GradeCode("A 3")),
    motive="Renforcer le service.",
)
TRANSFORM = TransformPost(
    id=ChangeId("transformer"),
    post=PostId("port-1"),
    into=NewPost(id=PostId("port-chef"), title=TitleCode("responsable"), grade=GradeCode("A 2.2")),
    motive="Encadrer l’équipe.",
)
REGRADE = RegradePost(id=ChangeId("recoter"), post=PostId("port-2"), grade=GradeCode("A 2.2"))
SUPPRESS = SuppressPost(id=ChangeId("supprimer"), post=PostId("budget"), motive="Mission achevée.")
PENDING = TransformUndetermined(
    id=ChangeId("a-determiner"),
    candidates=(PostId("port-a"), PostId("port-b")),
    into=NewPost(id=PostId("referent"), title=TitleCode("responsable"), grade=GradeCode("A 2.2")),
    motive="Coordonner.",
)
CANDIDATES = tuple(
    CreatePost(
        id=ChangeId(f"creer-{post}"),
        unit=UnitId("service-1"),
        new=NewPost(id=PostId(post), title=TitleCode("charge-mission"), grade=GradeCode("A 3")),
    )
    for post in ("port-a", "port-b")
)


@pytest.fixture(scope="module")
def chart_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Version]:
    """Opened once for all the tests of the file: each works in a savepoint of this transaction."""
    with django_db_blocker.unblock():
        assert not transaction.get_connection().in_atomic_block, "The chart is asked for after a test began."
        whole = transaction.atomic()
        whole.__enter__()
        version = open_small_chart()
    yield version
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def chart(chart_of_module: Version, db: None) -> Version:
    return Version.objects.get(pk=chart_of_module.pk)


@pytest.fixture
def candidates(chart: Version) -> None:
    apply_changes(*CANDIDATES, on=datetime.date(2021, 10, 10))


@pytest.fixture
def committee(db: None) -> Committee:
    return actions.create_committee(kind="ct", label="Comité technique", by=None)


@pytest.fixture
def session(committee: Committee) -> Session:
    return actions.plan_session(committee=committee, held_on=HELD_ON, by=None)


@pytest.fixture
def reorganisation(chart: Version, hr: User) -> Reorganisation:
    return actions.create_reorganisation(
        code="essai-2021", title="Réorganisation d’essai", unit="direction", effective_on=EFFECTIVE_ON, by=hr
    )


@pytest.fixture
def add(reorganisation: Reorganisation, hr: User) -> Callable[..., None]:
    """`add(CHANGE, …)`: changes added by HR, who saw the draft as it is."""

    def added(*changes: AnyChange) -> None:
        actions.add_changes(reorganisation=reorganisation, changes=changes, by=hr, seen=reorganisation.revision)

    return added


@pytest.fixture
def bring(reorganisation: Reorganisation, session: Session, hr: User) -> Callable[..., Reorganisation]:
    """`bring(Status.DECIDED)`: the reorganisation brought there, by actions, with a change if it has none."""

    def brought(target: Status, *changes: AnyChange) -> Reorganisation:
        if not reorganisation.change_records.exists():
            actions.add_changes(
                reorganisation=reorganisation,
                changes=changes or [CREATE_POST],
                by=hr,
                seen=reorganisation.revision,
            )
        for status, step in STEPS:
            if reorganisation.status == target:
                break
            if target == Status.POSTPONED and status == Status.OPINION_GIVEN:
                actions.postpone(reorganisation=reorganisation, by=hr)
            elif target == Status.WITHDRAWN:
                actions.withdraw(reorganisation=reorganisation, by=hr)
            else:
                step(reorganisation, session, hr)
        assert reorganisation.status == target
        return reorganisation

    return brought


@pytest.fixture
def bourse(candidates: None, bring: Callable[..., Reorganisation]) -> Reorganisation:
    """Decided, with a transformation that the bourse determines."""
    return bring(Status.DECIDED, PENDING)


def submit(reorganisation: Reorganisation, session: Session, by: User) -> None:
    actions.submit(reorganisation=reorganisation, session=session, by=by)


def give_opinion(reorganisation: Reorganisation, session: Session, by: User) -> None:
    actions.record_opinion(
        reorganisation=reorganisation,
        session=session,
        ballots=[Ballot(college="personnel", union="CFDT", in_favour=3), Ballot("personnel", "CGT", against=1)],
        by=by,
    )


def decide(reorganisation: Reorganisation, session: Session, by: User) -> None:
    actions.decide(reorganisation=reorganisation, kind="arrete", number="2021-7", dated_on=DECIDED_ON, by=by)


def apply_next(reorganisation: Reorganisation, session: Session, by: User) -> None:
    actions.apply_stage(stage=next_stage(reorganisation), by=by)


STEPS = (
    (Status.SUBMITTED, submit),
    (Status.OPINION_GIVEN, give_opinion),
    (Status.DECIDED, decide),
    (Status.PARTLY_IN_FORCE, apply_next),
    (Status.IN_FORCE, apply_next),
)


def next_stage(reorganisation: Reorganisation) -> StageRecord:
    return reorganisation.stages.waiting().order_by("position")[0]


@pytest.fixture
def other_hr(db: None) -> User:
    return UserFactory.create(name="Paul Mercier", roles=[Role.HR])
