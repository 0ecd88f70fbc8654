"""The opening state while it is typed."""

import datetime
from typing import NamedTuple

import msgspec

from orgchart.structure import Structure

from ..models import OpeningDraft
from .chart import nomenclature


class Opening(NamedTuple):
    """`structure` carries the reference data as it is now. `saved_at` None: nothing was typed yet."""

    structure: Structure
    saved_at: datetime.datetime | None = None
    saved_by: str = ""


def opening_draft() -> Opening:
    """Five queries."""
    row = OpeningDraft.objects.select_related("saved_by").first()
    if row is None:
        return Opening(Structure(nomenclature=nomenclature()))
    found = msgspec.convert(row.structure, type=Structure)
    structure = Structure.of(found.units, found.posts, (), nomenclature())
    return Opening(structure, row.saved_at, str(row.saved_by) if row.saved_by else "")
