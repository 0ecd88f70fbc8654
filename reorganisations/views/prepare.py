"""From the page of a unit or of a post: in which draft an adjustment of it is prepared."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from missions.models import Unit

from ..models import Reorganisation
from ..permissions import check_can_edit_drafts
from ..status import EDITABLE


@require_GET
def prepare(request: SignedInRequest) -> HttpResponse:
    """The only draft that covers the unit, or those among which to choose, or how to open one."""
    check_can_edit_drafts(request.user)
    unit = Unit.objects.in_force().filter(uid=request.GET.get("unite", "")).first()
    if unit is None:
        raise Http404("Cette unité n’existe pas.")
    above = unit.get_ancestors(include_self=True).values_list("uid", flat=True)
    drafts = Reorganisation.objects.filter(status__in=EDITABLE, unit_uid__in=list(above)).order_by("-saved_at")
    post = request.GET.get("postes", "")
    query = urlencode({"postes": post} if post else {"unite": unit.uid})
    found = [
        (title, f"{reverse('reorganisations:choose_change', args=[code])}?{query}")
        for code, title in drafts.values_list("code", "title")
    ]
    if len(found) == 1:
        return redirect(found[0][1])
    return render(request, "reorganisations/prepare.html", {"unit": unit, "drafts": found})
