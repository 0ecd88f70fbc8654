"""What the jury's pages share: who sits there and as what, and how an action that refuses is told."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest

from ..exceptions import Refused
from ..models import Application, Posting
from ..permissions import Actor, actors_of, get_visible_posting, shows_names
from ..queries.candidates import get_candidate, label_of
from .heading import heading


class Seat(NamedTuple):
    """The reader of a page of the jury. `names`: they may know who the candidates are. `leads`: shortlist, rank…"""

    posting: Posting
    actors: frozenset[Actor]
    names: bool

    @property
    def leads(self) -> bool:
        return not self.actors.isdisjoint({Actor.HR, Actor.PRESIDENT})

    @property
    def manages(self) -> bool:
        return Actor.HR in self.actors


def sit(request: SignedInRequest, code: str) -> Seat:
    """Raises Http404 for whoever is neither of the jury nor of the human resources."""
    posting = get_visible_posting(code, request.user)
    actors = actors_of(request.user, posting)
    if actors.isdisjoint({Actor.HR, Actor.JURY}):
        raise Http404("Cette page n’existe pas.")
    return Seat(posting, actors, shows_names(actors, posting))


def application_of(request: SignedInRequest, seat: Seat, uid: str) -> Application:
    """Raises Http404 for one that is not of this bourse, or that the reader keeps away from."""
    return get_candidate(seat.posting, request.user, uid)


def told(request: SignedInRequest, action: Callable[[], object], success: str) -> None:
    """For a button without a form: done, or why not, on the page one goes back to."""
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)


def page(
    request: SignedInRequest, seat: Seat, current: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    given = {
        "posting": seat.posting,
        "seat": seat,
        "heading": heading(request, seat.posting, current, seat.actors),
    }
    return render(request, f"postings/{template}", given | context, status=status)


def called(seat: Seat, application: Application) -> str:
    return label_of(application, names=seat.names)
