"""Objects with sensible defaults. Each room adds its own; states reached by actions are reached by actions."""

import datetime
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction

from accounts.models import Role, RoleGrant, User
from missions.actions import (
    add_missing_reference,
    create_agent,
    lock_chart,
    open_chart,
    seal_version,
    write_structure,
)
from missions.models import Agent, Version, VersionKind
from missions.queries import structure_in_force
from orgchart.changes import Change
from orgchart.diff import compare
from orgchart.fold import fold
from orgchart.nomenclature import Form, Grade, Kind, Nomenclature, Site, Title
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.structure import Structure
from orgchart.values import GradeCode, Hours, KindCode, PostId, Share, SiteCode, TitleCode, UnitId

PASSWORD = "correct-horse-battery"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """`UserFactory(roles=[Role.HR])`; the password of everybody is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Personne {n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None, **kwargs: Any) -> None:
        if create:
            RoleGrant.objects.bulk_create(RoleGrant(user=self, role=role) for role in extracted or [])


# The chart in force (missions). Rows whose state matters come from actions: `open_small_chart` seals what it writes.

WORDS = Nomenclature(
    kinds=(
        Kind(
            code=KindCode("direction"),
            label="direction",
            plural="directions",
            feminine=True,
            rank=1,
            heads_perimeter=True,
        ),
        Kind(code=KindCode("service"), label="service", plural="services", rank=2),
        Kind(code=KindCode("cellule"), label="cellule", plural="cellules", feminine=True, rank=3),
    ),
    grades=(
        Grade(code=GradeCode("A 2.2"), rank=1, category="A"),
        Grade(code=GradeCode("A 3"), rank=2, category="A"),
        Grade(code=GradeCode("B 1"), rank=3, category="B"),
    ),
    titles=(
        Title(
            code=TitleCode("charge-mission"),
            masculine="chargé de mission",
            masculine_plural="chargés de mission",
            feminine="chargée de mission",
            feminine_plural="chargées de mission",
        ),
        Title(code=TitleCode("responsable"), masculine="responsable", masculine_plural="responsables"),
    ),
    sites=(Site(code=SiteCode("amiens"), label="Amiens"), Site(code=SiteCode("lille"), label="Lille")),
)

OPENED_ON = datetime.date(2021, 10, 4)


def small_structure() -> Structure:
    """A direction with two services, a cellule under the first, five posts, one of them shared."""

    def unit(uid: str, kind: str, label: str, parent: str | None, position: int, **fields: Any) -> Unit:
        up = UnitId(parent) if parent else None
        return Unit(id=UnitId(uid), kind=KindCode(kind), label=label, parent=up, position=position, **fields)

    def post(uid: str, unit: str, grade: str, position: int = 0, **fields: Any) -> Post:
        title = TitleCode("charge-mission")
        fields = {"title": title, "grade": GradeCode(grade), "position": position} | fields
        return Post(id=PostId(uid), unit=UnitId(unit), **fields)

    return Structure.of(
        units=[
            unit("direction", "direction", "Direction de la mer", None, 0, lead=PostId("chef"), acronym="DM"),
            unit("service-1", "service", "Service des ports", "direction", 0, sites=(SiteCode("lille"),)),
            unit("service-2", "service", "Service des phares", "direction", 1, purposes=("Éclairer",)),
            unit("cellule", "cellule", "Cellule budget", "service-1", 0),
        ],
        posts=[
            post("chef", "direction", "A 2.2", title=TitleCode("responsable"), level=ManagementLevel.DIRECTION),
            post("port-1", "service-1", "A 3", hours=Hours(worked=Decimal(35)), site=SiteCode("lille")),
            post("port-2", "service-1", "A 3", 1, hours=Hours(worked=Decimal(35)), form=Form.FEMININE),
            post("budget", "cellule", "B 1", hours=Hours(worked=Decimal("17.5"))),
            post(
                "phare",
                "service-2",
                "A 3",
                hours=Hours(worked=Decimal(35)),
                shares=(
                    Share(unit=UnitId("service-2"), percent=Decimal(60)),
                    Share(unit=UnitId("service-1"), percent=Decimal(40)),
                ),
            ),
        ],
        nomenclature=WORDS,
    )


def open_small_chart(by: User | None = None, structure: Structure | None = None) -> Version:
    """The reference data, then the chart opened as it was observed on `OPENED_ON`."""
    add_missing_reference(words=WORDS, by=by)
    return open_chart(structure=structure or small_structure(), effective_on=OPENED_ON, by=by)


def make_agent(name: str = "Camille Lenoir", **fields: Any) -> Agent:
    first, _, last = name.partition(" ")
    return create_agent(first_name=first, last_name=last, by=None, **fields)


def apply_changes(*changes: Change, on: datetime.date, by: User | None = None, **fields: Any) -> Version:
    """Changes brought into force as a stage is: folded over the live rows, written, sealed."""
    with transaction.atomic():
        lock_chart()
        before = structure_in_force()
        after = fold(before, changes)
        write_structure(difference=compare(before, after), by=by, on=on, reason="essai")
        title = fields.pop("title", "Réorganisation d’essai")
        return seal_version(
            structure=after, effective_on=on, kind=VersionKind.REORGANISATION, title=title, by=by, **fields
        )
