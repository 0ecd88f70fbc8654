"""One bourse as everybody reads it: the fiche de poste as published, dates, criteria, whom to ask."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest

from ..permissions import get_visible_posting
from .heading import heading


@require_GET
def posting(request: SignedInRequest, code: str) -> HttpResponse:
    found = get_visible_posting(code, request.user)
    context = {"posting": found, "heading": heading(request, found, "posting")}
    return render(request, "postings/posting.html", context)
