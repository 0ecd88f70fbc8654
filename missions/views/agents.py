"""The people: kept by the human resources; each sees their own page."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions, permissions, queries
from ..forms.agents import AgentForm
from ..models import Agent
from ..queries.agents import Career, agent_lines, agents_listed, career_of
from .post import percent, period

AGENTS_A_PAGE = 50


class CareerLine(NamedTuple):
    career: Career
    post: str
    when: str
    share: str
    working_time: str


@require_safe
def list_agents(request: SignedInRequest) -> HttpResponse:
    permissions.check_can_edit_agents(request.user)
    text = request.GET.get("texte", "").strip()
    found = agents_listed(text)
    page = Paginator(found, AGENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": agent_lines(page.object_list, timezone.localdate()),
        "text": text,
        "facts": [french.count(len(found), "agent")],
        "fictitious": queries.shows_fiction(timezone.localdate()),
    }
    return render(request, "missions/agents.html", context)


@require_safe
def show_agent(request: SignedInRequest, uid: str) -> HttpResponse:
    agent = get_object_or_404(Agent.objects.select_related("user"), uid=uid)
    try:
        permissions.check_can_see_agent(request.user, agent)
    except NotAllowed as refusal:
        # That such a person exists is already something to know.
        raise Http404("Cet agent n’existe pas.") from refusal
    careers = career_of(agent)
    lines = [
        CareerLine(
            career,
            french.upper_first(career.post),
            period(career.assignment.begins_on, career.assignment.ends_on),
            percent(career.assignment.share),
            percent(career.assignment.working_time),
        )
        for career in careers
    ]
    edits = permissions.can_edit_agents(request.user)
    return render(
        request,
        "missions/agent.html",
        {
            "agent": agent,
            "lines": lines,
            "fictitious": queries.shows_fiction(timezone.localdate()),
            "can_edit": edits,
            "facts": [french.count(len(lines), "affectation") if lines else "aucune affectation enregistrée"],
            "crumbs": [("Agents", reverse("missions:agents"))] if edits else [],
        },
    )


@require_http_methods(["GET", "POST"])
def create_agent(request: SignedInRequest) -> HttpResponse:
    """`suite`: the page one came from, to go on with the assignment of that agent."""
    permissions.check_can_edit_agents(request.user)
    form = AgentForm(request.POST or None)
    back = request.GET.get("suite", "")
    if request.method == "POST" and form.is_valid():
        try:
            agent = actions.create_agent(by=request.user, **form.values())
        except actions.InvalidAgent as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{agent} est enregistré parmi les agents.")
            if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
                return redirect(f"{back}?{urlencode({'agent': str(agent)})}")
            return redirect("missions:agent", agent.uid)
    return _form_page(request, form, title="Enregistrer un agent", button="Enregistrer l’agent")


@require_http_methods(["GET", "POST"])
def edit_agent(request: SignedInRequest, uid: str) -> HttpResponse:
    permissions.check_can_edit_agents(request.user)
    agent = get_object_or_404(Agent.objects.select_related("user"), uid=uid)
    form = AgentForm(request.POST or None, agent=agent)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_agent(agent=agent, by=request.user, **form.values())
        except actions.InvalidAgent as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Fiche enregistrée.")
            return redirect("missions:agent", uid)
    crumbs = [("Agents", reverse("missions:agents")), (str(agent), reverse("missions:agent", args=[uid]))]
    return _form_page(request, form, title="Modifier la fiche", button="Enregistrer", crumbs=crumbs)


def _form_page(
    request: SignedInRequest, form: AgentForm, *, title: str, button: str, crumbs: list[tuple[str, str]] | None = None
) -> HttpResponse:
    crumbs = crumbs or [("Agents", reverse("missions:agents"))]
    context = {
        "form": form,
        "title": title,
        "button": button,
        "crumbs": crumbs,
        "cancel_url": crumbs[-1][1],
        "words": "",
    }
    return render(request, "missions/plain_form.html", context, status=422 if form.errors else 200)
