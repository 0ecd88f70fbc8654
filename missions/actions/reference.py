"""Reference data: edited by HR, only ever completed by a reload."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from accounts.actions import record_event
from accounts.models import User
from orgchart.nomenclature import Nomenclature

from ..models import Employer, Grade, JobTitle, Perimeter, Site, Unit, UnitKind

Reference = UnitKind | Grade | JobTitle | Site


class InvalidReference(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class CodeIsKept(Exception):
    """Structures, sealed or not, name things by their code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Le code « {code} » ne change pas : des organigrammes scellés le citent.")


class ReferenceInUse(Exception):
    def __init__(self, item: Reference) -> None:
        super().__init__(f"« {item} » est utilisé dans l’organigramme : il ne peut pas être supprimé.")


class Added(NamedTuple):
    """How many entries were missing and are now there."""

    kinds: int = 0
    grades: int = 0
    titles: int = 0
    sites: int = 0


@transaction.atomic
def save_reference(*, item: Reference, by: User | None) -> Reference:
    """Add or change an entry. Raises InvalidReference, CodeIsKept."""
    if item.pk is not None:
        code = type(item)._default_manager.filter(pk=item.pk).values_list("code", flat=True).first()
        if code != item.code:
            raise CodeIsKept(str(code))
    added = item.pk is None
    try:
        item.full_clean()
    except ValidationError as error:
        raise InvalidReference(" ".join(error.messages)) from None
    item.save()
    record_event(
        verb="save_reference",
        target=item,
        by=by,
        summary=f"{_name(item)} « {item} » : {'ajout' if added else 'modification'}.",
    )
    return item


@transaction.atomic
def delete_reference(*, item: Reference, by: User | None) -> None:
    """Raises ReferenceInUse when a unit or a post, even out of force, has it."""
    if isinstance(item, Site) and any(item.code in sites for sites in Unit.objects.values_list("sites", flat=True)):
        raise ReferenceInUse(item)
    record_event(verb="delete_reference", target=item, by=by, summary=f"{_name(item)} « {item} » : suppression.")
    try:
        type(item)._default_manager.get(pk=item.pk).delete()
    except ProtectedError:
        raise ReferenceInUse(item) from None


@transaction.atomic
def add_missing_reference(*, words: Nomenclature, by: User | None) -> Added:
    """Add the entries whose code is not there yet. What HR edited stays as it is."""
    added = Added(
        kinds=_add_missing(
            UnitKind(
                code=kind.code,
                label=kind.label,
                plural=kind.plural,
                feminine=kind.feminine,
                rank=kind.rank,
                heads_perimeter=kind.heads_perimeter,
                external=kind.external,
            )
            for kind in words.kinds
        ),
        grades=_add_missing(
            Grade(code=grade.code, rank=grade.rank, label=grade.label, category=grade.category or "")
            for grade in words.grades
        ),
        titles=_add_missing(
            JobTitle(
                code=title.code,
                masculine=title.masculine,
                masculine_plural=title.masculine_plural,
                feminine=title.feminine,
                feminine_plural=title.feminine_plural,
                inclusive=title.inclusive,
                inclusive_plural=title.inclusive_plural,
            )
            for title in words.titles
        ),
        sites=_add_missing(Site(code=site.code, label=site.label) for site in words.sites),
    )
    return added


@transaction.atomic
def save_employer(*, name: str, principle_of_security: bool, by: User | None) -> Employer:
    """Raises InvalidReference."""
    employer = Employer(pk=1, name=name.strip(), principle_of_security=principle_of_security)
    try:
        employer.clean_fields()
    except ValidationError as error:
        raise InvalidReference(" ".join(error.messages)) from None
    employer.save()
    record_event(verb="save_employer", target=employer, by=by, summary="Réglages de l’employeur enregistrés.")
    return employer


@transaction.atomic
def set_perimeters(*, user: User, units: Iterable[Unit], by: User | None) -> None:
    """The units whose holders a manager sees, with all below them; they replace those of before."""
    wanted = {unit.uid for unit in units}
    Perimeter.objects.filter(user=user).exclude(unit__uid__in=wanted).delete()
    known = set(Perimeter.objects.filter(user=user).values_list("unit_id", flat=True))
    Perimeter.objects.bulk_create(Perimeter(user=user, unit_id=uid) for uid in sorted(wanted - known))
    record_event(
        verb="set_perimeters", target=user, by=by, summary="Périmètre défini.", details={"units": sorted(wanted)}
    )


def _add_missing(items: Iterable[Reference]) -> int:
    found = list(items)
    if not found:
        return 0
    model: type[models.Model] = type(found[0])
    known = set(model._default_manager.values_list("code", flat=True))
    missing = [item for item in found if item.code not in known]
    model._default_manager.bulk_create(missing)
    return len(missing)


def _name(item: Reference) -> str:
    return str(item._meta.verbose_name).capitalize()
