"""The reorganisations one may see, and opening a new one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from missions.queries import chart_is_open

from .. import actions
from ..exceptions import CodeTaken, NoChartInForce
from ..forms.details import NewReorganisationForm
from ..permissions import can_create_reorganisation, check_can_create_reorganisation
from ..queries import chart_in_force
from ..queries.listing import visible_reorganisations

PER_PAGE = 25


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    may_create, is_open = can_create_reorganisation(request.user), chart_is_open()
    context = {
        "page": Paginator(visible_reorganisations(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "may_create": may_create and is_open,
        "opening_url": reverse("missions:opening") if may_create and not is_open else "",
    }
    return render(request, "reorganisations/index.html", context)


@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    check_can_create_reorganisation(request.user)
    form = NewReorganisationForm(
        request.POST or None, chart=chart_in_force(), initial={"unit": request.GET.get("unite", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            reorganisation = actions.create_reorganisation(
                code=form.cleaned_data["code"],
                title=form.cleaned_data["title"],
                unit=form.cleaned_data["unit"],
                effective_on=form.cleaned_data["effective_on"],
                by=request.user,
            )
        except CodeTaken as refusal:
            form.add_error("code", str(refusal))
        except NoChartInForce as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reorganisations:workspace", reorganisation.code)
    return render(request, "reorganisations/create.html", {"form": form}, status=422 if form.errors else 200)
