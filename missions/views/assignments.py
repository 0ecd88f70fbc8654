"""Affectations, from the page of a post: arrival, change, departure, mistake, stated vacancy."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions, permissions, queries
from ..forms.assignments import AssignForm, CancelForm, ChangeAssignmentForm, EndForm, VacancyForm
from ..models import Assignment, Post

# What an action refuses → the field it is about, where the form has it.
FIELD_OF: dict[type[Exception], str] = {
    actions.PostOverfilled: "share",
    actions.AgentOverfilled: "share",
    actions.PostGone: "ends_on",
    actions.PostHeld: "since",
    actions.InvalidAssignment: "",
}
REFUSALS = tuple(FIELD_OF)


@require_http_methods(["GET", "POST"])
def assign(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_assignments(request.user)
    post = _post(uid)
    initial = {"begins_on": timezone.localdate(), "agent": request.GET.get("agent", "")}
    form = AssignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and form.chosen:
        try:
            actions.assign_agent(agent=form.chosen, post=post, by=request.user, **form.terms())
        except REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Affectation enregistrée.")
            return _back(post)
    return _page(request, post, form, title="Affecter un agent", button="Enregistrer l’affectation", new_agent=True)


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_assignments(request.user)
    assignment = _assignment(uid)
    form = ChangeAssignmentForm(request.POST or None, assignment=assignment)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_assignment(assignment=assignment, by=request.user, **form.terms())
        except REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Affectation modifiée.")
            return _back(assignment.post)
    return _page(
        request,
        assignment.post,
        form,
        title=f"Affectation de {assignment.agent}",
        button="Enregistrer les modifications",
        assignment=assignment,
        history=queries.history_lines(assignment),
    )


@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_assignments(request.user)
    assignment = _assignment(uid)
    form = EndForm(request.POST or None, initial={"ends_on": assignment.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_assignment(assignment=assignment, ends_on=form.cleaned_data["ends_on"], by=request.user)
        except REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Fin d’affectation enregistrée.")
            return _back(assignment.post)
    title = f"Mettre fin à l’affectation {french.de(str(assignment.agent))}"
    return _page(request, assignment.post, form, title=title, button="Enregistrer le dernier jour")


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, uid: str) -> HttpResponse:
    """Takes away what was recorded by mistake; a real departure is an end."""
    permissions.check_can_edit_assignments(request.user)
    assignment = _assignment(uid)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_assignment(assignment=assignment, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Affectation annulée. Ses saisies restent consultables.")
        return _back(assignment.post)
    title = f"Annuler l’affectation {french.de(str(assignment.agent))}"
    words = (
        "Seulement si elle a été enregistrée par erreur : l’affectation disparaît de la fiche du poste. "
        "Un départ s’enregistre par une fin d’affectation."
    )
    return _page(
        request, assignment.post, form, title=title, button="Annuler l’affectation", words=words, is_danger=True
    )


@require_http_methods(["GET", "POST"])
def vacancy(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_assignments(request.user)
    post = _post(uid)
    form = VacancyForm(request.POST if request.method == "POST" else None, initial={"since": post.stated_vacant_since})
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data["since"]
        try:
            actions.state_vacancy(post=post, since=since, by=request.user)
        except REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Poste déclaré vacant." if since else "Occupation : non renseignée.")
            return _back(post)
    words = "Un poste sans affectation n’est pas dit vacant : il faut le déclarer, avec la date."
    return _page(request, post, form, title="Vacance du poste", button="Enregistrer", words=words)


def refuse(form: forms.Form, refusal: Exception) -> None:
    """The reason next to the field it is about; on top of the form where it has none."""
    field = FIELD_OF[type(refusal)]
    form.add_error(field if field in form.fields else None, str(refusal))


def _page(request: SignedInRequest, post: Post, form: forms.Form, **words: Any) -> HttpResponse:
    title = french.upper_first(queries.printed(post))
    url = reverse("missions:post", args=[post.uid])
    context = {
        "form": form,
        "post_url": url,
        "crumbs": [(post.unit.label, reverse("missions:unit", args=[post.unit_id])), (title, url)],
        "words": "",
        "assignment": None,
        "history": (),
        "new_agent": False,
        "is_danger": False,
    }
    return render(
        request, "missions/assignment_form.html", context | words, status=422 if form.is_bound and form.errors else 200
    )


def _post(uid: str) -> Post:
    return get_object_or_404(Post.objects.in_force().select_related("title", "unit"), uid=uid)


def _assignment(uid: str) -> Assignment:
    return get_object_or_404(Assignment.objects.select_related("agent", "post__title", "post__unit"), uid=uid)


def _back(post: Post) -> HttpResponse:
    return redirect(f"{reverse('missions:post', args=[post.uid])}#occupation")
