"""Faults of a chart by itself: what no fold makes, but an import or a damaged table may hold."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from ..french import count, decimal, quoted
from ..records import Post, Unit
from ..structure import Structure
from ..values import PostId, UnitId
from .problem import Problem, Severity


def faults(structure: Structure) -> tuple[Problem, ...]:
    """Duplicate ids, cycles, references to what is absent, shares that do not make 100 %. All are blocking."""
    return (
        *_duplicates(structure),
        *_cycles(structure),
        *(fault for unit in structure.units for fault in _of_unit(structure, unit)),
        *(fault for post in structure.posts for fault in _of_post(structure, post)),
        *_pendings(structure),
    )


def _fault(
    code: str, title: str, message: str, units: tuple[UnitId, ...] = (), posts: tuple[PostId, ...] = ()
) -> Problem:
    return Problem(code, Severity.BLOCKING, title, message, units, posts)


def _duplicates(structure: Structure) -> Iterator[Problem]:
    for unit, number in Counter(unit.id for unit in structure.units).items():
        if number > 1:
            message = f"{count(number, 'unité')} portent le même identifiant : {quoted(unit)}."
            yield _fault("duplicate_unit", "Identifiant en double", message, units=(unit,))
    for post, number in Counter(post.id for post in structure.posts).items():
        if number > 1:
            message = f"{count(number, 'poste')} portent le même identifiant : {quoted(post)}."
            yield _fault("duplicate_post", "Identifiant en double", message, posts=(post,))
    for pending, number in Counter(pending.id for pending in structure.pendings).items():
        if number > 1:
            message = f"{count(number, 'transformation')} à déterminer portent le même identifiant : {quoted(pending)}."
            yield _fault("duplicate_pending", "Identifiant en double", message)


def _cycles(structure: Structure) -> Iterator[Problem]:
    """Each loop once, from its first unit by id."""
    settled: set[UnitId] = set()
    for start in structure.units:
        path: dict[UnitId, None] = {}
        current: Unit | None = start
        while current is not None and current.id not in path and current.id not in settled:
            path[current.id] = None
            current = structure.unit_by_id.get(current.parent) if current.parent else None
        if current is not None and current.id in path:
            walked = list(path)
            loop = walked[walked.index(current.id) :]
            labels = ", ".join(quoted(structure.unit_label(unit)) for unit in loop)
            yield _fault("cycle", "Boucle", f"Ces unités dépendent l’une de l’autre : {labels}.", tuple(loop))
        settled.update(path)


def _of_unit(structure: Structure, unit: Unit) -> Iterator[Problem]:
    label = quoted(unit.label)
    if unit.parent is not None and unit.parent not in structure.unit_by_id:
        message = f"{label} est rattachée à une unité absente : {quoted(unit.parent)}."
        yield _fault("orphan_unit", "Unité sans rattachement", message, (unit.id,))
    if unit.lead is not None and unit.lead not in structure.post_by_id:
        yield dangling_lead(unit)
    for link in unit.links:
        if link not in structure.unit_by_id:
            message = f"{label} dépend fonctionnellement d’une unité absente : {quoted(link)}."
            yield _fault("dangling_link", "Lien fonctionnel sans objet", message, (unit.id,))
    words = structure.nomenclature
    for missing in _missing([(unit.kind, words.kind_by_code)], [(site, words.site_by_code) for site in unit.sites]):
        message = f"{label} emploie un code absent des nomenclatures : {quoted(missing)}."
        yield _fault("unknown_code", "Code inconnu", message, (unit.id,))


def dangling_lead(unit: Unit) -> Problem:
    message = f"{quoted(unit.label)} est dirigée par un poste absent : {quoted(unit.lead or '')}."
    return _fault("dangling_lead", "Direction sans poste", message, (unit.id,))


def _of_post(structure: Structure, post: Post) -> Iterator[Problem]:
    label = quoted(structure.title_of(post))
    if post.unit not in structure.unit_by_id:
        message = f"Le poste {label} est dans une unité absente : {quoted(post.unit)}."
        yield _fault("orphan_post", "Poste sans unité", message, posts=(post.id,))
    for share in post.shares:
        if share.unit not in structure.unit_by_id:
            message = f"Le poste {label} est partagé avec une unité absente : {quoted(share.unit)}."
            yield _fault("dangling_share", "Partage sans objet", message, posts=(post.id,))
    for superior in post.superiors:
        if superior not in structure.post_by_id:
            message = f"Le poste {label} relève fonctionnellement d’un poste absent\u00a0: {quoted(superior)}."
            yield _fault("dangling_superior", "Autorité fonctionnelle sans objet", message, posts=(post.id,))
    if post.shares:
        total = sum(share.percent for share in post.shares)
        if total != 100:
            message = f"Les parts du poste {label} font {decimal(total)} % au lieu de 100 %."
            yield _fault("shares_total", "Partage incomplet", message, posts=(post.id,))
        if post.unit not in [share.unit for share in post.shares]:
            message = f"Le poste {label} est partagé sans que son unité garde une part."
            yield _fault("shares_home", "Partage incomplet", message, posts=(post.id,))
    words = structure.nomenclature
    titles, grades, sites = words.title_by_code, words.grade_by_code, words.site_by_code
    for missing in _missing([(post.title, titles)], [(post.grade, grades)], [(post.site, sites)]):
        message = f"Le poste {label} emploie un code absent des nomenclatures : {quoted(missing)}."
        yield _fault("unknown_code", "Code inconnu", message, posts=(post.id,))


def _missing(*codes: Iterable[tuple[str | None, Container[object]]]) -> Iterator[str]:
    for group in codes:
        for code, known in group:
            if code is not None and code not in known:
                yield code


def _pendings(structure: Structure) -> Iterator[Problem]:
    for pending in structure.pendings:
        absent = [post for post in (*pending.candidates, pending.into) if post not in structure.post_by_id]
        if absent:
            found = count(len(absent), "poste absent", "postes absents")
            message = f"Une transformation à déterminer porte sur {found}."
            yield _fault("dangling_pending", "Transformation sans poste", message, posts=tuple(absent))
            continue
        candidates = [structure.post_by_id[post] for post in pending.candidates]
        if len({(post.unit, post.grade, post.hours, post.shares) for post in candidates}) > 1:
            message = "Les postes dont l’un sera transformé n’ont pas la même unité, la même cotation et la même durée."
            yield _fault("parted_candidates", "Transformation à déterminer", message, posts=pending.candidates)
