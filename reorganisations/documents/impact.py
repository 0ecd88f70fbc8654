"""« Fiche d’impact »: all that a reorganisation does to one person, for that person and the human resources.

Nominative: it is made when it is asked for, kept nowhere, and never part of a dossier.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.template.loader import render_to_string

from missions.pdf import STYLESHEET, render_pdf
from orgchart.changes import TransformUndetermined
from orgchart.departures import DutiesChange, departures, duties_change
from orgchart.fates import Fate, FateKind
from orgchart.french import UNKNOWN, UNKNOWN_FEMININE, date, typographic, upper_first
from orgchart.records import Post
from orgchart.structure import Structure

from ..queries import Draft
from ..situation_lines import hours_text, situation_of, unit_above, units_of
from .source import printable

NO_POST = "aucun poste"


class Compared(NamedTuple):
    """One fact on both sides; `changed` says in a word what the colour says, and when a side is not known."""

    label: str
    before: str
    after: str
    changed: str


class OnePost(NamedTuple):
    """One post held. `duties` is None when one of the two posts is not described."""

    title: str
    held: str
    situation: str
    settled: str
    rows: tuple[Compared, ...]
    duties: DutiesChange | None
    departures: tuple[str, ...]
    unknown: tuple[str, ...]


class Sheet(NamedTuple):
    """The sheet of one person. `calendar`: rows (what, when)."""

    agent: str
    name: str
    reorganisation: str
    status: str
    posts: tuple[OnePost, ...]
    calendar: tuple[tuple[str, str], ...]


def sheets(draft: Draft) -> tuple[Sheet, ...]:
    """One per known holder of a touched post, by name."""
    found: dict[str, list[Fate]] = {}
    for fate in draft.fates:
        found.setdefault(fate.holder, []).append(fate)
    outcomes = _outcomes(draft)
    made = (_sheet(draft, holder, fates, outcomes) for holder, fates in found.items())
    return printable(tuple(sorted(made, key=lambda sheet: (sheet.name, sheet.agent))))


def sheet_of(draft: Draft, agent: str) -> Sheet | None:
    """None for somebody whom the reorganisation does not touch."""
    fates = [fate for fate in draft.fates if fate.holder == agent]
    return printable(_sheet(draft, agent, fates, _outcomes(draft))) if fates else None


def sheets_html(found: Iterable[Sheet], *, fictitious: bool) -> str:
    """The document that the PDF is made of, a person a page."""
    context = {"sheets": tuple(found), "stylesheet": STYLESHEET, "fictitious": fictitious}
    return render_to_string("pdf/impact.html", context)


def sheets_pdf(found: Iterable[Sheet], *, fictitious: bool) -> bytes:
    return render_pdf(sheets_html(found, fictitious=fictitious))


def _outcomes(draft: Draft) -> dict[str, datetime.date]:
    """Undetermined transformation → the day from which the bourse determines it, once decided."""
    if not any(fate.kind is FateKind.BY_BOURSE for fate in draft.fates):
        return {}
    return dict(draft.reorganisation.resolutions.values_list("pending", "on"))


def _sheet(draft: Draft, agent: str, fates: list[Fate], outcomes: Mapping[str, datetime.date]) -> Sheet:
    return Sheet(
        agent=agent,
        name=draft.names.get(agent) or "nom non renseigné",
        reorganisation=draft.reorganisation.title,
        status=draft.reorganisation.get_status_display(),
        posts=tuple(_post(draft, fate) for fate in fates),
        calendar=tuple(_calendar(draft, fates, outcomes)),
    )


def _post(draft: Draft, fate: Fate) -> OnePost:
    old = draft.before.post_by_id[fate.post_before]
    new = draft.after.post_by_id.get(fate.post_after) if fate.post_after else None
    known = draft.situations.get(fate.holder)
    offered = new is not None and known is not None and known.post == new.id
    rows = tuple(_rows(draft, old, new, with_unit=fate.with_unit))
    described = new is not None and old.duties and new.duties
    return OnePost(
        title=upper_first(draft.before.title_of(old)),
        held=_held(draft, fate),
        situation="à préciser" if not fate.settled else situation_of(draft, fate),
        settled=_settled(draft, fate, offered=offered),
        rows=rows,
        duties=duties_change(old, new) if new is not None and described else None,
        departures=tuple(typographic(upper_first(each.words)) for each in departures(draft.before, draft.after, fate)),
        unknown=tuple(_unknown(rows, has_duties=bool(described) or new is None)),
    )


def _held(draft: Draft, fate: Fate) -> str:
    """« affectation ordinaire », « contractuel, 60 % du poste »: how the person holds it."""
    occupancy = next(each for each in draft.occupancies[fate.post_before] if each.agent == fate.holder)
    share = "" if occupancy.share == 100 else f", {occupancy.share.normalize():f}\u00a0% du poste".replace(".", ",")
    return f"{occupancy.kind.label}{share}"


def _settled(draft: Draft, fate: Fate, *, offered: bool) -> str:
    """What the human resources settled, in their words; the post they offer says so."""
    known = draft.situations.get(fate.holder)
    if known is None:
        return ""
    post = "Poste proposé par les ressources humaines. " if offered else ""
    return f"{post}{known.note}".strip()


def _rows(draft: Draft, old: Post, new: Post | None, *, with_unit: bool) -> Iterator[Compared]:
    before, after = draft.before, draft.after

    def row(label: str, was: str, now: str, unknown: str = UNKNOWN) -> Compared:
        if new is None:
            return Compared(label, was or unknown, NO_POST, "sans objet")
        changed = UNKNOWN if not was or not now else "inchangé" if was == now else "change"
        return Compared(label, was or unknown, now or unknown, changed)

    titles = (upper_first(before.title_of(old)), upper_first(after.title_of(new)) if new else "")
    yield row("Poste", *titles)
    yield row("Unité", units_of(before, old), units_of(after, new) if new else "", UNKNOWN_FEMININE)
    if with_unit and new:
        yield row("Unité supérieure", unit_above(before, old), unit_above(after, new), UNKNOWN_FEMININE)
    yield row("Supérieur hiérarchique", superior(before, old), superior(after, new) if new else "")
    if old.superiors or (new and new.superiors):
        others = (_superiors(before, old), _superiors(after, new) if new else "")
        yield row("Lien fonctionnel", *(each or "aucun" for each in others))
    yield row("Cotation", old.grade or "", (new.grade or "") if new else "", UNKNOWN_FEMININE)
    yield row(
        "Catégorie", before.category_of(old) or "", (after.category_of(new) or "") if new else "", UNKNOWN_FEMININE
    )
    yield row("Durée du poste", hours_text(old), hours_text(new) if new else "", UNKNOWN_FEMININE)
    yield row("Résidence administrative", _site(before, old), _site(after, new) if new else "", UNKNOWN_FEMININE)


def superior(structure: Structure, post: Post) -> str:
    """The title of the post that leads its unit, or for the one that leads it the unit above; empty: not known."""
    for unit in reversed(structure.ancestors(post.unit, include_self=True)):
        if unit.lead is not None and unit.lead != post.id:
            return f"{upper_first(structure.post_label(unit.lead))}, {unit.label}"
    return ""


def _superiors(structure: Structure, post: Post) -> str:
    return ", ".join(structure.post_label(each) for each in post.superiors)


def _site(structure: Structure, post: Post) -> str:
    site = structure.site_of(post)
    return structure.nomenclature.site_label(site) if site else ""


def _calendar(draft: Draft, fates: list[Fate], outcomes: Mapping[str, datetime.date]) -> Iterator[tuple[str, str]]:
    item = draft.agenda_item
    if item:
        yield f"Séance, {item.session.committee.label}", date(item.session.held_on)
    else:
        yield "Séance de l’instance", UNKNOWN_FEMININE
    effective = draft.reorganisation.effective_on
    yield "Date d’effet", date(effective) if effective else UNKNOWN_FEMININE
    for stage in draft.stages:
        if stage.eventual:
            yield "Étape à terme", UNKNOWN_FEMININE
        elif stage.date is not None and stage.date != effective:
            yield "Autre étape", date(stage.date)
    if any(fate.kind is FateKind.BY_BOURSE for fate in fates):
        held = {fate.post_before for fate in fates}
        for change in draft.changes:
            if isinstance(change, TransformUndetermined) and held & {*change.candidates}:
                yield "Bourse interne", _bourse(change, outcomes.get(change.id))


def _bourse(change: TransformUndetermined, on: datetime.date | None) -> str:
    """« ouverte à tous, issue au 1er juin 2022 »: whom it is open to, and from when its outcome holds."""
    outcome = f"issue au {date(on)}" if on else "date de l’issue non renseignée"
    return f"ouverte à {change.opened_to}, {outcome}" if change.opened_to else outcome


def _unknown(rows: Iterable[Compared], *, has_duties: bool) -> Iterator[str]:
    missing = (UNKNOWN, UNKNOWN_FEMININE)
    for row in rows:
        sides = [side for side, text in (("avant", row.before), ("après", row.after)) if text in missing]
        if sides:
            yield f"{row.label} ({' et '.join(sides)})"
    if not has_duties:
        yield "Missions conservées, perdues et nouvelles"


def weight_of(draft: Draft) -> int:
    """How long all the sheets are to write, in rows."""
    return 10 * len({fate.holder for fate in draft.fates})
