"""« Séance et décision »: where the reorganisation stands, what may be done next, what the committee said, the decision
and its stages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ... import workflow
from ...follow_up import FollowUpPage
from ...models import Status
from ...permissions import can_run_workflow, get_visible_reorganisation
from ...queries.follow_up import FollowUp
from ..heading import heading


@require_GET
def follow_up(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    draft = FollowUp(reorganisation)
    runs = can_run_workflow(request.user)
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "follow_up"),
        "status": Status(reorganisation.status).label,
        "page": FollowUpPage.of(draft, user=request.user, rules=draft.rules),
        "trail": draft.trail if runs else None,
        "procedure": workflow.table() if runs else (),
        "diagram": workflow.svg(Status(reorganisation.status)) if runs else "",
    }
    return render(request, "reorganisations/follow_up.html", context)
