"""« Journal »: who did what, and when."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..forms import TrailFilter
from ..permissions import check_can_read_trail
from ..queries import trail_lines, trail_listed
from ..requests import SignedInRequest

LINES_A_PAGE = 50


@require_safe
def show_trail(request: SignedInRequest) -> HttpResponse:
    check_can_read_trail(request.user)
    form = TrailFilter(request.GET)
    page = Paginator(trail_listed(verb=form.verb()), LINES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/trail.html", {"form": form, "page": page, "lines": trail_lines(page)})
