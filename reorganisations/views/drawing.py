"""The drawing of a draft on a page of its own, in the place of the workspace's panel, or as an SVG file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from .. import queries
from ..drawing import Asked, DraftDrawing
from ..permissions import check_can_see_draft, get_visible_reorganisation
from .heading import heading


@require_GET
def drawing(request: SignedInRequest, code: str) -> HttpResponse:
    """The large page; to htmx, the panel alone, for that page or for the workspace (`dans=atelier`)."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    draft = queries.draft(reorganisation)
    asked = Asked.read(request.GET.dict())
    panel = DraftDrawing(draft, asked, large=request.GET.get("dans") != "atelier").panel()
    if request.htmx:
        return render(request, "reorganisations/drawing.html", {"panel": panel})
    context = {"reorganisation": reorganisation, "heading": heading(request, draft, "workspace"), "panel": panel}
    return render(request, "reorganisations/drawing_page.html", context)


@require_GET
def drawing_svg(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    made = DraftDrawing(queries.draft(reorganisation), Asked.read(request.GET.dict()))
    if made.empty:
        raise Http404
    response = HttpResponse(made.file(), content_type="image/svg+xml")
    name = f"{code}-{made.asked.view.key}.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
