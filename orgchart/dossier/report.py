"""The report: its summary, its written parts and adjustments, its annexes."""

from collections.abc import Sequence

from .. import french
from ..changes import Change
from ..checks import Problem, check_draft
from ..diff import Difference, compare
from ..fold import Folded, in_fold_order
from ..naming import Names
from ..structure import Structure
from ..values import ChangeId, UnitId
from ..wording import sentence, when
from .adjustments import adjustments, clause
from .blocks import (
    Adjustment,
    Block,
    Bullets,
    Column,
    Dossier,
    Group,
    Heading,
    Paragraph,
    Part,
    Picture,
    Prose,
    Table,
)
from .exchanges import Exchanges
from .facts import STANDARD_PARTS, Facts, Milestone, Narrative, NarrativeSection
from .provenance import origins
from .tables import Figures
from .unknowns import deduced, unknown

PRINTED_CHECKS = frozenset(
    {"refused", "sources_gap", "sources_reconcile", "announced_gap", "totals_reconcile", "no_posts", "emploi", "hours"}
)
"""The checks that a committee should read: figures that do not meet, posts that nothing explains."""


def dossier(
    before: Structure, changes: Sequence[Change], folded: Folded, facts: Facts, narrative: Narrative
) -> Dossier:
    """`changes` in the order of the draft; `folded` is what they give, in the order of the fold."""
    counted = figures_of(before, changes, folded, facts)
    difference, made = counted.difference, counted.changes
    refused = {refusal.change.id for refusal in folded.refusals}
    listed = adjustments_of(before, changes, folded, narrative)
    checks = checks_of(before, changes, folded, facts, difference)
    unknowns = unknown_part(counted, facts, narrative.sections)
    annexes = (
        Part("changes", "Ce qui change, unité par unité", (counted.by_unit(), checks)),
        Part("before", "Organigramme avant", (Picture("before", "Avant la réorganisation"),), landscape=True),
        Part("after", "Organigramme après", (Picture("after", "Après la réorganisation"),), landscape=True),
        Part("posts-before", "Tableau des postes avant", (counted.posts("before", {}),)),
        Part(
            "posts-after",
            "Tableau des postes après",
            (
                counted.posts("after", origins(made, counted.names)),
                counted.by_grade(),
                counted.by_category(),
                *counted.by_site(),
            ),
        ),
        Part("adjustments-list", "Liste des ajustements", adjustments_list(changes, counted, facts, refused)),
        unknowns,
    )
    return Dossier(
        heading=heading_of(facts, folded.structure if facts.unit in folded.structure.unit_by_id else before),
        summary=Part(
            "summary", "Ce qui change", (counted.summary(), counted.concerned(), *_silent(unknowns, len(annexes)))
        ),
        parts=tuple(written_parts(facts, narrative, listed)),
        annexes=annexes,
    )


def figures_of(before: Structure, changes: Sequence[Change], folded: Folded, facts: Facts) -> Figures:
    """What is counted, without the changes that cannot be made."""
    refused = {refusal.change.id for refusal in folded.refusals}
    made = tuple(change for change in in_fold_order(changes, facts.effective_on) if change.id not in refused)
    return Figures(compare(before, folded.structure), made, facts.unit)


def adjustments_of(
    before: Structure, changes: Sequence[Change], folded: Folded, narrative: Narrative
) -> tuple[Adjustment, ...]:
    """Those that can be made, in the order of the draft."""
    refused = {refusal.change.id for refusal in folded.refusals}
    proposed = tuple(change for change in changes if change.id not in refused)
    return adjustments(before, folded.structure, proposed, narrative.sections)


def checks_of(
    before: Structure, changes: Sequence[Change], folded: Folded, facts: Facts, difference: Difference
) -> Bullets:
    problems = check_draft(
        before, changes, folded, announced=facts.announced, effective=facts.effective_on, difference=difference
    )
    return Bullets(tuple(map(_check, filter(_is_printed, problems))), "Contrôles")


def unknown_part(counted: Figures, facts: Facts, sections: Sequence[NarrativeSection]) -> Part:
    """The annex that says what no source says, then what was deduced."""
    _, _, outside = counted.causes
    touched = tuple(UnitId(row.key) for row in outside if row.key)
    silences = unknown(counted.difference, facts, sections, touched)
    found = deduced(counted.difference, counted.changes, counted.inside | counted.above, {*touched})
    return Part(
        "unknown",
        "Ce qui n’est pas renseigné, ce qui est déduit",
        (Bullets(silences, "N’est pas renseigné"), Bullets(found, "Est déduit")),
    )


def _silent(unknowns: Part, annex: int) -> tuple[Block, ...]:
    """What no source says, on one line; the last annex lists it."""
    silences = next(block.items for block in unknowns.blocks if isinstance(block, Bullets))
    if not silences:
        return ()
    said = " ; ".join(french.lower_first(silence) for silence in silences)
    return (Paragraph(french.typographic(f"N’est pas renseigné (annexe {annex})\u00a0: {said}.")),)


def heading_of(facts: Facts, structure: Structure) -> Heading:
    units = structure.ancestors(facts.unit, include_self=True)[-2:]
    session = f"Séance du {french.date(facts.session_on)}" if facts.session_on else "Séance\u00a0: date non renseignée"
    mark = "" if facts.sealed else "Document de travail"
    if facts.origin:
        dated = f" du {french.date(facts.dated_on)}" if facts.dated_on else ""
        mark = f"Version modifiée{dated} ({facts.origin})"
    return Heading(
        committee=french.typographic(facts.committee) or "Instance non renseignée",
        session=french.typographic(session),
        units=tuple(french.typographic(unit.label) for unit in units),
        kind="Rapport pour information" if facts.item == "information" else "Rapport pour avis",
        title=french.typographic(facts.title),
        mark=french.typographic(mark),
        fictitious=facts.fictitious,
    )


def written_parts(facts: Facts, narrative: Narrative, listed: tuple[Adjustment, ...]) -> list[Part]:
    """The written parts in their order, the adjustments where they belong; those about a change are with it."""
    placed = {change for item in listed for change in item.changes}
    sections = [section for section in narrative.sections if section.change not in placed]
    keys = [section.key for section in sections]
    opening = [keys.index(key) for key in ("context", "method", "aims") if key in keys]
    own = next((rank for rank, key in enumerate(keys) if key == "adjustments"), None)
    parts = [_written(section, facts) for section in sections]
    title = STANDARD_PARTS["adjustments"] if own is None else french.typographic(sections[own].title)
    intro: tuple[Block, ...] = () if own is None or not sections[own].markdown.strip() else parts[own].blocks
    empty = () if listed else (Paragraph("Aucun ajustement n’est proposé."),)
    proposed = Part("adjustments", title, (*intro, *empty, *listed))
    if own is not None:
        parts[own] = proposed
    else:
        parts.insert(max(opening, default=-1) + 1, proposed)
    return parts


def _written(section: NarrativeSection, facts: Facts) -> Part:
    blocks: list[Block] = [Prose(section.markdown)]
    if section.key == "context" and facts.milestones:
        blocks.append(Bullets(tuple(map(_milestone, facts.milestones)), "Repères"))
    return Part(section.key, french.typographic(section.title), tuple(blocks))


def _milestone(milestone: Milestone) -> str:
    numbers = [int(number) for number in milestone.on.split("-")]
    posts = milestone.posts_announced
    announced = f" ({french.count(posts, 'poste')})" if posts is not None else ""
    return french.typographic(f"{french.partial_date(*numbers)}\u00a0: {clause(milestone.label)}{announced}")


def adjustments_list(
    changes: Sequence[Change], counted: Figures, facts: Facts, refused: set[ChangeId]
) -> tuple[Table, ...]:
    """Every adjustment in the order of the draft, with its motive and its date; then what answers what."""
    exchanges = Exchanges(counted.changes, counted.names)
    return (_list_of(changes, counted.names, facts, refused), *exchanges.tables(counted.inside))


def _list_of(changes: Sequence[Change], names: Names, facts: Facts, refused: set[ChangeId]) -> Table:
    """Every adjustment in the order of the draft, with its motive and its date."""
    effective = french.date(facts.effective_on) if facts.effective_on else french.UNKNOWN_FEMININE
    lines = []
    for number, change in enumerate(changes, 1):
        words = sentence(change, names.before, names.after)
        deduction = next((clause(each.reason) for each in change.deduced if each.field == "motive"), "")
        motive = french.typographic(change.motive.strip()) or french.UNKNOWN
        dated = "impossible à cette étape" if change.id in refused else french.upper_first(when(change)) or effective
        lines.append(
            (str(number), words.heading, motive + (f" (déduit\u00a0: {deduction})" if deduction else ""), dated)
        )
    columns = (
        Column("N°", True, 5),
        Column("Ajustement", width=38),
        Column("Motif"),
        Column("Date d’effet", width=16),
    )
    return Table("Dans l’ordre du projet", columns, (Group("", tuple(lines)),))


def _is_printed(problem: Problem) -> bool:
    return problem.code in PRINTED_CHECKS


def _check(problem: Problem) -> str:
    return french.typographic(problem.message)
