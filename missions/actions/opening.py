"""The opening state, typed little by little or imported, then sealed once. Nothing of it is in force until then."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from accounts.models.user import new_uid
from orgchart.checks import faults
from orgchart.nomenclature import Form
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.structure import Structure
from orgchart.values import GradeCode, Hours, KindCode, PostId, SiteCode, TitleCode, UnitId

from ..models import OpeningDraft, Version
from ..queries.opening import opening_draft
from .locking import lock_chart
from .versions import ChartAlreadyOpened, open_chart

# The saved row is the only one.
ONLY = 1
MOST_AT_ONCE = 200


class NotInDraft(Exception):
    def __init__(self) -> None:
        super().__init__("Cette unité ou ce poste n’est plus dans la saisie.")


class InvalidOpening(Exception):
    """What is typed or imported cannot be a chart."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


@transaction.atomic
def add_opening_unit(
    *,
    kind: KindCode | str,
    label: str,
    by: User | None,
    parent: UnitId | str | None = None,
    acronym: str = "",
    sites: Iterable[SiteCode | str] = (),
) -> UnitId:
    """A unit after those its parent has already. Raises NotInDraft, InvalidOpening, ChartAlreadyOpened."""
    draft = _locked()
    under = UnitId(parent) if parent else None
    if under is not None and under not in draft.unit_by_id:
        raise NotInDraft
    label = label.strip()
    siblings = draft.children_of.get(under, ())
    if not label:
        raise InvalidOpening("Une unité a un libellé.")
    if any(each.label.casefold() == label.casefold() for each in siblings):
        raise InvalidOpening(f"«\u00a0{label}\u00a0» est déjà saisie à cet endroit.")
    unit = Unit(
        id=UnitId(new_uid()),
        kind=KindCode(kind),
        label=label,
        parent=under,
        acronym=acronym.strip(),
        sites=tuple(SiteCode(site) for site in sites),
        position=max((each.position for each in siblings), default=-1) + 1,
    )
    _save(Structure.of([*draft.units, unit], draft.posts), by=by, said=f"Unité ajoutée : {label}.")
    return unit.id


@transaction.atomic
def add_opening_posts(
    *,
    unit: UnitId | str,
    by: User | None,
    number: int = 1,
    title: TitleCode | str | None = None,
    form: Form = Form.MASCULINE,
    label: str = "",
    grade: GradeCode | str | None = None,
    level: ManagementLevel | None = None,
    site: SiteCode | str | None = None,
    worked_hours: Decimal | None = None,
    leads: bool = False,
) -> tuple[PostId, ...]:
    """Posts alike. `leads`: the post leads its unit, there is then one. `worked_hours` over 35, or not known.

    Raises NotInDraft, InvalidOpening, ChartAlreadyOpened.
    """
    draft = _locked()
    where = draft.unit_by_id.get(UnitId(unit))
    if where is None:
        raise NotInDraft
    if not 1 <= number <= MOST_AT_ONCE:
        raise InvalidOpening(f"Le nombre de postes est compris entre 1 et {MOST_AT_ONCE}.")
    if leads and number > 1:
        raise InvalidOpening("Un seul poste dirige l’unité.")
    first = max((each.position for each in draft.posts_of.get(where.id, ())), default=-1) + 1
    try:
        hours = None if worked_hours is None else Hours(worked=worked_hours)
    except ValueError as error:
        raise InvalidOpening(str(error)) from None
    added = [
        Post(
            id=PostId(new_uid()),
            unit=where.id,
            title=TitleCode(title) if title else None,
            form=form,
            label=label.strip(),
            grade=GradeCode(grade) if grade else None,
            level=level,
            hours=hours,
            site=SiteCode(site) if site else None,
            position=first + rank,
        )
        for rank in range(number)
    ]
    units = draft.units
    if leads:
        units = tuple(_led(each, added[0].id) if each.id == where.id else each for each in units)
    said = f"{number} poste{'s' if number > 1 else ''}\u00a0: {where.label}."
    _save(Structure.of(units, [*draft.posts, *added]), by=by, said=said)
    return tuple(post.id for post in added)


@transaction.atomic
def remove_opening_unit(*, unit: UnitId | str, by: User | None) -> None:
    """With all below it and their posts. Raises NotInDraft, ChartAlreadyOpened."""
    draft = _locked()
    top = draft.unit_by_id.get(UnitId(unit))
    if top is None:
        raise NotInDraft
    gone = {each.id for each in draft.subtree(top.id)}
    posts = [post for post in draft.posts if post.unit not in gone]
    kept = {post.id for post in posts}
    units = [each if each.lead in kept else _led(each, None) for each in draft.units if each.id not in gone]
    _save(Structure.of(units, posts), by=by, said=f"Unité retirée : {top.label}.")


@transaction.atomic
def remove_opening_posts(*, posts: Iterable[PostId | str], by: User | None) -> None:
    """Raises NotInDraft, ChartAlreadyOpened."""
    draft = _locked()
    gone = {PostId(post) for post in posts}
    if not gone or not gone <= draft.post_by_id.keys():
        raise NotInDraft
    units = [_led(each, None) if each.lead in gone else each for each in draft.units]
    left = [post for post in draft.posts if post.id not in gone]
    _save(Structure.of(units, left), by=by, said=f"Postes retirés : {len(gone)}.")


@transaction.atomic
def replace_opening_draft(*, structure: Structure, by: User | None) -> None:
    """What was typed gives way to an imported table. Raises InvalidOpening, ChartAlreadyOpened."""
    draft = _locked()
    imported = Structure.of(structure.units, structure.posts, (), draft.nomenclature)
    if found := faults(imported):
        raise InvalidOpening(found[0].message)
    said = f"Tableau repris : {len(structure.units)} unités, {len(structure.posts)} postes."
    _save(imported, by=by, said=said)


@transaction.atomic
def discard_opening_draft(*, by: User | None) -> None:
    """Start again from nothing. Raises ChartAlreadyOpened."""
    _locked()
    _save(Structure.of(), by=by, said="Saisie effacée.")


@transaction.atomic
def seal_opening_draft(*, effective_on: datetime.date | None, by: User | None, note: str = "") -> Version:
    """Open the chart with what was typed. Raises as `open_chart`."""
    draft = _locked()
    version = open_chart(structure=draft, effective_on=effective_on, by=by, note=note.strip())
    OpeningDraft.objects.all().delete()
    return version


def _locked() -> Structure:
    lock_chart()
    if Version.objects.exists():
        raise ChartAlreadyOpened
    return opening_draft().structure


def _led(unit: Unit, lead: PostId | None) -> Unit:
    return msgspec.structs.replace(unit, lead=lead)


def _save(structure: Structure, *, by: User | None, said: str) -> None:
    text = msgspec.to_builtins(msgspec.structs.replace(structure, nomenclature=Structure().nomenclature))
    row, _ = OpeningDraft.objects.update_or_create(
        pk=ONLY, defaults={"structure": text, "saved_at": timezone.now(), "saved_by": by}
    )
    record_event(verb="edit_opening", target=row, by=by, summary=said)
