"""« Séance et décision »: how far the reorganisation has come, what may be done next, and what was recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..permissions import can_see_draft, get_visible_reorganisation
from ..queries.reading import reading
from .heading import heading


@require_GET
def follow_up(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    draft = reading(reorganisation, live=can_see_draft(request.user, reorganisation))
    context = {"reorganisation": reorganisation, "heading": heading(request, draft, "follow_up")}
    return render(request, "reorganisations/follow_up.html", context)
