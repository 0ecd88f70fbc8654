"""What a case file holds. Units, posts and changes are those of `orgchart`, field for field.

Every identifier is the opaque one of the chart, never a database key. A record marked `fictitious` tells of nobody and
of nothing that happened; its mark covers what it contains.
"""

import datetime
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import asdict, replace

from orgchart.nomenclature import Category, Form, Nomenclature
from orgchart.records import ManagementLevel, Pending, Post, Unit
from orgchart.structure import Structure
from orgchart.values import (
    Deduction,
    GradeCode,
    Hours,
    PostId,
    Share,
    SiteCode,
    TitleCode,
    UnitId,
    Value,
    canonical,
    sha256,
)

from .steps import AgentId, AnyStep, CommitteeId, MilestoneId, SessionId, TimeOfDay

Seats = Annotated[int, Meta(ge=0)]
Name = Annotated[str, Meta(max_length=150)]
IDENTIFIER = Meta(min_length=1, max_length=64)
PartialDate = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        title="Date aussi précise que la source",
        description="« 2020 », « 2020-03 » ou « 2020-07-06 ».",
    ),
]


class PostGroup(Value, frozen=True, kw_only=True):
    """One post (`id`) or several that differ by nothing but their identifiers (`ids`, in their order).

    `position`: rank in the unit, that of the first of the group; without it, posts take the order of the file.
    """

    id: PostId | None = None
    ids: tuple[PostId, ...] = ()
    unit: UnitId
    title: TitleCode | None = None
    form: Form = Form.MASCULINE
    label: str = ""
    label_plural: str = ""
    grade: GradeCode | None = None
    category: Category | None = None
    job_family: str = ""
    corps: tuple[str, ...] = ()
    statutory_grades: tuple[str, ...] = ()
    level: ManagementLevel | None = None
    hours: Hours | None = None
    site: SiteCode | None = None
    duties: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    superiors: tuple[PostId, ...] = ()
    frozen: bool = False
    position: int | None = None
    origins: tuple[PostId, ...] = ()
    deduced: tuple[Deduction, ...] = ()

    def __post_init__(self) -> None:
        if (self.id is None) == (not self.ids):
            raise ValueError("Donnez « id » pour un seul poste, ou « ids » pour plusieurs postes identiques.")

    @property
    def posts(self) -> tuple[PostId, ...]:
        return self.ids if self.id is None else (self.id,)


class OpeningUnit(Unit, frozen=True, kw_only=True):
    """A unit of the opening state. Without `position`, sibling units take the order of the file."""

    position: int | None = None  # type: ignore[assignment]  # left out, it is the order of the file


class Chart(Value, frozen=True, kw_only=True):
    """The opening state (« état constaté »), sealed as the first version. `effective_on` is rarely known."""

    units: Annotated[tuple[OpeningUnit, ...], Meta(min_length=1)]
    posts: tuple[PostGroup, ...] = ()
    pendings: tuple[Pending, ...] = ()
    effective_on: datetime.date | None = None
    note: str = ""
    fictitious: bool = False

    def structure(self, nomenclature: Nomenclature) -> Structure:
        return Structure.of(self._ranked_units(), self._ranked_posts(), self.pendings, nomenclature)

    def _ranked_units(self) -> list[Unit]:
        last: dict[UnitId | None, int] = {}
        found = []
        for unit in self.units:
            position = last.get(unit.parent, -1) + 1 if unit.position is None else unit.position
            last[unit.parent] = position
            found.append(Unit(**(asdict(unit) | {"position": position})))
        return found

    def _ranked_posts(self) -> list[Post]:
        last: dict[UnitId, int] = {}
        found = []
        for group in self.posts:
            fields = {
                field: getattr(group, field) for field in Post.__struct_fields__ if field not in ("id", "position")
            }
            for rank, post in enumerate(group.posts):
                position = last.get(group.unit, -1) + 1 if group.position is None else group.position + rank
                last[group.unit] = position
                found.append(Post(id=post, position=position, **fields))
        return found


class Milestone(Value, frozen=True, kw_only=True):
    """A known event whose chart is not known; `on` is as precise as the source."""

    id: Annotated[MilestoneId, IDENTIFIER]
    label: Annotated[str, Meta(min_length=1, max_length=300)]
    on: PartialDate
    unit: UnitId | None = None
    posts_announced: Annotated[int, Meta(ge=0)] | None = None
    source: str = ""
    fictitious: bool = False


class Committee(Value, frozen=True, kw_only=True):
    """An instance. Its members have accounts, which are no part of a case."""

    id: Annotated[CommitteeId, IDENTIFIER]
    kind: Literal["ctp", "ct", "cst", "csa"]
    label: Annotated[str, Meta(min_length=1)]
    fictitious: bool = False


class Session(Value, frozen=True, kw_only=True):
    """Séance, with what its validity depends on; attendance is counted at the opening, empty is unknown.

    An export that names nobody leaves its three officers empty.
    """

    id: Annotated[SessionId, IDENTIFIER]
    committee: CommitteeId
    held_on: datetime.date
    starts_at: TimeOfDay | None = None
    place: str = ""
    convoked_on: datetime.date | None = None
    urgent: bool = False
    documents_sent_on: datetime.date | None = None
    after_failed_quorum: bool = False
    employer_votes: bool = False
    employer_vote_deliberation: str = ""
    staff_seats: Seats | None = None
    staff_present: Seats | None = None
    employer_seats: Seats | None = None
    employer_present: Seats | None = None
    opened_at: TimeOfDay | None = None
    closed_at: TimeOfDay | None = None
    president: Name = ""
    secretary: Name = ""
    deputy_secretary: Name = ""
    president_signed_on: datetime.date | None = None
    secretary_signed_on: datetime.date | None = None
    deputy_secretary_signed_on: datetime.date | None = None
    minutes_signed_on: datetime.date | None = None
    minutes_approved_on: datetime.date | None = None
    members_informed_on: datetime.date | None = None
    fictitious: bool = False


class Agent(Value, frozen=True, kw_only=True):
    """A person. Public files hold invented ones only; an export names agents only when it is asked to."""

    id: Annotated[AgentId, IDENTIFIER]
    first_name: str
    last_name: str
    fictitious: bool = False


class SealedVersion(Value, frozen=True, kw_only=True):
    """A version that the steps must seal: nothing is written from it, it is compared once they are done.

    `structure_sha256`: hash of the units, posts and pending transformations, without the reference data.
    """

    number: Annotated[int, Meta(ge=1)]
    effective_on: datetime.date
    structure_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    title: str = ""
    fictitious: bool = False


def structure_sha256(structure: Structure) -> str:
    return sha256(canonical(replace(structure, nomenclature=Nomenclature())))


class CaseFile(Value, frozen=True, kw_only=True):
    """The opening state and what surrounds it, then `steps`, in the order in which they were recorded."""

    format: Literal[1]
    title: Annotated[str, Meta(min_length=1)]
    nomenclature: Nomenclature = Nomenclature()
    chart: Chart | None = None
    milestones: tuple[Milestone, ...] = ()
    committees: tuple[Committee, ...] = ()
    sessions: tuple[Session, ...] = ()
    agents: tuple[Agent, ...] = ()
    steps: tuple[AnyStep, ...] = ()
    versions: tuple[SealedVersion, ...] = ()
