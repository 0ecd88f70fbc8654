"""Paths inside the application that rows of the rooms below keep."""

from .models import Posting


def address(posting: Posting) -> str:
    return f"/bourses/{posting.code}/"
