"""What a chart is made of: a unit, a post, a transformation still to be determined. Each is frozen."""

from enum import StrEnum
from fractions import Fraction

from .nomenclature import Category, Form
from .values import Deduction, GradeCode, Hours, KindCode, PostId, Share, SiteCode, TitleCode, UnitId, Value


class ManagementLevel(StrEnum):
    """Niveau d'encadrement, as the report prints it."""

    DIRECTION = "direction"
    PROXIMITY = "proximite"

    @property
    def label(self) -> str:
        return {"direction": "manager de direction", "proximite": "manager de proximité"}[self.value]


class Unit(Value, frozen=True, kw_only=True):
    """A node of the tree.

    `partial`: known in part only (outside the perimeter): no total is ever given for it. `links`: the units it also
    depends on functionally (dotted). `lead`: the post that leads it, possibly of another unit. `origins`: the units it
    comes from (merged, split, or closed with this one as successor).
    """

    id: UnitId
    kind: KindCode
    label: str
    parent: UnitId | None = None
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    sites: tuple[SiteCode, ...] = ()
    purposes: tuple[str, ...] = ()
    position: int = 0
    lead: PostId | None = None
    links: tuple[UnitId, ...] = ()
    origins: tuple[UnitId, ...] = ()
    partial: bool = False
    provisional: bool = False
    deduced: tuple[Deduction, ...] = ()


class Post(Value, frozen=True, kw_only=True):
    """A post of one unit, or shared between several (`shares`, that of `unit` among them). None or empty is unknown.

    `superiors`: the posts it also answers to functionally, beside the one that leads its unit (dotted). `origins`: the
    posts it was transformed or redeployed from.
    """

    id: PostId
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
    position: int = 0
    origins: tuple[PostId, ...] = ()
    deduced: tuple[Deduction, ...] = ()

    @property
    def etp(self) -> Fraction | None:
        return self.hours.etp if self.hours else None

    def part_of(self, unit: UnitId) -> Fraction:
        """The part of the post that works for `unit`: 1 unless it is shared."""
        if not self.shares:
            return Fraction(int(unit == self.unit))
        return sum((Fraction(share.percent) / 100 for share in self.shares if share.unit == unit), Fraction())


class Pending(Value, frozen=True, kw_only=True):
    """An undetermined transformation: one of `candidates` becomes `into`, which one is not known yet.

    Until it is, the new post counts and one of the candidates no longer does, everywhere. Candidates share unit,
    cotation and hours. `id` is that of the change that opened it.
    """

    id: str
    candidates: tuple[PostId, ...]
    into: PostId
