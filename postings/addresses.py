"""Paths inside the application: those that rows of the rooms below keep, and those that letters lead to."""

from django.conf import settings
from django.urls import reverse

from .models import Posting


def address(posting: Posting) -> str:
    return f"/bourses/{posting.code}/"


def candidate_address(posting: Posting) -> str:
    """Leads each candidate to their own application."""
    return reverse("postings:my_place", args=[posting.code])


def absolute(path: str) -> str:
    """For what is read outside the application: `settings.SITE_URL`, the path alone where it is not set."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
