"""What was recorded of sessions as a whole, as the steps that record it again."""

import datetime
from typing import cast

from msgspec import convert

from ..models import Session
from .steps import ReconveneSession
from .traces import DONE, Trace


def reconvened_steps() -> list[Trace]:
    """Sessions convoked again for want of quorum."""
    rows = Session.objects.filter(in_place_of__isnull=False).select_related("in_place_of").order_by("pk")
    found = []
    for row in rows:
        step = {
            "type": "reconvene_session",
            "session": row.in_place_of.uid if row.in_place_of else "",
            "to": row.uid,
            "fictitious": row.fictitious,
        }
        found.append(
            Trace(cast("datetime.datetime", row.reconvened_at), DONE, row.uid, convert(step, ReconveneSession))
        )
    return found
