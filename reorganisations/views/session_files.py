"""Files of a session: given by HR, downloaded by those their kind is for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest
from missions.models import Document
from missions.views.renderings import kept_file

from .. import actions
from ..forms.attachment import SessionFileForm
from ..permissions import check_can_attach_document, check_can_download_session_file
from ..queries.committees import get_session
from ..queries.sessions import get_readable_session
from .plain_form import render_form, saved
from .sessions import session_crumbs


@require_http_methods(["GET", "POST"])
def attach_to_session(request: SignedInRequest, uid: str) -> HttpResponse:
    check_can_attach_document(request.user)
    session = get_session(uid)
    form = SessionFileForm(request.POST or None, request.FILES or None)

    def action() -> None:
        file = form.cleaned_data["file"]
        actions.attach_to_session(
            session=session, kind=form.cleaned_data["kind"], name=file.name, content=file.read(), by=request.user
        )

    page = reverse("reorganisations:session", args=[uid])
    if saved(request, form, action, field="file"):
        messages.success(request, "Le fichier est versé.")
        return redirect(page)
    return render_form(
        request,
        form,
        template="reorganisations/session_file.html",
        title="Verser un fichier",
        words="Le fichier est gardé tel quel avec son empreinte. Les membres de l’instance lisent les pièces jointes à "
        "la convocation dès qu’elle est envoyée, le procès-verbal signé dès qu’il est approuvé.",
        button="Verser le fichier",
        cancel_url=page,
        crumbs=session_crumbs(session),
    )


@require_GET
def download_session_file(request: SignedInRequest, uid: str, file_uid: str) -> HttpResponse:
    """What is not the user's to read does not exist."""
    session = get_readable_session(uid, request.user)
    try:
        document = Document.objects.select_related("content").get(uid=file_uid)
        check_can_download_session_file(request.user, session, document)
    except (Document.DoesNotExist, NotAllowed) as refusal:
        raise Http404("Ce document n’existe pas.") from refusal
    answer = kept_file(document)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
