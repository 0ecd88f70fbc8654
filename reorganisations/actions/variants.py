"""Variantes: several drafts of one reorganisation side by side, of which one is kept."""

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User

from ..exceptions import Refused
from ..models import ChangeRecord, NarrativeSection, Reorganisation, Situation, Status
from ..permissions import check_actor, check_can_edit_drafts
from .draft_lock import locked
from .drafting import create_reorganisation
from .submitting import withdraw

LONGEST_CODE = 80


class NotADraft(Refused):
    def __init__(self, reorganisation: Reorganisation) -> None:
        state = Status(reorganisation.status).label
        super().__init__(f"Seul un projet a des variantes\u00a0: celui-ci est dans l’état «\u00a0{state}\u00a0».")


class VariantNameTaken(Refused):
    def __init__(self, label: str) -> None:
        super().__init__(f"Une variante s’appelle déjà «\u00a0{label}\u00a0».")


class NoOtherVariant(Refused):
    def __init__(self) -> None:
        super().__init__("Ce projet n’a pas d’autre variante.")


@transaction.atomic
def duplicate_draft(*, reorganisation: Reorganisation, label: str, by: User | None) -> Reorganisation:
    """Another draft that begins as this one is: changes with their ids, written parts, situations, announced numbers.

    What is compared afterwards is what was done otherwise. Raises NotAllowed, NotADraft, VariantNameTaken.
    """
    check_actor(by, check_can_edit_drafts)
    row = locked(reorganisation)
    if row.status != Status.DRAFT:
        raise NotADraft(row)
    family = Reorganisation.objects.of_family(row)
    if family.filter(variant_label=label).exists():
        raise VariantNameTaken(label)
    first = row.variant_of or row
    copy = create_reorganisation(
        code=_free_code(first.code),
        title=row.title,
        unit=row.unit_uid,
        effective_on=row.effective_on,
        base=row.base_version,
        principle_of_security=row.principle_of_security,
        fictitious=row.fictitious,
        with_sections=False,
        variant_of=first,
        variant_label=label,
        by=by,
    )
    copy.announced = row.announced
    copy.save(update_fields=["announced"])
    ChangeRecord.objects.bulk_create(
        ChangeRecord(reorganisation=copy, uid=each.uid, position=each.position, payload=each.payload, added_by=by)
        for each in row.change_records.all()
    )
    NarrativeSection.objects.bulk_create(
        NarrativeSection(
            reorganisation=copy,
            key=each.key,
            title=each.title,
            markdown=each.markdown,
            position=each.position,
            included=each.included,
            change_uid=each.change_uid,
        )
        for each in row.sections.all()
    )
    Situation.objects.bulk_create(
        Situation(reorganisation=copy, agent_uid=each.agent_uid, post_uid=each.post_uid, note=each.note)
        for each in row.situations.all()
    )
    record_event(verb="duplicate_draft", target=row, by=by, summary=f"Variante ouverte\u00a0: {label}")
    return copy


@transaction.atomic
def keep_variant(*, reorganisation: Reorganisation, by: User | None) -> None:
    """This variant goes on; the others that are still drafts are withdrawn.

    Raises NotAllowed, NotADraft, NoOtherVariant.
    """
    check_actor(by, check_can_edit_drafts)
    row = locked(reorganisation)
    if row.status != Status.DRAFT:
        raise NotADraft(row)
    others = list(Reorganisation.objects.of_family(row).filter(status=Status.DRAFT).exclude(pk=row.pk).order_by("pk"))
    if not others:
        raise NoOtherVariant
    for other in others:
        withdraw(reorganisation=other, by=by, reason="variante non retenue")
    record_event(verb="keep_variant", target=row, by=by, summary="Variante retenue, les autres sont retirées.")


def _free_code(code: str) -> str:
    """« code-variante-2 », the first number that is free."""
    taken = set(Reorganisation.objects.values_list("code", flat=True))
    number = 2
    while (found := f"{code[: LONGEST_CODE - len(f'-variante-{number}')]}-variante-{number}") in taken:
        number += 1
    return found
