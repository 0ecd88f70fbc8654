"""How units and posts are named inside a sentence: article, gender, elision, number, cotation in parentheses."""

from collections import Counter
from collections.abc import Callable, Sequence

from . import french
from .changes import NewPost, NewUnit
from .nomenclature import Form
from .records import Post, Unit
from .rows import rows
from .structure import Structure
from .values import GradeCode, Hours, KindCode, PostId, SiteCode, TitleCode, UnitId

NO_UNIT = "une unité qui n’est plus dans l’organigramme"
NO_POST = "un poste qui n’est plus dans l’organigramme"


class Names:
    """Names things of a draft as they stand after it; what the draft took away, as it stood before."""

    def __init__(self, before: Structure, after: Structure) -> None:
        self.before = before
        self.after = after
        self.nomenclature = after.nomenclature

    # Units

    def find_unit(self, unit: str) -> Unit | None:
        return self.after.unit_by_id.get(UnitId(unit)) or self.before.unit_by_id.get(UnitId(unit))

    def earlier_unit(self, unit: str) -> Unit:
        """The unit before the draft, else as the draft made it; an unknown one is named by its id."""
        found = self.before.unit_by_id.get(UnitId(unit)) or self.find_unit(unit)
        return found or Unit(id=UnitId(unit), kind=KindCode(""), label=NO_UNIT)

    def noun(self, unit: Unit | NewUnit) -> str:
        """The unit as a noun: « cellule de direction », « secteur Information… » whether or not the label says
        « Secteur »; a sigle stands alone (« DDPE »)."""
        label = french.typographic(unit.label)
        kind = self.kind_word(unit.kind)
        if kind and label.lower().startswith(f"{kind.lower()} "):
            return french.lower_first(label)
        if not kind or label == unit.acronym or label.isupper():
            return label
        return f"{kind} {label}"

    def kind_word(self, kind: str) -> str:
        found = self.nomenclature.kind_by_code.get(KindCode(kind))
        return french.lower_first(found.label) if found else ""

    def is_feminine(self, unit: Unit | NewUnit) -> bool:
        found = self.nomenclature.kind_by_code.get(unit.kind)
        return found.feminine if found else True

    def the(self, unit: Unit | NewUnit) -> str:
        return unit.label if unit.label == NO_UNIT else french.the(self.noun(unit), feminine=self.is_feminine(unit))

    def of(self, unit: Unit | NewUnit) -> str:
        if unit.label == NO_UNIT:
            return french.de(unit.label)
        return french.of_the(self.noun(unit), feminine=self.is_feminine(unit))

    def the_unit(self, unit: str, *, new: NewUnit | None = None) -> str:
        """« la cellule de direction »."""
        found = self.find_unit(unit) or new
        return self.the(found) if found else NO_UNIT

    def of_unit(self, unit: str) -> str:
        """« de la cellule de direction », « du secteur Information »."""
        return self.of(self.find_unit(unit) or self.earlier_unit(unit))

    def to_unit(self, unit: str) -> str:
        """« à la cellule de direction », « au secteur Information »."""
        found = self.find_unit(unit)
        return french.to_the(self.noun(found), feminine=self.is_feminine(found)) if found else f"à {NO_UNIT}"

    def a_unit(self, new: Unit | NewUnit) -> str:
        """« une cellule de direction », with the name it has in the end."""
        unit = self.after.unit_by_id.get(new.id) or new
        return french.an(self.noun(unit), feminine=self.is_feminine(unit))

    def of_a_unit(self, new: NewUnit) -> str:
        return french.de(self.a_unit(new))

    def size(self, unit: UnitId) -> str:
        """« (4 postes) » with a space before: the unit and all below it in the end; nothing when that is not known."""
        if unit not in self.after.unit_by_id or unit in self.after.known_in_part:
            return ""
        return f" ({french.count(self.after.headcounts[unit], 'poste')})"

    def site(self, site: str) -> str:
        return self.nomenclature.site_label(SiteCode(site))

    # Posts

    def find_post(self, post: str, *, earlier: bool = False) -> Post | None:
        first, second = (self.before, self.after) if earlier else (self.after, self.before)
        return first.post_by_id.get(PostId(post)) or second.post_by_id.get(PostId(post))

    def title(self, title: TitleCode | None, form: Form, label: str) -> str:
        return self.after.title_of(Post(id=PostId(""), unit=UnitId(""), title=title, form=form, label=label))

    def new_title(self, new: NewPost) -> str:
        """« responsable de secteur (A 2.2) »."""
        return self.title(new.title, new.form, new.label) + graded(new.grade)

    def a_new_post(self, new: NewPost) -> str:
        """« un poste de responsable de secteur (A 2.2) »."""
        if not (new.title or new.label):
            return f"un poste{graded(new.grade)}, intitulé {french.UNKNOWN}"
        return f"un poste {french.de(self.new_title(new))}"

    def post_noun(self, post: Post, *, graded_too: bool = True) -> str:
        """« poste de responsable de projet (A 2.2) »."""
        grade = graded(post.grade) if graded_too else ""
        if not (post.title or post.label):
            return f"poste{grade}, intitulé {french.UNKNOWN}"
        return f"poste {french.de(self.after.title_of(post))}{grade}"

    def is_only_one(self, post: Post) -> bool:
        """Whether its title and cotation are enough to tell the post in its unit."""
        chart = self.before if post.id in self.before.post_by_id else self.after
        found = chart.post_by_id[post.id]
        alike = [
            each
            for each in chart.posts_of[found.unit]
            if (self.after.title_of(each), each.grade) == (self.after.title_of(found), found.grade)
        ]
        return len(alike) == 1

    def the_post(self, post: str, *, earlier: bool = False) -> str:
        """« le poste de directrice (A 1.3) »; « un poste de graphiste (A 4) » where several are alike."""
        found = self.find_post(post, earlier=earlier)
        if found is None:
            return NO_POST
        return f"{'le' if self.is_only_one(found) else 'un'} {self.post_noun(found)}"

    def of_post(self, post: str, *, earlier: bool = False, graded: bool = True) -> str:
        """« du poste de directrice (A 1.3) », « d’un poste de graphiste (A 4) »."""
        found = self.find_post(post, earlier=earlier)
        if found is None:
            return french.de(NO_POST)
        return f"{'du' if self.is_only_one(found) else 'd’un'} {self.post_noun(found, graded_too=graded)}"

    def to_post(self, post: str) -> str:
        """« au poste de directrice (A 1.3) »."""
        found = self.find_post(post)
        if found is None:
            return f"à {NO_POST}"
        return f"{'au' if self.is_only_one(found) else 'à un'} {self.post_noun(found)}"

    def posts(self, posts: Sequence[PostId]) -> str:
        """« 3 postes de chargé de mission (A 3) et le poste de directrice (A 1.3) »."""
        return french.join(self._groups(posts, self.the_post))

    def of_posts(self, posts: Sequence[PostId]) -> str:
        """« de 3 postes de chargé de mission (A 3) et du poste de directrice (A 1.3) »."""
        groups = self._groups(posts, self.of_post)
        return french.join(f"de {group}" if group[:1].isdigit() else group for group in groups)

    def of_posts_by_unit(self, posts: Sequence[PostId]) -> dict[UnitId, str]:
        """Unit → « de 2 postes de graphiste (A 4) »: each unit with its own of these posts, in their order."""
        found: dict[UnitId, list[PostId]] = {}
        for post in posts:
            known = self.find_post(post)
            found.setdefault(known.unit if known else UnitId(""), []).append(post)
        return {unit: self.of_posts(own) for unit, own in found.items()}

    def _groups(self, posts: Sequence[PostId], alone: Callable[[str], str]) -> list[str]:
        found = [each for each in (self.find_post(post) for post in posts) if each]
        if len(found) < len(posts):
            return [french.count(len(posts), "poste")] if len(posts) > 1 else [alone(posts[0])]
        numbers = Counter(self.post_noun(post) for post in found)
        first = {self.post_noun(post): post for post in reversed(found)}
        return [
            f"{number}{french.NBSP}postes{noun.removeprefix('poste')}" if number > 1 else alone(first[noun].id)
            for noun, number in numbers.items()
        ]

    def one_of(self, posts: Sequence[PostId], *, current: bool = False) -> str:
        """« un des 4 postes de chargé de mission (A 3) »; the titles are listed where they differ.

        `current`: as the report says where the new post comes from, « un des 4 postes de chargé de mission actuels ».
        """
        found = [each for each in (self.find_post(post) for post in posts) if each]
        nouns = list(dict.fromkeys(self.post_noun(post, graded_too=not current) for post in found))
        number = french.count(len(posts), "poste")
        if len(nouns) == 1:
            return f"un des {number}{nouns[0].removeprefix('poste')}{' actuels' if current else ''}"
        titles = french.join(dict.fromkeys(self.after.title_of(post) for post in found))
        return f"un des {number} suivants\u00a0: {titles}" if titles else f"un des {number}"

    def of_unit_of(self, post: str) -> str:
        """The unit the post is in before the draft: « de la DDPE »."""
        found = self.find_post(post, earlier=True)
        return self.of_unit(found.unit) if found else french.de(NO_UNIT)

    def unit_of(self, post: str) -> str:
        """The unit the post is in before the draft: « la DDPE »."""
        found = self.find_post(post, earlier=True)
        return self.the_unit(found.unit) if found else NO_UNIT

    def home_of(self, post: str) -> str:
        """The unit the post is in once the draft is made: « la cellule Accompagnement »."""
        found = self.find_post(post)
        return self.the_unit(found.unit) if found else NO_UNIT

    def pending_title(self, pending: str) -> str:
        """What a pending transformation makes: « responsable de secteur (A 2.2) »; empty when it is not known here."""
        for chart in (self.before, self.after):
            into = next((chart.post_by_id[each.into] for each in chart.pendings if each.id == pending), None)
            if into:
                return chart.title_of(into) + graded(into.grade)
        return ""

    # What changes

    def regrading(self, post: str, grade: GradeCode) -> str:
        """« de A 3 à A 2.2 »."""
        old = self.find_post(post, earlier=True)
        return turn(grade_text(old.grade) if old and old.grade else None, grade_text(grade), french.UNKNOWN_FEMININE)

    def rescheduling(self, post: str, duration: Hours) -> str:
        """« de 35/35 à 28/35 », « 28/35 (jusqu’ici non renseignée) »."""
        old = self.find_post(post, earlier=True)
        return turn(hours(old.hours) if old and old.hours else None, hours(duration), french.UNKNOWN_FEMININE)

    def relocation(self, post: str, site: SiteCode) -> str:
        """« d’Amiens à Lille »."""
        old = self.find_post(post, earlier=True)
        return turn(self.site(old.site) if old and old.site else None, self.site(site), french.UNKNOWN)


def turn(old: str | None, new: str, unknown: str) -> str:
    """« de … à … »; an old value that is not known says so beside the new one."""
    return f"{french.de(old)} à {new}" if old else f"{new} (jusqu’ici {unknown})"


def graded(grade: GradeCode | None) -> str:
    """« (A 3) » with a space before; nothing when the cotation is not known."""
    return f" ({grade_text(grade)})" if grade else ""


def grade_text(grade: str) -> str:
    """« A 2.2 », not broken across lines."""
    return grade.replace(" ", french.NBSP)


def hours(duration: Hours) -> str:
    """« 17,5/35 »."""
    return f"{french.decimal(duration.worked)}/{french.decimal(duration.reference)}"


def lines(structure: Structure, unit: UnitId) -> tuple[str, ...]:
    """The posts of a unit as a report lists them: « 2 conseillères techniques (A 2.2) »."""
    return tuple(
        line(row.number, row.label, row.grade, row.level.label if row.level else "") for row in rows(structure, unit)
    )


def line(number: int, label: str, grade: GradeCode | None, level: str = "") -> str:
    """« 1 directrice (A 1.3) (manager de direction) »."""
    return f"{number}{french.NBSP}{label}{graded(grade)}{f' ({level})' if level else ''}"
