"""The figures of a dossier: what changes and by what causes, the posts before and after, totals. Never one unsupported.

A unit known in part gets its gap and « non renseigné », never a total; so do those above it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from .. import french
from ..causes import Cause, Item, causes
from ..changes import Change
from ..diff import Difference, State
from ..gaps import GapRow
from ..naming import Names, grade_text
from ..structure import Structure
from ..total import Total
from ..values import PostId, UnitId
from .blocks import Bullets, Column, Group, Table
from .listed import categories, counted_rows
from .provenance import Origin, provenance

VARIATION = (Column("Avant", True, 15), Column("Après", True, 15), Column("Écart", True, 9))


class Figures:
    """Everything counted for one perimeter. `root` heads it, before, after or both."""

    def __init__(self, difference: Difference, changes: tuple[Change, ...], root: UnitId) -> None:
        self.difference = difference
        self.before = difference.before
        self.after = difference.after
        self.changes = changes
        self.root = root
        self.names = Names(self.before, self.after)

    @cached_property
    def inside(self) -> set[UnitId]:
        sides = (self.before, self.after)
        return {unit.id for side in sides if self.root in side.unit_by_id for unit in side.subtree(self.root)}

    @cached_property
    def above(self) -> set[UnitId]:
        return {unit.id for side in (self.before, self.after) for unit in side.ancestors(self.root)}

    @cached_property
    def causes(self) -> tuple[tuple[Cause, ...], tuple[Cause, ...], tuple[Cause, ...]]:
        """By cotation within the perimeter; units within it; units outside that gain or lose posts of their own."""
        found = causes(self.before, self.changes, self.after, within=self.root)
        outside = (row for row in found.units if row.key not in self.inside and self._own_gap(UnitId(row.key or "")))
        return found.grades, tuple(row for row in found.units if row.key in self.inside), tuple(outside)

    def _own_gap(self, unit: UnitId) -> int:
        return self.after.own_totals.get(unit, Total()).posts - self.before.own_totals.get(unit, Total()).posts

    # What changes

    def summary(self) -> Table:
        """« Ce qui change » on the first page: the headcount, the cotations that vary, and elsewhere."""
        grades, units, outside = self.causes
        whole = next((row for row in units if row.key == self.root), None)
        headcount = self.difference.totals(self.root).headcount
        unit = self.names.find_unit(self.root)
        label = f"Effectif {self.names.of(unit)}" if unit else "Effectif"
        here = [(label, *figures(headcount), cause_text(whole.items) if whole else "")]
        here += [(grade_label(row), *cause_figures(row), cause_text(row.items)) for row in grades if row.gap]
        columns = (Column("Effectif et cotations", width=33), *VARIATION, Column("Par quoi"))
        return Table("En nombre de postes", columns, self._with_elsewhere(here, outside), self._whole(outside))

    def _with_elsewhere(self, here: Sequence[tuple[str, ...]], outside: Sequence[Cause]) -> tuple[Group, ...]:
        rest = tuple((french.typographic(row.label), *cause_figures(row), cause_text(row.items)) for row in outside)
        return (Group("", tuple(here)), *([Group("En dehors du périmètre", rest)] if rest else ()))

    def _whole(self, outside: Sequence[Cause]) -> tuple[str, ...]:
        """What the perimeter and the units outside it make together; without these, nothing more to say."""
        if not outside:
            return ()
        whole = self.difference.totals()
        shifts = (f"{grade_text(row.label)}\u00a0: {french.signed(row.gap.posts)}" for row in whole.changed_grades)
        return ("Ensemble", *figures(whole.headcount), french.typographic(", ".join(shifts)))

    def by_unit(self) -> Table:
        """Each unit with all below it, those that gain, lose or exchange posts."""
        _, units, outside = self.causes
        here = [(self._unit_label(row), *cause_figures(row), cause_text(row.items)) for row in units]
        return Table(
            "Chaque unité avec celles qui en dépendent, en nombre de postes",
            (Column("Unité", width=33), *VARIATION, Column("Par quoi")),
            self._with_elsewhere(here, outside),
            self._whole(outside),
        )

    def _unit_label(self, row: Cause) -> str:
        label = french.typographic(row.label)
        unit = self.after.unit_by_id.get(UnitId(row.key or ""))
        if unit is None:
            heirs = [self.names.the(each) for each in self.after.units if row.key in each.origins]
            succession = (
                f", {'lui succèdent' if len(heirs) > 1 else 'lui succède'} {french.join(heirs)}" if heirs else ""
            )
            return f"{label} (supprimée{succession})"
        if unit.provisional:
            label = f"{label} (nom provisoire)"
        # Older lineage is of earlier reorganisations: those units are on neither side.
        succeeded = [
            origin
            for origin in unit.origins
            if origin in self.before.unit_by_id and origin not in self.after.unit_by_id
        ]
        return f"{label}, qui succède {french.join(map(self.names.to_unit, succeeded))}" if succeeded else label

    def concerned(self) -> Bullets:
        """The posts that this makes, takes away, brings or moves, in words."""
        inside = {
            state: [
                delta.id
                for delta in self.difference.posts_in(state)
                if {each.unit for each in (delta.before, delta.after) if each} & self.inside
            ]
            for state in State
        }
        candidates = self.difference.pendings_opened
        words = [
            self._posts("Poste créé", "Postes créés", inside[State.CREATED]),
            self._posts("Poste supprimé", "Postes supprimés", inside[State.CLOSED]),
            self._posts(
                "Poste issu d’une transformation", "Postes issus d’une transformation", inside[State.TRANSFORMED]
            ),
            self._posts("Poste transformé", "Postes transformés", inside[State.REPLACED]),
            *(
                f"Poste transformé restant à déterminer\u00a0: {self.names.one_of(each.candidates)}"
                for each in candidates
            ),
            *(
                f"Poste transféré\u00a0: {self.names.the_post(post)}, depuis {self.names.unit_of(post)}"
                for post in inside[State.TRANSFERRED]
            ),
            self._number(inside[State.MOVED]),
        ]
        return Bullets(tuple(french.typographic(text) for text in words if text), "Postes concernés")

    def _posts(self, one: str, several: str, posts: list[PostId]) -> str:
        return f"{french.plural(len(posts), one, several)}\u00a0: {self.names.posts(posts)}" if posts else ""

    def _number(self, posts: list[PostId]) -> str:
        label = french.plural(len(posts), "Poste qui change d’unité", "Postes qui changent d’unité")
        return f"{label}\u00a0: {french.count(len(posts), 'poste')}" if posts else ""

    # The posts

    def posts(self, side: str, known: Mapping[PostId, Origin]) -> Table:
        """Unit by unit, the posts of one side: number, title, cotation, category, ETP."""
        structure = self.after if side == "after" else self.before
        groups = []
        for unit in structure.subtree(self.root) if self.root in structure.unit_by_id else ():
            listed = tuple(self._post_rows(structure, unit.id, known))
            if listed:
                own = structure.own_totals[unit.id]
                children = structure.children_of.get(unit.id, ())
                name = french.typographic(unit.label)
                title = f"{name}, postes rattachés directement" if children else name
                groups.append(Group(f"{title} ({french.count(own.posts, 'poste')})", listed))
        total = structure.total(self.root) if self.root in structure.unit_by_id else Total()
        columns = (
            Column("Nombre", True, 10),
            Column("Intitulé du poste"),
            Column("Cotation", width=12),
            Column("Catégorie", width=12),
            Column("ETP", True, 18),
        )
        words = "après" if side == "after" else "avant"
        return Table(
            f"Postes {words} la réorganisation",
            columns,
            tuple(groups),
            ("", french.UNKNOWN, "", "", "")
            if total is None
            else (french.grouped(total.posts), "Ensemble", "", "", etp_text(total)),
        )

    def _post_rows(
        self, structure: Structure, unit: UnitId, known: Mapping[PostId, Origin]
    ) -> Iterator[tuple[str, ...]]:
        for row, found in counted_rows(structure, unit):
            level = f" ({row.level.label})" if row.level else ""
            origin = provenance(row, known)
            yield (
                str(row.number),
                f"{row.label}{level}{f', {origin}' if origin else ''}",
                grade_text(row.grade) if row.grade else french.UNKNOWN_FEMININE,
                categories(structure, row),
                etp_text(found),
            )

    # Totals

    def by_grade(self) -> Table:
        found = self.difference.totals(self.root)
        return totals_table("Par cotation", "Cotation", found.grades, found.headcount)

    def by_category(self) -> Table:
        found = self.difference.totals(self.root)
        return totals_table("Par catégorie", "Catégorie", found.categories, found.headcount)

    def by_site(self) -> tuple[Table, ...]:
        """Where some post changes site; nothing else to say when none does."""
        found = self.difference.totals(self.root)
        if not any(row.gap != Total() for row in found.sites):
            return ()
        return (totals_table("Par site", "Site", found.sites, found.headcount),)


def totals_table(caption: str, label: str, lines: Iterable[GapRow], whole: GapRow) -> Table:
    return Table(
        f"{caption}, en nombre de postes, et durée totale après",
        (Column(label, width=33), *VARIATION, Column("ETP après", True)),
        (Group("", tuple((grade_text(row.label), *figures(row), after_etp(row)) for row in lines)),),
        ("Ensemble", *figures(whole), after_etp(whole)),
    )


def figures(row: GapRow) -> tuple[str, str, str]:
    """Before, after, gap; « non renseigné » where only the gap is known."""
    before, after = (
        french.UNKNOWN if total is None else french.grouped(total.posts) for total in (row.before, row.after)
    )
    return before, after, french.signed(row.gap.posts)


def cause_figures(row: Cause) -> tuple[str, str, str]:
    before, after = (french.UNKNOWN if number is None else str(number) for number in (row.before, row.after))
    return before, after, french.signed(row.gap)


def cause_text(items: Iterable[Item]) -> str:
    """« +1 transformation, +1 transfert »: what each kind of change adds or takes in all.

    Where all cancel out, both sides are shown (« +1 transformation, −1 transformation »): the posts are not the same.
    """
    gross: Counter[tuple[str, bool]] = Counter()
    net: Counter[str] = Counter()
    for item in items:
        gross[item.kind, item.number > 0] += item.number
        net[item.kind] += item.number
    shown = [each for each in net.items() if each[1]] or [(kind, number) for (kind, _), number in gross.items()]
    return ", ".join(f"{french.signed(number)}{french.NBSP}{kind}" for kind, number in shown)


def grade_label(row: Cause | GapRow) -> str:
    return f"Cotation {grade_text(row.label)}"


def after_etp(row: GapRow) -> str:
    return french.UNKNOWN if row.after is None else etp_text(row.after)


def etp_text(total: Total) -> str:
    """« 3,5 », « 3,5 et 2 postes non renseignés », « non renseigné »."""
    if total.unknown_etp and not total.etp:
        return french.UNKNOWN
    unknown = french.plural(total.unknown_etp, "poste non renseigné", "postes non renseignés")
    return french.decimal(total.etp) + (f" et {total.unknown_etp}{french.NBSP}{unknown}" if total.unknown_etp else "")
