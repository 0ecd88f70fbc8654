"""« Ce qui n’est pas renseigné » and what is deduced: a dossier says what it does not know."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from .. import french
from ..changes import Change
from ..diff import Difference
from ..naming import Names
from ..records import Post, Unit
from ..structure import Structure
from ..total import Total
from ..values import Deduction, PostId, UnitId
from ..wording import sentence
from .adjustments import clause
from .facts import STANDARD_PARTS, Facts, NarrativeSection

FACTS_OF_A_POST: tuple[tuple[str, Callable[[Post], object]], ...] = (
    ("intitulé", lambda post: post.title or post.label),
    ("cotation", lambda post: post.grade),
    ("durée", lambda post: post.hours),
    ("site", lambda post: post.site),
    ("filière", lambda post: post.job_family),
    ("cadre d’emplois", lambda post: post.corps),
    ("grades statutaires ouverts", lambda post: post.statutory_grades),
)

FIELDS = {
    "": "",
    "unit": "unité",
    "parent": "rattachement",
    "kind": "type d’unité",
    "label": "intitulé imprimé",
    "title": "intitulé",
    "grade": "cotation",
    "lead": "direction",
    "motive": "motif",
    "level": "niveau d’encadrement",
    "hours": "durée",
    "site": "site",
    "sites": "sites",
    "successors": "unité qui succède",
    "posts": "postes",
    "aliases": "autres appellations",
}


def unknown(
    difference: Difference, facts: Facts, sections: Sequence[NarrativeSection], outside: Iterable[UnitId]
) -> tuple[str, ...]:
    return tuple(
        french.typographic(french.upper_first(text)) for text in _unknown(difference, facts, sections, outside)
    )


def _unknown(
    difference: Difference, facts: Facts, sections: Sequence[NarrativeSection], outside: Iterable[UnitId]
) -> Iterator[str]:
    after = difference.after
    if not facts.committee:
        yield "instance consultée"
    if not facts.session_on:
        yield "date de la séance"
    if not facts.effective_on:
        yield "date d’effet de la réorganisation"
    if facts.unit in after.unit_by_id:
        yield from _of_posts(after, facts.unit)
    names = Names(difference.before, after)
    above = [unit.id for unit in reversed(after.ancestors(facts.unit)) if after.total(unit.id) is None]
    partial = [unit for unit in dict.fromkeys((*outside, *above)) if names.find_unit(unit)]
    if partial:
        yield f"effectif total {french.join(map(names.of_unit, partial))}"
    if difference.pendings_opened:
        yield "issue de la bourse si aucune candidature n’est retenue"
    written = {section.key for section in sections if section.markdown.strip()}
    for key, title in STANDARD_PARTS.items():
        if key != "adjustments" and key not in written:
            yield f"{french.lower_first(title)}\u00a0: le rapport n’en dit rien"


def _of_posts(structure: Structure, root: UnitId) -> Iterator[str]:
    """« Durée, site : pour tous les postes »; « cotation : pour 2 postes »."""
    total = structure.subtree_totals[root].posts
    everywhere = []
    for label, read in FACTS_OF_A_POST:
        tally = structure.tally(lambda post: not read(post), root)  # noqa: B023  (read at once)
        missing = tally.get(True, Total()).posts
        if missing == total and total:
            everywhere.append(label)
        elif missing:
            yield f"{label}\u00a0: pour {french.count(missing, 'poste')}"
    if everywhere:
        yield f"pour tous les postes\u00a0: {french.join(everywhere)}"


def deduced(
    difference: Difference, changes: Sequence[Change], inside: set[UnitId], touched: set[UnitId]
) -> tuple[str, ...]:
    """« Poste de directrice (A 1.3) – unité : … », posts with the same reason together."""
    return tuple(_deduced(difference, changes, inside | touched))


def _deduced(difference: Difference, changes: Sequence[Change], units: set[UnitId]) -> Iterator[str]:
    names = Names(difference.before, difference.after)
    sides = (difference.before, difference.after)
    known_units: dict[UnitId, Unit] = {unit.id: unit for side in sides for unit in side.units if unit.id in units}
    for unit in known_units.values():
        for deduction in unit.deduced:
            yield _line(names.noun(unit), deduction)
    posts: dict[Deduction, list[PostId]] = {}
    seen: dict[PostId, Post] = {}
    for side in sides:
        for post in (post for unit in side.subtree() if unit.id in units for post in side.posts_of.get(unit.id, ())):
            seen.setdefault(post.id, post)
    for post in seen.values():
        for deduction in post.deduced:
            posts.setdefault(deduction, []).append(post.id)
    for deduction, group in posts.items():
        yield _line(names.posts(group), deduction)
    for change in changes:
        for deduction in change.deduced:
            yield _line(sentence(change, difference.before, difference.after).heading, deduction)


def _line(subject: str, deduction: Deduction) -> str:
    field = FIELDS.get(deduction.field, deduction.field)
    about = f", {field}" if field else ""
    return french.typographic(f"{french.upper_first(subject)}{about}\u00a0: {clause(deduction.reason)}.")
