"""Hours of the day as a case file writes them."""

import datetime

# Those of a session.
HOURS = ("starts_at", "opened_at", "closed_at")


def time_of(text: str | None) -> datetime.time | None:
    """« 09:30 » → the hour; the pattern of the field holds."""
    return datetime.time.fromisoformat(text) if text else None


def text_of(at: datetime.time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
