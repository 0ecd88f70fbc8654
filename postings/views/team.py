"""« Candidatures de mon équipe »: that an agent applied, to what and when, where the bourse informs the managers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import Role
from accounts.requests import SignedInRequest

from ..permissions import known_to_manager

PER_PAGE = 25


@require_GET
def team(request: SignedInRequest) -> HttpResponse:
    """Only a manager has a team."""
    if not request.user.has_role(Role.MANAGER):
        raise Http404("Cette page n’existe pas.")
    found = known_to_manager(request.user).select_related("agent", "posting").order_by("-submitted_at", "-pk")
    context = {
        "crumbs": [("Bourse interne", reverse("postings:list"))],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "postings/team.html", context)
