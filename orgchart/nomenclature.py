"""The words a chart is written with: kinds of unit, cotations, titles and sites of one employer.

A structure carries its own, so that a sealed version keeps printing what it said the day it was sealed.
"""

from enum import StrEnum
from functools import cached_property
from typing import Literal

from .values import GradeCode, KindCode, SiteCode, TitleCode, Value

Category = Literal["A", "B", "C"]


class Form(StrEnum):
    """Which form of a title a post is printed with."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    INCLUSIVE = "inclusive"


class Kind(Value, frozen=True, kw_only=True):
    """A kind of unit (pôle, direction, secteur, cellule…), in the employer's order, largest first.

    `heads_perimeter`: inside it a post is attached (rattachement), from one to another it is transferred.
    `external`: another employer, whose posts are no part of the headcount; none of its totals is known.
    """

    code: KindCode
    label: str
    plural: str
    feminine: bool = False
    rank: int = 0
    heads_perimeter: bool = False
    external: bool = False


class Grade(Value, frozen=True, kw_only=True):
    """A cotation: the level of a function in the employer's scale. Rank 1 is the highest."""

    code: GradeCode
    rank: int
    label: str = ""
    category: Category | None = None


class Title(Value, frozen=True, kw_only=True):
    """Intitulé de poste, in its forms. A form left empty falls back on the masculine one."""

    code: TitleCode
    masculine: str
    masculine_plural: str
    feminine: str = ""
    feminine_plural: str = ""
    inclusive: str = ""
    inclusive_plural: str = ""

    def singular(self, form: Form) -> str:
        return {Form.FEMININE: self.feminine, Form.INCLUSIVE: self.inclusive}.get(form, "") or self.masculine

    def plural(self, form: Form) -> str:
        forms = {Form.FEMININE: self.feminine_plural, Form.INCLUSIVE: self.inclusive_plural}
        return forms.get(form, "") or self.masculine_plural


class Site(Value, frozen=True, kw_only=True):
    code: SiteCode
    label: str


class Nomenclature(Value, frozen=True, kw_only=True, dict=True):
    """The reference data a structure is read with. Codes are unique in each list."""

    kinds: tuple[Kind, ...] = ()
    grades: tuple[Grade, ...] = ()
    titles: tuple[Title, ...] = ()
    sites: tuple[Site, ...] = ()

    @cached_property
    def kind_by_code(self) -> dict[KindCode, Kind]:
        return {kind.code: kind for kind in self.kinds}

    @cached_property
    def grade_by_code(self) -> dict[GradeCode, Grade]:
        return {grade.code: grade for grade in self.grades}

    @cached_property
    def title_by_code(self) -> dict[TitleCode, Title]:
        return {title.code: title for title in self.titles}

    @cached_property
    def site_by_code(self) -> dict[SiteCode, Site]:
        return {site.code: site for site in self.sites}

    def renewed(self, now: "Nomenclature") -> "Nomenclature":
        """The words of `now`, then those of this one that it no longer has: a chart may still be written with them."""
        return Nomenclature(
            kinds=(*now.kinds, *(kind for kind in self.kinds if kind.code not in now.kind_by_code)),
            grades=(*now.grades, *(grade for grade in self.grades if grade.code not in now.grade_by_code)),
            titles=(*now.titles, *(title for title in self.titles if title.code not in now.title_by_code)),
            sites=(*now.sites, *(site for site in self.sites if site.code not in now.site_by_code)),
        )

    def grade_rank(self, code: GradeCode | None) -> int:
        """The rank of a cotation; an unknown one comes after all others."""
        grade = self.grade_by_code.get(code) if code is not None else None
        return grade.rank if grade else 10**6

    def site_label(self, code: SiteCode) -> str:
        site = self.site_by_code.get(code)
        return site.label if site else code
