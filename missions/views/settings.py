"""The employer's settings, and the perimeters of the managers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Role, User
from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions, permissions, queries
from ..forms.settings import EmployerForm, PerimeterForm


@require_http_methods(["GET", "POST"])
def edit_employer(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_edit_reference(request.user)
    form = EmployerForm(request.POST or None, instance=queries.employer())
    if request.method == "POST" and form.is_valid():
        actions.save_employer(by=request.user, **form.cleaned_data)
        messages.success(request, "Les réglages sont enregistrés.")
        return redirect("missions:employer")
    context = {
        "form": form,
        "title": "Employeur",
        "button": "Enregistrer",
        "crumbs": [],
        "cancel_url": reverse("missions:chart"),
        "words": "",
    }
    return render(request, "missions/plain_form.html", context, status=422 if form.errors else 200)


@require_safe
def list_perimeters(request: SignedInRequest) -> HttpResponse:
    """The managers, and the units whose holders each sees. Two queries."""
    permissions.check_can_edit_perimeters(request.user)
    managers = User.objects.filter(role_grants__role=Role.MANAGER, is_active=True).order_by("name", "pk")
    rows = [
        (manager, [perimeter.unit.label for perimeter in manager.perimeters.all()])
        for manager in managers.prefetch_related("perimeters__unit")
    ]
    facts = [french.count(len(rows), "compte d’encadrement", "comptes d’encadrement")]
    return render(request, "missions/perimeters.html", {"rows": rows, "facts": facts})


@require_http_methods(["GET", "POST"])
def edit_perimeter(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_perimeters(request.user)
    manager = get_object_or_404(User, uid=uid, role_grants__role=Role.MANAGER)
    form = PerimeterForm(request.POST if request.method == "POST" else None, user=manager)
    if request.method == "POST" and form.is_valid():
        actions.set_perimeters(user=manager, units=form.chosen(), by=request.user)
        messages.success(request, f"Le périmètre de {manager} est enregistré.")
        return redirect("missions:perimeters")
    context = {
        "form": form,
        "title": f"Périmètre de {manager}",
        "button": "Enregistrer le périmètre",
        "crumbs": [("Périmètres", reverse("missions:perimeters"))],
        "cancel_url": reverse("missions:perimeters"),
        "words": "La personne voit qui occupe les postes de ces unités.",
    }
    return render(request, "missions/plain_form.html", context, status=422 if form.errors else 200)
