"""L'atelier: the outline, the drawing, the adjustments, the totals and the problems of one draft on one page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from orgchart.values import UnitId

from .. import queries
from ..models import Reorganisation
from ..permissions import can_edit, check_can_see_draft, get_visible_reorganisation
from ..workspace import Workspace
from .heading import heading


@require_GET
def workspace(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    return render_workspace(request, reorganisation)


def render_workspace(
    request: SignedInRequest, reorganisation: Reorganisation, *, changed: str = "", status: int = 200
) -> HttpResponse:
    """The page, or to htmx the part of it that an edit changes. `changed`: the uid of what was just changed."""
    template = "reorganisations/workspace.html"
    draft = queries.draft(reorganisation)
    page = Workspace.of(
        draft,
        user=request.user,
        view=request.GET.get("vue", "difference"),
        focus=UnitId(request.GET["unite"]) if request.GET.get("unite") else None,
        opened=request.GET.get("ouvrir", "").split(","),
        changed=changed,
        asked=request.GET.get("ajustement", ""),
        number=request.GET.get("page"),
    )
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "workspace"),
        "page": page,
        "editable": can_edit(request.user, reorganisation),
    }
    if request.htmx:
        template += "#panels"
    return render(request, template, context, status=status)


def workspace_or_redirect(
    request: SignedInRequest, reorganisation: Reorganisation, *, changed: str = ""
) -> HttpResponse:
    """After an edit: the swapped part for htmx, a redirection otherwise."""
    if request.htmx:
        return render_workspace(request, reorganisation, changed=changed)
    address = reverse("reorganisations:workspace", args=[reorganisation.code])
    return redirect(f"{address}?ajustement={changed}#ajustements" if changed else f"{address}#ajustements")
