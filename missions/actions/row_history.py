"""Lines of simple_history made in bulk, creations, changes and deletions together."""

import datetime
from collections.abc import Iterable
from typing import Any

from accounts.models import User

from ..models import Assignment, Post, Unit

CREATED, CHANGED, DELETED = "+", "~", "-"


def write_lines(
    model: type[Unit] | type[Post] | type[Assignment],
    rows: Iterable[tuple[str, Any]],
    *,
    by: User | None,
    reason: str,
    at: datetime.datetime,
) -> None:
    """One line for each (kind, row), as the row now is. One query."""
    history = model.history.model
    history.objects.bulk_create(
        [
            history(
                history_date=at,
                history_user=by,
                history_change_reason=reason,
                history_type=kind,
                **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
            )
            for kind, row in rows
        ]
    )
