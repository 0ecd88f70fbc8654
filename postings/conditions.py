"""The conditions that a rule of eligibility is made of. Pure: each is asked of a person through one of their posts."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, NamedTuple

from orgchart import french
from orgchart.naming import Names, grade_text
from orgchart.nomenclature import Category, Form
from orgchart.records import Post
from orgchart.structure import Structure
from orgchart.values import GradeCode, PostId, SiteCode, TitleCode, UnitId, Value


class Person(Value, frozen=True, kw_only=True):
    """`uid` says nobody's name. `posts`: held on the day. `statutory_grade`: empty when it is not known."""

    uid: str
    posts: tuple[PostId, ...] = ()
    statutory_grade: str = ""


class Truth(StrEnum):
    """Three values, as Kleene has them: what is not known stays so until something else settles it."""

    MET = "oui"
    NOT_MET = "non"
    UNKNOWN = "non renseigné"

    @property
    def contrary(self) -> "Truth":
        return {Truth.MET: Truth.NOT_MET, Truth.NOT_MET: Truth.MET}.get(self, self)


class Asked(NamedTuple):
    """A person seen through one of their posts; None: no post of theirs is known that day, or in this chart."""

    person: Person
    post: Post | None
    chart: Structure

    @property
    def names(self) -> Names:
        return Names(self.chart, self.chart)

    @property
    def through(self) -> str:
        """« poste de chargé de mission (A 3), cellule éditoriale »."""
        if self.post is None:
            return "aucun poste renseigné à cette date"
        return f"{self.names.post_noun(self.post)}, {self.chart.unit_label(self.post.unit)}"


class Rule(Value, frozen=True, kw_only=True, tag_field="rule"):
    """A condition that stands alone. `name`: what it looks at. `of_post`: the post held says whether it is met."""

    name: ClassVar[str] = ""
    of_post: ClassVar[bool] = True

    def truth(self, asked: Asked) -> Truth:
        raise TypeError(f"{type(self).__name__} n’est pas une condition.")

    def words(self, chart: Structure) -> str:
        """« intitulé chargé de mission »: after « condition » as after « hors »."""
        raise TypeError(f"{type(self).__name__} n’est pas une condition.")

    def answer(self, asked: Asked) -> str:
        """« site Lille »: the fact that answers the condition, where naming the post does not tell it already."""
        return ""


class InUnit(Rule, frozen=True, kw_only=True, tag="unit"):
    """A post of the unit or of one below it; a shared post belongs to each of its units."""

    name: ClassVar[str] = "unité"
    unit: UnitId

    def truth(self, asked: Asked) -> Truth:
        if asked.post is None:
            return Truth.UNKNOWN
        units = {asked.post.unit, *(share.unit for share in asked.post.shares)}
        above = {each.id for unit in units for each in asked.chart.ancestors(unit, include_self=True)}
        return _known(self.unit in above)

    def words(self, chart: Structure) -> str:
        return f"poste {Names(chart, chart).of_unit(self.unit)}"

    def answer(self, asked: Asked) -> str:
        if asked.post is None or asked.post.unit == self.unit or self.truth(asked) is not Truth.MET:
            return ""
        return f"{self.name} {asked.names.of_unit(self.unit)}"


class HasTitle(Rule, frozen=True, kw_only=True, tag="title"):
    name: ClassVar[str] = "intitulé"
    titles: tuple[TitleCode, ...]

    def truth(self, asked: Asked) -> Truth:
        if asked.post is None or asked.post.title is None:
            return Truth.UNKNOWN
        return _known(asked.post.title in self.titles)

    def words(self, chart: Structure) -> str:
        found = chart.nomenclature.title_by_code
        return (
            f"intitulé {_or(found[each].singular(Form.MASCULINE) if each in found else each for each in self.titles)}"
        )


class HasGrade(Rule, frozen=True, kw_only=True, tag="grade"):
    """Cotation of the post held."""

    name: ClassVar[str] = "cotation"
    grades: tuple[GradeCode, ...]

    def truth(self, asked: Asked) -> Truth:
        if asked.post is None or asked.post.grade is None:
            return Truth.UNKNOWN
        return _known(asked.post.grade in self.grades)

    def words(self, chart: Structure) -> str:
        return f"cotation {_or(map(grade_text, self.grades))}"


class HasCategory(Rule, frozen=True, kw_only=True, tag="category"):
    """Category of the post held, else that of its cotation."""

    name: ClassVar[str] = "catégorie"
    categories: tuple[Category, ...]

    def truth(self, asked: Asked) -> Truth:
        category = asked.chart.category_of(asked.post) if asked.post else None
        return _known(category in self.categories) if category else Truth.UNKNOWN

    def words(self, chart: Structure) -> str:
        return f"catégorie {_or(self.categories)}"

    def answer(self, asked: Asked) -> str:
        category = asked.chart.category_of(asked.post) if asked.post else None
        return f"catégorie {category}" if category else ""


class HasStatutoryGrade(Rule, frozen=True, kw_only=True, tag="statutory_grade"):
    """The person's own grade, whatever the post."""

    name: ClassVar[str] = "grade statutaire"
    of_post: ClassVar[bool] = False
    grades: tuple[str, ...]

    def truth(self, asked: Asked) -> Truth:
        grade = asked.person.statutory_grade
        return _known(_folded(grade) in map(_folded, self.grades)) if grade else Truth.UNKNOWN

    def words(self, chart: Structure) -> str:
        return f"grade statutaire {_or(self.grades)}"

    def answer(self, asked: Asked) -> str:
        grade = asked.person.statutory_grade
        return f"grade {grade}" if grade else ""


class AtSite(Rule, frozen=True, kw_only=True, tag="site"):
    name: ClassVar[str] = "site"
    sites: tuple[SiteCode, ...]

    def truth(self, asked: Asked) -> Truth:
        if asked.post is None or asked.post.site is None:
            return Truth.UNKNOWN
        return _known(asked.post.site in self.sites)

    def words(self, chart: Structure) -> str:
        return f"site {_or(chart.nomenclature.site_label(each) for each in self.sites)}"

    def answer(self, asked: Asked) -> str:
        site = asked.post.site if asked.post else None
        return f"site {asked.chart.nomenclature.site_label(site)}" if site else ""


class IsNamed(Rule, frozen=True, kw_only=True, tag="named"):
    """One of these agents, by their identifiers."""

    name: ClassVar[str] = "liste nominative"
    of_post: ClassVar[bool] = False
    agents: tuple[str, ...]

    def truth(self, asked: Asked) -> Truth:
        return _known(asked.person.uid in self.agents)

    def words(self, chart: Structure) -> str:
        return f"{self.name} ({french.count(len(self.agents), 'agent')})"


class HoldsPost(Rule, frozen=True, kw_only=True, tag="post"):
    """Holds one of these very posts."""

    name: ClassVar[str] = "poste désigné"
    posts: tuple[PostId, ...]

    def truth(self, asked: Asked) -> Truth:
        return Truth.UNKNOWN if asked.post is None else _known(asked.post.id in self.posts)

    def words(self, chart: Structure) -> str:
        return (
            f"occuper {Names(chart, chart).one_of(self.posts)}"
            if len(self.posts) > 1
            else (
                f"occuper {Names(chart, chart).the_post(self.posts[0])}" if self.posts else "occuper un poste désigné"
            )
        )


class AllOf(Rule, frozen=True, kw_only=True, tag="all"):
    """Each of these; of nothing, met."""

    of: tuple["AnyRule", ...]

    def truth(self, asked: Asked) -> Truth:
        return _least(each.truth(asked) for each in self.of)

    def words(self, chart: Structure) -> str:
        return " et ".join(_bracketed(each, chart) for each in self.of) or "tous les agents"


class AnyOf(Rule, frozen=True, kw_only=True, tag="any"):
    """One of these at least; of nothing, not met."""

    of: tuple["AnyRule", ...]

    def truth(self, asked: Asked) -> Truth:
        return _least(each.truth(asked).contrary for each in self.of).contrary

    def words(self, chart: Structure) -> str:
        return " ou ".join(_bracketed(each, chart) for each in self.of) or "aucun agent"


class Not(Rule, frozen=True, kw_only=True, tag="not"):
    of: "AnyRule"

    def truth(self, asked: Asked) -> Truth:
        return self.of.truth(asked).contrary

    def words(self, chart: Structure) -> str:
        return f"hors {_bracketed(self.of, chart)}"


AnyRule = (
    InUnit | HasTitle | HasGrade | HasCategory | HasStatutoryGrade | AtSite | IsNamed | HoldsPost | AllOf | AnyOf | Not
)


def _known(met: bool) -> Truth:
    return Truth.MET if met else Truth.NOT_MET


def _least(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return next((each for each in (Truth.NOT_MET, Truth.UNKNOWN) if each in found), Truth.MET)


def _bracketed(rule: AnyRule, chart: Structure) -> str:
    several = isinstance(rule, AllOf | AnyOf) and len(rule.of) > 1
    return f"({rule.words(chart)})" if several else rule.words(chart)


def _or(items: Iterable[str]) -> str:
    return french.join(items).replace(" et ", " ou ")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
