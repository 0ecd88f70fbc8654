"""Le rapport: as a page, as PDF and as an office document, of the draft or of a text that was sealed."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from orgchart import french

from .. import queries
from ..actions.reports import keep_report
from ..documents.office import report_docx
from ..documents.pages import report_context, report_pdf
from ..documents.source import Report, report_of
from ..models import SealedText
from ..permissions import can_see_draft, check_can_see_sealed_texts, get_visible_reorganisation
from ..queries import Draft
from ..sealing import unseal
from ..status import Status
from .heading import heading

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "projet"


class Shown(NamedTuple):
    """The text asked for: a sealed one, or the draft as it stands (`sealed` is None)."""

    draft: Draft
    sealed: SealedText | None
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def report(self) -> Report:
        if self.sealed is None:
            return report_of(self.draft.text)
        return report_of(unseal(self.sealed), sealed=self.sealed)

    @property
    def query(self) -> str:
        return f"?texte={self.sealed.number if self.sealed else DRAFT}"


def shown(request: SignedInRequest, code: str) -> Shown:
    """`?texte=projet` or the number of a sealed text; without it the draft while it is one, then the last text sealed.

    Raises Http404 when there is no such text for this user.
    """
    user = request.user
    reorganisation = get_visible_reorganisation(code, user)
    check_can_see_sealed_texts(user, reorganisation)
    draft = queries.draft(reorganisation)
    texts = {str(text.number): text for text in draft.sealed_texts}
    sees_draft = can_see_draft(user, reorganisation)
    drafting = sees_draft and (reorganisation.status == Status.DRAFT or not texts)
    default = DRAFT if drafting else next(reversed(texts), "")
    asked = request.GET.get("texte", default)
    if asked not in texts and not (asked == DRAFT and sees_draft):
        raise Http404("Ce texte n’existe pas.")
    address = reverse("reorganisations:report", args=[code])
    options = [(DRAFT, "Projet")] if sees_draft else []
    options += [
        (number, f"{text.get_kind_display()} du {french.date(text.dated_on)}") for number, text in texts.items()
    ]
    choices = tuple((label, f"{address}?texte={key}", key == asked) for key, label in options)
    return Shown(draft, texts.get(asked), choices)


@require_GET
def report(request: SignedInRequest, code: str) -> HttpResponse:
    found = shown(request, code)
    written = found.report
    context = report_context(written) | {
        "reorganisation": found.draft.reorganisation,
        "page_heading": heading(request, found.draft, "report"),
        "choices": found.choices if len(found.choices) > 1 else (),
        "pdf_url": reverse("reorganisations:report_pdf", args=[code]) + found.query,
        "docx_url": reverse("reorganisations:report_docx", args=[code]) + found.query,
    }
    return render(request, "reorganisations/report.html", context)


@require_GET
def report_as_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """Of a sealed text, the file that was written the first time; of the draft, one made now."""
    found = shown(request, code)
    if found.sealed is None:
        written = found.report
        return download(report_pdf(written), written.name("pdf"), "application/pdf")
    name = f"rapport-{code}-texte-{found.sealed.number}.pdf"
    kept = keep_report(
        sealed_text=found.sealed,
        name=name,
        write=lambda: report_pdf(found.report),
        by=request.user,
    )
    return download(bytes(kept.content.content), kept.name, kept.media_type)


@require_GET
def report_as_docx(request: SignedInRequest, code: str) -> HttpResponse:
    written = shown(request, code).report
    return download(report_docx(written), written.name("docx"), DOCX)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
