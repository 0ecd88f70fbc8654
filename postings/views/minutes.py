"""Le procès-verbal of a bourse, with the names or without: as a page, as PDF and as an office document."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.moments import moment
from missions.printing import Parameters, Printed, Printing
from missions.queries import document_of, employer
from missions.views.renderings import deliver
from reorganisations.documents.papers import Paper, paper_docx, paper_html
from reorganisations.views.report import DOCX, OFFICE_IS_QUICKER

from .. import storage
from ..actions import seal_minutes
from ..actions.minutes import WITHOUT_NAMES
from ..documents.minutes import minutes
from ..models import NamedMinutes, Posting, PostingStatus
from ..permissions import (
    Actor,
    actors_of,
    check_can_read_minutes,
    check_can_read_named_minutes,
    names_minutes,
    visible_to,
)
from ..queries.figures import figures_of
from ..queries.record import PostingRecord
from .heading import heading


@require_GET
def show_minutes(request: SignedInRequest, code: str) -> HttpResponse:
    """With the names; whoever may only read those without is led there."""
    posting = begun(code, request.user)
    actors = actors_of(request.user, posting)
    if not names_minutes(actors, posting):
        check_can_read_minutes(request.user, posting)
        return redirect("postings:minutes_unnamed", code)
    return show(request, posting, actors, nominative=True)


@require_GET
def show_unnamed(request: SignedInRequest, code: str) -> HttpResponse:
    posting = begun(code, request.user)
    actors = actors_of(request.user, posting)
    if not names_minutes(actors, posting):
        check_can_read_minutes(request.user, posting)
    return show(request, posting, actors, nominative=False)


def show(request: SignedInRequest, posting: Posting, actors: frozenset[Actor], *, nominative: bool) -> HttpResponse:
    name = "minutes" if nominative else "minutes_unnamed"
    both = names_minutes(actors, posting)
    context = {
        "posting": posting,
        "heading": heading(request, posting, "minutes" if both else "minutes_unnamed", actors),
        "nominative": nominative,
        "versions": versions(posting, nominative) if both else (),
        "pdf_url": reverse(f"postings:{name}_pdf", args=[posting.code]),
        "docx_url": reverse(f"postings:{name}_docx", args=[posting.code]),
        "sealed": sealed_hash(posting, nominative=nominative),
    }
    if posting.purged_at is not None:
        context |= {"figures": figures_of(posting)}
    else:
        # The name of the employer is on the files.
        paper = minutes(PostingRecord(posting), employer="", nominative=nominative)
        context |= {"top": paper.heading, "parts": paper.parts, "signatures": paper.signatures, "pictures": {}}
    return render(request, "postings/minutes.html", context)


def versions(posting: Posting, nominative: bool) -> tuple[tuple[str, str, bool], ...]:
    return (
        ("Nominatif", reverse("postings:minutes", args=[posting.code]), nominative),
        ("Sans les noms", reverse("postings:minutes_unnamed", args=[posting.code]), not nominative),
    )


def sealed_hash(posting: Posting, *, nominative: bool) -> str:
    """Of what was printed once for all; empty before."""
    if nominative:
        return posting.named_minutes.sha256 if hasattr(posting, "named_minutes") else ""
    document = document_of(posting, WITHOUT_NAMES)
    return document.content.sha256 if document else ""


@require_GET
def minutes_as_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    return deliver(request, "pv-bourse", {"bourse": code})


@require_GET
def minutes_as_docx(request: SignedInRequest, code: str) -> HttpResponse:
    return deliver(request, "pv-bourse-docx", {"bourse": code})


@require_GET
def unnamed_as_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    return deliver(request, "pv-bourse-sans-noms", {"bourse": code})


@require_GET
def unnamed_as_docx(request: SignedInRequest, code: str) -> HttpResponse:
    return deliver(request, "pv-bourse-sans-noms-docx", {"bourse": code})


def begun(code: str, user: User) -> Posting:
    """With what its minutes say of it. Raises Http404, for a bourse in preparation too."""
    relations = ("reorganisation", "proposal", "outcome", "named_minutes")
    posting = visible_to(user).select_related(*relations).exclude(status=PostingStatus.PREPARATION)
    return get_object_or_404(posting, code=code)


def readable(user: User, code: str, *, nominative: bool) -> Posting:
    """Raises Http404 and NotAllowed."""
    posting = begun(code, user)
    (check_can_read_named_minutes if nominative else check_can_read_minutes)(user, posting)
    return posting


def paper_of(posting: Posting, *, nominative: bool) -> Paper:
    return minutes(PostingRecord(posting), employer=employer().name, nominative=nominative)


def _check(nominative: bool, user: User, asked: Parameters) -> None:
    readable(user, asked["bourse"], nominative=nominative)


def _printed(nominative: bool, office: bool, user: User, asked: Parameters) -> Printed:
    posting = readable(user, asked["bourse"], nominative=nominative)
    title = f"Procès-verbal{'' if nominative else ' sans les noms'}\u00a0: {posting.title}"
    back = reverse(f"postings:{'minutes' if nominative else 'minutes_unnamed'}", args=[posting.code])
    if not office and hasattr(posting, "outcome"):
        return _sealed(posting, title, back, nominative=nominative)
    if posting.purged_at is not None:
        raise Http404(forgotten(posting))
    paper = paper_of(posting, nominative=nominative)
    if office:
        return Printed(
            name=f"{paper.name}.docx",
            title=title,
            weight=paper.weight // OFFICE_IS_QUICKER,
            back=back,
            source=partial(paper_docx, paper),
            media_type=DOCX,
        )
    return Printed(
        name=f"{paper.name}.pdf", title=title, weight=paper.weight, back=back, source=partial(paper_html, paper)
    )


def _sealed(posting: Posting, title: str, back: str, *, nominative: bool) -> Printed:
    """Printed once. The task does it at the decision; whoever asks before it has run does it too."""
    seal_minutes(posting=posting)
    name = f"proces-verbal-bourse-{posting.code}{'' if nominative else '-sans-noms'}.pdf"
    if not nominative:
        return Printed(
            name=name, title=title, weight=0, back=back, source=str, kept=document_of(posting, WITHOUT_NAMES)
        )
    kept = NamedMinutes.objects.filter(posting=posting).first()
    if kept is None or not kept.path:
        raise Http404(forgotten(posting))
    return Printed(name=name, title=title, weight=0, back=back, source=partial(storage.read, kept.path))


def forgotten(posting: Posting) -> str:
    day = f" le {moment(posting.purged_at)}" if posting.purged_at else ""
    return f"Le procès-verbal nominatif a été effacé avec les candidatures{day}."


def _printing(*, nominative: bool, office: bool) -> Printing:
    return Printing(partial(_check, nominative), partial(_printed, nominative, office))


NAMED = _printing(nominative=True, office=False)
OFFICE_NAMED = _printing(nominative=True, office=True)
UNNAMED = _printing(nominative=False, office=False)
OFFICE_UNNAMED = _printing(nominative=False, office=True)
