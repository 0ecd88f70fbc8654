"""Reference data: kinds of unit, cotations, titles, sites. Four lists, one set of pages."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions, permissions
from ..forms.reference import GradeForm, KindForm, ReferenceForm, SiteForm, TitleForm
from ..models import Grade, JobTitle, Site, UnitKind


class List(NamedTuple):
    """One list of reference data: its words, its columns (heading → field) and its form."""

    model: type[UnitKind | Grade | JobTitle | Site]
    form: type[ReferenceForm]
    title: str
    words: str
    noun: tuple[str, str]
    add: str
    this: str
    columns: tuple[tuple[str, str], ...]


LISTS = {
    "kinds": List(
        UnitKind,
        KindForm,
        "Types d’unité",
        "Du plus grand au plus petit. Dans un périmètre, un poste est rattaché ; de l’un à l’autre, il est transféré.",
        ("type", "types"),
        "Ajouter un type d’unité",
        "ce type d’unité",
        (
            ("Libellé", "label"),
            ("Pluriel", "plural"),
            ("Code", "code"),
            ("Genre", "gender"),
            ("Périmètre", "heads_perimeter"),
            ("Autre employeur", "external"),
            ("Rang", "rank"),
        ),
    ),
    "grades": List(
        Grade,
        GradeForm,
        "Cotations",
        "Le niveau des postes dans la grille de l’employeur, la plus haute d’abord.",
        ("cotation", "cotations"),
        "Ajouter une cotation",
        "cette cotation",
        (("Cotation", "code"), ("Libellé", "label"), ("Catégorie", "category"), ("Rang", "rank")),
    ),
    "titles": List(
        JobTitle,
        TitleForm,
        "Intitulés de poste",
        "Une forme laissée vide s’imprime au masculin. Un poste peut avoir son propre libellé.",
        ("intitulé", "intitulés"),
        "Ajouter un intitulé",
        "cet intitulé",
        (
            ("Masculin", "masculine"),
            ("Masculin pluriel", "masculine_plural"),
            ("Féminin", "feminine"),
            ("Féminin pluriel", "feminine_plural"),
            ("Forme inclusive", "inclusive"),
            ("Inclusive au pluriel", "inclusive_plural"),
            ("Code", "code"),
        ),
    ),
    "sites": List(
        Site,
        SiteForm,
        "Sites",
        "Les lieux de travail (résidences administratives).",
        ("site", "sites"),
        "Ajouter un site",
        "ce site",
        (("Libellé", "label"), ("Code", "code")),
    ),
}


@require_safe
def list_reference(request: SignedInRequest, what: str) -> HttpResponse:
    permissions.check_can_edit_reference(request.user)
    listed = LISTS[what]
    rows = [
        {
            "url": reverse(f"missions:edit_{what}", args=[item.pk]),
            "cells": [(heading, _cell(item, field)) for heading, field in listed.columns],
        }
        for item in listed.model._default_manager.all()
    ]
    return render(
        request,
        "missions/reference.html",
        {
            "listed": listed,
            "rows": rows,
            "facts": [french.count(len(rows), *listed.noun)],
            "headings": [heading for heading, _ in listed.columns],
            "add_url": reverse(f"missions:add_{what}"),
        },
    )


@require_http_methods(["GET", "POST"])
def add_reference(request: SignedInRequest, what: str) -> HttpResponse:
    permissions.check_can_edit_reference(request.user)
    return _edit(request, what, LISTS[what].form(request.POST or None))


@require_http_methods(["GET", "POST"])
def edit_reference(request: SignedInRequest, what: str, key: int) -> HttpResponse:
    permissions.check_can_edit_reference(request.user)
    listed = LISTS[what]
    item = get_object_or_404(listed.model, pk=key)
    return _edit(request, what, listed.form(request.POST or None, instance=item))


@require_http_methods(["GET", "POST"])
def delete_reference(request: SignedInRequest, what: str, key: int) -> HttpResponse:
    """Only what no unit nor post has, in force or not."""
    permissions.check_can_edit_reference(request.user)
    listed = LISTS[what]
    item: Any = get_object_or_404(listed.model, pk=key)
    list_url = reverse(f"missions:{what}")
    if request.method == "POST":
        try:
            actions.delete_reference(item=item, by=request.user)
        except actions.ReferenceInUse as refusal:
            messages.error(request, str(refusal))
            return redirect(reverse(f"missions:edit_{what}", args=[key]))
        messages.success(request, f"«\u00a0{item}\u00a0» est supprimé de la liste.")
        return redirect(list_url)
    return render(
        request,
        "components/confirm_page.html",
        {
            "crumbs": [(listed.title, list_url), (str(item), reverse(f"missions:edit_{what}", args=[key]))],
            "question": f"Supprimer «\u00a0{item}\u00a0» ?",
            "consequences": "Il ne sera plus proposé. Ce qui est déjà dans l’organigramme ne peut pas être supprimé.",
            "action": f"Supprimer {listed.this}",
            "cancel_url": reverse(f"missions:edit_{what}", args=[key]),
        },
    )


def _edit(request: SignedInRequest, what: str, form: ReferenceForm) -> HttpResponse:
    listed = LISTS[what]
    item = form.instance
    label = str(item) if item.pk else ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_reference(item=item, by=request.user)
        except (actions.InvalidReference, actions.CodeIsKept) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"«\u00a0{item}\u00a0» est enregistré.")
            return redirect(f"missions:{what}")
    context: dict[str, Any] = {
        "form": form,
        "title": f"Modifier «\u00a0{label}\u00a0»" if item.pk else listed.add,
        "crumbs": [(listed.title, reverse(f"missions:{what}"))],
        "cancel_url": reverse(f"missions:{what}"),
        "delete_url": reverse(f"missions:delete_{what}", args=[item.pk]) if item.pk else "",
        "delete_words": f"Supprimer {listed.this}",
    }
    return render(request, "missions/reference_form.html", context, status=422 if form.errors else 200)


def _cell(item: Any, field: str) -> str:
    if field == "gender":
        return "féminin" if item.feminine else "masculin"
    value = getattr(item, field)
    if isinstance(value, bool):
        return "oui" if value else ""
    return "" if value is None else str(value)
