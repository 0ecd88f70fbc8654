"""« Séance et décision » as rows: where a reorganisation stands, what may be done next, and all that was recorded."""

from .page import FollowUpPage

__all__ = ["FollowUpPage"]
