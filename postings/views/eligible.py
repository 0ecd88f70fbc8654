"""« Éligibles »: before the opening the group as the rule makes it; then the frozen list, and when each was told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from orgchart import french

from .. import actions
from ..exceptions import Refused
from ..forms.steps import AddEligibleForm
from ..models import Posting
from ..permissions import check_can_see_eligible, get_visible_posting
from ..queries.eligible import PER_PAGE, Told, agent_called, eligible_page, may_be_added, told_of
from ..queries.group import group_of, rule_in_words
from ..status import EDITABLE, PostingStatus
from .heading import heading
from .steps import HR, Step, begin, done, render_step


@require_GET
def eligible(request: SignedInRequest, code: str) -> HttpResponse:
    posting = get_visible_posting(code, request.user)
    check_can_see_eligible(request.user, posting)
    context = {
        "posting": posting,
        "heading": heading(request, posting, "eligible", HR),
        "rule": rule_in_words(posting),
        "editable": posting.status in EDITABLE,
        "is_open": posting.known_status is PostingStatus.OPEN,
    }
    if posting.opened_at is None:
        group = group_of(posting)
        shown = Paginator(group.people, PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "postings/eligible_group.html", context | {"group": group, "page": shown})
    text = request.GET.get("q", "")
    page, lines = eligible_page(posting, text, request.GET.get("page"))
    told = told_of(posting)
    is_open = context["is_open"]
    found = {
        "text": text,
        "page": page,
        "lines": lines,
        "told": told,
        "progress": progress_words(told) if is_open else outcome_words(told),
        "is_sending": is_open and told.waiting > 0,
        "may_send": is_open and (told.failed or told.waiting),
    }
    return render(request, "postings/eligible.html", context | found)


@require_GET
def telling(request: SignedInRequest, code: str) -> HttpResponse:
    """How far the letters are, asked again every second until none waits."""
    posting = get_visible_posting(code, request.user)
    check_can_see_eligible(request.user, posting)
    told = told_of(posting)
    context = {
        "url": reverse("postings:telling", args=[code]),
        "words": progress_words(told),
        "value": told.tried,
        "maximum": told.in_app,
        "done": not told.waiting,
        "counted": True,
    }
    return render(request, "components/progress.html", context)


def progress_words(told: Told) -> str:
    """« 12 courriels partis, 1 en échec, 3 en attente »."""
    words = [french.count(told.sent, "courriel parti", "courriels partis")]
    words += [f"{told.failed} en échec"] if told.failed else []
    words += [f"{told.waiting} en attente"] if told.waiting else []
    return ", ".join(words)


def outcome_words(told: Told) -> str:
    """Once one applies no more, nothing waits: « 12 courriels partis, 3 agents sans courriel enregistré »."""
    if not told.tried:
        return "Aucun courriel n’est enregistré"
    without = told.failed + told.waiting
    words = [french.count(told.sent, "courriel parti", "courriels partis")]
    words += [french.count(without, "agent sans courriel", "agents sans courriel")] if without else []
    return ", ".join(words)


@require_POST
def tell_again(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begin(request, code)
    try:
        actions.tell_eligible(posting=posting, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Les courriels en échec ou en attente partent de nouveau.")
    return redirect("postings:eligible", code)


@require_GET
def look_for(request: SignedInRequest, code: str) -> HttpResponse:
    """Whom to add to the list."""
    posting = begin(request, code)
    if not can_be_completed(request, posting):
        return redirect("postings:eligible", code)
    text = request.GET.get("q", "")
    context = {
        "posting": posting,
        "heading": heading(request, posting, "eligible", HR),
        "text": text,
        "agents": may_be_added(posting, text),
    }
    return render(request, "postings/eligible_search.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    posting = begin(request, code)
    agent = agent_called(uid)
    if agent is None:
        raise Http404("Cet agent n’existe pas.")
    if not can_be_completed(request, posting):
        return redirect("postings:eligible", code)
    form = AddEligibleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.add_eligible(posting=posting, agent=agent, reason=reason, by=request.user)):
            messages.success(request, f"{agent} est dans la liste, et en est informé.")
            return redirect("postings:eligible", code)
    step = Step(
        title=f"Ajouter {agent} à la liste",
        button="Ajouter à la liste",
        consequences=("La liste est arrêtée\u00a0: cet ajout est gardé avec son motif. L’agent est informé aussitôt.",),
    )
    return render_step(request, posting, step, form, tab="eligible")


def can_be_completed(request: SignedInRequest, posting: Posting) -> bool:
    if posting.known_status is PostingStatus.OPEN:
        return True
    messages.error(request, "La liste ne se complète que pendant l’ouverture de la bourse.")
    return False
