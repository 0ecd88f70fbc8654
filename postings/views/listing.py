"""« Bourse interne »: the bourses one may see, those open first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..permissions import check_can_list_postings, visible_to

PER_PAGE = 25


@require_GET
def postings(request: SignedInRequest) -> HttpResponse:
    check_can_list_postings(request.user)
    page = Paginator(visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "postings/list.html", {"page": page})
