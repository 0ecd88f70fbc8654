"""A page that is one form: sent, done by its action, or shown again with what was typed and what is wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.requests import SignedInRequest

from ..exceptions import Refused

SESSIONS = ("Séances", "reorganisations:sessions")


def saved(
    request: SignedInRequest, form: forms.BaseForm, action: Callable[[], object], *, field: str | None = None
) -> bool:
    """Whether the form was sent, valid, and the action done; a refusal comes back on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except Refused as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def render_form(request: SignedInRequest, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """`template` instead of the plain page; the others are what it shows."""
    template = context.pop("template", "missions/plain_form.html")
    given = {"form": form, "crumbs": [(SESSIONS[0], reverse(SESSIONS[1]))]} | context
    return render(request, template, given, status=422 if form.errors else 200)
