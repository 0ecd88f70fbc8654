"""Documents that take time: written at once when they are short, else by the worker behind a progress page."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from orgchart import french
from orgchart.values import UnitId

from .. import queries
from ..actions import renderings as actions
from ..archives import MEDIA_TYPE as ARCHIVE
from ..models import Document, Rendering, RenderingState
from ..printing import PDF, Parameters, as_subject, from_subject, printing
from ..queries.renderings import content_of_rendering, is_forsaken, rendering_of
from ..tasks import prepare_document

INTERRUPTED = "La préparation s’est interrompue avant la fin."


class Progress(NamedTuple):
    """What the page says. `stage`: waiting, running, forsaken, failed or done; `maximum` is 0 while it is not known."""

    stage: str
    words: str = ""
    value: int = 0
    maximum: int = 0


def deliver(request: SignedInRequest, kind: str, asked: Parameters) -> HttpResponse:
    """The file, or the page where one waits for it, or why it is too long.

    Raises what `Printing.read` raises.
    """
    asked = from_subject(as_subject(asked))
    printed = printing(kind).read(request.user, asked)
    if printed.kept is not None:
        return kept_file(printed.kept)
    if printed.is_too_long:
        return render(request, "missions/rendering_too_long.html", {"printed": printed}, status=422)
    if printed.is_short:
        content = printed.write()
        if printed.keep is not None:
            return kept_file(printed.keep(content))
        return file_answer(content, printed.name, printed.media_type)
    rendering = actions.request_rendering(
        kind=kind, parameters=asked, printed=printed, by=request.user, enqueue=prepare_document.enqueue
    )
    return redirect("missions:rendering", rendering.uid)


@never_cache
@require_safe
def show_rendering(request: SignedInRequest, uid: str) -> HttpResponse:
    """Where the work is; asked by htmx, that part alone."""
    rendering = _own(request, uid)
    context = {"rendering": rendering, "progress": progress(rendering), "url": request.path}
    template = "missions/rendering.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)


@never_cache
@require_safe
def download_rendering(request: SignedInRequest, uid: str) -> HttpResponse:
    """Only while the one who asked may still read it."""
    rendering = _own(request, uid)
    asked = printing(rendering.kind)
    asked.check(request.user, from_subject(rendering.subject))
    if not rendering.is_ready:
        return redirect("missions:rendering", uid)
    if rendering.document is not None:
        return kept_file(rendering.document)
    answer = file_answer(content_of_rendering(rendering), rendering.name, rendering.media_type)
    if asked.once and request.method == "GET":
        actions.forget_rendering(rendering=rendering, by=request.user)
    return answer


@require_POST
def retry_rendering(request: SignedInRequest, uid: str) -> HttpResponse:
    rendering = _own(request, uid)
    printing(rendering.kind).check(request.user, from_subject(rendering.subject))
    try:
        rendering = actions.retry_rendering(rendering=rendering, by=request.user, enqueue=prepare_document.enqueue)
    except actions.NothingToRetry as refusal:
        messages.info(request, str(refusal))
    return redirect("missions:rendering", rendering.uid)


def progress(rendering: Rendering) -> Progress:
    what = {PDF: "du PDF", ARCHIVE: "de l’archive"}.get(rendering.media_type, "du document")
    noun = "pièce" if rendering.media_type == ARCHIVE else "page"
    match rendering.state:
        case RenderingState.DONE:
            return Progress("done")
        case RenderingState.FAILED:
            return Progress("failed", rendering.failure)
        case RenderingState.WAITING if is_forsaken(rendering):
            return Progress("forsaken")
        case RenderingState.WAITING:
            return Progress("waiting", f"Préparation {what}\u00a0: en attente de son tour")
    if rendering.is_lost:
        return Progress("failed", INTERRUPTED)
    done, total = rendering.done, rendering.total
    if total:
        parts = french.count(done, noun)
        return Progress("running", f"Préparation {what}\u00a0: {parts} sur {total}", done, total)
    if done:
        return Progress("running", f"Préparation {what}\u00a0: mise en page, {french.count(done, 'page')}")
    return Progress("running", f"Préparation {what}")


def posts_tables(unit: UnitId | None) -> tuple[tuple[str, str], ...]:
    """What is proposed instead of a document that is too long: the same posts as tables."""
    query = f"?unite={unit}" if unit else ""
    return tuple(
        (f"Tableau des postes, {kind.upper()}", reverse("missions:posts_export", args=[kind]) + query)
        for kind in ("xlsx", "ods")
    )


def kept_file(document: Document) -> HttpResponse:
    """A file kept for good, with its hash."""
    answer = file_answer(queries.content_of(document), document.name, document.media_type)
    answer.headers["X-Content-SHA256"] = document.content.sha256
    return answer


def file_answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _own(request: SignedInRequest, uid: str) -> Rendering:
    rendering = rendering_of(request.user, uid)
    if rendering is None:
        raise Http404("Ce document n’existe pas, ou n’existe plus\u00a0: un document préparé est gardé un jour.")
    return rendering
