"""Signed documents: given by HR, downloaded by those their kind is for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import NotAllowed
from accounts.requests import SignedInRequest
from missions.models import Document

from .. import actions
from ..forms.attachment import AttachmentForm
from ..permissions import check_can_attach_document, check_can_download_document, get_visible_reorganisation
from ..queries.follow_up import FollowUp
from .follow_up.steps import Step, back, done, render_step


@require_http_methods(["GET", "POST"])
def attach_document(request: SignedInRequest, code: str) -> HttpResponse:
    reorganisation = get_visible_reorganisation(code, request.user)
    check_can_attach_document(request.user)
    draft = FollowUp(reorganisation)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]

        def action() -> None:
            actions.attach_document(
                reorganisation=reorganisation,
                kind=form.cleaned_data["kind"],
                name=file.name,
                content=file.read(),
                by=request.user,
            )

        if done(form, action, field="file"):
            messages.success(request, "Le document est versé.")
            return back(draft)
    step = Step(
        title="Verser un document signé",
        button="Verser le document",
        consequences=(
            "Le document est gardé tel quel avec son empreinte, et ne se modifie plus. L’avis et le procès-verbal sont "
            "ouverts aux membres du comité, la décision à tous ceux qui voient la réorganisation.",
        ),
    )
    return render_step(request, draft, step, form, template="reorganisations/attachment_form.html")


@require_GET
def download_document(request: SignedInRequest, code: str, uid: str) -> HttpResponse:
    """What is not the user's to read does not exist."""
    reorganisation = get_visible_reorganisation(code, request.user)
    try:
        document = Document.objects.select_related("content").get(uid=uid)
        check_can_download_document(request.user, reorganisation, document)
    except (Document.DoesNotExist, NotAllowed) as refusal:
        raise Http404("Ce document n’existe pas.") from refusal
    response = HttpResponse(bytes(document.content.content), content_type=document.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, document.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
