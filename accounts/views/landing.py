"""Where a person lands after signing in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from ..models import Role, User
from ..requests import SignedInRequest

# The first role held decides; the addresses belong to rooms above, so only their names are known here.
LANDINGS = [
    ((Role.HR, Role.MANAGER, Role.AGENT), "missions:chart"),
    ((Role.COMMITTEE,), "reorganisations:dossiers"),
]
DEFAULT_LANDING = "missions:chart"


def landing_url(user: User) -> str:
    """The address of the user's first page."""
    for roles, name in LANDINGS:
        if user.has_role(*roles):
            try:
                return reverse(name)
            except NoReverseMatch:
                break
    try:
        return reverse(DEFAULT_LANDING)
    except NoReverseMatch:
        return "/"


def landing(request: SignedInRequest) -> HttpResponse:
    return redirect(landing_url(request.user))
