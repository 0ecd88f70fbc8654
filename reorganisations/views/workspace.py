"""L'atelier: the outline, the drawing, the adjustments, the totals and the problems of one draft on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from .. import queries
from ..consequences import Consequences
from ..drawing import Asked
from ..permissions import can_edit, can_remark, check_can_see_draft, get_visible_reorganisation
from ..workspace import Workspace
from .heading import heading, saved


@require_GET
def workspace(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user, for_editing=True)
    check_can_see_draft(request.user, reorganisation)
    return render_workspace(request, queries.draft(reorganisation))


def render_workspace(
    request: SignedInRequest,
    draft: queries.Draft,
    *,
    changed: str = "",
    done: Consequences | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or to htmx the part of it that an edit changes. `changed`: the uid of what was just changed; `done`:
    what a gesture brought."""
    template = "reorganisations/workspace.html"
    reorganisation = draft.reorganisation
    page = Workspace.of(
        draft,
        user=request.user,
        shown=Asked.read(request.GET.dict()),
        opened=request.GET.get("ouvrir", "").split(","),
        changed=changed,
        asked=request.GET.get("ajustement", ""),
        number=request.GET.get("page"),
        every_problem=request.GET.get("verifier") == "tout",
    )
    context = {
        "reorganisation": reorganisation,
        "page": page,
        "done": done,
        "editable": can_edit(request.user, reorganisation),
        "may_remark": can_remark(request.user, reorganisation),
        "review_url": reverse("reorganisations:review", args=[reorganisation.code]),
        "choose_url": reverse("reorganisations:choose_change", args=[reorganisation.code]),
        "saved_at": saved(reorganisation) if request.htmx else "",
    }
    if request.htmx:
        template += "#panels"
    else:
        context["heading"] = heading(request, draft, "workspace")
    return render(request, template, context, status=status)


def workspace_or_redirect(
    request: SignedInRequest, draft: queries.Draft, *, changed: str = "", done: Consequences | None = None
) -> HttpResponse:
    """After an edit: the swapped part for htmx, a redirection otherwise."""
    if request.htmx:
        return render_workspace(request, draft, changed=changed, done=done)
    if done:
        messages.success(request, f"{done.sentence} {done.short}")
    address = reverse("reorganisations:workspace", args=[draft.reorganisation.code])
    return redirect(f"{address}?ajustement={changed}#ajustements" if changed else f"{address}#ajustements")
