"""Preparing a bourse: on what, then all that is written of it before it is published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from missions.queries import structure_in_force

from .. import actions
from ..exceptions import InvalidPosting, Refused
from ..forms.preparing import (
    CriterionRows,
    PostingForm,
    criteria_given,
    criteria_initial,
    new_initial,
    posting_initial,
    with_one_more_row,
)
from ..models import Posting
from ..permissions import check_can_manage_posting, check_can_prepare_postings, get_visible_posting
from ..queries.choices import (
    Target,
    post_target,
    posts_called,
    similar_posts,
    target_of_posting,
    transformation_target,
    usual_rule,
    waiting_transformations,
)
from ..status import EDITABLE
from .heading import heading

CRITERIA = "criteres"
CODE = 70


@require_http_methods(["GET", "POST"])
def prepare(request: SignedInRequest) -> HttpResponse:
    """`?poste=` or `?transformation=` with `&reorganisation=`; without either, what to choose among."""
    check_can_prepare_postings(request.user)
    asked, pending = request.GET.get("poste", ""), request.GET.get("transformation", "")
    if not asked and not pending:
        return choose(request)
    found = post_target(asked) if asked else transformation_target(pending, request.GET.get("reorganisation", ""))
    if found is None:
        raise Http404("Ce poste n’est pas dans l’organigramme.")
    return write(request, found)


def choose(request: SignedInRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    context = {
        "text": text,
        "posts": posts_called(text),
        "transformations": waiting_transformations(),
        "crumbs": [("Bourse interne", reverse("postings:list"))],
    }
    return render(request, "postings/choose.html", context)


def write(request: SignedInRequest, target: Target) -> HttpResponse:
    form, rows = forms_of(
        request,
        initial=new_initial(target.fiche, reserved=target.change is not None),
        criteria=criteria_initial(),
        similar=[] if target.change else similar_posts(target.post_uid),
    )
    if asks_to_save(request) and form.is_valid() and rows.is_valid():
        rule = usual_rule(target.change, structure_in_force()) if target.change else None
        origin: dict[str, Any] = {"post_uid": target.post_uid}
        if target.change:
            origin |= {"reorganisation": target.reorganisation, "pending": target.pending}
        try:
            posting = actions.prepare_posting(
                code=free_code(form.cleaned_data["title"]),
                vacated=target.vacated,
                rule=rule,
                criteria=criteria_given(rows),
                by=request.user,
                **origin,
                **form.given(),
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, "La bourse est préparée. Personne d’autre que les ressources humaines ne la voit."
            )
            return redirect("postings:rule" if target.change else "postings:posting", posting.code)
    context = {
        "target": target,
        "title": "Préparer une bourse",
        "button": "Enregistrer la préparation",
        "crumbs": [("Bourse interne", reverse("postings:list"))],
        "cancel_url": reverse("postings:list"),
        "chooses": True,
    }
    return show(request, form, rows, context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    posting = get_visible_posting(code, request.user)
    check_can_manage_posting(request.user, posting)
    if posting.status not in EDITABLE:
        messages.error(request, "Une bourse publiée ne se modifie plus\u00a0: sa fiche est scellée.")
        return redirect("postings:posting", code)
    form, rows = forms_of(
        request,
        initial=posting_initial(posting),
        criteria=criteria_initial(posting),
        similar=[] if posting.pending else similar_posts(posting.post_uid),
    )
    if asks_to_save(request) and form.is_valid() and rows.is_valid():
        try:
            actions.edit_posting(posting=posting, criteria=criteria_given(rows), by=request.user, **form.given())
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "La bourse est enregistrée.")
            return redirect("postings:posting", code)
    context = {
        "posting": posting,
        "target": target_of_posting(posting),
        "title": "Modifier la bourse",
        "button": "Enregistrer",
        "crumbs": [
            *heading(request, posting, "posting").crumbs,
            (posting.title, reverse("postings:posting", args=[code])),
        ],
        "cancel_url": reverse("postings:posting", args=[code]),
    }
    return show(request, form, rows, context)


def forms_of(
    request: SignedInRequest, *, initial: dict[str, Any], criteria: list[dict[str, Any]], similar: list[tuple[str, str]]
) -> tuple[PostingForm, Any]:
    if request.method != "POST":
        return PostingForm(initial=initial, similar=similar), CriterionRows(initial=criteria, prefix=CRITERIA)
    data = request.POST if asks_to_save(request) else with_one_more_row(request.POST)
    form = PostingForm(data, initial=initial, similar=similar)
    rows = CriterionRows(data, initial=criteria, prefix=CRITERIA)
    if not asks_to_save(request):
        # Nobody asked yet whether it holds: what was typed is shown again, without a fault.
        for each in (form, *rows):
            each.errors.clear()
    return form, rows


def asks_to_save(request: SignedInRequest) -> bool:
    """Another row of criteria is the one thing else that the form is sent for."""
    return request.method == "POST" and "more" not in request.POST


def show(request: SignedInRequest, form: PostingForm, rows: Any, context: dict[str, Any]) -> HttpResponse:
    wrong = asks_to_save(request) and bool(form.errors or not rows.is_valid())
    given = {"form": form, "rows": rows, "wrong": wrong}
    return render(request, "postings/prepare.html", context | given, status=422 if wrong else 200)


def refuse(form: PostingForm, refusal: Refused) -> None:
    """Next to its field, where the form has it."""
    field = refusal.field if isinstance(refusal, InvalidPosting) and refusal.field in form.fields else None
    form.add_error(field, str(refusal))


def free_code(title: str) -> str:
    """« responsable-de-secteur-2026 », with a number after it when that is taken."""
    begun = f"{slugify(title)[:CODE].strip('-') or 'bourse'}-{timezone.localdate().year}"
    taken = set(Posting.objects.filter(code__startswith=begun).values_list("code", flat=True))
    codes = (begun, *(f"{begun}-{number}" for number in range(2, len(taken) + 3)))
    return next(code for code in codes if code not in taken)
