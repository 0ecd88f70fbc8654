"""The papers of a session, convocation and minutes: as a page, as PDF and as an office document; the signatures."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from missions.printing import Parameters, Printed, Printing
from missions.queries import employer
from missions.views.renderings import deliver
from orgchart.french import date

from .. import actions
from ..documents.convocation import convocation
from ..documents.minutes import minutes
from ..documents.papers import Paper, paper_context, paper_docx, paper_html
from ..forms.minutes import SIGNED, SignaturesForm
from ..models import Session
from ..permissions import can_manage_committees, check_can_manage_committees, check_can_read_minutes
from ..queries.committees import get_session
from ..queries.sessions import SessionRecord, get_readable_session
from .plain_form import render_form, saved
from .report import DOCX, OFFICE_IS_QUICKER
from .sessions import session_crumbs

type Written = Callable[[User, str], tuple[Session, Paper]]


def written_convocation(user: User, uid: str) -> tuple[Session, Paper]:
    """Raises Http404."""
    session = get_readable_session(uid, user)
    return session, convocation(SessionRecord(session), employer=employer().name)


def written_minutes(user: User, uid: str) -> tuple[Session, Paper]:
    """Raises Http404 and NotAllowed."""
    session = get_readable_session(uid, user)
    check_can_read_minutes(user, session)
    return session, minutes(SessionRecord(session), employer=employer().name)


@require_GET
def show_convocation(request: SignedInRequest, uid: str) -> HttpResponse:
    return show(request, uid, written_convocation, "convocation")


@require_GET
def show_minutes(request: SignedInRequest, uid: str) -> HttpResponse:
    return show(request, uid, written_minutes, "minutes")


def show(request: SignedInRequest, uid: str, written: Written, name: str) -> HttpResponse:
    session, paper = written(request.user, uid)
    crumbs = session_crumbs(session)
    if not can_manage_committees(request.user):
        crumbs = [("Dossiers", reverse("reorganisations:dossiers")), crumbs[-1]]
    context = paper_context(paper) | {
        "crumbs": crumbs,
        "pdf_url": reverse(f"reorganisations:{name}_pdf", args=[uid]),
        "docx_url": reverse(f"reorganisations:{name}_docx", args=[uid]),
    }
    return render(request, "reorganisations/paper.html", context)


@require_GET
def convocation_as_pdf(request: SignedInRequest, uid: str) -> HttpResponse:
    return deliver(request, "convocation", {"seance": uid})


@require_GET
def convocation_as_docx(request: SignedInRequest, uid: str) -> HttpResponse:
    return deliver(request, "convocation-docx", {"seance": uid})


@require_GET
def minutes_as_pdf(request: SignedInRequest, uid: str) -> HttpResponse:
    return deliver(request, "proces-verbal", {"seance": uid})


@require_GET
def minutes_as_docx(request: SignedInRequest, uid: str) -> HttpResponse:
    return deliver(request, "proces-verbal-docx", {"seance": uid})


@require_http_methods(["GET", "POST"])
def sign_minutes(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_manage_committees(request.user)
    session = get_session(uid)
    form = SignaturesForm(request.POST or None, instance=get_session(uid))

    def action() -> None:
        days = {name: form.cleaned_data[name] for name in SIGNED}
        actions.sign_minutes(session=session, by=request.user, **days)

    if saved(request, form, action):
        return redirect("reorganisations:session", uid)
    return render_form(
        request,
        form,
        title="Signatures et approbation du procès-verbal",
        words="Dès la première signature, présences, débats et ordre du jour ne se modifient plus. Vider les dates "
        "rouvre le procès-verbal.",
        button="Enregistrer les dates",
        cancel_url=reverse("reorganisations:session", args=[uid]),
        crumbs=session_crumbs(session),
    )


def _check(written: Written, user: User, asked: Parameters) -> None:
    written(user, asked["seance"])


def _printed(written: Written, page: str, office: bool, user: User, asked: Parameters) -> Printed:
    """Raises NotAllowed and Http404."""
    session, paper = written(user, asked["seance"])
    title = f"{paper.heading.kind}\u00a0: séance du {date(session.held_on)}"
    back = reverse(f"reorganisations:{page}", args=[session.uid])
    if office:
        return Printed(
            name=f"{paper.name}.docx",
            title=title,
            weight=paper.weight // OFFICE_IS_QUICKER,
            back=back,
            source=lambda: paper_docx(paper),
            media_type=DOCX,
        )
    return Printed(
        name=f"{paper.name}.pdf", title=title, weight=paper.weight, back=back, source=lambda: paper_html(paper)
    )


def _printing(written: Written, page: str, *, office: bool) -> Printing:
    return Printing(partial(_check, written), partial(_printed, written, page, office))


CONVOCATION = _printing(written_convocation, "convocation", office=False)
OFFICE_CONVOCATION = _printing(written_convocation, "convocation", office=True)
MINUTES = _printing(written_minutes, "minutes", office=False)
OFFICE_MINUTES = _printing(written_minutes, "minutes", office=True)
