"""Pages that belong to no room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that a public body owes on its site (loi 2005-102, article 47; RGAA)."""
    return render(request, "accessibility.html")
