"""« Variantes »: the ways of writing one reorganisation, two of them side by side, and the one that is kept."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest

from .. import actions
from ..comparison import Comparison
from ..drawing import Asked, DraftDrawing
from ..exceptions import Refused
from ..forms.variants import DuplicateForm
from ..models import Reorganisation, Status
from ..permissions import (
    can_edit_drafts,
    can_see_holders,
    check_can_edit_drafts,
    check_can_see_draft,
    get_visible_reorganisation,
)
from ..queries import Draft
from .heading import heading


class Variant(NamedTuple):
    """`state` is said of those that are no longer drafts; `compare_url` shows it beside the one of the page."""

    name: str
    state: str
    shown: bool
    url: str
    compare_url: str


class Side(NamedTuple):
    name: str
    url: str
    drawing: SafeString


@require_GET
def variants(request: SignedInRequest, code: str) -> HttpResponse:
    """The family of this draft; beside it another one, the next that is still a draft unless asked (`avec`)."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_see_draft(request.user, reorganisation)
    draft = Draft(reorganisation)
    family = list(Reorganisation.objects.of_family(reorganisation).select_related("base_version").order_by("pk"))
    other = _beside(reorganisation, family, request.GET.get("avec", ""))
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, draft, "variants"),
        "variants": [_variant(each, reorganisation, other) for each in family],
        "may_duplicate": can_edit_drafts(request.user) and reorganisation.status == Status.DRAFT,
        "may_keep": can_edit_drafts(request.user) and other is not None and reorganisation.status == Status.DRAFT,
        "comparison": None,
    }
    if other is not None:
        beside = draft.beside(other)
        people = can_see_holders(request.user, reorganisation)
        context["comparison"] = Comparison(draft, beside, people=people)
        context["sides"] = [_side(draft, "une"), _side(beside, "autre")]
    return render(request, "reorganisations/variants.html", context)


@require_http_methods(["GET", "POST"])
def duplicate(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit_drafts(request.user)
    form = DuplicateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"]
        try:
            copy = actions.duplicate_draft(reorganisation=reorganisation, label=label, by=request.user)
        except Refused as refusal:
            form.add_error("label", str(refusal))
        else:
            messages.success(request, f"La variante «\u00a0{label}\u00a0» est ouverte\u00a0: elle part du même projet.")
            return redirect("reorganisations:workspace", copy.code)
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, Draft(reorganisation), "variants"),
        "form": form,
    }
    return render(request, "reorganisations/duplicate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def keep(request: SignedInRequest, code: str) -> HttpResponse:
    """What will be withdrawn is said before anything is done."""
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_edit_drafts(request.user)
    if request.method == "POST":
        try:
            actions.keep_variant(reorganisation=reorganisation, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"«\u00a0{name_of(reorganisation)}\u00a0» est la variante retenue.")
        return redirect("reorganisations:variants", code)
    family = Reorganisation.objects.of_family(reorganisation).filter(status=Status.DRAFT).exclude(pk=reorganisation.pk)
    context = {
        "reorganisation": reorganisation,
        "heading": heading(request, Draft(reorganisation), "variants"),
        "name": name_of(reorganisation),
        "others": [name_of(each) for each in family.order_by("pk")],
    }
    return render(request, "reorganisations/keep_variant.html", context)


def name_of(reorganisation: Reorganisation) -> str:
    return reorganisation.variant_label or "Projet de départ"


def _beside(reorganisation: Reorganisation, family: list[Reorganisation], asked: str) -> Reorganisation | None:
    """The one asked for, else the first that may still be chosen."""
    others = [each for each in family if each.pk != reorganisation.pk]
    found = next((each for each in others if each.code == asked), None)
    return found or next((each for each in others if each.status == Status.DRAFT), None)


def _variant(each: Reorganisation, shown: Reorganisation, beside: Reorganisation | None) -> Variant:
    page = reverse("reorganisations:variants", args=[shown.code])
    alone = each.pk == shown.pk
    return Variant(
        name=name_of(each),
        state="" if each.status == Status.DRAFT else each.get_status_display().lower(),
        shown=alone or (beside is not None and each.pk == beside.pk),
        url=reverse("reorganisations:workspace", args=[each.code]),
        compare_url="" if alone else f"{page}?avec={each.code}",
    )


def _side(draft: Draft, name: str) -> Side:
    """Its drawing is that of the unit the reorganisation is about."""
    return Side(
        name=name_of(draft.reorganisation),
        url=reverse("reorganisations:workspace", args=[draft.reorganisation.code]),
        drawing=DraftDrawing(draft, Asked(trace="non")).svg(name=name),
    )
