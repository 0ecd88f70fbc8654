"""The workspace page as rows: what the draft says, worded for the template, with nothing left to compute there."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, Self
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.urls import reverse

from accounts.models import User
from orgchart.causes import gaps_outside
from orgchart.changes import AnyChange
from orgchart.checks import Problem, Severity
from orgchart.french import count, decimal, grouped, signed
from orgchart.gaps import GapRow
from orgchart.total import Total
from orgchart.values import ChangeId, PostId, UnitId

from .drawing import Asked, DraftDrawing, Panel
from .outline import UnitLine, outline
from .permissions import can_arbitrate, can_edit, can_see_holders
from .queries import Draft

NOT_GIVEN = "non renseigné"
# Adjustments listed on one page.
PER_PAGE = 50
# Points to look at told at once, the gravest first.
MOST_PROBLEMS = 40
# Stands for an adjustment in an address; no code has it.
ANY = "@@"
LEVELS = {
    Severity.BLOCKING: "blocking",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
    Severity.OK: "fine",
}


class Adjustment(NamedTuple):
    """One change of the list. `moves`: (what the button says, the position it sends)."""

    id: str
    verb: str
    rest: str
    short: str
    details: tuple[str, ...]
    deduced: tuple[str, ...]
    refusal: str
    changed: bool
    moves: tuple[tuple[str, int], ...]
    edit_url: str
    move_url: str
    delete_url: str


class TotalLine(NamedTuple):
    label: str
    before: str
    after: str
    gap: str


class Totals(NamedTuple):
    """By cotation and for the whole perimeter, in posts. `elsewhere`: the gaps of units outside it, in one line."""

    grades: tuple[TotalLine, ...]
    whole: TotalLine
    elsewhere: str
    etp: str


class ProblemLine(NamedTuple):
    level: str
    title: str
    words: str
    url: str


class Workspace(NamedTuple):
    """Everything the page shows of one draft."""

    revision: int
    address: str
    headcount: str
    outline: tuple[UnitLine, ...]
    drawing: Panel
    adjustments: tuple[Adjustment, ...]
    adjustments_page: Page[AnyChange]
    adjustments_count: str
    edits: tuple[tuple[str, str, bool], ...]
    totals: Totals
    problems: tuple[ProblemLine, ...]
    problems_count: str
    more_problems: str
    conflicts: str
    conflicts_url: str

    @classmethod
    def of(
        cls,
        draft: Draft,
        *,
        user: User,
        shown: Asked,
        opened: Collection[str],
        changed: str,
        asked: str = "",
        number: str | None = None,
        every_problem: bool = False,
    ) -> Self:
        """`shown`: what the drawing shows; `opened`: units unfolded in the outline.

        `changed`, else `asked`: the adjustment whose page of the list is shown, else the page of that `number`.
        """
        reorganisation = draft.reorganisation
        root = UnitId(reorganisation.unit_uid)
        address = reverse("reorganisations:workspace", args=[reorganisation.code])
        names: Mapping[PostId, str] = draft.holder_names if can_see_holders(user, reorganisation) else {}
        total = draft.after.total(root) if root in draft.after.unit_by_id else None
        told = draft.problems if every_problem else draft.problems[:MOST_PROBLEMS]
        left = len(draft.problems) - len(told)
        listed = adjustments_page(draft, changed or asked, number)
        return cls(
            revision=reorganisation.revision,
            address=address,
            headcount=posts(total),
            outline=outline(draft.difference, root, opened=opened, names=names),
            drawing=DraftDrawing(draft, shown).panel(),
            adjustments=adjustments(draft, listed, changed),
            adjustments_page=listed,
            adjustments_count=f"{len(draft.changes)}, dans l’ordre d’application" if draft.changes else "",
            edits=edits(draft) if can_edit(user, reorganisation) else (),
            totals=totals(draft, root),
            problems=tuple(problem_line(each, address) for each in told),
            problems_count=problems_count(draft.problems),
            more_problems=count(left, "autre point", "autres points") if left else "",
            conflicts=conflicts_words(draft) if can_arbitrate(user) else "",
            conflicts_url=reverse("reorganisations:conflicts", args=[reorganisation.code]),
        )


def posts(total: Total | None) -> str:
    return "effectif total non renseigné" if total is None else count(total.posts, "poste")


def adjustments_page(draft: Draft, asked: str, number: str | None) -> Page[AnyChange]:
    place = next((place for place, change in enumerate(draft.changes) if change.id == asked), None)
    return Paginator(draft.changes, PER_PAGE).get_page(number if place is None else place // PER_PAGE + 1)


def adjustments(draft: Draft, listed: Page[AnyChange], changed: str) -> tuple[Adjustment, ...]:
    refused = {refusal.change.id: refusal.reason for refusal in draft.folded.refusals}
    # One address of each kind is worked out, the others are written like it.
    addresses = [
        reverse(f"reorganisations:{name}", args=[draft.reorganisation.code, ANY])
        for name in ("edit_change", "move_change", "delete_change")
    ]
    last = len(draft.changes) - 1
    found = []
    for position, change in enumerate(listed.object_list, (listed.number - 1) * PER_PAGE):
        words = draft.wording(change)
        edit_url, move_url, delete_url = (each.replace(ANY, quote(change.id)) for each in addresses)
        moves = []
        if position > 0:
            moves.append(("Monter", position - 1))
        if position < last:
            moves.append(("Descendre", position + 1))
        found.append(
            Adjustment(
                id=change.id,
                verb=words.verb,
                rest=words.rest,
                short=words.short,
                details=words.details,
                deduced=words.deduced,
                refusal=refused.get(change.id, ""),
                changed=change.id == changed,
                moves=tuple(moves),
                edit_url=edit_url,
                move_url=move_url,
                delete_url=delete_url,
            )
        )
    return tuple(found)


def edits(draft: Draft) -> tuple[tuple[str, str, bool], ...]:
    code = draft.reorganisation.code
    return (
        ("Annuler", reverse("reorganisations:undo", args=[code]), draft.can_undo),
        ("Rétablir", reverse("reorganisations:redo", args=[code]), draft.can_redo),
    )


def totals(draft: Draft, root: UnitId) -> Totals:
    found = draft.difference.totals(root)
    after = found.headcount.after
    return Totals(
        grades=tuple(total_line(row, row.label) for row in found.grades),
        whole=total_line(found.headcount, "Ensemble"),
        elsewhere=elsewhere(draft, root),
        etp="" if after is None else etp(after),
    )


def total_line(row: GapRow, label: str) -> TotalLine:
    before, after = (NOT_GIVEN if total is None else grouped(total.posts) for total in (row.before, row.after))
    return TotalLine(label, before, after, signed(row.gap.posts))


def elsewhere(draft: Draft, root: UnitId) -> str:
    """What the units outside the perimeter gain or lose, and the whole: « DDPE −1 · Ensemble 0 »."""
    sides = (draft.before, draft.after)
    inside = {unit for side in sides if root in side.unit_by_id for unit in side.reach(root) or ()}
    found = [f"{label} {signed(gap)}" for label, gap in gaps_outside(*sides, inside)]
    if not found:
        return ""
    return " · ".join([*found, f"Ensemble {signed(draft.difference.totals().headcount.gap.posts)}"])


def etp(total: Total) -> str:
    """« 3,5 ETP, 2 postes non renseignés »."""
    known = f"{decimal(total.etp)} ETP"
    if not total.unknown_etp:
        return known
    unknown = f"{count(total.unknown_etp, 'poste non renseigné', 'postes non renseignés')}"
    return f"Durée des postes : {unknown}" if total.unknown_etp == total.posts else f"{known}, {unknown}"


def adjustment_url(workspace: str, change: ChangeId) -> str:
    """Where the adjustment is listed; `workspace`: the address of the page."""
    return f"{workspace}?ajustement={change}#a-{change}"


def problem_line(problem: Problem, address: str) -> ProblemLine:
    url = adjustment_url(address, problem.change) if problem.change else ""
    return ProblemLine(LEVELS[problem.severity], problem.title, problem.message, url)


def conflicts_words(draft: Draft) -> str:
    """What the link to the page of conflicts says; nothing without one."""
    left = sum(not dispute.settled for dispute in draft.disputes)
    if left:
        return f"Arbitrer {count(left, 'conflit')}"
    return "Voir les conflits arbitrés" if draft.disputes else ""


def problems_count(problems: tuple[Problem, ...]) -> str:
    blocking = sum(problem.severity is Severity.BLOCKING for problem in problems)
    if blocking:
        return count(blocking, "bloquant", "bloquants")
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    if warnings:
        return count(warnings, "point à vérifier", "points à vérifier")
    notes = sum(problem.severity is Severity.INFO for problem in problems)
    return count(notes, "remarque", "remarques") if notes else "rien à signaler"
