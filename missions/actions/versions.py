"""Sealing: each entry into force adds a version to the chain; the first is the chart as it was observed."""

import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from accounts.actions import RecordEvent, record_event
from accounts.models import User
from accounts.models.user import new_uid
from orgchart import french
from orgchart.diff import compare
from orgchart.structure import Structure
from orgchart.values import sha256

from ..models import Version, VersionKind
from ..queries import nomenclature
from ..seals import pack, seal_of
from .locking import lock_chart
from .structure import write_structure

OPENING_TITLE = "État constaté"


class NotChronological(Exception):
    def __init__(self, effective_on: datetime.date, newest: Version) -> None:
        super().__init__(
            f"La date d’effet ({french.date(effective_on)}) ne peut pas précéder celle de la version "
            f"{newest.number} ({french.date(newest.effective_on)})."
        )


class ChartNotOpened(Exception):
    def __init__(self) -> None:
        super().__init__("L’organigramme n’a pas encore d’état constaté.")


class ChartAlreadyOpened(Exception):
    def __init__(self) -> None:
        super().__init__("L’organigramme a déjà un état constaté : il n’évolue plus que par une réorganisation.")


class NothingToOpen(Exception):
    def __init__(self) -> None:
        super().__init__("Un état constaté comporte au moins une unité.")


@transaction.atomic
def seal_version(
    *,
    structure: Structure,
    effective_on: datetime.date,
    kind: VersionKind | str,
    title: str,
    by: User | None,
    source_code: str = "",
    source_label: str = "",
    stage_label: str = "",
    partly: bool = False,
    note: str = "",
    fictitious: bool = False,
    locked: bool = False,
    record: RecordEvent = record_event,
) -> Version:
    """Add the chart to the chain of versions. Its date may be past, but not before that of the newest one.

    The caller has written `structure` in the same transaction; `locked`: it took the lock of the chart itself. Raises
    NotChronological, and ChartNotOpened or ChartAlreadyOpened when it does not take its place in the chain.
    """
    if not locked:
        lock_chart()
    newest = Version.objects.without_snapshot().order_by("-number").first()
    if newest is None and kind != VersionKind.OPENING:
        raise ChartNotOpened
    if newest is not None and kind == VersionKind.OPENING:
        raise ChartAlreadyOpened
    if newest is not None and effective_on < newest.effective_on:
        raise NotChronological(effective_on, newest)
    text = structure.canonical
    version = Version(
        uid=new_uid(),
        number=newest.number + 1 if newest else 1,
        title=title,
        kind=VersionKind(kind),
        effective_on=effective_on,
        sealed_at=timezone.now(),
        sealed_by=by,
        snapshot=pack(text),
        sha256=sha256(text),
        previous=newest,
        previous_sha256=newest.sha256 if newest else "",
        source_label=source_label,
        source_code=source_code,
        stage_label=stage_label,
        partly=partly,
        note=note,
        fictitious=fictitious,
    )
    version.seal = seal_of(version, newest.seal if newest else "")
    version.save(force_insert=True)
    record(
        verb="seal_version",
        target=version,
        by=by,
        summary=f"Version {version.number} scellée : {title}."[:500],
        details={"sha256": version.sha256, "effective_on": effective_on.isoformat()},
    )
    return version


@transaction.atomic
def open_chart(
    *,
    structure: Structure,
    effective_on: datetime.date | None,
    by: User | None,
    note: str = "",
    fictitious: bool = False,
) -> Version:
    """Record the chart as it was observed (« état constaté ») and seal it as the opening version, once.

    `effective_on` is the day it was observed, today when it is not known. The version carries the whole reference data
    of that moment. Raises ChartAlreadyOpened, NothingToOpen, UnknownReference, tree.BrokenTree.
    """
    lock_chart()
    if Version.objects.exists():
        raise ChartAlreadyOpened
    if not structure.units:
        raise NothingToOpen
    day = effective_on or timezone.localdate()
    observed = msgspec.structs.replace(structure, nomenclature=nomenclature())
    write_structure(difference=compare(Structure.of(), observed), by=by, on=day, reason=OPENING_TITLE)
    return seal_version(
        structure=observed,
        effective_on=day,
        kind=VersionKind.OPENING,
        title=OPENING_TITLE,
        by=by,
        note=note,
        fictitious=fictitious,
    )
