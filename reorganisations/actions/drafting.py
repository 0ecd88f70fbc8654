"""Opening a reorganisation, and what a draft holds beside its changes: details, written parts."""

import datetime
from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.models import Version
from missions.queries import employer
from orgchart.checks import Announced
from orgchart.dossier import STANDARD_PARTS

from ..exceptions import CodeTaken, NoChartInForce, Refused
from ..ids import mint_section
from ..models import DraftEdit, NarrativeSection, Reorganisation
from ..permissions import check_actor, check_can_create_reorganisation
from .draft_lock import note_edit, open_draft

SECTIONS = tuple((key, title) for key, title in STANDARD_PARTS.items() if key != "adjustments")
AWAY = 1_000_000


class UnknownSection(Refused):
    def __init__(self) -> None:
        super().__init__("Cette section n’est plus dans le projet.")


@transaction.atomic
def create_reorganisation(
    *,
    code: str,
    title: str,
    unit: str,
    by: User | None,
    effective_on: datetime.date | None = None,
    base: Version | None = None,
    announced: Sequence[Announced] = (),
    principle_of_security: bool | None = None,
    fictitious: bool = False,
    with_sections: bool = True,
    variant_of: Reorganisation | None = None,
    variant_label: str = "",
) -> Reorganisation:
    """Open a draft over `base`, the newest version unless said. `unit` heads its perimeter.

    Raises NotAllowed, CodeTaken, NoChartInForce.
    """
    check_actor(by, check_can_create_reorganisation)
    base = base or Version.objects.order_by("-number").first()
    if base is None:
        raise NoChartInForce
    if Reorganisation.objects.filter(code=code).exists():
        raise CodeTaken(code)
    if principle_of_security is None:
        principle_of_security = employer().principle_of_security
    row = Reorganisation.objects.create(
        code=code,
        title=title,
        unit_uid=unit,
        base_version=base,
        effective_on=effective_on,
        announced=msgspec.to_builtins(tuple(announced)),
        principle_of_security=principle_of_security,
        fictitious=fictitious,
        variant_of=variant_of,
        variant_label=variant_label,
        created_by=by,
    )
    if with_sections:
        NarrativeSection.objects.bulk_create(
            NarrativeSection(reorganisation=row, key=key, title=label, position=position)
            for position, (key, label) in enumerate(SECTIONS)
        )
    record_event(
        verb="create_reorganisation", target=row, by=by, summary=f"Réorganisation ouverte\u00a0: {title}"[:500]
    )
    return row


@transaction.atomic
def change_details(
    *,
    reorganisation: Reorganisation,
    by: User | None,
    seen: int,
    title: str | None = None,
    effective_on: datetime.date | msgspec.UnsetType | None = msgspec.UNSET,
    announced: Sequence[Announced] | None = None,
    principle_of_security: bool | None = None,
) -> None:
    """Title, date of effect (None: not known), announced numbers, principle of security; what is left out stays.

    Raises NotAllowed, NotEditable, StaleDraft.
    """
    row = open_draft(reorganisation, by=by, seen=seen)
    given: dict[str, Any] = {
        "title": title,
        "announced": None if announced is None else msgspec.to_builtins(tuple(announced)),
        "principle_of_security": principle_of_security,
    }
    given = {field: value for field, value in given.items() if value is not None}
    if effective_on is not msgspec.UNSET:
        given["effective_on"] = effective_on
    changed = [field for field, value in given.items() if getattr(row, field) != value]
    if not changed:
        return
    for each in (row, reorganisation):
        for field in changed:
            setattr(each, field, given[field])
    row.save(update_fields=changed)
    labels = [str(Reorganisation._meta.get_field(field).verbose_name) for field in changed]  # type: ignore[union-attr]  # plain columns
    note_edit(row, reorganisation, kind=DraftEdit.Kind.DETAILS, subject="", summary=", ".join(labels), by=by)


@transaction.atomic
def save_section(
    *,
    reorganisation: Reorganisation,
    key: str,
    by: User | None,
    seen: int,
    title: str | None = None,
    markdown: str | None = None,
    included: bool | None = None,
    while_writing: bool = False,
) -> NarrativeSection:
    """Rewrite, rename, omit or take back a part of the report; what is left out stays. `while_writing`: it is saved by
    itself, which the trail says once an hour for each person and part.

    Raises NotAllowed, NotEditable, UnknownSection, and StaleDraft when somebody else edited that part.
    """
    row = open_draft(reorganisation, by=by, seen=seen, subject=key, words_only=True)
    section = _section(row, key)
    given = {"title": title, "markdown": markdown, "included": included}
    changed = {field: value for field, value in given.items() if value is not None and getattr(section, field) != value}
    if changed:
        for field, value in changed.items():
            setattr(section, field, value)
        section.save(update_fields=[*changed])
        note_edit(
            row,
            reorganisation,
            kind=DraftEdit.Kind.SECTION,
            subject=key,
            summary=section.title,
            by=by,
            once_an_hour=while_writing,
        )
    return section


@transaction.atomic
def add_section(
    *,
    reorganisation: Reorganisation,
    title: str,
    by: User | None,
    seen: int,
    key: str = "",
    markdown: str = "",
    included: bool = True,
    change_uid: str | None = None,
) -> NarrativeSection:
    """Add a part at the end, for a change with `change_uid`. Without a key it gets its own.

    Raises NotAllowed, NotEditable, and StaleDraft when a part of that key was edited.
    """
    key = key or mint_section()
    row = open_draft(reorganisation, by=by, seen=seen, subject=key)
    section = NarrativeSection.objects.create(
        reorganisation=row,
        key=key,
        title=title,
        markdown=markdown,
        position=row.sections.count(),
        included=included,
        change_uid=change_uid,
    )
    note_edit(row, reorganisation, kind=DraftEdit.Kind.SECTION, subject=key, summary=title, by=by)
    return section


@transaction.atomic
def move_section(
    *, reorganisation: Reorganisation, key: str, position: int, by: User | None, seen: int
) -> NarrativeSection:
    """Give a part another place (from 0). Raises NotAllowed, NotEditable, StaleDraft, UnknownSection."""
    row = open_draft(reorganisation, by=by, seen=seen, subject=key)
    section = _section(row, key)
    others = [each for each in row.sections.order_by("position") if each.pk != section.pk]
    others.insert(min(max(position, 0), len(others)), section)
    _number(row, others)
    note_edit(row, reorganisation, kind=DraftEdit.Kind.SECTION, subject=key, summary=section.title, by=by)
    section.refresh_from_db()
    return section


@transaction.atomic
def delete_section(*, reorganisation: Reorganisation, key: str, by: User | None, seen: int) -> None:
    """Raises NotAllowed, NotEditable, StaleDraft, UnknownSection."""
    row = open_draft(reorganisation, by=by, seen=seen, subject=key)
    section = _section(row, key)
    section.delete()
    _number(row, list(row.sections.order_by("position")))
    note_edit(row, reorganisation, kind=DraftEdit.Kind.SECTION, subject=key, summary=section.title, by=by)


def _section(row: Reorganisation, key: str) -> NarrativeSection:
    try:
        return row.sections.get(key=key)
    except NarrativeSection.DoesNotExist:
        raise UnknownSection from None


def _number(row: Reorganisation, ordered: list[NarrativeSection]) -> None:
    """Positions from 0 without a hole; every statement leaves them unique."""
    for offset in (AWAY, 0):
        for position, section in enumerate(ordered):
            section.position = position + offset
        NarrativeSection.objects.bulk_update(ordered, ["position"])
