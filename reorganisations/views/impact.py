"""« Fiche d’impact »: a page and a PDF for the human resources, and all those of a reorganisation in one file.

They name persons: for anybody else they do not exist, no cache keeps them, the file of all is forgotten once it was
handed over, and the trail says how many were written, never whose.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.printing import Parameters, Printed, Printing
from missions.views.renderings import deliver, file_answer

from .. import actions, queries
from ..documents.impact import Sheet, sheet_of, sheets, sheets_html, sheets_pdf, weight_of
from ..permissions import can_print_impact, get_visible_reorganisation
from ..queries import Draft
from .heading import heading

KIND = "fiches-impact"
PDF = "application/pdf"


@never_cache
@require_GET
def impact(request: SignedInRequest, code: str, agent: str) -> HttpResponse:
    draft = draft_for_sheets(request.user, code)
    context = {
        "reorganisation": draft.reorganisation,
        "heading": heading(request, draft, "situations"),
        "sheet": asked_sheet(draft, agent),
    }
    return render(request, "reorganisations/impact.html", context)


@never_cache
@require_GET
def impact_as_pdf(request: SignedInRequest, code: str, agent: str) -> HttpResponse:
    draft = draft_for_sheets(request.user, code)
    content = sheets_pdf([asked_sheet(draft, agent)], fictitious=draft.fictitious)
    actions.record_impact_sheets(reorganisation=draft.reorganisation, number=1, by=request.user)
    return file_answer(content, f"fiche-impact-{code}.pdf", PDF)


@never_cache
@require_GET
def impact_sheets(request: SignedInRequest, code: str) -> HttpResponse:
    """All of them at once where they are few, else by the worker."""
    draft = draft_for_sheets(request.user, code)
    people = {fate.holder for fate in draft.fates}
    if not people:
        raise Http404("Aucun titulaire connu n’est concerné.")
    answer = deliver(request, KIND, {"code": code})
    if answer.status_code < 400:
        actions.record_impact_sheets(reorganisation=draft.reorganisation, number=len(people), by=request.user)
    return answer


def draft_for_sheets(user: User, code: str) -> Draft:
    """Raises Http404 for whoever may not read them."""
    if not can_print_impact(user):
        raise Http404("Cette page n’existe pas.")
    return queries.draft(get_visible_reorganisation(code, user))


def asked_sheet(draft: Draft, agent: str) -> Sheet:
    """Raises Http404."""
    found = sheet_of(draft, agent)
    if found is None:
        raise Http404("Cette fiche n’existe pas.")
    return found


def _check(user: User, asked: Parameters) -> None:
    """Raises Http404."""
    draft_for_sheets(user, asked["code"])


def _printed(user: User, asked: Parameters) -> Printed:
    """Raises Http404."""
    code = asked["code"]
    draft = draft_for_sheets(user, code)
    return Printed(
        name=f"fiches-impact-{code}.pdf",
        title=f"Fiches d’impact\u00a0: {draft.reorganisation.title}",
        weight=weight_of(draft),
        back=reverse("reorganisations:situations", args=[code]),
        source=lambda: sheets_html(sheets(draft), fictitious=draft.fictitious),
    )


SHEETS = Printing(_check, _printed, once=True)
