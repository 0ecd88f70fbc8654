"""« Dossiers »: what was submitted to the committees one sits in, as it was sealed."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..permissions import check_can_read_dossiers
from ..queries.dossiers import dossier_lines, texts_of
from ..queries.sessions import sessions_of_member

PER_PAGE = 25
# The latest ones, above the dossiers.
SESSIONS = 12


@require_GET
def dossiers(request: SignedInRequest) -> HttpResponse:
    check_can_read_dossiers(request.user)
    page = Paginator(dossier_lines(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(item, texts_of(item.reorganisation)) for item in page if item.reorganisation is not None]
    context = {"page": page, "lines": lines, "sessions": sessions_of_member(request.user)[:SESSIONS]}
    return render(request, "reorganisations/dossiers.html", context)
